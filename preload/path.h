/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Paths of a profile as they are on this system.
 */
#ifndef LANDLOCK_SHIM_PATH_H
#define LANDLOCK_SHIM_PATH_H

#include <stdbool.h>

#include "profile.h"
#include "report.h"

/*
 * Writes the absolute path that @path leads to into @resolved (PATH_MAX bytes):
 * without links as far as it exists, as written from there on.  Returns 0, or
 * -ENOENT for a path that does not exist (@resolved is filled all the same), or
 * another negative errno.
 */
int path_resolve(const char *path, char *resolved);

/* Is @path the directory @top, or inside of it? Both are resolved. */
bool path_is_beneath(const char *path, const char *top);

/*
 * Fills @report for a failure at @path of a profile; @where is the file that it
 * happened with.  Returns @error, a negative errno.
 */
int path_fail(struct report *report, const struct profile_path *path, int error,
	      const char *remedy, const char *where);

/* path_fail() for an @error of path_resolve(). */
int path_fail_resolving(struct report *report, const struct profile_path *path,
			int error);

#endif
