/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The words of a value: quotes, variables, globs, and the signs before a path.
 */
#ifndef LANDLOCK_SHIM_PROFILE_WORDS_H
#define LANDLOCK_SHIM_PROFILE_WORDS_H

#include <stdbool.h>

#include "profile_values.h"
#include "variables.h"

/* One word. */
struct profile_word {
	const char
		*written; /* as it stands in the value; NULL: no more words */
	char *text;	  /* what it means, without globs */
	/* The same as a glob (glob.h): what is meant literally stands behind a
	 * backslash if it were special. */
	char *pattern;
	bool is_glob;  /* only @pattern says what it means */
	bool optional; /* - before it */
	bool make;     /* + before it */
	/* The fault is that a variable has no value, so that no such path is
	 * there. */
	bool has_no_value;
	struct value_fault fault; /* cause NULL: none */
};

/* What a word may be. */
enum profile_word_use {
	PROFILE_WORD_PLAIN,	  /* a comma is no part of it */
	PROFILE_WORD_PATH,	  /* ~ at its start is ${HOME} */
	PROFILE_WORD_SIGNED_PATH, /* - or + may stand before it */
	PROFILE_WORD_PARAMETER, /* nothing but quotes and variables is special */
};

/*
 * Cuts the next word off @rest, which moves on.  @variables may be NULL: then none
 * has a value.  What it holds is in the arena or in @rest.
 *
 * The @text of a faulty word is as it is written, without the sign.  Returns 0 or
 * -ENOMEM.
 */
int profile_word_next(char **rest, enum profile_word_use use,
		      struct variables *variables, struct profile_word *word);

#endif
