// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock disable: removes what `landlock enable` linked.
 *
 * It knows its links by their text alone: what they lead to may be gone.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "entries.h"
#include "print.h"
#include "report.h"
#include "target.h"

/* Large; this program needs one. */
static struct report report;

static bool is_meant(const struct entry *const entry,
		     const struct target *const target)
{
	const char *name;

	if (!entry->shipped)
		return false;
	if (target->shipped &&
	    strcmp(entry->shipped, target->shipped->file) == 0)
		return true;
	if (strcmp(entry->name, target->name) == 0)
		return true;
	name = shipped_name(entry->shipped);
	return name && strcmp(name, target->name) == 0;
}

/* Returns how many were removed, or a negative errno. */
static int remove_links(const struct target *const target,
			const char *const directory)
{
	struct entries entries;
	int removed = 0;
	int error = entries_list(directory, &entries, &report);
	size_t i;

	for (i = 0; i < entries.count && !error; i++) {
		const struct entry *const entry = &entries.all[i];

		if (!is_meant(entry, target))
			continue;
		if (unlink(entry->path)) {
			error = -errno;
			return report_fill(&report, error, entry->path, 0, NULL,
					   NULL, "cannot be removed: %s",
					   report_error_text(error));
		}
		removed++;
		print_text(target->name);
		fputs(": disabled: ", stdout);
		print_text(entry->path);
		putchar('\n');
	}
	return error ? error : removed;
}

/* A file of another kind by which the program is found. */
static int find_own_file(const struct target *const target,
			 const char *const directory)
{
	struct entry entry;
	size_t i;

	for (i = 0; i < target->file_count; i++)
		if (entries_look(directory, target->files[i], &entry) &&
		    !entry.shipped)
			return report_fill(
				&report, -EEXIST, entry.path, 0, NULL,
				"remove it, or say mode = off in it",
				"is no link of landlock enable, and stays");
	return 0;
}

/* What the administrator wants, no user takes away. */
static int find_administrators(const struct target *const target)
{
	const char *const directory = target->lookup.system_directory;
	struct entries entries;
	size_t i;

	if (!target->lookup.user || entries_list(directory, &entries, &report))
		return 0;
	for (i = 0; i < entries.count; i++)
		if (is_meant(&entries.all[i], target))
			return report_fill(&report, -EPERM, entries.all[i].path,
					   0, NULL, "only root can disable it",
					   "%s is enabled by the administrator",
					   target->name);
	return 0;
}

static int disable(const struct target *const target,
		   const struct shipped_list *const list)
{
	const char *const directory = target_directory(&target->lookup);
	int removed = directory ? remove_links(target, directory) : 0;
	int error = removed < 0 ? removed : 0;

	if (!error && directory)
		error = find_own_file(target, directory);
	if (!error)
		error = find_administrators(target);
	if (error || removed)
		return error;
	if (!target->shipped)
		return target_fail(target, list, &report);
	print_text(target->name);
	fputs(": not enabled\n", stdout);
	return 0;
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments =
		cmd_arguments(&cmd_disable, argc, argv);
	const int got = cmd_no_more_options(&arguments);
	struct shipped_list list;
	static struct target target;
	struct lookup lookup;
	bool good = true;
	int i, error;

	if (got)
		return got;
	if (!arguments.operand_count) {
		fputs("landlock disable: no program given\n", stderr);
		return CMD_USAGE;
	}
	cmd_lookup(&lookup);
	error = shipped_read(&lookup, &list, &report);
	for (i = 0; i < arguments.operand_count && !error; i++) {
		/* What is there no more is disabled by its name alone. */
		target_find(arguments.operands[i], &list, &target, &report);
		fflush(stdout);
		if (disable(&target, &list)) {
			report_warn(&report);
			good = false;
		}
	}
	if (error)
		report_warn(&report);
	return good && !error ? 0 : CMD_EXIT_FAILURE;
}

const struct command cmd_disable = {
	.name = "disable",
	.usage = "NAME...",
	.purpose = "undo enable",
	.usage_status = CMD_EXIT_USAGE,
	.page = "enable",
	.names = CMD_NAMES_SHIPPED,
	.run = run,
};
