// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock show --json: an array with an object for each profile.
 */
#include <errno.h>
#include <stdio.h>

#include "print.h"
#include "report.h"
#include "show.h"

static const char *truth(const bool is_true)
{
	return is_true ? "true" : "false";
}

static void begin(const struct show_program *const program,
		  const size_t match_count)
{
	(void)program;
	(void)match_count;
	putchar('[');
}

static void print_program(const struct show_program *const program)
{
	size_t i;

	fputs("\"program\": {", stdout);
	print_json_member("", "path", program->path);
	print_json_member(", ", "interpreter",
			  program->executable->interpreter);
	print_json_member(", ", "loader", program->executable->loader);
	for (i = 0; i < SHOW_TRAIT_COUNT; i++)
		printf(", \"%s\": %s", show_trait_word((enum show_trait)i),
		       truth(program->traits[i]));
	putchar('}');
}

static void print_head(const struct show_match *const shown)
{
	const struct lookup_match *const match = shown->match;
	const struct profile *const profile = match->profile;

	print_program(shown->program);
	print_json_member(", ", "section", profile->section);
	print_json_member(", ", "file", profile->origin.file);
	printf(", \"line\": %u", profile->origin.line);
	fputs(", \"matched\": {", stdout);
	print_json_member("", "text", match->text);
	print_json_member(", ", "name", match->name);
	print_json_member(", ", "leads_to", shown->leads);
	putchar('}');
	print_json_member(", ", "mode", profile_mode_word(profile->mode));
	print_json_member(", ", "on_error",
			  profile->on_error == PROFILE_ON_ERROR_FAIL ? "fail"
								     : "warn");
	print_json_member(", ", "paths_by",
			  plan_paths_word(shown->plan->paths_by));
	printf(", \"starts\": %s, \"passed_over\": %s", truth(!shown->ends),
	       truth(shown->program->is_passed_over));
}

/* Members of an object: where it stands, and what includes that. */
static void print_origin(const char *const separator,
			 const struct origin *const origin)
{
	const struct origin *by;

	print_json_member(separator, "file", origin->file);
	printf(", \"line\": %u, \"included_by\": [", origin->line);
	for (by = origin->included_by; by; by = by->included_by) {
		print_json_member(by == origin->included_by ? "{" : ", {",
				  "file", by->file);
		printf(", \"line\": %u}", by->line);
	}
	putchar(']');
}

static void print_path(const struct paths *const paths, const size_t index)
{
	static const char *const states[] = {
		[PATHS_FOUND] = "found",	 [PATHS_OPTIONAL] = "optional",
		[PATHS_PLACELESS] = "placeless", [PATHS_UNMADE] = "unmade",
		[PATHS_OVERRULED] = "overruled", [PATHS_LACKING] = "lacking",
	};
	const struct paths_entry *const entry = &paths->entries[index];
	const struct origin *const by = show_overruled_by(paths, index);
	const bool found = !entry->error;

	print_json_member("{", "access", profile_access_key(entry->access));
	print_json_member(", ", "path", entry->name ?: entry->path->path);
	if (entry->path->is_glob)
		print_json_member(", ", "glob", entry->path->path);
	print_json_member(", ", "resolved", entry->resolved);
	print_origin(", ", &entry->path->origin);
	printf(", \"optional\": %s, \"missing\": %s",
	       truth(entry->path->optional),
	       truth(entry->error == -ENOENT || entry->error == -ENOTDIR));
	print_json_member(", ", "state", states[entry->state]);
	print_json_member(", ", "cause", found ? NULL : paths_cause(entry));
	if (by) {
		fputs(", \"overruled_by\": {", stdout);
		print_origin("", by);
		putchar('}');
	}
	putchar('}');
}

static void print_paths(const struct paths *const paths)
{
	const char *separator = "";
	size_t i;

	fputs(", \"paths\": [", stdout);
	for (i = 0; i < paths->count; i++) {
		if (!paths->entries[i].path)
			continue;
		fputs(separator, stdout);
		print_path(paths, i);
		separator = ", ";
	}
	putchar(']');
}

static void print_ports(const struct profile *const profile)
{
	size_t i, j;

	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++) {
		const struct profile_use_of_ports *const ports =
			&profile->ports[i];

		if (!ports->restricted)
			continue;
		printf(", \"%s\": [",
		       profile_port_key((enum profile_port_use)i));
		for (j = 0; j < ports->range_count; j++)
			printf("%s[%u, %u]", j ? ", " : "",
			       ports->ranges[j].first, ports->ranges[j].last);
		putchar(']');
	}
}

static void print_network(const struct profile_network *const network)
{
	const char *separator = "";
	unsigned int family;

	if (!network->restricted)
		return;
	fputs(", \"network\": [", stdout);
	for (family = 0; family < 64; family++) {
		if (!(network->families >> family & 1))
			continue;
		fputs(separator, stdout);
		if (profile_network_word(family))
			print_json(profile_network_word(family));
		else
			printf("\"%u\"", family);
		separator = ", ";
	}
	putchar(']');
}

