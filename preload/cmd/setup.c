// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The places of profiles and rules, for all subcommands as for the shim.
 */
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "executable.h"
#include "features.h"
#include "paths.h"
#include "pin.h"
#include "plan.h"
#include "report.h"
#include "rule.h"
#include "variables.h"

void cmd_lookup(struct lookup *const lookup)
{
	static struct variables variables;

	variables =
		(struct variables){ .environment = environ, .user = getuid() };
	*lookup = (struct lookup){
		.system_directory = SYSCONFDIR "/landlock",
		.user_directory = executable_user_directory(environ),
		.user = variables.user,
		.data_directory = LANDLOCK_DATADIR,
		.variables = &variables,
		.notice = report_warn,
	};
}

static struct rule_source rules = {
	.directory = LANDLOCK_PKGLIBDIR "/rules",
	.view_rule = -1,
};

void cmd_probe(const unsigned int ask, struct features *const features)
{
	rules.has_pins = pin_is_there();
	rule_probe(&rules, ask, features);
	rule_end(&rules);
}

int cmd_plan(const struct profile *const profile, struct plan *const plan,
	     struct report *const report)
{
	const uid_t user = profile->layer == PROFILE_USER ? getuid() : 0;
	bool *const at_hand =
		arena_take(profile->rule_count + 1, sizeof(*at_hand));
	unsigned int ask = plan_asks(profile);
	struct features features;
	size_t i;

	if (!at_hand)
		return report_no_memory(report);
	/* Whether they may be loaded as well. */
	if (profile->rule_count)
		ask |= FEATURES_ASK_VIEWS;
	cmd_probe(ask, &features);
	for (i = 0; i < profile->rule_count; i++)
		at_hand[i] = features.rules == FEATURES_RULES_ON &&
			     !features.may_load &&
			     rule_is_at_hand(&rules, &profile->rules[i], user);
	rule_end(&rules);
	features.rules_at_hand = at_hand;
	return plan_make(profile, &features, plan) ? report_no_memory(report)
						   : 0;
}

int cmd_open_paths(const struct profile *const profile,
		   struct paths *const paths, struct report *const report)
{
	const struct paths_extra none = { .sockets = true };

	return paths_open(profile, &none, paths, report);
}

void cmd_apply_options(const struct lookup *const lookup,
		       struct apply_options *const options)
{
	*options = (struct apply_options){
		.rule_directory = LANDLOCK_PKGLIBDIR "/rules",
		.user = lookup->user,
		.user_directory = lookup->user_directory,
		.notice = lookup->notice,
	};
}
