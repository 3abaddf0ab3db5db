// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Marks files and the ways to them.
 */
#include "denied.h"

#include "mounts.h"

static int mark(struct file_set *const set,
		const struct paths_entry *const entry, const uint64_t itself,
		const uint64_t way)
{
	size_t i;
	int error = 0;

	if (entry->state == PATHS_FOUND)
		error = file_set_add(set, entry->status.id, itself);
	for (i = 0; i < entry->way_count && !error; i++)
		error = file_set_add(set, entry->way[i], way);
	return error;
}

int denied_find(const struct paths *const paths, struct file_set *const set)
{
	static const uint64_t ways[][2] = {
		{ DENIED | DENIED_BELOW, DENIED_BELOW },
		{ HIDDEN_BELOW, HIDDEN_BELOW },
	};
	bool any = false;
	size_t i;
	int error = 0;

	for (i = 0; i < paths->count && !error; i++) {
		const struct paths_entry *const entry = &paths->entries[i];

		if (entry->state == PATHS_OVERRULED)
			continue;
		any = any || profile_denies(entry->access);

		if (entry->access == PROFILE_DENY)
			error = mark(set, entry, DENIED, DENIED_BELOW);
		else if (entry->access == PROFILE_HIDE)
			error = mark(set, entry, DENIED | HIDDEN_BELOW,
				     DENIED_BELOW | HIDDEN_BELOW);
		/* What does not exist holds nothing that could be written. */
		else if (entry->guarded && entry->state == PATHS_FOUND)
			error = mark(set, entry, GUARDED, GUARDED_BELOW);
	}
	if (!error && any)
		error = mounts_mark(set, ways, sizeof(ways) / sizeof(*ways));
	return error;
}
