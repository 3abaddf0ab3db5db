/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The entries of paths.h, before they are looked up.
 */
#ifndef LANDLOCK_SHIM_PATHS_LIST_H
#define LANDLOCK_SHIM_PATHS_LIST_H

#include "expand.h"
#include "paths.h"

/* Is that what a - before a path is for? */
static inline bool paths_is_out_of_reach(const int error)
{
	return error == -ENOENT || error == -ENOTDIR || error == -EACCES;
}

/* Adds an entry, which stays where it is until the next one; NULL: no memory. */
struct paths_entry *paths_add(struct paths *paths,
			      const struct profile_path *path,
			      enum profile_access access, const char *name);

/*
 * Adds an entry for each of @count paths at @list, and of each glob for each name
 * that it stands for.  Of one that has no names, or more than @budget allows, an entry
 * without a name says so.  Returns 0 or -ENOMEM, -EMFILE, -ENFILE.
 */
int paths_add_list(struct paths *paths, struct expand_budget *budget,
		   const struct profile_path *list, size_t count);

#endif
