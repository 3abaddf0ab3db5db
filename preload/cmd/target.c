// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From a name to a program as the shim will know it, by the functions of the shim.
 */
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "format.h"
#include "resolve.h"

static const char *base_name(const char *const path)
{
	const char *const slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void add_file(struct target *const target, const char *const path)
{
	char *const file = target->files[target->file_count];

	if (!path || lookup_file_name(path, file, sizeof(target->files[0])))
		return;
	if (target->file_count && strcmp(file, target->files[0]) == 0)
		return;
	target->file_count++;
}

/* Is it in a directory of PATH: a program that is started by its own name, too? */
static bool is_in_search_path(const char *const path)
{
	const char *directory = getenv("PATH");
	const size_t length = (size_t)(strrchr(path, '/') - path);

	while (directory && *directory) {
		const size_t bytes = strcspn(directory, ":");
		char *const copy = arena_copy(directory, bytes);
		const char *const resolved =
			copy && copy[0] == '/'
				? resolve_path(copy, RESOLVE_FOLLOW)
				: NULL;

		if (resolved && strlen(resolved) == length &&
		    memcmp(resolved, path, length) == 0)
			return true;
		directory += bytes + (directory[bytes] == ':');
	}
	return false;
}

/*
 * A link is started by its own name (convert), by those of other links, and as
 * what it leads to (convert-im6.q16): all of that is found by the file of the
 * latter.  Where it lies elsewhere, it may be another after the next update.
 */
static void add_files(struct target *const target)
{
	const char *const path = target->executable.path;
	const char *kept, *own;

	if (!path)
		return;
	kept = resolve_path(path, RESOLVE_KEEP);
	add_file(target, kept);
	own = resolve_path(path, RESOLVE_FOLLOW);
	own = own ? arena_text(own) : NULL;
	if (own && is_in_search_path(own))
		add_file(target, own);
}

static int find_installed(struct target *const target,
			  const struct shipped_list *const list,
			  struct report *const report)
{
	struct lookup *const lookup = &target->lookup;
	const int error = executable_open(target->name, getenv("PATH"),
					  &target->executable, lookup, report);

	if (error)
		return error;
	target->is_installed = true;
	show_describe(&target->executable, &target->program);
	close(target->executable.fd);
	/* Of a script, what was started stands last. */
	if (lookup->file_count > 1) {
		lookup->files[0] = lookup->files[lookup->file_count - 1];
		lookup->file_count = 1;
	}
	add_files(target);
	target->shipped = shipped_for(list, lookup, base_name(target->name));
	return 0;
}

int target_find(const char *const name, const struct shipped_list *const list,
		struct target *const target, struct report *const report)
{
	int error;

	*target = (struct target){ .name = name };
	cmd_lookup(&target->lookup);
	error = find_installed(target, list, report);
	if (!error || (error != -ENOENT && error != -EACCES) ||
	    strchr(name, '/'))
		return error;
	target->shipped = shipped_by_name(list, name);
	if (!target->shipped)
		target->shipped = shipped_by_file(list, name);
	if (target->shipped &&
	    format_text(target->files[0], sizeof(target->files[0]), "%s",
			target->shipped->file) < sizeof(target->files[0]))
		target->file_count = 1;
	return 0;
}

int target_fail(const struct target *const target,
		const struct shipped_list *const list,
		struct report *const report)
{
	const char *const name = base_name(target->name);
	const struct shipped *const called = shipped_by_name(list, name);
	const char *nearest;
	char remedy[sizeof(report->remedy)];

	if (called && target->is_installed)
		return report_fill(
			report, -ENOENT, NULL, 0, NULL,
			"copy it to a file of the other name and change its "
			"section",
			"%s/%s speaks of another program than %s, which would "
			"be found by %s",
			SHIPPED_PROFILES, called->file,
			target->executable.path ? target->executable.path
						: target->name,
			target->file_count ? target->files[0] : "no name");
	nearest = shipped_nearest(list, name);
	format_text(remedy, sizeof(remedy), "did you mean %s?",
		    nearest ? nearest : "");
	return report_fill(report, -ENOENT, NULL, 0, NULL,
			   nearest ? remedy : "landlock list names them",
			   "no profile is shipped for %s", target->name);
}

static void ignore(const struct report *const notice)
{
	(void)notice;
}

int target_profiles(const struct target *const target,
		    struct lookup_result *const found,
		    struct report *const report)
{
	struct lookup lookup = target->lookup;

	lookup.notice = ignore;
	if (!lookup.user)
		lookup.user_directory = NULL;
	return lookup_profiles(&lookup, found, report);
}

const char *target_directory(const struct lookup *const lookup)
{
	return lookup->user ? lookup->user_directory : lookup->system_directory;
}
