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
#include "options.h"

/* Exit status where a subcommand does not say otherwise. */
#define CMD_EXIT_FAILURE 1
#define CMD_EXIT_USAGE 2

struct command {
	const char *name;
	const char *usage; /* what follows the name */
	const char *purpose;
	int usage_status; /* exit status for wrong usage */

	const struct cmd_option *options; /* ended by zeroes; or NULL: none */
	/* As cmd_option_at(): what keys of the language are options; or NULL. */
	bool (*key_at)(size_t index, struct cmd_option *option);
	bool is_hidden;	      /* from people: --help does not name it */
	bool runs_operands;   /* which may look like options of its own */
	enum cmd_names names; /* what its operands name */
	const char *words;    /* that its operand may be, or NULL */
	const char *page;     /* landlock-PAGE(1); NULL: by its name */
	const char *notes;    /* lines at the end of --help, or NULL */

	/*
	 * Arguments from the subcommand's name on.  Returns the exit status,
	 * or CMD_USAGE or CMD_HELPED, as cmd_next_option() has them.
	 */
	int (*run)(int argc, char **argv);
};

extern const struct command cmd_run, cmd_show, cmd_features, cmd_preload,
	cmd_enable, cmd_disable, cmd_list, cmd_status, cmd_check, cmd_pin,
	cmd_unpin, cmd_complete;

/* Each subcommand, ended by NULL. */
extern const struct command *const cmd_all[];

/* `landlock RULE.o COMMAND…`: as `landlock run -r RULE.o COMMAND…`. */
int cmd_run_object(int argc, char **argv);

/* Is @name that of an object? */
bool cmd_is_object(const char *name);

/* Where this user's programs have their profiles: all of @lookup but files. */
void cmd_lookup(struct lookup *lookup);

struct features;
struct plan;
struct paths;

/* features_probe() as the shim has it: with what is pinned. */
void cmd_probe(unsigned int ask, struct features *features);

/*
 * What the shim would do for @profile on this kernel.  Returns 0 or, with @report
 * filled, -ENOMEM.
 */
int cmd_plan(const struct profile *profile, struct plan *plan,
	     struct report *report);

/* paths_open() of what @profile itself asks for: nothing is made. */
int cmd_open_paths(const struct profile *profile, struct paths *paths,
		   struct report *report);

/* How the shim would apply what was found by @lookup. */
void cmd_apply_options(const struct lookup *lookup,
		       struct apply_options *options);

#endif
