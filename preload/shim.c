// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The constructor: holds the program that it wakes up in to its profiles.
 *
 * It is linked with -z initfirst, so it runs before any code of the program or
 * of its libraries.  The C library has not set environ by then: getenv() would
 * find nothing, and only what the constructor is handed counts.
 */
#include <errno.h>
#include <stddef.h>
#include <sys/auxv.h>
#include <unistd.h>

#include "apply.h"
#include "executable.h"
#include "libc_init.h"
#include "lookup.h"
#include "report.h"
#include "rescue.h"

/*
 * A program that gains privileges from its file is left alone: no_new_privs
 * would take them, and who starts it must not decide over it.
 */
static void print_skipped(const struct lookup_result *const found,
			  const char *const name)
{
	struct report report;
	size_t i;

	for (i = 0; i < found->profile_count; i++) {
		const struct profile *const profile = found->profiles[i];

		if (profile->mode == PROFILE_OFF)
			continue;
		report_fill(&report, 0, profile->origin.file,
			    profile->origin.line, NULL, "set mode = off",
			    "%s has privileges of its own (set-user-ID or "
			    "capabilities) and is not sandboxed",
			    name);
		report_warn(&report);
		return;
	}
}

static int sandbox(const int argc, char *const *const argv,
		   char *const *const environment, struct report *const report)
{
	const bool secure = getauxval(AT_SECURE);
	char user_directory[PATH_MAX];
	struct lookup_result found;
	struct executable program;
	int error;

	error = executable_find(&program, report);
	if (error)
		return error;
	const struct lookup lookup = {
		.names = program.names,
		.name_count = program.name_count,
		.user_directory = secure ? NULL
					 : executable_user_directory(
						   environment, user_directory,
						   sizeof(user_directory)),
		.user = getuid(),
		.system_directory = SYSCONFDIR,
	};
	const struct apply_options options = {
		.rule_directory = LANDLOCK_LIBDIR "/rules",
		.user_origins = { lookup.user_directory },
		.user = lookup.user,
		.notice = report_warn,
	};
	error = lookup_profiles(&lookup, &found, report);
	if (error)
		return error;
	if (secure) {
		print_skipped(&found, program.names[0]);
	} else if (found.profile_count && !rescue_is_on()) {
		libc_init(argc, argv, environment);
		error = apply_profiles(&found, &options, report);
	}
	lookup_result_free(&found);
	return error;
}

static void __attribute__((constructor))
wake_up(const int argc, char *const *const argv, char *const *const environment)
{
	const int saved_errno = errno;
	struct report report;

	/* Nobody could help a system whose first process has ended. */
	if (getpid() != 1 && sandbox(argc, argv, environment, &report) &&
	    !rescue_is_on()) {
		report_warn(&report);
		if (!getauxval(AT_SECURE))
			_exit(EXIT_NOT_STARTED);
	}
	errno = saved_errno;
}
