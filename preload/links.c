// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Looks for inodes that were granted below what is denied.
 */
#include "links.h"

#include <string.h>

#include "arena.h"
#include "directory.h"

/* Directories that are still to be looked at, and what for. */
struct search {
	const struct file_set *granted;
	struct directory directory;
	int *pending; /* O_PATH descriptors */
	size_t pending_count;
	size_t entry_count;
	bool found;
};

/* Directories held open at once; what is deeper and wider is not looked at. */
#define PENDING_MAX 64

static int add_pending(struct search *const search, const int fd)
{
	int *pending;

	if (fd < 0)
		return 0; /* gone, or out of reach */
	if (search->pending_count == PENDING_MAX) {
		system_close(fd);
		return 0;
	}
	pending = arena_append(search->pending, search->pending_count,
			       sizeof(*pending));
	if (!pending) {
		system_close(fd);
		return -ENOMEM;
	}
	search->pending = pending;
	pending[search->pending_count++] = fd;
	return 0;
}

static int look_at(struct search *const search, const int fd,
		   const struct system_entry *const entry,
		   struct system_file_id id)
{
	search->entry_count++;
	id.inode = entry->inode;
	if (file_set_word(search->granted, id)) {
		search->found = true;
		return 0;
	}
	/* Its type may be unknown; what is no directory is not opened then. */
	if (entry->type && entry->type != SYSTEM_ENTRY_DIRECTORY)
		return 0;
	return add_pending(search,
			   system_open(fd, entry->name,
				       O_PATH | O_NOFOLLOW | O_DIRECTORY));
}

static int search_directory(struct search *const search, const int fd)
{
	struct system_status status;
	const struct system_entry *entry;
	int error = system_stat_fd(fd, &status);

	if (error || directory_open(&search->directory, fd))
		return 0; /* nobody gets in there by this user's word */
	while (!error && !search->found &&
	       search->entry_count < LINKS_ENTRIES_MAX &&
	       directory_next(&search->directory, &entry) > 0)
		error = look_at(search, fd, entry, status.id);
	directory_close(&search->directory);
	return error;
}

static int search_below(struct paths_entry *const entry,
			struct search *const search)
{
	int error;

	search->found = false;
	search->pending_count = 0;
	error = add_pending(search, system_open(paths_fd(entry), ".", O_PATH));
	paths_release(entry);
	while (search->pending_count) {
		const int fd = search->pending[--search->pending_count];

		if (!error && !search->found)
			error = search_directory(search, fd);
		system_close(fd);
	}
	return error;
}

static void tell(const struct paths_entry *const entry, const char *const cause,
		 report_notice_t *const notice, struct report *const report)
{
	report_fill_at(report, 0, &entry->path->origin,
		       profile_access_key(entry->access),
		       "remove the other name", "%s %s", entry->resolved,
		       cause);
	notice(report);
}

int links_tell(struct paths *const paths, const struct file_set *const granted,
	       report_notice_t *const notice, struct report *const report)
{
	struct search search = { .granted = granted };
	size_t i;
	int error = 0;

	for (i = 0; i < paths->count && !error; i++) {
		struct paths_entry *const entry = &paths->entries[i];

		if (entry->state != PATHS_FOUND ||
		    !profile_denies(entry->access))
			continue;
		if (!SYSTEM_IS(entry->status.mode, DIR)) {
			if (entry->status.links > 1)
				tell(entry,
				     "has other names, by which it may be "
				     "granted",
				     notice, report);
		} else if (granted->used) {
			error = search_below(entry, &search);
			if (!error && search.found)
				tell(entry,
				     "holds a file that is granted by another "
				     "name, and so by this one",
				     notice, report);
		}
	}
	return error;
}
