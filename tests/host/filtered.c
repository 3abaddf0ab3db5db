// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Runs a command under a seccomp filter of somebody else's.
 *
 *	filtered ANSWER CALL... -- COMMAND [ARGUMENT...]
 *
 * ANSWER: the number of an errno, or kill.  CALL: a name of the table below.
 */
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A call, or that of it which has these bits in the lower half of an argument. */
static const struct {
	const char *name;
	unsigned int number;
	unsigned int argument;
	unsigned int bits; /* 0: whatever the arguments */
} calls[] = {
	{ "open-by-path", SYS_openat, 2, O_PATH }, /* as man(1)'s filter does */
	{ "openat2", 437, 0, 0 },
	{ "statx", SYS_statx, 0, 0 },
	{ "seccomp", SYS_seccomp, 0, 0 },
	{ "bpf", SYS_bpf, 0, 0 },
	{ "self-attr", 459, 0, 0 },
	{ "landlock-create", 444, 0, 0 },
	{ "landlock-add", 445, 0, 0 },
	{ "landlock-restrict", 446, 0, 0 },
	{ "capget", SYS_capget, 0, 0 },
	{ "getppid", SYS_getppid, 0, 0 },
	{ "no-new-privs", SYS_prctl, 0, PR_SET_NO_NEW_PRIVS },
	{ "socketpair", SYS_socketpair, 0, 0 },
	{ "fork", SYS_clone, 0, 0 },
	{ "witness", SYS_getppid, 0, 0x4c4c5348 }, /* see preload/filter.c */
};

static struct sock_filter code[5 * ARRAY_SIZE(calls) + 2] = {
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
};
static unsigned short length = 1;

static void put(const struct sock_filter instruction)
{
	code[length++] = instruction;
}

static void answer(const char *const name, const unsigned int value)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		if (strcmp(calls[i].name, name) == 0)
			break;
	if (i == ARRAY_SIZE(calls)) {
		fprintf(stderr, "filtered: unknown call %s\n", name);
		exit(2);
	}
	put((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
					 calls[i].number, 0, 4));
	put((struct sock_filter)BPF_STMT(
		BPF_LD | BPF_W | BPF_ABS,
		(unsigned int)offsetof(struct seccomp_data, args) +
			8 * calls[i].argument));
	put((struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
					 calls[i].bits, 0, !!calls[i].bits));
	put((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, value));
	put((struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
					 offsetof(struct seccomp_data, nr)));
}

int main(const int argc, char **const argv)
{
	struct sock_fprog filter = { .filter = code };
	unsigned int value;
	int i;

	if (argc < 2)
		return 2;
	value = strcmp(argv[1], "kill") == 0
			? SECCOMP_RET_KILL_PROCESS
			: SECCOMP_RET_ERRNO | (unsigned int)atoi(argv[1]);
	for (i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
		answer(argv[i], value);
	put((struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
	filter.len = length;
	if (i + 1 >= argc || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter)) {
		perror("filtered");
		return 2;
	}
	execv(argv[i + 1], argv + i + 1);
	perror(argv[i + 1]);
	return 2;
}
