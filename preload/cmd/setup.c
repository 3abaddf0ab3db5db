// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The places of profiles and rules, for all subcommands as for the shim.
 */
#include <unistd.h>

#include "cmd.h"
#include "executable.h"
#include "report.h"
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
