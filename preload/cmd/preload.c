// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock preload: puts the shim before every program of the system, or takes it
 * out.
 *
 * Taking it out asks for nothing that could be broken: no profile, no library, no
 * trial.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "executable.h"
#include "lookup.h"
#include "preload_file.h"
#include "preload_trial.h"
#include "print.h"
#include "report.h"
#include "vital.h"

#define EXIT_OFF 1

static struct report report;

static int fail(const int error, const char *const what)
{
	fprintf(stderr, "landlock preload: %s: %s\n", what,
		report_error_text(error));
	return CMD_EXIT_FAILURE;
}

static unsigned int notices;

static void count_notice(const struct report *const notice)
{
	report_warn(notice);
	notices++;
}

static void ignore_notice(const struct report *const notice)
{
	(void)notice;
}

/*
 * Warns of profiles that speak of @path; returns false if the program would not
 * start: what its profiles are cannot be told.
 */
static bool check_vital(const char *const path, const char *const consequence)
{
	struct lookup_result found = { 0 };
	struct executable executable;
	struct lookup lookup;
	size_t i;

	cmd_lookup(&lookup);
	lookup.user_directory = NULL;
	lookup.notice = ignore_notice;
	if (executable_open(path, NULL, &executable, &lookup, &report))
		return true; /* not here */
	close(executable.fd);
	if (lookup_profiles(&lookup, &found, &report)) {
		report_warn(&report);
		return false;
	}
	for (i = 0; i < found.match_count; i++) {
		const struct profile *const profile = found.matches[i].profile;

		if (profile->mode != PROFILE_OFF)
			fprintf(stderr,
				"landlock preload: warning: %s has a profile, "
				"%s:%u: %s\n",
				path, profile->origin.file,
				profile->origin.line, consequence);
		if (profile_check(profile, ignore_notice, &report)) {
			report_warn(&report);
			return false;
		}
	}
	return true;
}

static void check_one(const char *const path, const char *const consequence,
		      void *const good)
{
	*(bool *)good &= check_vital(path, consequence);
}

/* A fault that every program would tell of is told now. */
static bool check_configuration(void)
{
	struct lookup_result found = { 0 };
	struct executable executable;
	struct lookup lookup;
	bool good = true;

	cmd_lookup(&lookup);
	lookup.user_directory = NULL;
	lookup.notice = count_notice;
	if (!executable_open("/bin/true", NULL, &executable, &lookup,
			     &report)) {
		close(executable.fd);
		if (lookup_profiles(&lookup, &found, &report))
			count_notice(&report);
	}
	vital_each(check_one, &good);
	return good && !notices;
}

/* Puts @file in place; returns 0 or a negative errno. */
static int put(const struct preload_file *const file)
{
	char *path;
	int error = preload_file_prepare(file, &path);

	if (error)
		return error;
	error = preload_file_replace(path);
	if (error)
		unlink(path);
	free(path);
	return error;
}

/* An empty file says what none says, and can be mounted over. */
static int make_sure_it_exists(const struct preload_file *const file)
{
	static const struct preload_file empty = { .text = (char *)"" };

	return file->exists ? 0 : put(&empty);
}

static int try_and_put(const struct preload_file *const file,
		       const char *const without, const char *const with)
{
	int error = make_sure_it_exists(file);

	if (error)
		return fail(error, PRELOAD_FILE);
	if (preload_trial(without, with, LANDLOCK_PRELOAD)) {
		error = preload_file_replace(with);
		return error ? fail(error, PRELOAD_FILE) : 0;
	}
	fputs("landlock preload: nothing was changed\n", stderr);
	if (!file->exists)
		unlink(PRELOAD_FILE);
	return CMD_EXIT_FAILURE;
}

