// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock pin: has root load rules once, for everyone to apply.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "cmd.h"
#include "entries.h"
#include "format.h"
#include "given.h"
#include "lookup_layer.h"
#include "pins.h"
#include "print.h"
#include "report.h"

#define RULES LANDLOCK_PKGLIBDIR "/rules"

/* Large; this program needs one. */
static struct report report;

static bool pin(const struct profile_rule *const rule)
{
	const int result = pins_add(rule, &report);

	if (result < 0) {
		fflush(stdout);
		report_warn(&report);
		return false;
	}
	if (!result)
		return true;
	print_rule_text(rule);
	puts(": pinned");
	return true;
}

static bool pin_rules(const struct profile *const profile)
{
	bool good = true;
	size_t i;

	for (i = 0; i < profile->rule_count; i++)
		good &= pin(&profile->rules[i]);
	return good;
}

/* All objects of a directory, as they are without parameters. */
static bool pin_directory(const char *const directory)
{
	DIR *const stream = opendir(directory);
	const struct dirent *entry;
	char path[PATH_MAX];
	bool good = true;

	if (!stream) {
		const int error = -errno;

		report_fill(&report, error, directory, 0, NULL, NULL, "%s",
			    report_error_text(error));
		report_warn(&report);
		return false;
	}
	while ((entry = readdir(stream))) {
		struct profile_rule rule = { .origin = { .file = directory } };

		if (!cmd_is_object(entry->d_name))
			continue;
		format_text(path, sizeof(path), "%s/%s", directory,
			    entry->d_name);
		rule.object = arena_text(path);
		good &= rule.object && pin(&rule);
	}
	closedir(stream);
	return good;
}

/* An object and its parameters, as `rule` has them; or a directory of objects. */
static bool pin_operand(const char *const text,
			const struct lookup *const lookup)
{
	const struct given given = { "rule", "OBJECT", text };
	static char directory[PATH_MAX];
	struct lookup_match match;
	struct stat status;

	if (strchr(text, '/') && !stat(text, &status) &&
	    S_ISDIR(status.st_mode) && realpath(text, directory))
		return pin_directory(directory);
	if (given_profile(&given, 1, lookup, &match, &report) ||
	    profile_check(match.profile, report_warn, &report)) {
		report_warn(&report);
		return false;
	}
	return pin_rules(match.profile);
}

/* What the administrator's profiles ask for; a faulty one fails at its start. */
static bool pin_enabled(const struct lookup *const lookup)
{
	struct lookup_layer place;
	struct entries entries;
	bool good = true;
	size_t i, j;
	int error;

	error = lookup_layer_enter(lookup, PROFILE_SYSTEM, &place, &report);
	if (!error)
		error = entries_list(place.directory, &entries, &report);
	if (error == -ENOENT)
		return true;
	if (error) {
		report_warn(&report);
		return false;
	}
	for (i = 0; i < entries.count; i++) {
		struct profile_file *file = NULL;

		if (lookup_layer_find(&place, entries.all[i].name) ||
		    lookup_layer_read(&place, &file, &report))
			continue;
		for (j = 0; j < file->profile_count; j++)
			if (!profile_is_template(&file->profiles[j]) &&
			    !profile_complete(&file->profiles[j], &report))
				good &= pin_rules(&file->profiles[j]);
	}
	return good;
}

static int list(void)
{
	struct pins pins;
	size_t i;

	if (pins_list(&pins, &report)) {
		report_warn(&report);
		return CMD_EXIT_FAILURE;
	}
	for (i = 0; i < pins.count; i++) {
		print_text(pins.all[i].name);
		printf("  %2zu  ", pins.all[i].rule_count);
		print_text(pins.all[i].about);
		putchar('\n');
	}
	return 0;
}

static int run(const int argc, char **const argv)
{
	struct cmd_arguments arguments = cmd_arguments(&cmd_pin, argc, argv);
	struct lookup lookup;
	bool lists = false, good = true;
	int got, i;

	while ((got = cmd_next_option(&arguments)) == 1)
		lists = true;
	if (got)
		return got;
	if (lists && arguments.operand_count) {
		fprintf(stderr, "landlock pin: unexpected %s\n",
			arguments.operands[0]);
		return CMD_USAGE;
	}
	if (lists)
		return list();
	umask(022);
	if (pins_prepare(&report)) {
		report_warn(&report);
		return CMD_EXIT_FAILURE;
	}
	cmd_lookup(&lookup);
	for (i = 0; i < arguments.operand_count; i++)
		good &= pin_operand(arguments.operands[i], &lookup);
	if (!arguments.operand_count)
		good = pin_directory(RULES) & pin_enabled(&lookup);
	return good ? 0 : CMD_EXIT_FAILURE;
}

static const struct cmd_option options[] = {
	{ .name = "list",
	  .purpose = "print what is pinned: name, number of rules, object" },
	{ 0 },
};

const struct command cmd_pin = {
	.name = "pin",
	.usage = "[--list | OBJECT... | DIRECTORY/...]",
	.purpose = "load rules for everyone to apply (root)",
	.usage_status = CMD_EXIT_USAGE,
	.options = options,
	.names = CMD_NAMES_OBJECT,
	.run = run,
};
