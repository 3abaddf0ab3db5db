// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock enable: links shipped profiles into a layer, where programs find them.
 *
 * The invariant: nothing is written over, and what the shim would not believe, or
 * not find, is taken back.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "entries.h"
#include "format.h"
#include "print.h"
#include "report.h"
#include "show.h"
#include "siblings.h"
#include "target.h"

/* Large; this program needs one. */
static struct report report;

static int fail(const int error, const char *const path,
		const char *const remedy, const char *const cause)
{
	return report_fill(&report, error, path, 0, NULL, remedy, "%s: %s",
			   cause, report_error_text(error));
}

/* Makes @directory and what leads to it.  Nobody else need look into a user's. */
static int make_directory(const char *const directory, const mode_t mode)
{
	char path[PATH_MAX];
	char *slash = path;

	if (format_text(path, sizeof(path), "%s", directory) >= sizeof(path))
		return fail(-ENAMETOOLONG, directory, NULL, "cannot be made");
	while ((slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		mkdir(path, mode);
		*slash = '/';
	}
	if (mkdir(path, mode) && errno != EEXIST)
		return fail(-errno, directory, NULL, "cannot be made");
	return 0;
}

static int open_layer(const struct lookup *const lookup)
{
	const char *const directory = target_directory(lookup);

	if (!directory)
		return report_fill(&report, -ENOENT, NULL, 0, NULL,
				   "set HOME to your home directory",
				   "there is no place for your profiles: "
				   "neither XDG_CONFIG_HOME nor HOME names a "
				   "directory");
	return make_directory(directory, lookup->user ? 0700 : 0755);
}

static bool leads_to(const struct entry *const entry, const char *const file)
{
	struct stat linked, shipped;

	return stat(entry->path, &linked) == 0 && stat(file, &shipped) == 0 &&
	       linked.st_dev == shipped.st_dev &&
	       linked.st_ino == shipped.st_ino;
}

/* A link of ours that leads to another shipped file, or to none any more. */
static int replace_link(const char *const path, const char *const file)
{
	char beside[PATH_MAX];

	if (format_text(beside, sizeof(beside), "%s.new", path) >=
	    sizeof(beside))
		return -ENAMETOOLONG;
	if ((unlink(beside) && errno != ENOENT) || symlink(file, beside))
		return -errno;
	if (rename(beside, path) == 0)
		return 0;
	unlink(beside);
	return -errno;
}

/* Returns 1 for a new link, 0 where it was there, or a negative errno. */
static int put_link(const char *const directory, const char *const name,
		    const char *const file)
{
	struct entry entry;
	char path[PATH_MAX];
	int error;

	if (format_text(path, sizeof(path), "%s/%s", directory, name) >=
	    sizeof(path))
		return fail(-ENAMETOOLONG, directory, NULL, "cannot be linked");
	if (symlink(file, path) == 0)
		return 1;
	error = -errno;
	if (error != -EEXIST)
		return fail(error, path, NULL, "cannot be made");
	if (!entries_look(directory, name, &entry))
		return fail(error, path, NULL, "cannot be made");
	if (leads_to(&entry, file))
		return 0;
	if (!entry.shipped)
		return report_fill(&report, -EEXIST, path, 0, NULL,
				   "move it away to have the shipped profile",
				   "is there and no link of landlock enable");
	error = replace_link(path, file);
	return error ? fail(error, path, NULL, "cannot be replaced") : 1;
}

static void say(const struct target *const target, const char *const what,
		const char *const directory, const char *const file)
{
	print_text(target->name);
	printf(": %s: ", what);
	print_text(directory);
	putchar('/');
	print_text(file);
	putchar('\n');
}

/*
 * Does the shim find and believe what was linked?  Not asked of what is not there
 * to be started.  Fills @match.
 */
static int try_out(const struct target *const target,
		   const char *const directory,
		   struct lookup_match *const match)
{
	struct lookup_result found = { 0 };
	const size_t length = strlen(directory);
	const int error = target_profiles(target, &found, &report);
	size_t i;

	for (i = 0; i < found.match_count && !error; i++) {
		const char *const file = found.matches[i].profile->origin.file;

		if (strncmp(file, directory, length) == 0 &&
		    file[length] == '/' &&
		    (strcmp(file + length + 1, target->files[0]) == 0 ||
		     strcmp(file + length + 1, target->files[1]) == 0)) {
			*match = found.matches[i];
			return 0;
		}
	}
	return error
		       ?: report_fill(
				  &report, -EPERM, directory, 0, NULL,
				  "it has to be root's or your own, and "
				  "written by nobody else",
				  "is no directory that counts for programs "
				  "of yours");
}

/* What keeps the profile from being enforced, or the program from starting. */
static int tell_of_program(const struct target *const target,
			   const struct lookup_match *const match)
{
	const struct show_program *const program = &target->program;
	size_t i;
	int error;

	for (i = 0; i < SHOW_TRAIT_COUNT; i++) {
		if (!program->traits[i])
			continue;
		report_fill(&report, 0, NULL, 0, NULL, NULL, "%s: %s",
			    program->path, show_trait_text((enum show_trait)i));
		report_warn(&report);
	}
	error = profile_check(match->profile, report_warn, &report);
	if (error)
		report_warn(&report);
	return error;
}

static void take_back(const struct target *const target,
		      const char *const directory, const int made)
{
	char path[PATH_MAX];
	size_t i;

	for (i = 0; i < target->file_count; i++)
		if (made & 1 << i &&
		    format_text(path, sizeof(path), "%s/%s", directory,
				target->files[i]) < sizeof(path))
			unlink(path);
}

/* Links @file under each name of @target.  @made: bit N, for the N-th. */
static int put_links(const struct target *const target,
		     const char *const directory, const char *const file,
		     int *const made)
{
	size_t i;
	int result;

	for (i = 0; i < target->file_count; i++) {
		result = put_link(directory, target->files[i], file);
		if (result < 0)
			return result;
		*made |= result << i;
	}
	return 0;
}

static int enable(const struct target *const target)
{
	const char *const directory = target_directory(&target->lookup);
	struct lookup_match match = { 0 };
	char file[PATH_MAX];
	int made = 0, error;
	size_t i;

	format_text(file, sizeof(file), "%s/%s", SHIPPED_PROFILES,
		    target->shipped->file);
	error = put_links(target, directory, file, &made);
	if (!error && target->is_installed)
		error = try_out(target, directory, &match);
	if (error) {
		take_back(target, directory, made);
		return error;
	}
	for (i = 0; i < target->file_count; i++)
		say(target, made & 1 << i ? "enabled" : "enabled already",
		    directory, target->files[i]);
	fflush(stdout);
	if (target->is_installed)
		return tell_of_program(target, &match) ? 1 : 0;
	report_fill(&report, 0, NULL, 0, NULL,
		    "once it is installed, enable it again",
		    "%s is not here: enabled by the name of the shipped file",
		    target->name);
	report_warn(&report);
	return 0;
}

/* Returns whether it is enabled as it should be; fills which of @list it is of. */
static bool enable_name(const char *const name,
			const struct shipped_list *const list,
			bool *const enabled)
{
	static struct target target;
	int result = target_find(name, list, &target, &report);

	if (!result && !target.shipped)
		result = target_fail(&target, list, &report);
	if (!result && !target.file_count)
		result = report_fill(&report, -ENAMETOOLONG, NULL, 0, NULL,
				     "name it by an absolute path of fewer "
				     "than 250 bytes",
				     "no file can be called as %s", name);
	if (!result)
		result = enable(&target);
	if (result < 0)
		report_warn(&report);
	else
		enabled[target.shipped - list->all] = true;
	return !result;
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_enable, argc, argv);
	const int got = cmd_no_more_options(&arguments);
	struct shipped_list list;
	struct lookup lookup;
	bool good = true, *enabled;
	size_t j;
	int i;

	if (got)
		return got;
	if (!arguments.operand_count) {
		fputs("landlock enable: no program given\n", stderr);
		return CMD_USAGE;
	}
	cmd_lookup(&lookup);
	if (shipped_read(&lookup, &list, &report) || open_layer(&lookup)) {
		report_warn(&report);
		return CMD_EXIT_FAILURE;
	}
	enabled = arena_take(list.count + 1, sizeof(*enabled));
	if (!enabled) {
		report_no_memory(&report);
		report_warn(&report);
		return CMD_EXIT_FAILURE;
	}
	for (i = 0; i < arguments.operand_count; i++)
		good &= enable_name(arguments.operands[i], &list, enabled);
	for (j = 0; j < list.count; j++)
		if (enabled[j])
			siblings_tell(&list.all[j], &list);
	return good ? 0 : CMD_EXIT_FAILURE;
}

const struct command cmd_enable = {
	.name = "enable",
	.usage = "NAME...",
	.purpose = "hold programs to the profiles that are shipped for them",
	.usage_status = CMD_EXIT_USAGE,
	.names = CMD_NAMES_SHIPPED,
	.run = run,
};
