/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the kernel handed to the program when it was started.
 */
#ifndef LANDLOCK_SHIM_START_H
#define LANDLOCK_SHIM_START_H

#include <stdbool.h>

struct start {
	char *const *environment; /* NULL-terminated, "NAME=value"; not NULL */
	const char *execfn; /* AT_EXECFN: the name it was started by, or NULL */
	bool secure; /* AT_SECURE: it has privileges that who starts it has not */
};

/*
 * Fills @start for the running program.  @environment: as handed to a constructor,
 * by C libraries that do.  False where it can't be told; then nothing is known of
 * privileges either.
 */
bool start_find(char *const *environment, struct start *start);

/* The value of a variable, or NULL. */
const char *start_variable(char *const *environment, const char *name);

#endif
