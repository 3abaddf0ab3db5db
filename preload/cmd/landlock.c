// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The landlock command: finds the subcommand in a table.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "help.h"

const struct command *const cmd_all[] = {
	&cmd_run,     &cmd_show,     &cmd_features, &cmd_enable, &cmd_disable,
	&cmd_list,    &cmd_status,   &cmd_check,    &cmd_pin,	 &cmd_unpin,
	&cmd_preload, &cmd_complete, NULL,
};

/* Output that could not be written was not given. */
static int finish(const int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	perror("landlock");
	return status ? status : CMD_EXIT_FAILURE;
}

static int run_command(const struct command *const command, const int argc,
		       char **const argv)
{
	const int status = command->run(argc, argv);

	if (status == CMD_HELPED)
		return finish(0);
	if (status != CMD_USAGE)
		return finish(status);
	help_print_usage(stderr, command);
	return command->usage_status;
}

int main(const int argc, char **const argv)
{
	const struct command *const *command;

	if (argc < 2) {
		help_print_all(stderr);
		return CMD_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0) {
		help_print_all(stdout);
		return finish(0);
	}
	if (strcmp(argv[1], "--version") == 0) {
		help_print_version();
		return finish(0);
	}
	for (command = cmd_all; *command; command++)
		if (strcmp(argv[1], (*command)->name) == 0)
			return run_command(*command, argc - 1, argv + 1);
	if (cmd_is_object(argv[1]))
		return cmd_run_object(argc, argv);
	fprintf(stderr, "landlock: unknown subcommand %s\n", argv[1]);
	help_print_all(stderr);
	return CMD_EXIT_USAGE;
}
