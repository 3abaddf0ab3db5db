// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock status: which processes are held to a profile, and which are not though
 * one speaks of them.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "executable.h"
#include "print.h"
#include "process.h"
#include "report.h"
#include "rescue.h"
#include "variables.h"
#include "verdict.h"

/* Forks, and loops of parents that another user's processes seem to make. */
#define ANCESTORS_MAX 1024

/* Large; this program needs one. */
static struct report report;

struct row {
	struct process process;
	const struct profile *profile; /* that speaks of it, or NULL */
	const char *fault; /* why profiles of it could not be read, or NULL */
	struct verdict verdict;
	const struct row *from; /* what it inherits from */
};

struct table {
	struct row *rows;
	size_t count;
};

static void ignore(const struct report *const notice)
{
	(void)notice;
}

/* A script that another program has started its interpreter for: env(1). */
static int add_script(struct lookup *const lookup, const char *const script)
{
	struct lookup other = { 0 };
	const int error =
		script ? executable_describe(&other, script, script) : 0;

	if (!error && other.file_count && lookup->file_count < LOOKUP_FILES_MAX)
		lookup->files[lookup->file_count++] = other.files[0];
	return error;
}

static int find_profile(struct row *const row)
{
	const struct process *const process = &row->process;
	struct variables *const variables = arena_take(1, sizeof(*variables));
	struct lookup_result found;
	struct lookup lookup;
	char link[64];
	size_t i;
	int error;

	cmd_lookup(&lookup);
	lookup.notice = ignore;
	lookup.user = process->user;
	lookup.variables = variables;
	if (!variables)
		return report_no_memory(&report);
	variables->user = process->user;
	variables->environment = process->environment;
	lookup.user_directory =
		process->environment && !process->secure
			? executable_user_directory(process->environment)
			: NULL;
	snprintf(link, sizeof(link), "/proc/%d/exe", process->pid);
	error = executable_describe(&lookup, link, process->started);
	if (!error && lookup.file_count)
		error = add_script(&lookup, process->script);
	if (error)
		return report_no_memory(&report);
	error = lookup_profiles(&lookup, &found, &report);
	if (error == -ENOMEM)
		return error;
	if (error)
		row->fault = arena_text(report.cause);
	for (i = 0; i < found.match_count; i++) {
		const struct profile *const profile = found.matches[i].profile;

		if (!row->profile || (row->profile->mode != PROFILE_ENFORCE &&
				      profile->mode == PROFILE_ENFORCE))
			row->profile = profile;
	}
	return 0;
}

/* Was the file of @profile, or the link that it is, changed after @time? */
static bool is_newer(const struct profile *const profile, const time_t time)
{
	struct stat link, file;

	return lstat(profile->origin.file, &link) ||
	       stat(profile->origin.file, &file) || link.st_ctime > time ||
	       file.st_ctime > time;
}

static const struct row *find_row(const struct table *const table,
				  const pid_t pid)
{
	size_t i;

	for (i = 0; i < table->count; i++)
		if (table->rows[i].process.pid == pid)
			return &table->rows[i];
	return NULL;
}

/* When the program began: not when the last of its children was forked. */
static time_t began(const struct table *const table,
		    const struct row *const row)
{
	time_t first = row->process.start;
	const struct row *parent = row;
	unsigned int i;

	for (i = 0; i < ANCESTORS_MAX; i++) {
		parent = find_row(table, parent->process.parent);
		if (!parent ||
		    !system_same_file(parent->process.id, row->process.id))
			break;
		first = parent->process.start;
	}
	return first;
}

/* May be run and not read: then it is not known. */
static bool is_static(const struct process *const process)
{
	struct executable executable;
	struct lookup lookup = { 0 };
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/exe", process->pid);
	if (executable_open(path, NULL, &executable, &lookup, &report))
		return false;
	close(executable.fd);
	return executable.is_static;
}

static void judge(const struct table *const table, struct row *const row)
{
	const struct process *const process = &row->process;
	const struct profile *const profile = row->profile;
	const bool enforced = profile && profile->mode == PROFILE_ENFORCE;

	row->verdict = verdict_of(&(struct verdict_facts){
		.has_profile = enforced || row->fault,
		.has_other = profile && !enforced,
		.is_newer = row->fault ||
			    (enforced && is_newer(profile, began(table, row))),
		.is_left_out =
			enforced && profile->on_error == PROFILE_ON_ERROR_WARN,
		.no_new_privs = process->no_new_privs,
		.has_shim = process->has_shim,
		.is_secure = process->secure,
		.is_static =
			enforced && !process->has_shim && is_static(process),
		.is_switched_off = rescue_is_on(),
		.is_elsewhere = process->is_elsewhere,
	});
}

/* No process leaves what it is under: so neither does what comes from it. */
static void judge_child(const struct table *const table, struct row *const row)
{
	const struct row *parent = row;
	unsigned int i;

	if (row->verdict.state != VERDICT_UNTOLD || row->profile ||
	    !row->process.no_new_privs)
		return;
	for (i = 0; i < ANCESTORS_MAX; i++) {
		parent = find_row(table, parent->process.parent);
		if (!parent || !parent->process.no_new_privs)
			return;
		if (parent->verdict.state != VERDICT_HELD)
			continue;
		row->from = parent;
		row->verdict = verdict_of(&(struct verdict_facts){
			.no_new_privs = true,
			.is_child_of_held = true,
		});
		return;
	}
}

