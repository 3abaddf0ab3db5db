// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Counts what system calls that pass Landlock's hooks cost the caller.
 *
 * Made for a machine run with QEMU's -icount shift=0, whose time stamp counter
 * counts the guest's instructions: a round is repeated and the cheapest counts,
 * as interrupts only ever add to it. One line per system call: name, count.
 *
 *	hooks FILE [SYSTEM CALL...]: of a FILE that has a program beside it
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

#define ROUNDS 200
#define FEW_ROUNDS 10 /* for what takes long */
#define CALLS 10

static const char *path;
static char other_path[4096], program_path[4096];
static int file;
static char buffer[1];

static int do_getppid(void)
{
	return getppid() < 0;
}

static int do_fstat(void)
{
	struct stat status;

	return fstat(file, &status);
}

static int do_stat(void)
{
	struct stat status;

	return stat(path, &status);
}

static int do_open(void)
{
	const int fd = open(path, O_RDONLY);

	return fd < 0 || close(fd);
}

static int do_read(void)
{
	return pread(file, buffer, sizeof(buffer), 0) != sizeof(buffer);
}

static int do_rename(void)
{
	return rename(path, other_path) || rename(other_path, path);
}

static int do_exec(void)
{
	static char *const no_words[] = { NULL };
	int status;
	const pid_t child = vfork();

	if (!child) {
		execle(program_path, "program", NULL, no_words);
		_exit(1);
	}
	return child < 0 || waitpid(child, &status, 0) < 0 || status;
}

static int do_access(void)
{
	return access(path, R_OK);
}

static int do_fcntl(void)
{
	return fcntl(file, F_GETFL) < 0;
}

static int do_ioctl(void)
{
	int pending;

	return ioctl(file, FIONREAD, &pending);
}

static int do_mmap(void)
{
	void *const at = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, file, 0);

	return at == MAP_FAILED || munmap(at, 4096);
}

static const struct {
	const char *name;
	int (*call)(void);
} calls[] = {
	{ "getppid", do_getppid },  { "fstat", do_fstat },
	{ "stat", do_stat },	    { "open+close", do_open },
	{ "pread", do_read },	    { "access", do_access },
	{ "fcntl", do_fcntl },	    { "ioctl", do_ioctl },
	{ "mmap+munmap", do_mmap }, { "rename", do_rename },
	{ "exec", do_exec },
};

static uint64_t cost(int (*const call)(void), const int rounds)
{
	uint64_t least = UINT64_MAX;
	int round, i;

	for (round = 0; round < rounds; round++) {
		const uint64_t start = __rdtsc();
		uint64_t spent;

		for (i = 0; i < CALLS; i++) {
			if (call()) {
				perror("bench");
				exit(1);
			}
		}
		spent = __rdtsc() - start;
		if (spent < least)
			least = spent;
	}
	return least / CALLS;
}

static int is_wanted(const char *const name, char **const wanted)
{
	size_t i;

	for (i = 0; wanted[i]; i++)
		if (strcmp(wanted[i], name) == 0)
			return 1;
	return !i;
}

int main(const int argc, char **const argv)
{
	size_t i;

	if (argc < 2)
		return 2;
	path = argv[1];
	snprintf(other_path, sizeof(other_path), "%s.moved", path);
	snprintf(program_path, sizeof(program_path), "%s.program", path);
	file = open(path, O_RDONLY);
	if (file < 0) {
		perror(path);
		return 1;
	}
	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (is_wanted(calls[i].name, argv + 2))
			printf("%s\t%llu\n", calls[i].name,
			       (unsigned long long)cost(calls[i].call,
							calls[i].call == do_exec
								? FEW_ROUNDS
								: ROUNDS));
	return 0;
}
