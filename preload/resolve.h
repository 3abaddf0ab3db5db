/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a path leads to, told without /proc: link by link, changing nothing.
 */
#ifndef LANDLOCK_SHIM_RESOLVE_H
#define LANDLOCK_SHIM_RESOLVE_H

/* The last component of the path: is it followed where it is a link? */
enum resolve_last {
	RESOLVE_KEEP, /* nor is it asked whether it exists */
	RESOLVE_FOLLOW,
};

/*
 * Returns @path as an absolute one without links, and without . and ..
 * components, valid until the next call; NULL where it cannot be told: something
 * on the way is missing or out of reach, or the result would be longer than
 * PATH_MAX, or a relative path is in a directory that has no name here.
 *
 * A system call for each component, and one for the current directory where
 * @path is relative to it.
 */
const char *resolve_path(const char *path, enum resolve_last last);

#endif
