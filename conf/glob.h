/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Globs as of fnmatch(3) with FNM_PATHNAME, byte by byte.
 */
#ifndef LANDLOCK_SHIM_GLOB_H
#define LANDLOCK_SHIM_GLOB_H

#include <stdbool.h>

/* What makes a text more than a name. */
#define GLOB_SPECIAL "*?[\\"

/*
 * Does @pattern match the whole of @path?
 *
 * In a pattern, `*` stands for any bytes, `?` for one, `[a-z]` for one of those
 * listed, `[!a-z]` for one of all others, each of them never for a slash; a
 * backslash takes the meaning from what follows.  A `[` that nothing closes is
 * one.  There are no classes as `[[:alpha:]]`.
 *
 * Takes no more steps than the product of both lengths.
 */
bool glob_matches(const char *pattern, const char *path);

#endif
