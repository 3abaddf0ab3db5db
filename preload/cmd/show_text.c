// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock show for people: a line for each thing.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "print.h"
#include "report.h"
#include "show.h"

static void key(const char *const name)
{
	printf("  %-12s ", name);
}

static void line(const char *const name, const char *const text)
{
	key(name);
	print_text(text);
	putchar('\n');
}

/* Where a line of the profile stands, and what includes it; then the line's end. */
static void end_line(const struct origin *const origin)
{
	const struct origin *by;

	fputs("  [", stdout);
	print_text(origin->file);
	printf(":%u", origin->line);
	for (by = origin->included_by; by; by = by->included_by) {
		fputs(by == origin->included_by ? ", included by " : ", by ",
		      stdout);
		print_text(by->file);
		printf(":%u", by->line);
	}
	puts("]");
}

static void begin(const struct show_program *const program,
		  const size_t match_count)
{
	size_t i;

	if (!match_count) {
		fputs("no profile speaks of ", stdout);
		print_text(program->path);
		putchar('\n');
	}
	for (i = 0; i < SHOW_TRAIT_COUNT; i++) {
		if (!program->traits[i])
			continue;
		print_text(program->path);
		printf(": %s\n", show_trait_text((enum show_trait)i));
	}
}

static void print_head(const struct show_match *const shown)
{
	const struct lookup_match *const match = shown->match;
	const struct profile *const profile = match->profile;

	putchar('[');
	print_text(profile->section);
	fputs("]  ", stdout);
	print_text(profile->origin.file);
	printf(":%u\n", profile->origin.line);
	key("matched");
	print_text(match->name ? match->name : match->text);
	if (!match->name) {
		fputs(", which is the same file", stdout);
		if (shown->leads && strcmp(shown->leads, match->text) != 0) {
			fputs(" -> ", stdout);
			print_text(shown->leads);
		}
	} else if (strcmp(match->name, match->text) != 0) {
		fputs(" by ", stdout);
		print_text(match->text);
	}
	putchar('\n');
	line("mode", profile_mode_word(profile->mode));
	line("on-error",
	     profile->on_error == PROFILE_ON_ERROR_FAIL ? "fail" : "warn");
	if (profile->path_count)
		line("paths by", plan_paths_word(shown->plan->paths_by));
}

static const char *why(const struct paths_entry *const entry)
{
	const bool missing =
		entry->error == -ENOENT || entry->error == -ENOTDIR;

	return missing && !entry->cause ? "missing" : paths_cause(entry);
}

static void print_path(const struct paths *const paths, const size_t index,
		       const bool is_fatal)
{
	const struct paths_entry *const entry = &paths->entries[index];
	const struct origin *const by = show_overruled_by(paths, index);
	const char *const leads = entry->resolved;
	const char *const name = entry->name ?: entry->path->path;

	key(profile_access_key(entry->access));
	print_text(name);
	if (leads && strcmp(leads, name) != 0) {
		fputs(" -> ", stdout);
		print_text(leads);
	}
	if (entry->name && entry->path->is_glob) {
		fputs("  (of ", stdout);
		print_text(entry->path->path);
		putchar(')');
	}
	switch (entry->state) {
	case PATHS_FOUND:
		break;
	case PATHS_OPTIONAL:
		printf("  (%s)", why(entry));
		break;
	case PATHS_PLACELESS:
		fputs("  (in no file system: nothing restricts it)", stdout);
		break;
	case PATHS_UNMADE:
		fputs("  (missing: it is made at the start)", stdout);
		break;
	case PATHS_OVERRULED:
		fputs(profile_denies(entry->access) ? "  (lifted"
						    : "  (taken back",
		      stdout);
		if (by) {
			fputs(" by ", stdout);
			print_text(by->file);
			printf(":%u", by->line);
		}
		putchar(')');
		break;
	case PATHS_LACKING:
		printf("  (%s: %s)", why(entry),
		       is_fatal ? "this fails" : "left out");
		if (entry->remedy)
			printf("; %s", entry->remedy);
	}
	end_line(&entry->path->origin);
}

static void print_ports(const struct profile *const profile)
{
	size_t i, j;

	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++) {
		const struct profile_use_of_ports *const ports =
			&profile->ports[i];

		if (!ports->restricted)
			continue;
		key(profile_port_key((enum profile_port_use)i));
		for (j = 0; j < ports->range_count; j++)
			printf(ports->ranges[j].first == ports->ranges[j].last
				       ? "%s%u"
				       : "%s%u-%u",
			       j ? " " : "", ports->ranges[j].first,
			       ports->ranges[j].last);
		if (!ports->range_count)
			fputs("none", stdout);
		end_line(&ports->origin);
	}
}

