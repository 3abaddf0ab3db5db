// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Runs programs as the whole system would, with nobody but them seeing it.
 */
#include "preload_trial.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "executable.h"
#include "preload_file.h"
#include "print.h"

#define NOBODY 65534
#define SECONDS_MAX 20
#define OUTPUT_BYTES 4096
#define EXIT_NO_NAMESPACE 99
#define ARGUMENTS_MAX 3

/* What ld.so says of a library that it does without. */
#define UNLOADED "cannot be preloaded"

struct trial {
	const char *argv[ARGUMENTS_MAX + 1]; /* ends with NULL */
	bool as_nobody;
};

/* How a program came out. */
struct outcome {
	int status;		   /* of waitpid(2) */
	char output[OUTPUT_BYTES]; /* standard error */
};

/* What a trial runs with. */
struct state {
	const char *candidate; /* mounted over the real file; NULL: not */
	const char *library;   /* by LD_PRELOAD; NULL: not */
};

/* The first that is there is tried; all only tell of themselves. */
static const struct trial set_user_id[] = {
	{ { "/usr/bin/su", "--version", NULL }, true },
	{ { "/bin/su", "--version", NULL }, true },
	{ { "/usr/bin/passwd", "--help", NULL }, true },
	{ { "/usr/bin/mount", "--version", NULL }, true },
	{ { "/bin/mount", "--version", NULL }, true },
	{ { "/usr/bin/sudo", "--version", NULL }, true },
};

static const struct trial plain[] = {
	{ { "/bin/true", NULL }, false },
	{ { "/bin/ls", "--version", NULL }, false },
	{ { "/bin/true", NULL }, true },
};

/* Where programs of the other ELF class are looked for. */
static const char *const program_directories[] = {
	"/usr/bin",   "/bin", "/usr/local/bin", "/usr/sbin", "/sbin",
	"/usr/games", "/opt"
};

static bool enter(const char *const candidate)
{
	return !unshare(CLONE_NEWNS) &&
	       !mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) &&
	       !mount(candidate, PRELOAD_FILE, NULL, MS_BIND, NULL);
}

static bool become_nobody(void)
{
	return !setgroups(0, NULL) && !setgid(NOBODY) && !setuid(NOBODY);
}

static void __attribute__((noreturn))
be(const struct trial *const trial, const struct state *const state,
   const int output)
{
	char preload[PATH_MAX] = "LD_PRELOAD=";
	char *environment[] = { (char *)"PATH=/usr/bin:/bin",
				(char *)"LC_ALL=C",
				state->library ? preload : NULL, NULL };
	const int null = open("/dev/null", O_RDWR);

	if (state->library)
		snprintf(preload, sizeof(preload), "LD_PRELOAD=%s",
			 state->library);
	if (state->candidate && !enter(state->candidate))
		_exit(EXIT_NO_NAMESPACE);
	if (trial->as_nobody && !become_nobody())
		_exit(EXIT_NO_NAMESPACE);
	dup2(null, 0);
	dup2(null, 1);
	dup2(output, 2);
	if (chdir("/") == 0) {
		alarm(SECONDS_MAX);
		execve(trial->argv[0], (char *const *)trial->argv, environment);
	}
	_exit(127);
}

/* Returns false if it could not be run at all. */
static bool try(const struct trial *const trial,
		const struct state *const state, struct outcome *const outcome)
{
	const int output = memfd_create("output", MFD_CLOEXEC);
	ssize_t size = -1;
	pid_t child = -1;

	if (output >= 0)
		child = fork();
	if (!child)
		be(trial, state, output);
	if (child > 0 && waitpid(child, &outcome->status, 0) == child)
		size = pread(output, outcome->output,
			     sizeof(outcome->output) - 1, 0);
	if (output >= 0)
		close(output);
	if (size < 0)
		return false;
	outcome->output[size] = '\0';
	return true;
}

static bool can_mount(const char *const candidate)
{
	int status;
	const pid_t child = fork();

	if (!child)
		_exit(enter(candidate) ? 0 : EXIT_NO_NAMESPACE);
	return child > 0 && waitpid(child, &status, 0) == child && !status;
}

static void say(const struct trial *const trial, const char *const what,
		const char *const output)
{
	fflush(stdout);
	fprintf(stderr, "landlock preload: %s%s%s%s: %s", trial->argv[0],
		trial->argv[1] ? " " : "", trial->argv[1] ? trial->argv[1] : "",
		trial->as_nobody ? " (as another user)" : "", what);
	fprintf(stderr, *output ? ":\n%s" : "\n%s", output);
}

