// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Counts what system calls that pass Landlock's hooks cost the caller.
 *
 * Made for a machine run with QEMU's -icount shift=0, whose time stamp counter
 * counts the guest's instructions: a round is repeated and the cheapest counts,
 * as interrupts only ever add to it. One line per system call: name, count.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <x86intrin.h>

#define ROUNDS 200
#define CALLS 10

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

	return stat("/tmp/bench/1/2/file", &status);
}

static int do_open(void)
{
	const int fd = open("/tmp/bench/1/2/file", O_RDONLY);

	return fd < 0 || close(fd);
}

static int do_read(void)
{
	return pread(file, buffer, sizeof(buffer), 0) != sizeof(buffer);
}

static int do_access(void)
{
	return access("/tmp/bench/1/2/file", R_OK);
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
	{ "getppid", do_getppid },   { "fstat", do_fstat },
	{ "stat", do_stat },	     { "open, close", do_open },
	{ "pread", do_read },	     { "access", do_access },
	{ "fcntl", do_fcntl },	     { "ioctl", do_ioctl },
	{ "mmap, munmap", do_mmap },
};

static uint64_t cost(int (*const call)(void))
{
	uint64_t least = UINT64_MAX;
	int round, i;

	for (round = 0; round < ROUNDS; round++) {
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

int main(void)
{
	size_t i;

	file = open("/tmp/bench/1/2/file", O_RDONLY);
	if (file < 0) {
		perror("/tmp/bench/1/2/file");
		return 1;
	}
	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		printf("%s\t%llu\n", calls[i].name,
		       (unsigned long long)cost(calls[i].call));
	return 0;
}
