// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The landlock command: finds the subcommand in a table.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"

static const struct command *const commands[] = {
	&cmd_run,
	&cmd_show,
	&cmd_features,
	&cmd_preload,
};
#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static void print_help(FILE *const stream)
{
	size_t i;

	fputs("Usage:\n", stream);
	for (i = 0; i < COMMAND_COUNT; i++)
		fprintf(stream, "  landlock %s %s\n        %s\n",
			commands[i]->name, commands[i]->usage,
			commands[i]->purpose);
	fputs("  landlock RULE.o COMMAND [ARGUMENT...]\n"
	      "        short for: landlock run -r RULE.o -- COMMAND ...\n"
	      "  landlock --help | --version\n"
	      "See landlock(1).\n",
	      stream);
}

static void print_usage(FILE *const stream, const struct command *const command)
{
	fprintf(stream, "Usage: landlock %s %s\n", command->name,
		command->usage);
}

static bool is_object(const char *const name)
{
	const size_t length = strlen(name);

	return length > 2 && strcmp(name + length - 2, ".o") == 0;
}

/* Output that could not be written was not given. */
static int finish(const int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	perror("landlock");
	return status ? status : CMD_EXIT_FAILURE;
}

int main(const int argc, char **const argv)
{
	size_t i;

	if (argc < 2) {
		print_help(stderr);
		return CMD_EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0) {
		print_help(stdout);
		return finish(0);
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("landlock-shim " VERSION);
		return finish(0);
	}
	for (i = 0; i < COMMAND_COUNT; i++) {
		const struct command *const command = commands[i];
		int status;

		if (strcmp(argv[1], command->name) != 0)
			continue;
		if (argc == 3 && strcmp(argv[2], "--help") == 0) {
			print_usage(stdout, command);
			return finish(0);
		}
		status = command->run(argc - 1, argv + 1);
		if (status != CMD_USAGE)
			return finish(status);
		print_usage(stderr, command);
		return command->usage_status;
	}
	if (is_object(argv[1]))
		return cmd_run_object(argc, argv);
	fprintf(stderr, "landlock: unknown subcommand %s\n", argv[1]);
	print_help(stderr);
	return CMD_EXIT_USAGE;
}
