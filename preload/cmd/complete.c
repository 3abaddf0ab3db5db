// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock complete: what a shell may offer for the last of some words, by the
 * tables that read and explain them.
 *
 * Asked by the shells' own scripts (completions/), which know no option.  Each line
 * is a word and, behind a tab, what it means; or one of
 *
 *     :path        paths, too
 *     :program     programs, too
 *     :command N   the words from the N-th on (of 0) are a command line
 */
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "executable.h"
#include "file.h"
#include "ini.h"
#include "print.h"
#include "report.h"
#include "shipped.h"

#define FILE_BYTES_MAX (1024 * 1024)
#define RULES LANDLOCK_PKGLIBDIR "/rules"

static void offer(const char *const dashes, const char *const word,
		  const char *const meaning)
{
	printf("%s%s", dashes, word);
	if (meaning)
		printf("\t%s", meaning);
	putchar('\n');
}

static void offer_words(const char *words)
{
	while (words && *(words += strspn(words, " "))) {
		const int length = (int)strcspn(words, " ");

		printf("%.*s\n", length, words);
		words += length;
	}
}

/* A name that would be two lines, or none, is not offered. */
static bool is_line(const char *text)
{
	for (; *text; text++)
		if (iscntrl((unsigned char)*text))
			return false;
	return true;
}

/* Names in @directory that end so: what is before that, behind @before. */
static void offer_files(const char *const directory, const char *const suffix,
			const char *const before)
{
	const size_t last = strlen(suffix);
	DIR *const stream = opendir(directory);
	const struct dirent *entry;

	while (stream && (entry = readdir(stream))) {
		const char *const name = entry->d_name;
		const size_t length = strlen(name);

		if (name[0] != '.' && is_line(name) && length > last &&
		    strcmp(name + length - last, suffix) == 0)
			printf("%s%.*s\n", before, (int)(length - last), name);
	}
	if (stream)
		closedir(stream);
}

static void offer_templates(void)
{
	const char *const user = executable_user_directory(environ);
	char *mine = NULL;

	offer_files(SHIPPED_TEMPLATES, ".ini", "@");
	offer_files(SYSCONFDIR "/landlock/templates", ".ini", "@");
	if (user && asprintf(&mine, "%s/templates", user) >= 0)
		offer_files(mine, ".ini", "@");
	free(mine);
}

static void offer_shipped(void)
{
	DIR *const stream = opendir(SHIPPED_PROFILES);
	const struct dirent *entry;

	while (stream && (entry = readdir(stream))) {
		const char *const name = shipped_name(entry->d_name);

		if (name && is_line(name) && entry->d_name[0] != '.')
			puts(name);
	}
	if (stream)
		closedir(stream);
}

static int offer_section(void *const user, const char *const name,
			 const unsigned int line)
{
	(void)user;
	(void)line;
	if (name && is_line(name))
		puts(name);
	return 0;
}

static int skip_key(void *const user, const char *const key,
		    const char *const value, const unsigned int line)
{
	(void)user;
	(void)key;
	(void)value;
	(void)line;
	return 0;
}

static int skip_fault(void *const user, const unsigned int line,
		      const char *const key, const char *const remedy,
		      const char *const cause)
{
	(void)user;
	(void)line;
	(void)key;
	(void)remedy;
	(void)cause;
	return 0;
}

/* The sections of all files in @directory, as landlock run -p finds them. */
static void offer_sections(const char *const directory)
{
	static const struct ini_handler handler = { .section = offer_section,
						    .key = skip_key,
						    .fault = skip_fault };
	static struct report report;
	DIR *const stream = opendir(directory);
	const struct dirent *entry;

	while (stream && (entry = readdir(stream))) {
		const size_t length = strlen(entry->d_name);
		size_t size;
		char *text;
		int fd;

		if (length < strlen(".ini") ||
		    strcmp(entry->d_name + length - strlen(".ini"), ".ini") !=
			    0)
			continue;
		fd = openat(dirfd(stream), entry->d_name,
			    O_RDONLY | O_CLOEXEC | O_NONBLOCK);
		if (fd < 0)
			continue;
		if (!file_read(fd, FILE_BYTES_MAX, &text, &size))
			ini_read(text, size, entry->d_name, &handler, &report);
		close(fd);
	}
	if (stream)
		closedir(stream);
}

