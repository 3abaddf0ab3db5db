/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What sets the values of keys, for the table of keys alone.
 */
#ifndef LANDLOCK_SHIM_PROFILE_SETTERS_H
#define LANDLOCK_SHIM_PROFILE_SETTERS_H

#include "profile_faults.h"
#include "profile_words.h"

/*
 * Does to @place->profile what @place->key says.  @value is in the arena, and the
 * setter's, which may cut it into words; it has no outer blanks.  @which: of what one
 * setter sets for several keys.  Returns 0 or -ENOMEM.
 */
typedef int profile_setter_t(const struct profile_place *place, char *value,
			     unsigned int which);

profile_setter_t profile_set_paths;   /* enum profile_access */
profile_setter_t profile_set_sockets; /* of connect-unix */
profile_setter_t profile_set_match;
profile_setter_t profile_set_ports; /* enum profile_port_use */
profile_setter_t profile_set_network;
profile_setter_t profile_set_rule;
profile_setter_t profile_set_include;
profile_setter_t profile_set_scope;
profile_setter_t profile_set_log;
profile_setter_t profile_set_mode;
profile_setter_t profile_set_on_error;

/* Keeps the fault `CAUSE: "WORD"`.  Returns 0 or -ENOMEM. */
int profile_refuse(const struct profile_place *place, const char *remedy,
		   const char *cause, const char *word);

/* Does what @word, without a fault, says.  Returns 0 or -ENOMEM. */
typedef int profile_adder_t(const struct profile_place *place,
			    const struct profile_word *word,
			    unsigned int which);

/*
 * Has @add take each word of @value.  Faults are kept, and their words left out.
 * Returns 0 or -ENOMEM.
 */
int profile_add_words(const struct profile_place *place, char *value,
		      enum profile_word_use use, profile_adder_t *add,
		      unsigned int which);

/* How a value of `none | any | WORD...` goes on. */
enum profile_list {
	PROFILE_LIST_DONE,  /* it was one of the others, or a fault */
	PROFILE_LIST_WORDS, /* there are words to be taken */
	PROFILE_LIST_RESET, /* it is empty */
};

/*
 * Reads `none` or `any` into @restricted and @origin.  @has_words: lines before gave
 * words, which neither of these can follow.  Returns how it goes on, or -ENOMEM.
 */
int profile_begin_list(const struct profile_place *place, const char *value,
		       bool has_words, bool *restricted, struct origin *origin);

/* Returns the index of @word in the @count @words, or @count. */
size_t profile_find_word(const char *word, const char *const *words,
			 size_t count);

#endif
