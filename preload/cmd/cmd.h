/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the subcommands of landlock(1) share.
 */
#ifndef LANDLOCK_SHIM_CMD_H
#define LANDLOCK_SHIM_CMD_H

#include <stdbool.h>
#include <stddef.h>

#include "apply.h"
#include "lookup.h"

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

extern const struct command cmd_run, cmd_show, cmd_features, cmd_preload;

/* `landlock RULE.o COMMAND…`: as `landlock run -r RULE.o COMMAND…`. */
int cmd_run_object(int argc, char **argv);

/* Where this user's programs have their profiles: all of @lookup but files. */
void cmd_lookup(struct lookup *lookup);

/* How the shim would apply what was found by @lookup. */
void cmd_apply_options(const struct lookup *lookup,
		       struct apply_options *options);

/* A rule object that was named on the command line. */
struct cmd_object {
	const char *object;
	const char *parameters; /* "name=value …", or "" */
};

/*
 * Parts the value of -r: an object, in "" if it has blanks, and its parameters.
 * Returns 0 or -EINVAL with @report filled.
 */
int cmd_object_parse(const char *value, struct cmd_object *object,
		     struct report *report);

/*
 * Makes a profile of objects: a name means the file here, if there is one, else
 * the shipped one; parameters go through the checks of profiles.  Returns 0 with
 * @match filled, or a negative errno with @report filled.
 */
int cmd_object_profile(const struct cmd_object *objects, size_t count,
		       struct lookup_match *match, struct report *report);

#endif
