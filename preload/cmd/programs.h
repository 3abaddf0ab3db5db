/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The programs of this system that a section speaks of by their paths.
 */
#ifndef LANDLOCK_SHIM_CMD_PROGRAMS_H
#define LANDLOCK_SHIM_CMD_PROGRAMS_H

#include <stdbool.h>

/* Is told of a program; false: that is enough. */
typedef bool programs_each_t(const char *path, void *user);

/*
 * Calls @each for every program that @match is: a path, or a glob (glob.h).  A program
 * is a file that somebody may execute.
 */
void programs_each(const char *match, programs_each_t *each, void *user);

/* The first of them, in the arena, or NULL. */
const char *programs_first(const char *match);

#endif