static void print_network(const struct profile_network *const network)
{
	const char *separator = "";
	unsigned int family;

	if (!network->restricted)
		return;
	key("network");
	for (family = 0; family < 64; family++) {
		if (!(network->families >> family & 1))
			continue;
		fputs(separator, stdout);
		if (profile_network_word(family))
			fputs(profile_network_word(family), stdout);
		else
			printf("%u", family);
		separator = " ";
	}
	if (!network->families)
		fputs("none", stdout);
	end_line(&network->origin);
}

static void print_words(const struct profile *const profile)
{
	size_t i;

	if (profile->sockets.restricted && !profile->sockets.path_count) {
		key(profile_access_key(PROFILE_CONNECT));
		fputs("none", stdout);
		end_line(&profile->sockets.origin);
	}
	for (i = 0; i < PROFILE_SCOPE_COUNT; i++) {
		if (!profile->scopes[i].line)
			continue;
		key("scope");
		fputs(profile_scope_word((enum profile_scope)i), stdout);
		end_line(&profile->scopes[i]);
	}
	if (profile->log != PROFILE_LOG_DEFAULT) {
		key("log");
		fputs(profile_log_word(profile->log), stdout);
		end_line(&profile->log_origin);
	}
}

/* What of all that is enforced, by what. */
static void print_means(const struct show_match *const shown)
{
	size_t means, i;

	for (means = 0; means < SHOW_MEANS_COUNT; means++) {
		const char *separator = "";

		for (i = 0; i < shown->enforced_count; i++) {
			const struct show_enforced *const one =
				&shown->enforced[i];

			if (one->by != means)
				continue;
			if (!*separator) {
				fputs("  by ", stdout);
				printf("%-9s ", show_means_word(one->by));
			}
			printf("%s%s%s%s", separator, one->key,
			       one->word ? " " : "",
			       one->word ? one->word : "");
			separator = ", ";
		}
		if (*separator)
			putchar('\n');
	}
}

/* As the line that a report is. */
static void print_complaint(const char *const word,
			    const struct origin *const origin,
			    const char *const name, const char *const cause,
			    const char *const remedy)
{
	const struct origin *by;

	key(word);
	print_text(origin->file);
	printf(":%u: ", origin->line);
	if (name) {
		print_text(name);
		fputs(": ", stdout);
	}
	print_text(cause);
	for (by = origin->included_by; by; by = by->included_by) {
		fputs(by == origin->included_by ? " (included by " : ", by ",
		      stdout);
		print_text(by->file);
		printf(":%u%s", by->line, by->included_by ? "" : ")");
	}
	if (remedy && *remedy) {
		fputs("; ", stdout);
		print_text(remedy);
	}
	putchar('\n');
}

static void print_complaints(const struct show_match *const shown)
{
	static const char *const words[] = {
		[PLAN_GAP_WHOLE] = "NOT ENFORCED",
		[PLAN_GAP_PARTIAL] = "but",
		[PLAN_GAP_LIMIT] = "limit",
	};
	const struct profile *const profile = shown->match->profile;
	size_t kind, i;

	/* The worst comes first. */
	for (kind = 0; kind < sizeof(words) / sizeof(*words); kind++)
		for (i = 0; i < shown->plan->gap_count; i++) {
			const struct plan_gap *const gap =
				&shown->plan->gaps[i];

			if (gap->kind == kind)
				print_complaint(words[kind], &gap->origin,
						gap->key, gap->cause,
						gap->remedy);
		}
	for (i = 0; i < profile->fault_count; i++) {
		const struct profile_fault *const fault = &profile->faults[i];

		print_complaint("fault", &fault->origin, fault->key,
				fault->cause, fault->remedy);
	}
	if (profile->mode == PROFILE_OFF)
		line("so", "nothing is enforced: the profile is off");
	else if (shown->program->is_passed_over)
		line("so", "nothing is enforced but by landlock run");
	else if (shown->ends)
		line("so", "the program is not started: exit status 125");
}

static void match(const struct show_match *const shown, const bool first)
{
	const struct profile *const profile = shown->match->profile;
	size_t i;

	if (!first)
		putchar('\n');
	print_head(shown);
	for (i = 0; i < shown->paths->count; i++)
		if (shown->paths->entries[i].path)
			print_path(shown->paths, i,
				   profile->on_error == PROFILE_ON_ERROR_FAIL &&
					   profile->mode == PROFILE_ENFORCE);
	print_ports(profile);
	print_network(&profile->network);
	print_words(profile);
	for (i = 0; i < profile->rule_count; i++) {
		key("rule");
		print_rule_text(&profile->rules[i]);
		end_line(&profile->rules[i].origin);
	}
	print_means(shown);
	print_complaints(shown);
}

static void end(void)
{
}

const struct show_printer show_text = { begin, match, end };
