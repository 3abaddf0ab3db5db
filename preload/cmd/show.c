// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock show: what would be enforced on a program here.
 *
 * It walks the way of the shim by the functions of the shim, up to where the
 * process would be changed.
 */
#include "show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "features.h"
#include "report.h"
#include "rescue.h"
#include "resolve.h"

static struct report report;

static const struct {
	const char *word;
	const char *text;
} traits[] = {
	[SHOW_SWITCHED_OFF] = { "switched_off",
				"nothing is enforced on this system, by "
				"/etc/landlock.off or landlock_shim=off, but by "
				"landlock run" },
	[SHOW_MUSL] = { "musl",
			"a program of musl, which reads LD_PRELOAD and no "
			"/etc/ld.so.preload" },
	[SHOW_STATIC] = { "static", "a static program: nothing is preloaded "
				    "into it; use landlock run" },
	[SHOW_OTHER_CLASS] = { "other_class",
			       sizeof(long) == 8
				       ? "a 32-bit program: it needs the 32-bit "
					 "liblandlock_shim.so, or landlock run"
				       : "a 64-bit program: it needs the 64-bit "
					 "liblandlock_shim.so, or landlock "
					 "run" },
	[SHOW_PRIVILEGED] = { "privileged",
			      "has privileges of its own (set-user-ID, "
			      "set-group-ID or capabilities): skipped" },
	[SHOW_UNREAD] = { "unreadable",
			  "cannot be read: whether it is static or 32-bit is "
			  "not known" },
};

const char *show_trait_word(const enum show_trait trait)
{
	return traits[trait].word;
}

const char *show_trait_text(const enum show_trait trait)
{
	return traits[trait].text;
}

const char *show_gap_word(const enum plan_gap_kind kind)
{
	static const char *const words[] = {
		[PLAN_GAP_WHOLE] = "whole",
		[PLAN_GAP_PARTIAL] = "partial",
		[PLAN_GAP_LIMIT] = "limit",
	};

	return words[kind];
}

/* Is there anything that ends a program with on-error = fail? */
static bool is_lacking(const struct show_match *const shown)
{
	size_t i;

	for (i = 0; i < shown->plan->gap_count; i++)
		if (shown->plan->gaps[i].kind == PLAN_GAP_WHOLE)
			return true;
	for (i = 0; i < shown->paths->count; i++)
		if (shown->paths->entries[i].state == PATHS_LACKING)
			return true;
	return shown->match->profile->fault_count;
}

static int show_match(const struct show_program *const program,
		      const struct lookup_match *const match,
		      const struct show_printer *const printer,
		      const bool first, bool *const ends)
{
	const struct profile *const profile = match->profile;
	struct show_match shown = { .program = program, .match = match };
	struct paths paths;
	struct plan plan;
	const char *leads;
	int error;

	error = cmd_plan(profile, &plan, &report);
	if (!error)
		error = cmd_open_paths(profile, &paths, &report);
	if (error)
		return error;
	leads = match->name ? NULL : resolve_path(match->text, RESOLVE_FOLLOW);
	shown.leads = leads ? arena_text(leads) : NULL;
	shown.plan = &plan;
	shown.paths = &paths;
	show_find_means(&shown);
	shown.ends = !program->is_passed_over &&
		     profile->mode == PROFILE_ENFORCE &&
		     profile->on_error == PROFILE_ON_ERROR_FAIL &&
		     is_lacking(&shown);
	*ends = *ends || shown.ends;
	printer->match(&shown, first);
	paths_close(&paths);
	return 0;
}

/* A file system that is mounted nosuid gives none. */
static bool is_privileged(const struct executable *const executable)
{
	struct statvfs status;

	return executable->has_privileges &&
	       (executable->interpreter || fstatvfs(executable->fd, &status) ||
		!(status.f_flag & ST_NOSUID));
}

static bool is_of_musl(const struct executable *const executable)
{
	const char *const slash =
		executable->loader ? strrchr(executable->loader, '/') : NULL;

	return slash && strncmp(slash + 1, "ld-musl", strlen("ld-musl")) == 0;
}

void show_describe(const struct executable *const executable,
		   struct show_program *const program)
{
	bool *const has = program->traits;

	*program = (struct show_program){
		.path = executable->path ? executable->path : executable->name,
		.executable = executable,
	};
	has[SHOW_SWITCHED_OFF] = rescue_is_on();
	has[SHOW_STATIC] = executable->is_static;
	has[SHOW_MUSL] = is_of_musl(executable);
	has[SHOW_OTHER_CLASS] = executable->is_other_class;
	has[SHOW_PRIVILEGED] = is_privileged(executable);
	has[SHOW_UNREAD] = executable->is_unread;
	program->is_passed_over = has[SHOW_SWITCHED_OFF] || has[SHOW_STATIC] ||
				  has[SHOW_PRIVILEGED];
}

static int show(const char *const command,
		const struct show_printer *const printer)
{
	struct lookup_result found = { 0 };
	struct executable executable;
	struct show_program program;
	struct lookup lookup;
	bool ends = false;
	size_t i;
	int error;

	cmd_lookup(&lookup);
	error = executable_open(command, getenv("PATH"), &executable, &lookup,
				&report);
	if (error)
		return error;
	show_describe(&executable, &program);
	close(executable.fd);
	error = lookup_profiles(&lookup, &found, &report);
	if (error)
		return error;
	printer->begin(&program, found.match_count);
	for (i = 0; i < found.match_count && !error; i++)
		error = show_match(&program, &found.matches[i], printer, !i,
				   &ends);
	printer->end();
	return error ? error : ends;
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_show, argc, argv);
	bool json = false;
	int result;

	while ((result = cmd_next_option(&arguments)) == 1)
		json = true;
	if (result)
		return result;
	if (arguments.operand_count != 1) {
		fputs(arguments.operand_count
			      ? "landlock show: one program at a time\n"
			      : "landlock show: no program given\n",
		      stderr);
		return CMD_USAGE;
	}
	result = show(arguments.operands[0], json ? &show_json : &show_text);
	if (result < 0)
		report_warn(&report);
	return result ? CMD_EXIT_FAILURE : 0;
}

static const struct cmd_option options[] = {
	{ .name = "json",
	  .purpose = "print a JSON array with an object for each profile" },
	{ 0 },
};

const struct command cmd_show = {
	.name = "show",
	.usage = "[--json] PROGRAM",
	.purpose = "tell what would be enforced on PROGRAM here",
	.usage_status = CMD_EXIT_USAGE,
	.options = options,
	.names = CMD_NAMES_PROGRAM,
	.run = run,
};
