/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The options of a subcommand, as a table: what is read, what --help prints, what
 * shells complete and what the manual has to name are all of it.
 */
#ifndef LANDLOCK_SHIM_CMD_OPTIONS_H
#define LANDLOCK_SHIM_CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct command;

/* What a value or an operand names, for who completes it. */
enum cmd_names {
	CMD_NAMES_NOTHING, /* that could be listed */
	CMD_NAMES_PATH,
	CMD_NAMES_PROGRAM, /* of PATH, or a file */
	CMD_NAMES_COMMAND, /* a program, and after it its own arguments */
	CMD_NAMES_OBJECT,  /* a shipped rule object, or a file */
	CMD_NAMES_SECTION, /* of this user's and the administrator's profiles */
	CMD_NAMES_TEMPLATE,
	CMD_NAMES_SHIPPED, /* a shipped profile, by its program's name */
	CMD_NAMES_PROCESS,
};

struct cmd_option {
	char letter;	   /* or '\0' */
	const char *name;  /* without its dashes, or NULL */
	const char *value; /* what stands for it in --help; NULL: takes none */
	const char *purpose; /* a clause that begins with a verb */
	enum cmd_names names;
	const char
		*words; /* that the value may be, parted by blanks; or NULL */
};

/*
 * The option number @index of @command: its own, then keys of the language if it
 * takes them, then those that all have (--help, --version).  Returns false when
 * there are no more.
 */
bool cmd_option_at(const struct command *command, size_t index,
		   struct cmd_option *option);

/*
 * The option of @command that @argument begins with, as "-x", "--name" or
 * "--name=VALUE"; @has_value: with its value.
 */
bool cmd_find_option(const struct command *command, const char *argument,
		     struct cmd_option *option, bool *has_value);

/* Arguments while they are read. */
struct cmd_arguments {
	const struct command *command;
	int argc; /* from the subcommand's name on */
	char **argv;
	int next;		  /* argument */
	const char *letters;	  /* that are left of "-xyz" */
	struct cmd_option option; /* that was read last */
	char *value;		  /* of it, or NULL */
	/* All that is no option; complete, and ended by NULL, when there are no
	 * more options. */
	char **operands;
	int operand_count;
};

/* Ready for the first cmd_next_option(). */
struct cmd_arguments cmd_arguments(const struct command *command, int argc,
				   char **argv);

#define CMD_USAGE (-1)
#define CMD_HELPED (-2)

/*
 * Reads the next option: -x VALUE, -xVALUE, --name VALUE or --name=VALUE; names
 * are written out.  "--" ends them, and so does the first operand of a @command
 * that runs what follows.
 *
 * Returns 1; 0 when there are no more; CMD_USAGE after it has said on stderr what
 * is wrong; CMD_HELPED after it has done what --help or --version asked for.
 */
int cmd_next_option(struct cmd_arguments *arguments);

/* For commands without options that matter: reads them all.  Returns as
 * cmd_next_option(). */
int cmd_no_more_options(struct cmd_arguments *arguments);

#endif
