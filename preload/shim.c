// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The constructor: holds the program that it wakes up in to its profiles.
 *
 * It is linked with -z initfirst, so it runs before any code of the program or
 * of its libraries, and before the C library is initialised.
 */
#include <stddef.h>

#include "apply.h"
#include "arena.h"
#include "executable.h"
#include "lookup.h"
#include "report.h"
#include "rescue.h"
#include "start.h"
#include "system.h"
#include "variables.h"

/* Large, and filled on bad days alone. */
static struct report report;

/*
 * A program that gains privileges from its file is left alone: no_new_privs
 * would take them, and who starts it must not decide over it.
 */
static void tell_skipped(const struct lookup *const lookup,
			 const struct lookup_result *const found)
{
	const char *const name =
		lookup->file_count && lookup->files[0].name_count
			? lookup->files[0].names[0]
			: "the program";
	size_t i;

	for (i = 0; i < found->match_count; i++) {
		const struct profile *const profile = found->matches[i].profile;

		if (profile->mode == PROFILE_OFF)
			continue;
		report_fill_at(&report, 0, &profile->origin, NULL,
			       "set mode = off",
			       "%s has privileges of its own (set-user-ID or "
			       "capabilities) and is not sandboxed",
			       name);
		report_warn(&report);
		return;
	}
}

/* Nobody can be sure that no profile speaks of a program without a name. */
static void tell_nameless(const struct lookup *const lookup)
{
	size_t i;

	for (i = 0; i < lookup->file_count; i++)
		if (lookup->files[i].name_count)
			return;
	report_fill(
		&report, 0, NULL, 0, NULL,
		"mount /proc, or start it by its path",
		"the running program has no name by which its profile could "
		"be found; only sections that name its file are applied");
	report_warn(&report);
}

/* Returns an error, with the report filled, if the program must not start. */
static int hold(const struct start *const start, struct lookup *const lookup)
{
	const struct apply_options options = {
		.rule_directory = LANDLOCK_PKGLIBDIR "/rules",
		.user = lookup->user,
		.user_directory = lookup->user_directory,
		.notice = report_warn,
	};
	struct lookup_result found = { 0 };
	int error = executable_find(lookup, start->execfn);

	if (error)
		return report_no_memory(&report);
	tell_nameless(lookup);
	error = lookup_profiles(lookup, &found, &report);
	if (error || !found.match_count)
		return error;
	if (start->secure) {
		tell_skipped(lookup, &found);
		return 0;
	}
	return rescue_is_on() ? 0 : apply_profiles(&found, &options, &report);
}

static void __attribute__((constructor))
wake_up(const int argc, char *const *const argv, char *const *const environment)
{
	static char *const nothing[] = { NULL };
	struct variables variables = { .environment = NULL };
	struct lookup lookup = {
		.system_directory = SYSCONFDIR "/landlock",
		.data_directory = LANDLOCK_DATADIR,
		.variables = &variables,
		.notice = report_warn,
	};
	struct start start;

	(void)argc;
	(void)argv;
	if (!start_find(environment, &start))
		start = (struct start){ .environment = nothing,
					.secure = true };
	if (!start.secure) {
		variables.environment = start.environment;
		lookup.user_directory =
			executable_user_directory(start.environment);
	}
	if (lookup_is_configured(&lookup) && !rescue_is_first_process()) {
		lookup.user = system_user();
		variables.user = lookup.user;
		if (hold(&start, &lookup) && !rescue_is_on()) {
			report_warn(&report);
			if (!start.secure)
				system_exit(EXIT_NOT_STARTED);
		}
	}
	arena_end();
}
