// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Times the starts of programs, round after round, side by side.
 *
 *	starts ROUNDS < LIST
 *
 * LIST: lines of a name, a tab, and words: variables (NAME=VALUE), then a command.
 * Out come lines of the name and the median in ticks of the time stamp
 * counter: instructions in a machine with QEMU's -icount shift=0. A command that fails
 * ends it all: a start that did not take place is not fast.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

#define COMMANDS_MAX 32
#define WORDS_MAX 256
#define ROUNDS_MAX 1000

struct command {
	char *name;
	char *words[WORDS_MAX];
	char **arguments; /* of words, behind the variables */
	uint64_t times[ROUNDS_MAX];
};

static struct command commands[COMMANDS_MAX];
static size_t command_count;

static void read_commands(void)
{
	char *line = NULL, *word, *rest;
	size_t size = 0, count;

	while (command_count < COMMANDS_MAX &&
	       getline(&line, &size, stdin) > 0) {
		struct command *const command = &commands[command_count++];

		command->name = strdup(strtok_r(line, "\t", &rest));
		count = 0;
		while (count < WORDS_MAX - 1 &&
		       (word = strtok_r(NULL, " \n", &rest)))
			command->words[count++] = strdup(word);
		command->arguments = command->words;
		while (strchr(*command->arguments, '=') &&
		       **command->arguments != '/')
			command->arguments++;
	}
	free(line);
}

static uint64_t start(struct command *const command)
{
	const uint64_t begin = __rdtsc();
	const pid_t child = vfork();
	char *environment[WORDS_MAX + 1];
	size_t count = (size_t)(command->arguments - command->words);
	int status;

	if (!child) {
		memcpy(environment, command->words, count * sizeof(char *));
		environment[count] = (char *)(uintptr_t) "PATH=/usr/bin:/bin";
		environment[count + 1] = NULL;
		execve(command->arguments[0], command->arguments, environment);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0 || status) {
		fprintf(stderr, "starts: %s: status %d\n", command->name,
			status);
		exit(1);
	}
	return __rdtsc() - begin;
}

static int compare(const void *const left, const void *const right)
{
	const uint64_t a = *(const uint64_t *)left,
		       b = *(const uint64_t *)right;

	return (a > b) - (a < b);
}

int main(const int argc, char **const argv)
{
	const int rounds = argc == 2 ? atoi(argv[1]) : 0;
	int round;
	size_t i;

	if (rounds < 1 || rounds > ROUNDS_MAX)
		return 2;
	read_commands();
	for (round = 0; round < rounds; round++)
		for (i = 0; i < command_count; i++) {
			/* One to warm up: others leave the caches to it. */
			start(&commands[i]);
			commands[i].times[round] = start(&commands[i]);
		}
	for (i = 0; i < command_count; i++) {
		qsort(commands[i].times, (size_t)rounds, sizeof(uint64_t),
		      compare);
		printf("%s\t%llu\n", commands[i].name,
		       (unsigned long long)commands[i].times[rounds / 2]);
	}
	return 0;
}
