// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock run: applies profiles and rules to itself, then becomes the command.
 *
 * The command is found once: what is executed is what profiles were found for.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "executable.h"
#include "given.h"
#include "given_path.h"
#include "report.h"
#include "system.h"
#include "trust.h"

/* As of env(1). */
#define EXIT_CANNOT_EXECUTE 126
#define EXIT_NOT_FOUND 127

#define SHELL "/bin/sh"

struct request {
	const char **sections; /* of -p */
	size_t section_count;
	struct given *given; /* keys */
	size_t given_count;
	char **command;
};

/* Large; this program needs one. */
static struct report report;

/* What is named takes the place of what speaks of the command; what is given comes
 * on top of either. */
static int find_profiles(const struct request *const request,
			 const struct executable *const executable,
			 const struct lookup *const lookup,
			 struct lookup_result *const found)
{
	size_t i;
	int error = 0;

	for (i = 0; i < request->section_count && !error; i++)
		error = lookup_section(lookup, request->sections[i], found,
				       &report);
	if (error || request->section_count)
		return error;
	error = lookup_profiles(lookup, found, &report);
	if (error || found->match_count || request->given_count)
		return error;
	return report_fill(
		&report, -ENOENT, NULL, 0, NULL,
		"give restrictions (--read PATH, see --help) or -p SECTION",
		"no profile speaks of %s",
		executable->path ? executable->path : executable->name);
}

static int add_given(const struct request *const request,
		     const struct lookup *const lookup,
		     struct lookup_result *const found)
{
	struct lookup_match *all;
	const size_t count = found->match_count;

	if (!request->given_count)
		return 0;
	all = arena_take(count + 1, sizeof(*all));
	if (!all)
		return report_no_memory(&report);
	if (count)
		memcpy(all, found->matches, count * sizeof(*all));
	found->matches = all;
	found->match_count = count + 1;
	return given_profile(request->given, request->given_count, lookup,
			     &all[count], &report);
}

/* Who asked for a sandbox is told that there is none. */
static void tell_off(const struct lookup_result *const found)
{
	size_t i;

	for (i = 0; i < found->match_count; i++)
		if (found->matches[i].profile->mode != PROFILE_OFF)
			return;
	for (i = 0; i < found->match_count; i++) {
		const struct profile *const profile = found->matches[i].profile;

		report_fill_at(&report, 0, &profile->origin, "mode",
			       "set mode = enforce, or name another by -p",
			       "the profile %s is off: nothing is enforced",
			       profile->section);
		report_warn(&report);
	}
}

/*
 * Does the name lead to what was opened, and can nobody but root and this user
 * change that?  Then executing it by its name leaves the program's own idea of
 * its name natural.
 */
static bool name_is_safe(const struct executable *const executable,
			 const uid_t user)
{
	struct stat opened, named;
	bool same;
	int fd;

	if (!executable->path || executable->is_unread)
		return false;
	fd = trust_open(executable->path, user, TRUST_CODE, &report);
	if (fd < 0)
		return false;
	same = !fstat(fd, &named) && !fstat(executable->fd, &opened) &&
	       named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
	close(fd);
	return same;
}

/* A text without "#!" is given to the shell, as execvp(3) does. */
static void execute_text(const struct executable *const executable, char **argv)
{
	size_t count = 0;
	char **arguments;

	while (argv[count])
		count++;
	arguments = calloc(count + 2, sizeof(*arguments));
	if (!arguments)
		return;
	arguments[0] = (char *)SHELL;
	/* One that was found in an empty entry of PATH might look like an
	 * option. */
	arguments[1] = (char *)(executable->name[0] == '-' && executable->path
					? executable->path
					: executable->name);
	if (count)
		memcpy(arguments + 2, argv + 1, (count - 1) * sizeof(*argv));
	execve(SHELL, arguments, environ);
}

/* What may help where a command cannot be executed; or NULL. */
static const char *remedy_of(const struct request *const request,
			     const struct executable *const executable,
			     const int error)
{
	size_t i;

	if (executable->is_unread && error == -ENOENT)
		return "a script has to be readable";
	for (i = 0; i < request->given_count && error == -EACCES; i++)
		if (strcmp(request->given[i].key, "read") == 0 ||
		    strcmp(request->given[i].key, "write") == 0 ||
		    strcmp(request->given[i].key, "exec") == 0)
			return "grant what programs need to run: --include "
			       "@run";
	return NULL;
}

