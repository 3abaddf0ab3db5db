// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The places of profiles and rules, for all subcommands as for the shim.
 */
#include <unistd.h>

#include "cmd.h"
#include "executable.h"
#include "features.h"
#include "paths.h"
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

void cmd_probe(const unsigned int ask, struct features *const features)
{
	struct rule_source source = {
		.directory = LANDLOCK_PKGLIBDIR "/rules",
		.view_rule = -1,
	};

	rule_probe(&source, ask, features);
	system_close(source.view_rule);
}

int cmd_plan(const struct profile *const profile, struct plan *const plan,
	     struct report *const report)
{
	struct features features;

	cmd_probe(plan_asks(profile), &features);
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
