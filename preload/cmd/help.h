/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What --help and wrong usage print, from the tables.
 */
#ifndef LANDLOCK_SHIM_CMD_HELP_H
#define LANDLOCK_SHIM_CMD_HELP_H

#include <stdio.h>

struct command;

/* All subcommands. */
void help_print_all(FILE *stream);

/* Usage, purpose and options of @command. */
void help_print(FILE *stream, const struct command *command);

/* One line that shows how @command is used. */
void help_print_usage(FILE *stream, const struct command *command);

void help_print_version(void);

#endif