static int execute(const struct request *const request,
		   const struct executable *const executable,
		   const bool by_name)
{
	char **const argv = request->command;
	int error;

	if (executable->is_text)
		execute_text(executable, argv);
	else if (by_name || (executable->interpreter && !executable->is_unread))
		/* A script has no other way: its interpreter opens it. */
		execve(executable->name, argv, environ);
	else
		/* musl 1.2.3 has no function for it. */
		syscall(SYS_execveat, executable->fd, "", argv, environ,
			AT_EMPTY_PATH);
	error = -errno;
	report_fill(&report, error, NULL, 0, NULL,
		    remedy_of(request, executable, error), "%s: %s", argv[0],
		    report_error_text(error));
	report_warn(&report);
	return error == -ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_EXECUTE;
}

static int fail(const int status)
{
	report_warn(&report);
	return status;
}

static int status_of(const int error)
{
	if (system_is_exhausted(error))
		return EXIT_NOT_STARTED;
	return error == -ENOENT ? EXIT_NOT_FOUND : EXIT_CANNOT_EXECUTE;
}

static int become_command(const struct request *const request)
{
	struct lookup_result found = { 0 };
	struct executable executable;
	struct apply_options options;
	struct lookup lookup;
	bool by_name;
	int error;

	cmd_lookup(&lookup);
	cmd_apply_options(&lookup, &options);
	error = executable_open(request->command[0], getenv("PATH"),
				&executable, &lookup, &report);
	if (error)
		return fail(status_of(error));
	by_name = name_is_safe(&executable, lookup.user);
	error = find_profiles(request, &executable, &lookup, &found);
	if (!error)
		error = add_given(request, &lookup, &found);
	if (!error)
		error = apply_profiles(&found, &options, &report);
	if (error)
		return fail(EXIT_NOT_STARTED);
	tell_off(&found);
	return execute(request, &executable, by_name);
}

static int read_options(const int argc, char **const argv,
			struct request *const request)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_run, argc, argv);
	const struct cmd_option *const option = &arguments.option;
	int got;

	while ((got = cmd_next_option(&arguments)) == 1) {
		char *written;

		if (option->letter == 'p') {
			request->sections[request->section_count++] =
				arguments.value;
			continue;
		}
		/* A rule is -r, however it was written. */
		if ((option->letter
			     ? asprintf(&written, "-%c", option->letter)
			     : asprintf(&written, "--%s", option->name)) < 0) {
			perror("landlock");
			return EXIT_NOT_STARTED;
		}
		request->given[request->given_count++] =
			(struct given){ option->name, written,
					arguments.value };
	}
	if (got)
		return got;
	if (!arguments.operand_count) {
		fputs("landlock run: no command given\n", stderr);
		return CMD_USAGE;
	}
	request->command = arguments.operands;
	return 0;
}

static int run(const int argc, char **const argv)
{
	struct request request = {
		.sections = calloc((size_t)argc, sizeof(*request.sections)),
		.given = calloc((size_t)argc, sizeof(*request.given)),
	};
	int status;

	if (!request.sections || !request.given) {
		perror("landlock");
		return EXIT_NOT_STARTED;
	}
	status = read_options(argc, argv, &request);
	return status ? status : become_command(&request);
}

int cmd_run_object(const int argc, char **const argv)
{
	char *const quoted = argc < 3 ? NULL : given_quote(argv[1]);
	struct given given = { "rule", "-r", quoted };
	const struct request request = {
		.given = &given,
		.given_count = 1,
		.command = argv + 2,
	};

	if (argc < 3) {
		fputs("landlock: no command given\n", stderr);
		return EXIT_NOT_STARTED;
	}
	return become_command(&request);
}

static const struct cmd_option options[] = {
	{ .letter = 'p',
	  .name = "profile",
	  .value = "SECTION",
	  .purpose = "apply the profiles of SECTION, not COMMAND's own",
	  .names = CMD_NAMES_SECTION },
	{ 0 },
};

const struct command cmd_run = {
	.name = "run",
	.usage = "[OPTION]... [--] COMMAND [ARGUMENT]...",
	.purpose = "run COMMAND under its profiles, or under what is said here",
	.usage_status = EXIT_NOT_STARTED,
	.options = options,
	.key_at = given_key_at,
	.runs_operands = true,
	.names = CMD_NAMES_COMMAND,
	.notes =
		"Options but -p are keys of landlock.ini(5): what they say adds "
		"up, and comes on\ntop of the profiles of COMMAND or SECTION.",
	.run = run,
};
