// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds what is both denied and granted, which few paths are, and compares these.
 */
#include "overrule.h"

#include <string.h>

#include "arena.h"
#include "file_set.h"

enum {
	BY_DENIAL = 1U << 0,
	BY_GRANT = 1U << 1,
};

static bool is_comparable(const struct paths_entry *const entry)
{
	return entry->path && entry->resolved &&
	       entry->access != PROFILE_CONNECT;
}

static bool is_same(const struct paths_entry *const a,
		    const struct paths_entry *const b)
{
	return strcmp(a->resolved, b->resolved) == 0 &&
	       !a->missing_bytes == !b->missing_bytes;
}

static void drop(struct paths_entry *const entry)
{
	paths_release(entry);
	entry->state = PATHS_OVERRULED;
}

/* Holds the denial at @at against @grants, indexes of those that may be the same. */
static void settle(struct paths *const paths, const size_t *const grants,
		   const size_t count, const size_t at)
{
	struct paths_entry *const denial = &paths->entries[at];
	bool lifted = false;
	size_t i;

	for (i = 0; i < count; i++) {
		struct paths_entry *const grant = &paths->entries[grants[i]];

		if (!is_same(denial, grant))
			continue;
		if (grants[i] > at && !grant->path->is_glob)
			lifted = true;
		else
			drop(grant);
	}
	if (lifted)
		drop(denial);
}

/* Could it be both?  What is missing is in no set. */
static bool is_candidate(const struct file_set *const set,
			 const struct paths_entry *const entry)
{
	return is_comparable(entry) &&
	       (entry->state != PATHS_FOUND ||
		file_set_word(set, entry->status.id) == (BY_DENIAL | BY_GRANT));
}

static int find_both(const struct paths *const paths,
		     struct file_set *const set)
{
	size_t i;
	int error = 0;

	for (i = 0; i < paths->count && !error; i++) {
		const struct paths_entry *const entry = &paths->entries[i];

		if (is_comparable(entry) && entry->state == PATHS_FOUND)
			error = file_set_add(set, entry->status.id,
					     profile_denies(entry->access)
						     ? BY_DENIAL
						     : BY_GRANT);
	}
	return error;
}

int overrule(struct paths *const paths)
{
	struct file_set set = { .used = 0 };
	size_t *grants = NULL, count = 0, i;
	int error;

	for (i = 0; i < paths->count; i++)
		if (profile_denies(paths->entries[i].access))
			break;
	if (i == paths->count)
		return 0;
	error = find_both(paths, &set);
	for (i = 0; i < paths->count && !error; i++) {
		size_t *longer;

		if (profile_denies(paths->entries[i].access) ||
		    !is_candidate(&set, &paths->entries[i]))
			continue;
		longer = arena_append(grants, count, sizeof(*grants));
		if (!longer)
			error = -ENOMEM;
		else
			(grants = longer)[count++] = i;
	}
	for (i = 0; i < paths->count && count && !error; i++)
		if (profile_denies(paths->entries[i].access) &&
		    is_candidate(&set, &paths->entries[i]))
			settle(paths, grants, count, i);
	return error;
}
