/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the keys of a section mean: one table.
 */
#ifndef LANDLOCK_SHIM_PROFILE_KEYS_H
#define LANDLOCK_SHIM_PROFILE_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "profile_faults.h"

/* One key, for who tells of it. */
struct profile_key {
	const char *name;
	const char *values;   /* synopsis: "none | any | PORT..." */
	const char *purpose;  /* a short clause */
	bool of_programs;     /* speaks of programs: no template may say it */
	bool on_command_line; /* `landlock run --KEY` */
};

/* The key @index, or NULL behind the last. */
const struct profile_key *profile_key_at(size_t index);

/* The key called by the @length bytes at @name, or NULL. */
const struct profile_key *profile_key_find(const char *name, size_t length);

/*
 * Does to @place->profile what @place->key says with @value.  What makes no sense
 * becomes a fault of the profile and is left out: of a list of words, those
 * words; of a rule, the rule; else the line.  Returns 0 or -ENOMEM.
 */
int profile_set_key(const struct profile_place *place, const char *value);

/* Has the profile speak of @word, which has no fault.  Returns 0 or -ENOMEM. */
int profile_add_match(const struct profile_place *place, const char *word);

/*
 * Has the profile speak of whom the faulty @word seems to mean, so that the fault
 * reaches them.  Where that can't be told, the fault is the whole file's as well.
 * Returns 0 or -ENOMEM.
 */
int profile_add_faulty_match(const struct profile_place *place,
			     const char *word, const char *cause,
			     const char *remedy);

#endif
