// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock show: what would be enforced on a program here, as text or JSON.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "executable.h"
#include "lookup.h"
#include "path.h"
#include "plan.h"

extern char **environ;

static const char *const modes[] = {
	[PROFILE_ENFORCE] = "enforce",
	[PROFILE_COMPLAIN] = "complain",
	[PROFILE_OFF] = "off",
};

/* What one way of printing does with the parts of a plan, in this order. */
struct printer {
	void (*begin)(const struct plan *plan, bool first);
	void (*path)(const struct profile_path *path, const char *resolved,
		     bool missing, bool first);
	void (*ports)(const char *key, const struct profile_tcp_ports *ports);
	void (*scope)(const char *word, bool first);
	void (*rule)(const struct profile_rule *rule, bool first);
	void (*gap)(const struct plan_gap *gap, bool first);
	void (*part)(const char *name, bool begins); /* around the lists */
	void (*end)(void);
};

static void text_begin(const struct plan *const plan, const bool first)
{
	const struct profile *const profile = plan->profile;

	printf("%s[%s]  %s:%u\n  mode         %s\n", first ? "" : "\n",
	       profile->section, profile->origin.file, profile->origin.line,
	       modes[profile->mode]);
	if (profile->path_count)
		printf("  paths by     %s\n", plan_paths_word(plan->paths_by));
}

static void text_path(const struct profile_path *const path,
		      const char *const resolved, const bool missing,
		      const bool first)
{
	(void)first;
	printf("  %-12s %s", profile_access_key(path->access), path->path);
	if (strcmp(path->path, resolved) != 0)
		printf(" -> %s", resolved);
	puts(!missing	      ? ""
	     : path->optional ? "  (missing)"
			      : "  (missing: this fails)");
}

static void text_ports(const char *const key,
		       const struct profile_tcp_ports *const ports)
{
	size_t i;

	printf("  %-12s %s", key, ports->range_count ? "" : "none");
	for (i = 0; i < ports->range_count; i++)
		printf(ports->ranges[i].first == ports->ranges[i].last
			       ? "%s%u"
			       : "%s%u-%u",
		       i ? " " : "", ports->ranges[i].first,
		       ports->ranges[i].last);
	putchar('\n');
}

static void text_scope(const char *const word, const bool first)
{
	(void)first;
	printf("  %-12s %s\n", "scope", word);
}

static void text_rule(const struct profile_rule *const rule, const bool first)
{
	size_t i;

	(void)first;
	printf("  %-12s %s", "rule", rule->object);
	for (i = 0; i < rule->parameter_count; i++)
		printf(" %s=%s", rule->parameters[i].name,
		       rule->parameters[i].value);
	putchar('\n');
}

static void text_gap(const struct plan_gap *const gap, const bool first)
{
	(void)first;
	printf("  %-12s %s:%u: %s: %s; %s\n",
	       gap->partial ? "but" : "NOT ENFORCED", gap->origin.file,
	       gap->origin.line, gap->key, gap->cause, gap->remedy);
}

static void text_part(const char *const name, const bool begins)
{
	(void)name;
	(void)begins;
}

static void text_end(void)
{
}

static const struct printer text_printer = {
	text_begin, text_path, text_ports, text_scope,
	text_rule,  text_gap,  text_part,  text_end,
};

/* A JSON string; the readers of profiles let no control characters in. */
static void json_string(const char *text)
{
	putchar('"');
	for (; *text; text++) {
		if ((unsigned char)*text < ' ')
			printf("\\u%04x", *text);
		else
			printf(*text == '"' || *text == '\\' ? "\\%c" : "%c",
			       *text);
	}
	putchar('"');
}

static void json_member(const char *const name, const char *const value)
{
	json_string(name);
	fputs(": ", stdout);
	json_string(value);
	fputs(", ", stdout);
}

static void json_begin(const struct plan *const plan, const bool first)
{
	const struct profile *const profile = plan->profile;

	fputs(first ? "{" : ", {", stdout);
	json_member("section", profile->section);
	json_member("file", profile->origin.file);
	json_member("mode", modes[profile->mode]);
	json_member("paths_by", plan_paths_word(plan->paths_by));
	printf("\"line\": %u", profile->origin.line);
}

static void json_path(const struct profile_path *const path,
		      const char *const resolved, const bool missing,
		      const bool first)
{
	fputs(first ? "{" : ", {", stdout);
	json_member("access", profile_access_key(path->access));
	json_member("path", path->path);
	json_member("resolved", resolved);
	printf("\"line\": %u, \"missing\": %s, \"optional\": %s}",
	       path->origin.line, missing ? "true" : "false",
	       path->optional ? "true" : "false");
}

static void json_ports(const char *const key,
		       const struct profile_tcp_ports *const ports)
{
	size_t i;

	printf(", \"%s\": [", key);
	for (i = 0; i < ports->range_count; i++)
		printf("%s[%u, %u]", i ? ", " : "", ports->ranges[i].first,
		       ports->ranges[i].last);
	putchar(']');
}

