// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One entry for each path, or for each name that a glob stands for.
 */
#include "paths_list.h"

#include "arena.h"
#include "nesting.h"

struct paths_entry *paths_add(struct paths *const paths,
			      const struct profile_path *const path,
			      const enum profile_access access,
			      const char *const name)
{
	struct paths_entry *const entries =
		arena_append(paths->entries, paths->count, sizeof(*entries));

	if (!entries)
		return NULL;
	paths->entries = entries;
	entries[paths->count] = (struct paths_entry){
		.path = path,
		.access = access,
		.name = name,
		.fd = -1,
	};
	return &entries[paths->count++];
}

/* For a glob that has no names, or more than can be had. */
static int add_nameless(struct paths *const paths,
			const struct profile_path *const path, const int error)
{
	struct paths_entry *const entry =
		paths_add(paths, path, path->access, NULL);

	if (!entry)
		return -ENOMEM;
	entry->error = error ?: -ENOENT;
	entry->state = PATHS_LACKING;
	if (error == -E2BIG) {
		entry->cause = "it stands for too many names, and not for all "
			       "of them";
		entry->remedy = "name a directory that holds them, or fewer of "
				"them";
	} else if (!error) { /* in a directory that is there */
		entry->cause = "no file matches";
		entry->state = PATHS_OPTIONAL;
	} else if (path->optional && paths_is_out_of_reach(error)) {
		entry->state = PATHS_OPTIONAL;
	} else if (error == -EACCES && !profile_denies(path->access) &&
		   nesting_is_possible()) {
		/* Who started this program may not list it, under this profile:
		 * more than he has is granted to nobody. */
		entry->state = PATHS_OPTIONAL;
	}
	return 0;
}

static int add_glob(struct paths *const paths,
		    struct expand_budget *const budget,
		    const struct profile_path *const path)
{
	struct expansion expansion;
	int error = expand_glob(path->path, profile_denies(path->access),
				budget, &expansion);
	size_t i;

	for (i = 0; i < expansion.count && !error; i++)
		if (!paths_add(paths, path, path->access, expansion.names[i]))
			error = -ENOMEM;
	if (!error && (!expansion.count || expansion.error == -E2BIG))
		error = add_nameless(paths, path, expansion.error);
	return error;
}

int paths_add_list(struct paths *const paths,
		   struct expand_budget *const budget,
		   const struct profile_path *const list, const size_t count)
{
	size_t i;
	int error = 0;

	for (i = 0; i < count && !error; i++)
		if (list[i].is_glob)
			error = add_glob(paths, budget, &list[i]);
		else if (!paths_add(paths, &list[i], list[i].access,
				    list[i].path))
			error = -ENOMEM;
	return error;
}