static bool is_same(const struct trial *const trial,
		    const struct state states[const 2])
{
	static struct outcome before, after;

	if (!try(trial, &states[0], &before) ||
	    !try(trial, &states[1], &after)) {
		say(trial, "cannot be tried", "");
		return false;
	}
	if (before.status == after.status &&
	    strcmp(before.output, after.output) == 0)
		return true;
	if (WIFEXITED(after.status))
		fprintf(stderr, "landlock preload: exit status %d\n",
			WEXITSTATUS(after.status));
	else
		fprintf(stderr, "landlock preload: killed by signal %d\n",
			WTERMSIG(after.status));
	say(trial, "would not be as before", after.output);
	if (strstr(after.output, UNLOADED))
		fputs("landlock preload: install the library for programs of "
		      "this kind first\n",
		      stderr);
	return false;
}

/* Reads the first bytes only: there are thousands of programs. */
static bool is_other_class(const int directory, const char *const name)
{
	const int fd = openat(directory, name,
			      O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	const unsigned char other = sizeof(long) == 8 ? ELFCLASS32 : ELFCLASS64;
	unsigned char head[EI_NIDENT];
	const ssize_t size = fd < 0 ? -1 : read(fd, head, sizeof(head));

	if (fd >= 0)
		close(fd);
	return size == sizeof(head) && memcmp(head, ELFMAG, SELFMAG) == 0 &&
	       head[EI_CLASS] == other;
}

/*
 * The loader of the other ELF class with a program that it would run: it loads
 * what is preloaded and runs nothing.
 */
static bool find_in(const char *const path, struct trial *const trial)
{
	static struct executable executable;
	static struct report report;
	static char program[PATH_MAX];
	struct lookup lookup = { 0 };
	DIR *const directory = opendir(path);
	const struct dirent *entry;
	bool found = false;

	while (directory && !found && (entry = readdir(directory))) {
		if (!is_other_class(dirfd(directory), entry->d_name))
			continue;
		snprintf(program, sizeof(program), "%s/%s", path,
			 entry->d_name);
		if (executable_open(program, NULL, &executable, &lookup,
				    &report))
			continue;
		close(executable.fd);
		/* Where the loader is missing it runs anyway nowhere. */
		found = executable.is_other_class && executable.loader &&
			access(executable.loader, X_OK) == 0;
	}
	if (directory)
		closedir(directory);
	if (found)
		*trial = (struct trial){ .argv = { executable.loader, "--list",
						   program, NULL } };
	return found;
}

static bool find_other_class(struct trial *const trial)
{
	size_t i;

	for (i = 0;
	     i < sizeof(program_directories) / sizeof(program_directories[0]);
	     i++)
		if (find_in(program_directories[i], trial))
			return true;
	return false;
}

static const struct trial *find_set_user_id(void)
{
	size_t i;

	for (i = 0; i < sizeof(set_user_id) / sizeof(set_user_id[0]); i++)
		if (access(set_user_id[i].argv[0], X_OK) == 0)
			return &set_user_id[i];
	return NULL;
}

bool preload_trial(const char *const without, const char *const with,
		   const char *const library)
{
	const bool mounts = can_mount(with);
	const struct state states[] = {
		{ .candidate = mounts ? without : NULL },
		{ .candidate = mounts ? with : NULL,
		  .library = mounts ? NULL : library },
	};
	const struct trial *const secure = find_set_user_id();
	struct trial other;
	bool same = true;
	size_t i;

	if (!mounts)
		fputs("landlock preload: no mount namespace can be had here: "
		      "tried by LD_PRELOAD, and no set-user-ID program\n",
		      stderr);
	for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		same &= is_same(&plain[i], states);
	if (mounts && secure)
		same &= is_same(secure, states);
	if (find_other_class(&other))
		same &= is_same(&other, states);
	return same;
}

bool preload_is_complete(void)
{
	static const struct state present;
	static struct outcome outcome;
	struct trial trials[2] = { plain[0] };
	const size_t count = find_other_class(&trials[1]) ? 2 : 1;
	bool complete = true;
	size_t i;

	for (i = 0; i < count; i++) {
		if (try(&trials[i], &present, &outcome) &&
		    !strstr(outcome.output, UNLOADED))
			continue;
		say(&trials[i], "the library is missing", outcome.output);
		complete = false;
	}
	return complete;
}