static void json_scope(const char *const word, const bool first)
{
	fputs(first ? "" : ", ", stdout);
	json_string(word);
}

static void json_rule(const struct profile_rule *const rule, const bool first)
{
	size_t i;

	fputs(first ? "{" : ", {", stdout);
	json_member("object", rule->object);
	printf("\"line\": %u, \"parameters\": {", rule->origin.line);
	for (i = 0; i < rule->parameter_count; i++) {
		fputs(i ? ", " : "", stdout);
		json_string(rule->parameters[i].name);
		fputs(": ", stdout);
		json_string(rule->parameters[i].value);
	}
	fputs("}}", stdout);
}

static void json_gap(const struct plan_gap *const gap, const bool first)
{
	fputs(first ? "{" : ", {", stdout);
	json_member("key", gap->key);
	json_member("cause", gap->cause);
	json_member("remedy", gap->remedy);
	printf("\"line\": %u, \"partial\": %s}", gap->origin.line,
	       gap->partial ? "true" : "false");
}

static void json_part(const char *const name, const bool begins)
{
	if (begins)
		printf(", \"%s\": [", name);
	else
		putchar(']');
}

static void json_end(void)
{
	putchar('}');
}

static const struct printer json_printer = {
	json_begin, json_path, json_ports, json_scope,
	json_rule,  json_gap,  json_part,  json_end,
};

static void print_paths(const struct profile *const profile,
			const struct printer *const printer)
{
	char resolved[PATH_MAX];
	size_t i;

	printer->part("paths", true);
	for (i = 0; i < profile->path_count; i++) {
		const struct profile_path *const path = &profile->paths[i];
		const int error = path_resolve(path->path, resolved);

		printer->path(path,
			      error && error != -ENOENT ? path->path : resolved,
			      error, !i);
	}
	printer->part("paths", false);
}

static void print_scopes(const struct profile *const profile,
			 const struct printer *const printer)
{
	bool first = true;
	size_t i;

	printer->part("scope", true);
	for (i = 0; i < PROFILE_SCOPE_COUNT; i++) {
		if (!profile->scopes[i].line)
			continue;
		printer->scope(profile_scope_word((enum profile_scope)i),
			       first);
		first = false;
	}
	printer->part("scope", false);
}

static int print_profile(const struct profile *const profile,
			 const struct features *const features,
			 const struct printer *const printer, const bool first)
{
	struct plan plan;
	size_t i;

	if (plan_make(profile, features, &plan))
		return -ENOMEM;
	printer->begin(&plan, first);
	print_paths(profile, printer);
	for (i = 0; i < PROFILE_TCP_COUNT; i++)
		if (profile->tcp[i].restricted)
			printer->ports(profile_tcp_key((enum profile_tcp)i),
				       &profile->tcp[i]);
	print_scopes(profile, printer);
	printer->part("rules", true);
	for (i = 0; i < profile->rule_count; i++)
		printer->rule(&profile->rules[i], !i);
	printer->part("rules", false);
	printer->part("gaps", true);
	for (i = 0; i < plan.gap_count; i++)
		printer->gap(&plan.gaps[i], !i);
	printer->part("gaps", false);
	printer->end();
	plan_free(&plan);
	return 0;
}

static int show(const char *const program, const bool json)
{
	const struct printer *const printer =
		json ? &json_printer : &text_printer;
	char path[PATH_MAX], user_directory[PATH_MAX];
	const char *const name = path;
	const struct lookup lookup = {
		.names = &name,
		.name_count = 1,
		.user_directory = executable_user_directory(
			environ, user_directory, sizeof(user_directory)),
		.user = getuid(),
		.system_directory = SYSCONFDIR,
	};
	struct lookup_result found;
	struct features features;
	struct report report;
	int error = 0;
	size_t i;

	if (!realpath(program, path)) {
		fprintf(stderr, "landlock show: %s: %m\n", program);
		return CMD_EXIT_FAILURE;
	}
	if (lookup_profiles(&lookup, &found, &report)) {
		report_warn(&report);
		return CMD_EXIT_FAILURE;
	}
	features_probe(&features);
	if (json)
		putchar('[');
	else if (!found.profile_count)
		printf("no profile speaks of %s\n", path);
	for (i = 0; i < found.profile_count && !error; i++)
		error = print_profile(found.profiles[i], &features, printer,
				      !i);
	if (json)
		puts("]");
	lookup_result_free(&found);
	return error ? CMD_EXIT_FAILURE : 0;
}

static int run(const int argc, char **const argv)
{
	const bool json = argc == 3 && strcmp(argv[1], "--json") == 0;

	if (argc != 2 + json || argv[argc - 1][0] == '-') {
		fputs("landlock show: one executable, please\n", stderr);
		return CMD_USAGE;
	}
	return show(argv[argc - 1], json);
}

const struct command cmd_show = {
	.name = "show",
	.usage = "[--json] EXECUTABLE",
	.purpose = "tell what would be enforced on EXECUTABLE here",
	.usage_status = CMD_EXIT_USAGE,
	.run = run,
};