static void print_sockets(const struct profile_sockets *const sockets)
{
	size_t i;

	if (!sockets->restricted)
		return;
	printf(", \"%s\": [", profile_access_key(PROFILE_CONNECT));
	for (i = 0; i < sockets->path_count; i++) {
		fputs(i ? ", " : "", stdout);
		print_json(sockets->paths[i].path);
	}
	putchar(']');
}

static void print_scopes(const struct profile *const profile)
{
	const char *separator = "";
	size_t i;

	fputs(", \"scope\": [", stdout);
	for (i = 0; i < PROFILE_SCOPE_COUNT; i++) {
		if (!profile->scopes[i].line)
			continue;
		fputs(separator, stdout);
		print_json(profile_scope_word((enum profile_scope)i));
		separator = ", ";
	}
	putchar(']');
	if (profile->log != PROFILE_LOG_DEFAULT)
		print_json_member(", ", "log", profile_log_word(profile->log));
}

/* Of the keys that are no lists of objects: where they were said. */
static void print_origins(const struct profile *const profile)
{
	const struct {
		const char *key;
		const char *word;
		const struct origin *origin;
	} origins[] = {
#define PORTS(use) { profile_port_key(use), NULL, &profile->ports[use].origin }
		PORTS(PROFILE_CONNECT_TCP),
		PORTS(PROFILE_BIND_TCP),
		PORTS(PROFILE_CONNECT_UDP),
		PORTS(PROFILE_BIND_UDP),
#undef PORTS
		{ "network", NULL, &profile->network.origin },
		{ profile_access_key(PROFILE_CONNECT), NULL,
		  &profile->sockets.origin },
		{ "log", NULL, &profile->log_origin },
#define SCOPE(scope)                                                           \
	{ "scope", profile_scope_word(scope), &profile->scopes[scope] }
		SCOPE(PROFILE_SCOPE_ABSTRACT_UNIX),
		SCOPE(PROFILE_SCOPE_SIGNAL),
		SCOPE(PROFILE_SCOPE_TERMINAL),
#undef SCOPE
	};
	const char *separator = "";
	size_t i;

	fputs(", \"origins\": [", stdout);
	for (i = 0; i < sizeof(origins) / sizeof(*origins); i++) {
		if (!origins[i].origin->line)
			continue;
		fputs(separator, stdout);
		print_json_member("{", "key", origins[i].key);
		print_json_member(", ", "word", origins[i].word);
		print_origin(", ", origins[i].origin);
		putchar('}');
		separator = ", ";
	}
	putchar(']');
}

static void print_enforced(const struct show_match *const shown)
{
	size_t i;

	fputs(", \"enforced\": [", stdout);
	for (i = 0; i < shown->enforced_count; i++) {
		const struct show_enforced *const one = &shown->enforced[i];

		print_json_member(i ? ", {" : "{", "key", one->key);
		print_json_member(", ", "word", one->word);
		print_json_member(", ", "by", show_means_word(one->by));
		putchar('}');
	}
	putchar(']');
}

static void print_rule(const struct profile_rule *const rule)
{
	size_t i;

	print_json_member("{", "object", rule->object);
	print_origin(", ", &rule->origin);
	fputs(", \"parameters\": {", stdout);
	for (i = 0; i < rule->parameter_count; i++)
		print_json_member(i ? ", " : "", rule->parameters[i].name,
				  rule->parameters[i].value);
	fputs("}}", stdout);
}

static void print_gap(const struct plan_gap *const gap)
{
	print_json_member("{", "kind", show_gap_word(gap->kind));
	print_json_member(", ", "key", gap->key);
	print_json_member(", ", "cause", gap->cause);
	print_json_member(", ", "remedy", gap->remedy);
	print_origin(", ", &gap->origin);
	putchar('}');
}

static void print_fault(const struct profile_fault *const fault)
{
	print_json_member("{", "key", fault->key);
	print_json_member(", ", "cause", fault->cause);
	print_json_member(", ", "remedy", fault->remedy);
	print_origin(", ", &fault->origin);
	putchar('}');
}

static void match(const struct show_match *const shown, const bool first)
{
	const struct profile *const profile = shown->match->profile;
	size_t i;

	fputs(first ? "{" : ", {", stdout);
	print_head(shown);
	print_paths(shown->paths);
	print_ports(profile);
	print_network(&profile->network);
	print_sockets(&profile->sockets);
	print_scopes(profile);
	print_origins(profile);
	print_enforced(shown);
	fputs(", \"rules\": [", stdout);
	for (i = 0; i < profile->rule_count; i++) {
		fputs(i ? ", " : "", stdout);
		print_rule(&profile->rules[i]);
	}
	fputs("], \"gaps\": [", stdout);
	for (i = 0; i < shown->plan->gap_count; i++) {
		fputs(i ? ", " : "", stdout);
		print_gap(&shown->plan->gaps[i]);
	}
	fputs("], \"faults\": [", stdout);
	for (i = 0; i < profile->fault_count; i++) {
		fputs(i ? ", " : "", stdout);
		print_fault(&profile->faults[i]);
	}
	fputs("]}", stdout);
}

static void end(void)
{
	puts("]");
}

const struct show_printer show_json = { begin, match, end };
