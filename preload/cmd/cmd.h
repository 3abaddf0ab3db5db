/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the subcommands of landlock(1) share.
 */
#ifndef LANDLOCK_SHIM_CMD_H
#define LANDLOCK_SHIM_CMD_H

/* Exit status where a subcommand does not say otherwise. */
#define CMD_EXIT_FAILURE 1
#define CMD_EXIT_USAGE 2

struct command {
	const char *name;
	const char *usage; /* what follows the name */
	const char *purpose;
	int usage_status; /* exit status for wrong usage */

	/*
	 * Arguments from the subcommand's name on.  Returns the exit status,
	 * or CMD_USAGE after it has said on stderr what is wrong.
	 */
	int (*run)(int argc, char **argv);
};
#define CMD_USAGE (-1)

extern const struct command cmd_run, cmd_show, cmd_features;

/* `landlock RULE.o COMMAND…`: as `landlock run -r RULE.o COMMAND…`. */
int cmd_run_object(int argc, char **argv);

#endif
