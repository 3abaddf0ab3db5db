// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Options from an argument vector, by the tables of subcommands.
 *
 * Not getopt_long(3): it takes a part of a name for the whole, and a key that a
 * later version adds would change what that means.
 */
#include "options.h"

#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "help.h"

static const struct cmd_option common[] = {
	{ .name = "help", .purpose = "print this" },
	{ .name = "version", .purpose = "print the version" },
};

bool cmd_option_at(const struct command *const command, size_t index,
		   struct cmd_option *const option)
{
	const struct cmd_option *own = command->options;

	for (; own && (own->name || own->letter); own++, index--)
		if (!index) {
			*option = *own;
			return true;
		}
	if (command->key_at) {
		size_t key;

		for (key = 0; command->key_at(key, option); key++, index--)
			if (!index)
				return true;
	}
	if (index >= sizeof(common) / sizeof(*common))
		return false;
	*option = common[index];
	return true;
}

static bool find_letter(const struct command *const command, const char letter,
			struct cmd_option *const option)
{
	size_t i;

	for (i = 0; cmd_option_at(command, i, option); i++)
		if (option->letter == letter)
			return true;
	return false;
}

static bool find_name(const struct command *const command,
		      const char *const name, const size_t length,
		      struct cmd_option *const option)
{
	size_t i;

	for (i = 0; cmd_option_at(command, i, option); i++)
		if (option->name && strlen(option->name) == length &&
		    memcmp(option->name, name, length) == 0)
			return true;
	return false;
}

bool cmd_find_option(const struct command *const command,
		     const char *const argument,
		     struct cmd_option *const option, bool *const has_value)
{
	size_t length;

	if (argument[0] != '-' || !argument[1])
		return false;
	if (argument[1] != '-') {
		*has_value = argument[2];
		return find_letter(command, argument[1], option);
	}
	length = strcspn(argument + 2, "=");
	*has_value = argument[2 + length];
	return find_name(command, argument + 2, length, option);
}

struct cmd_arguments cmd_arguments(const struct command *const command,
				   const int argc, char **const argv)
{
	return (struct cmd_arguments){
		.command = command,
		.argc = argc,
		.argv = argv,
		.next = 1,
		.operands = argv + 1,
	};
}

static int refuse(const struct cmd_arguments *const arguments,
		  const char *const dashes, const int length,
		  const char *const name, const char *const what)
{
	fprintf(stderr, "landlock %s: %s%.*s %s\n", arguments->command->name,
		dashes, length, name, what);
	return CMD_USAGE;
}

static int read_letter(struct cmd_arguments *const arguments)
{
	struct cmd_option *const option = &arguments->option;
	const char *const at = arguments->letters;

	arguments->letters = at[1] ? at + 1 : NULL;
	if (!find_letter(arguments->command, *at, option))
		return refuse(arguments, "-", 1, at, "is no option");
	if (!option->value)
		return 1;
	arguments->letters = NULL;
	if (at[1])
		arguments->value = (char *)at + 1;
	else if (arguments->next < arguments->argc)
		arguments->value = arguments->argv[arguments->next++];
	else
		return refuse(arguments, "-", 1, at, "lacks its value");
	return 1;
}

static int read_name(struct cmd_arguments *const arguments, char *const name)
{
	struct cmd_option *const option = &arguments->option;
	const size_t length = strcspn(name, "=");

	if (!find_name(arguments->command, name, length, option))
		return refuse(arguments, "--", (int)length, name,
			      "is no option");
	if (!option->value && name[length])
		return refuse(arguments, "--", (int)length, name,
			      "takes no value");
	if (!option->value)
		return 1;
	if (name[length])
		arguments->value = name + length + 1;
	else if (arguments->next < arguments->argc)
		arguments->value = arguments->argv[arguments->next++];
	else
		return refuse(arguments, "--", (int)length, name,
			      "lacks its value");
	return 1;
}

/* The rest is operands, the first of it at @arguments->next. */
static int end(struct cmd_arguments *const arguments)
{
	while (arguments->next < arguments->argc)
		arguments->operands[arguments->operand_count++] =
			arguments->argv[arguments->next++];
	arguments->operands[arguments->operand_count] = NULL;
	return 0;
}

/* 1: an option; 0: there are no more. */
static int read_next(struct cmd_arguments *const arguments)
{
	while (arguments->next < arguments->argc) {
		char *const argument = arguments->argv[arguments->next];

		if (argument[0] == '-' && argument[1]) {
			arguments->next++;
			if (strcmp(argument, "--") == 0)
				return end(arguments);
			if (argument[1] == '-')
				return read_name(arguments, argument + 2);
			arguments->letters = argument + 1;
			return read_letter(arguments);
		}
		if (arguments->command->runs_operands)
			break;
		/* Moves to before the options, where room is by now. */
		arguments->operands[arguments->operand_count++] = argument;
		arguments->next++;
	}
	return end(arguments);
}

static bool is_named(const struct cmd_option *const option,
		     const char *const name)
{
	return option->name && strcmp(option->name, name) == 0;
}

int cmd_next_option(struct cmd_arguments *const arguments)
{
	int got;

	arguments->value = NULL;
	got = arguments->letters ? read_letter(arguments)
				 : read_next(arguments);
	if (got != 1)
		return got;
	if (is_named(&arguments->option, "help"))
		help_print(stdout, arguments->command);
	else if (is_named(&arguments->option, "version"))
		help_print_version();
	else
		return 1;
	return CMD_HELPED;
}

int cmd_no_more_options(struct cmd_arguments *const arguments)
{
	int got;

	do
		got = cmd_next_option(arguments);
	while (got == 1);
	return got;
}