/* Writes @file, as it is and with the shim, beside the real one. */
static int try_both(struct preload_file *const file)
{
	char *without, *with;
	int error, status = CMD_EXIT_FAILURE;

	error = preload_file_prepare(file, &without);
	if (error)
		return fail(error, PRELOAD_FILE);
	error = preload_file_append(file, LANDLOCK_PRELOAD);
	if (!error)
		error = preload_file_prepare(file, &with);
	if (error) {
		fail(error, PRELOAD_FILE);
	} else {
		status = try_and_put(file, without, with);
		if (status)
			unlink(with);
		free(with);
	}
	unlink(without);
	free(without);
	return status;
}

/* What there is of the shim, and what there should be. */
struct census {
	size_t ours;
	size_t exact;
	size_t others;
};

static void count(const char *const library, void *const user)
{
	struct census *const census = user;

	census->ours += preload_is_shim(library);
	census->exact += strcmp(library, LANDLOCK_PRELOAD) == 0;
	census->others += !preload_is_shim(library);
}

static struct census take_census(const struct preload_file *const file)
{
	struct census census = { 0 };

	preload_file_each(file, count, &census);
	return census;
}

static int turn_on(struct preload_file *const file)
{
	const struct census census = take_census(file);
	int status;

	if (census.ours == 1 && census.exact == 1) {
		puts("on already");
		return 0;
	}
	if (!check_configuration()) {
		fputs("landlock preload: mend that first: nothing was changed\n",
		      stderr);
		return CMD_EXIT_FAILURE;
	}
	preload_file_remove(file);
	status = try_both(file);
	if (!status)
		puts("on: " LANDLOCK_PRELOAD);
	return status;
}

static int turn_off(struct preload_file *const file)
{
	int error;

	if (!preload_file_remove(file)) {
		puts("off already");
		return 0;
	}
	if (!file->size)
		error = unlink(PRELOAD_FILE) ? -errno : 0;
	else
		error = put(file);
	if (error)
		error = preload_file_blank();
	if (error)
		return fail(error, PRELOAD_FILE);
	puts("off");
	return 0;
}

static void print_other(const char *const library, void *const user)
{
	(void)user;
	if (preload_is_shim(library) && strcmp(library, LANDLOCK_PRELOAD) == 0)
		return;
	fputs(preload_is_shim(library) ? "  should be spelt " LANDLOCK_PRELOAD
					 ": "
				       : "  other library: ",
	      stdout);
	print_text(library);
	putchar('\n');
}

static int tell_status(struct preload_file *const file)
{
	const struct census census = take_census(file);

	puts(census.ours ? "on" : "off");
	preload_file_each(file, print_other, NULL);
	if (census.ours > 1)
		printf("  named %zu times\n", census.ours);
	if (access(LANDLOCK_LIBDIR "/liblandlock_shim.so", R_OK))
		puts("  missing: " LANDLOCK_LIBDIR "/liblandlock_shim.so");
	fflush(stdout);
	if (census.ours)
		preload_is_complete();
	return census.ours ? 0 : EXIT_OFF;
}

static const struct {
	const char *word;
	int (*run)(struct preload_file *file);
} verbs[] = {
	{ "on", turn_on },
	{ "off", turn_off },
	{ "status", tell_status },
};

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments =
		cmd_arguments(&cmd_preload, argc, argv);
	const int got = cmd_no_more_options(&arguments);
	struct preload_file file;
	size_t i;
	int status, error;

	if (got)
		return got;
	for (i = 0; arguments.operand_count == 1 &&
		    i < sizeof(verbs) / sizeof(verbs[0]);
	     i++) {
		if (strcmp(arguments.operands[0], verbs[i].word) != 0)
			continue;
		error = preload_file_read(&file);
		status =
			error ? fail(error, PRELOAD_FILE) : verbs[i].run(&file);
		free(file.text);
		return status;
	}
	fputs("landlock preload: on, off or status, please\n", stderr);
	return CMD_USAGE;
}

const struct command cmd_preload = {
	.name = "preload",
	.usage = "on | off | status",
	.purpose = "put the shim before every program of the system, or not",
	.usage_status = CMD_EXIT_USAGE,
	.words = "on off status",
	.run = run,
};
