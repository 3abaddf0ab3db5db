/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Keys of the language that were given on a command line, as a profile.
 */
#ifndef LANDLOCK_SHIM_CMD_GIVEN_H
#define LANDLOCK_SHIM_CMD_GIVEN_H

#include <stdbool.h>
#include <stddef.h>

#include "lookup.h"
#include "options.h"
#include "report.h"

/* As cmd_option_at(): the keys that may be given. */
bool given_key_at(size_t index, struct cmd_option *option);

struct given {
	const char *key;    /* that given_key_at() has named */
	const char *option; /* as it was written: "--read", "-r" */
	const char *value;
};

/*
 * Makes the profile that all @count of them are, by the reader of files: each is a
 * line of it, whose origin is "landlock run OPTION" and which one of that name it
 * is.
 *
 * A path is one word, whatever is in it, and may be relative; so is a rule object,
 * which means the file here if there is one, else the shipped one.  All else is
 * words, as in a file.  An empty value is refused: in a file, it takes back.
 *
 * Returns 0 with @match filled, or a negative errno with @report filled.
 */
int given_profile(const struct given *given, size_t count,
		  const struct lookup *lookup, struct lookup_match *match,
		  struct report *report);

#endif
