/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which program did we wake up in, and whose is it?
 */
#ifndef LANDLOCK_SHIM_EXECUTABLE_H
#define LANDLOCK_SHIM_EXECUTABLE_H

#include <limits.h>
#include <stddef.h>

#include "report.h"

/* Absolute paths, without links, that a program goes by. */
struct executable {
	char paths[2][PATH_MAX];
	const char *names[2]; /* point into paths */
	size_t name_count;    /* 1 or 2 */
};

/*
 * Finds the names of the running program: what the kernel executes
 * (/proc/self/exe), and what it was started as (AT_EXECFN) where that is
 * another file: a script, or a program started through ld.so, which puts its
 * argument there.
 *
 * A deleted program keeps its name.  Without /proc the second name has to do.
 *
 * Returns 0, or -ENOENT with @report filled when no name can be found.
 */
int executable_find(struct executable *executable, struct report *report);

/*
 * Adds @path to @executable unless it is no name: not absolute (unreachable
 * from our root), too long, or there already.
 */
void executable_add(struct executable *executable, const char *path);

/*
 * Cuts " (deleted)" off the text of a /proc link, in place, if the file that it
 * leads to is not the one that has this text for its whole name.
 *
 * @link: the link itself, as "/proc/self/exe".
 */
void executable_undelete(const char *link, char *text);

/*
 * Writes the directory of the user's profiles to @buffer, by the first of
 * XDG_CONFIG_HOME and HOME in @environment (NULL-terminated, "NAME=value") that
 * is an absolute path.  Returns @buffer, or NULL when there is none or it does
 * not fit into @size bytes.
 */
const char *executable_user_directory(char *const *environment, char *buffer,
				      size_t size);

#endif
