// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Help as text: the tables, one row a line.
 */
#include "help.h"

#include <string.h>

#include "cmd.h"

/* Where purposes begin; of a longer option, on a line of their own. */
#define COLUMN 28
#define WIDTH 80

void help_print_usage(FILE *const stream, const struct command *const command)
{
	fprintf(stream, "Usage: landlock %s %s\n", command->name,
		command->usage);
}

/* Prints @text from COLUMN on, where @column is reached, in lines of whole words. */
static void print_wrapped(FILE *const stream, int column, const char *text)
{
	while (*text) {
		int length = (int)strlen(text);

		if (length > WIDTH - COLUMN) {
			length = WIDTH - COLUMN;
			while (length > 1 && text[length] != ' ')
				length--;
		}
		fprintf(stream, "%*s%.*s\n", COLUMN - column, "", length, text);
		text += length;
		text += strspn(text, " ");
		column = 0;
	}
}

static void print_option(FILE *const stream,
			 const struct cmd_option *const option)
{
	int width = 2;

	fputs("  ", stream);
	width += option->letter ? fprintf(stream, "-%c", option->letter)
				: fprintf(stream, "  ");
	if (option->name)
		width += fprintf(stream, "%s--%s", option->letter ? ", " : "  ",
				 option->name);
	if (option->value)
		width += fprintf(stream, " %s", option->value);
	if (width >= COLUMN - 1) {
		fputc('\n', stream);
		width = 0;
	}
	print_wrapped(stream, width, option->purpose);
}

void help_print(FILE *const stream, const struct command *const command)
{
	struct cmd_option option;
	size_t i;

	help_print_usage(stream, command);
	fprintf(stream, "  %s\n\nOptions:\n", command->purpose);
	for (i = 0; cmd_option_at(command, i, &option); i++)
		print_option(stream, &option);
	if (command->notes)
		fprintf(stream, "\n%s\n", command->notes);
	fprintf(stream, "\nSee landlock-%s(1).\n",
		command->page ?: command->name);
}

void help_print_all(FILE *const stream)
{
	const struct command *const *command;

	fputs("Usage:\n", stream);
	for (command = cmd_all; *command; command++)
		if (!(*command)->is_hidden)
			fprintf(stream, "  landlock %s %s\n        %s\n",
				(*command)->name, (*command)->usage,
				(*command)->purpose);
	fputs("  landlock RULE.o COMMAND [ARGUMENT]...\n"
	      "        short for: landlock run -r RULE.o -- COMMAND ...\n"
	      "  landlock --help | --version\n"
	      "See landlock(1).\n",
	      stream);
}

void help_print_version(void)
{
	puts("landlock-shim " VERSION);
}
