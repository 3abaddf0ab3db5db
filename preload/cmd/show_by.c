// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What of a profile is enforced by what: the plan, told key by key.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "show.h"

/* Is a line of @key among what is not enforced at all? */
static bool is_whole_gap(const struct plan *const plan, const char *const key,
			 const struct origin *const origin)
{
	size_t i;

	for (i = 0; i < plan->gap_count; i++) {
		const struct plan_gap *const gap = &plan->gaps[i];

		if (gap->kind == PLAN_GAP_WHOLE && strcmp(gap->key, key) == 0 &&
		    (!origin || gap->origin.line == origin->line))
			return true;
	}
	return false;
}

static void add(struct show_match *const shown, const enum show_means by,
		const char *const key, const char *const word,
		const struct origin *const origin)
{
	if (!is_whole_gap(shown->plan, key, origin))
		shown->enforced[shown->enforced_count++] =
			(struct show_enforced){ by, key, word };
}

static void add_paths(struct show_match *const shown)
{
	const struct profile *const profile = shown->match->profile;
	bool has[PROFILE_ACCESS_COUNT] = { false };
	size_t i;

	for (i = 0; i < profile->path_count; i++)
		has[profile->paths[i].access] = true;
	for (i = 0; i < PROFILE_ACCESS_COUNT; i++)
		if (has[i] && shown->plan->paths_by != PLAN_PATHS_NONE)
			add(shown,
			    shown->plan->paths_by == PLAN_PATHS_VIEW
				    ? SHOW_BY_VIEW
				    : SHOW_BY_RULESET,
			    profile_access_key((enum profile_access)i), NULL,
			    NULL);
}

void show_find_means(struct show_match *const shown)
{
	const struct profile *const profile = shown->match->profile;
	size_t i;

	shown->enforced_count = 0;
	if (profile->mode != PROFILE_ENFORCE)
		return;
	add_paths(shown);
	for (i = 0; i < PROFILE_PORT_USE_COUNT; i++)
		if (profile->ports[i].restricted)
			add(shown, SHOW_BY_RULESET,
			    profile_port_key((enum profile_port_use)i), NULL,
			    NULL);
	if (profile->sockets.restricted)
		add(shown,
		    shown->plan->sockets_by == PLAN_PATHS_VIEW
			    ? SHOW_BY_VIEW
			    : SHOW_BY_RULESET,
		    profile_access_key(PROFILE_CONNECT), NULL, NULL);
	for (i = 0; i < PROFILE_SCOPE_COUNT; i++)
		if (profile->scopes[i].line)
			add(shown,
			    i == PROFILE_SCOPE_TERMINAL ? SHOW_BY_FILTER
							: SHOW_BY_RULESET,
			    "scope", profile_scope_word((enum profile_scope)i),
			    &profile->scopes[i]);
	if (profile->network.restricted)
		add(shown, SHOW_BY_FILTER, "network", NULL, NULL);
	/* A ruleset's ports are not all that there is. */
	if (shown->plan->filter & (PLAN_FILTER_TCP | PLAN_FILTER_UDP))
		add(shown, SHOW_BY_FILTER, "ways around ports", NULL, NULL);
	if (profile->rule_count)
		add(shown, SHOW_BY_RULES, "rule", NULL, NULL);
}

const char *show_means_word(const enum show_means means)
{
	static const char *const words[] = {
		[SHOW_BY_VIEW] = "view",
		[SHOW_BY_RULESET] = "ruleset",
		[SHOW_BY_FILTER] = "filter",
		[SHOW_BY_RULES] = "rules",
	};

	return words[means];
}

const struct origin *show_overruled_by(const struct paths *const paths,
				       const size_t index)
{
	const struct paths_entry *const entry = &paths->entries[index];
	size_t i;

	if (entry->state != PATHS_OVERRULED)
		return NULL;
	for (i = paths->count; --i > index;) {
		const struct paths_entry *const later = &paths->entries[i];

		if (later->path && later->resolved &&
		    later->access != PROFILE_CONNECT &&
		    profile_denies(later->access) !=
			    profile_denies(entry->access) &&
		    strcmp(later->resolved, entry->resolved) == 0)
			return &later->path->origin;
	}
	return NULL;
}