static void offer_processes(void)
{
	DIR *const stream = opendir("/proc");
	const struct dirent *entry;

	while (stream && (entry = readdir(stream))) {
		char path[sizeof("/proc//comm") + sizeof(entry->d_name)];
		char name[32];
		FILE *file;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		snprintf(path, sizeof(path), "/proc/%s/comm", entry->d_name);
		file = fopen(path, "re");
		if (file && fgets(name, sizeof(name), file)) {
			printf("%s\t", entry->d_name);
			name[strcspn(name, "\n")] = '\0';
			print_text(name);
			putchar('\n');
		}
		if (file)
			fclose(file);
	}
	if (stream)
		closedir(stream);
}

static void offer_names(const enum cmd_names names, const size_t index)
{
	switch (names) {
	case CMD_NAMES_NOTHING:
		break;
	case CMD_NAMES_PATH:
		puts(":path");
		break;
	case CMD_NAMES_PROGRAM:
		puts(":program");
		break;
	case CMD_NAMES_COMMAND:
		printf(":command %zu\n", index);
		break;
	case CMD_NAMES_OBJECT:
		offer_files(RULES, "", "");
		puts(":path");
		break;
	case CMD_NAMES_SECTION:
		offer_sections(SYSCONFDIR "/landlock");
		if (executable_user_directory(environ))
			offer_sections(executable_user_directory(environ));
		break;
	case CMD_NAMES_TEMPLATE:
		offer_templates();
		break;
	case CMD_NAMES_SHIPPED:
		offer_shipped();
		break;
	case CMD_NAMES_PROCESS:
		offer_processes();
		break;
	}
}

static void offer_option(const struct cmd_option *const option)
{
	const char letter[] = { option->letter, '\0' };

	if (option->letter)
		offer("-", letter, option->purpose);
	if (option->name)
		offer("--", option->name, option->purpose);
}

static void offer_value(const struct cmd_option *const option)
{
	offer_words(option->words);
	offer_names(option->names, 0);
}

static void offer_commands(const char *const last)
{
	const struct command *const *command;

	for (command = cmd_all; *command; command++)
		if (!(*command)->is_hidden)
			offer("", (*command)->name, (*command)->purpose);
	offer_words("--help --version");
	/* An object, which would be hard to find among all that is here. */
	if (strpbrk(last, "./"))
		puts(":path");
}

static const struct command *find_command(const char *const name)
{
	const struct command *const *command;

	for (command = cmd_all; *command; command++)
		if (strcmp((*command)->name, name) == 0)
			return *command;
	return NULL;
}

/* Offers for the last of @count @words, the first of which is after the name of
 * @command; @words[-1] is that. */
static void offer_for(const struct command *const command,
		      const char *const *const words, const size_t count)
{
	const char *const last = words[count - 1];
	struct cmd_option option;
	bool inline_value, ended = false;
	size_t i;

	for (i = 0; i + 1 < count; i++) {
		if (ended || words[i][0] != '-' || !words[i][1]) {
			if (!command->runs_operands)
				continue;
			offer_names(command->names, i + 1);
			return;
		}
		ended = strcmp(words[i], "--") == 0;
		if (ended ||
		    !cmd_find_option(command, words[i], &option, &inline_value))
			continue;
		if (!option.value || inline_value)
			continue;
		if (++i + 1 == count) {
			offer_value(&option);
			return;
		}
	}
	if (ended || last[0] != '-') {
		offer_words(command->words);
		offer_names(command->names, count);
	} else if (cmd_find_option(command, last, &option, &inline_value) &&
		   inline_value) {
		offer_value(&option);
	} else {
		for (i = 0; cmd_option_at(command, i, &option); i++)
			offer_option(&option);
	}
}

static int run(const int argc, char **const argv)
{
	const char *const *const words = (const char *const *)argv + 1;
	const size_t count = (size_t)argc - 1;
	const struct command *command;

	if (count < 2) {
		offer_commands(count ? words[0] : "");
		return 0;
	}
	command = find_command(words[0]);
	if (command)
		offer_for(command, words + 1, count - 1);
	else if (cmd_is_object(words[0]))
		offer_names(CMD_NAMES_COMMAND, 1);
	return 0;
}

const struct command cmd_complete = {
	.name = "complete",
	.usage = "[WORD]...",
	.purpose = "tell a shell what the last WORD may be",
	.usage_status = CMD_EXIT_USAGE,
	.is_hidden = true,
	.run = run,
};
