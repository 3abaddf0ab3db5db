// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A directory of profiles as people who change it see it.
 */
#include "entries.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "format.h"
#include "shipped.h"

#define SUFFIX ".ini"

/* The name of a file in SHIPPED_PROFILES, or NULL. */
static const char *shipped_target(const char *const target)
{
	const size_t length = strlen(SHIPPED_PROFILES "/");

	if (strncmp(target, SHIPPED_PROFILES "/", length) != 0 ||
	    !target[length] || strchr(target + length, '/'))
		return NULL;
	return target + length;
}

bool entries_look(const char *const directory, const char *const name,
		  struct entry *const entry)
{
	char path[PATH_MAX], target[PATH_MAX];
	struct stat status;
	ssize_t length;

	*entry = (struct entry){ 0 };
	if (format_text(path, sizeof(path), "%s/%s", directory, name) >=
		    sizeof(path) ||
	    lstat(path, &status))
		return false;
	entry->name = arena_text(name);
	entry->path = arena_text(path);
	length = readlink(path, target, sizeof(target) - 1);
	if (length >= 0) {
		entry->target = arena_copy(target, (size_t)length);
		if (entry->target)
			entry->shipped = shipped_target(entry->target);
	}
	return entry->name && entry->path;
}

static int is_profile(const struct dirent *const entry)
{
	const size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > strlen(SUFFIX) &&
	       strcmp(entry->d_name + length - strlen(SUFFIX), SUFFIX) == 0;
}

/* Not by the locale's order, which is another's on the next machine. */
static int compare(const struct dirent **const a, const struct dirent **const b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int entries_list(const char *const directory, struct entries *const entries,
		 struct report *const report)
{
	struct dirent **found = NULL;
	const int count = scandir(directory, &found, is_profile, compare);
	const int error = count < 0 ? -errno : 0;
	int i;

	*entries = (struct entries){ .count = 0 };
	if (error == -ENOENT)
		return 0;
	if (error)
		return report_fill(report, error, directory, 0, NULL, NULL,
				   "cannot be read: %s",
				   report_error_text(error));
	entries->all = arena_take((size_t)count + 1, sizeof(*entries->all));
	for (i = 0; i < count; i++) {
		if (entries->all && entries_look(directory, found[i]->d_name,
						 &entries->all[entries->count]))
			entries->count++;
		free(found[i]);
	}
	free(found);
	return entries->all ? 0 : report_no_memory(report);
}