static int fill(struct table *const table)
{
	struct process *all;
	size_t count, i;
	int error = process_read_all(&all, &count);

	if (error)
		return report_fill(&report, error, "/proc", 0, NULL,
				   "mount /proc", "cannot be read: %s",
				   report_error_text(error));
	table->rows = arena_take(count + 1, sizeof(*table->rows));
	if (!table->rows)
		return report_no_memory(&report);
	for (i = 0; i < count; i++) {
		struct row *const row = &table->rows[table->count];

		if (all[i].pid == getpid())
			continue;
		row->process = all[i];
		error = all[i].is_elsewhere ? 0 : find_profile(row);
		if (error)
			return error;
		table->count++;
	}
	for (i = 0; i < table->count; i++)
		judge(table, &table->rows[i]);
	for (i = 0; i < table->count; i++)
		judge_child(table, &table->rows[i]);
	return 0;
}

static void print_profile(const struct profile *const profile)
{
	print_text(profile->origin.file);
	printf(":%u [", profile->origin.line);
	print_text(profile->section);
	putchar(']');
}

static void print_row(const struct row *const row)
{
	const char *separator = "";

	printf("%7d  %-11s  ", row->process.pid,
	       verdict_word(row->verdict.state));
	print_text(row->process.program);
	fputs("  ", stdout);
	if (row->profile) {
		print_profile(row->profile);
		separator = ": ";
	} else if (row->from) {
		printf("from %d: ", row->from->process.pid);
		print_profile(row->from->profile);
		separator = ": ";
	}
	if (row->verdict.reason) {
		printf("%s%s", separator, row->verdict.reason);
		separator = ": ";
	}
	if (row->fault) {
		fputs(separator, stdout);
		print_text(row->fault);
	}
	putchar('\n');
}

static void print_json_row(const struct row *const row)
{
	const struct process *const process = &row->process;
	const struct profile *const profile =
		row->from ? row->from->profile : row->profile;

	printf("{\"pid\": %d, \"user\": %u", process->pid, process->user);
	print_json_member(", ", "program", process->program);
	print_json_member(", ", "state", verdict_word(row->verdict.state));
	print_json_member(", ", "reason", row->verdict.reason);
	print_json_member(", ", "section", profile ? profile->section : NULL);
	print_json_member(", ", "file", profile ? profile->origin.file : NULL);
	printf(", \"line\": %u", profile ? profile->origin.line : 0);
	print_json_member(", ", "fault", row->fault);
	if (row->from)
		printf(", \"from\": %d", row->from->process.pid);
	else
		fputs(", \"from\": null", stdout);
	print_json_member(", ", "seccomp",
			  process_seccomp_word(process->seccomp));
	printf(", \"no_new_privs\": %s, \"library\": %s}",
	       process->no_new_privs ? "true" : "false",
	       process->has_shim ? "true" : "false");
}

static bool is_shown(const struct row *const row, const pid_t pid)
{
	if (pid)
		return row->process.pid == pid;
	return row->verdict.state != VERDICT_UNTOLD &&
	       !row->process.is_elsewhere;
}

/* Returns the exit status. */
static int print(const struct table *const table, const pid_t pid,
		 const bool json)
{
	const char *separator = "";
	bool good = true;
	size_t i;

	fputs(json ? "[" : "    PID  STATE        PROGRAM  PROFILE\n", stdout);
	for (i = 0; i < table->count; i++) {
		const struct row *const row = &table->rows[i];

		if (!is_shown(row, pid))
			continue;
		good &= row->verdict.state != VERDICT_FREE;
		if (pid)
			good &= row->verdict.state == VERDICT_HELD ||
				row->verdict.state == VERDICT_INHERITS;
		if (json)
			fputs(separator, stdout);
		(json ? print_json_row : print_row)(row);
		separator = ",\n";
	}
	if (json)
		puts("]");
	return good ? 0 : CMD_EXIT_FAILURE;
}

static bool read_pid(const char *const text, pid_t *const pid)
{
	char *end;
	const long value = strtol(text, &end, 10);

	*pid = (pid_t)value;
	return text[0] >= '1' && text[0] <= '9' && !*end && value <= INT_MAX;
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_status, argc, argv);
	struct table table = { .count = 0 };
	bool json = false;
	pid_t pid = 0;
	int got;

	while ((got = cmd_next_option(&arguments)) == 1)
		json = true;
	if (got)
		return got;
	if (arguments.operand_count > 1 ||
	    (arguments.operand_count &&
	     !read_pid(arguments.operands[0], &pid))) {
		fputs("landlock status: one process by its number, or none\n",
		      stderr);
		return CMD_USAGE;
	}
	got = fill(&table);
	if (!got && pid && !find_row(&table, pid))
		got = report_fill(&report, -ESRCH, NULL, 0, NULL, NULL,
				  "process %d is not there, executes nothing, "
				  "or is another user's",
				  pid);
	if (!got)
		return print(&table, pid, json);
	report_warn(&report);
	return CMD_EXIT_FAILURE;
}

static const struct cmd_option options[] = {
	{ .name = "json",
	  .purpose = "print a JSON array with an object for each process" },
	{ 0 },
};

const struct command cmd_status = {
	.name = "status",
	.usage = "[--json] [PID]",
	.purpose = "tell which processes are held to their profiles",
	.usage_status = CMD_EXIT_USAGE,
	.options = options,
	.names = CMD_NAMES_PROCESS,
	.run = run,
};
