// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A 32-bit program: reads files, writes to them, connects to ports, makes sockets,
 * types, starts others.
 *
 *	reader [-r FILE] [-w FILE] [-c PORT]... [-x COMMAND...]
 *	       [-s FAMILY] [-p TYPE]: a socket, or a pair of AF_UNIX, by calls of
 *			their own
 *	       [-S FAMILY] [-P TYPE]: the same by socketcall(2)
 *	       [-t DESCRIPTOR]: types into a terminal
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int connect_to(const char *const port)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons((unsigned short)atoi(port)),
		.sin_addr = { htonl(INADDR_LOOPBACK) },
	};

	return connect(socket(AF_INET, SOCK_STREAM, 0), (const void *)&to,
		       sizeof(to));
}

static long make_socket(const long family)
{
	return syscall(SYS_socket, family, SOCK_STREAM, 0);
}

static long make_pair(const long type)
{
	int pair[2];

	return syscall(SYS_socketpair, AF_UNIX, type, 0, pair);
}

static long call_for_socket(const long family)
{
	const long arguments[] = { family, SOCK_STREAM, 0 };

	return syscall(SYS_socketcall, 1, arguments);
}

static long call_for_pair(const long type)
{
	int pair[2];
	const long arguments[] = { AF_UNIX, type, 0, (long)pair };

	return syscall(SYS_socketcall, 8, arguments);
}

static long type_into(const long fd)
{
	return syscall(SYS_ioctl, fd, TIOCSTI, "x");
}

static const struct {
	const char *option;
	long (*try)(long);
} tries[] = {
	{ "-s", make_socket },	 { "-S", call_for_socket }, { "-p", make_pair },
	{ "-P", call_for_pair }, { "-t", type_into },
};

static int try(const char *const option, const long number)
{
	size_t i;

	for (i = 0; i < sizeof(tries) / sizeof(*tries); i++)
		if (!strcmp(option, tries[i].option))
			return (int)tries[i].try(number);
	return -2;
}

int main(int argc, char **argv)
{
	int i, result = -1;

	for (i = 1; i + 1 < argc; i += 2) {
		if (!strcmp(argv[i], "-r"))
			result = open(argv[i + 1], O_RDONLY);
		else if (!strcmp(argv[i], "-w"))
			result = open(argv[i + 1], O_WRONLY | O_CREAT, 0644);
		else if (!strcmp(argv[i], "-c"))
			result = connect_to(argv[i + 1]);
		else if (strcmp(argv[i], "-x"))
			result = try(argv[i], atol(argv[i + 1]));
		else {
			fflush(stdout);
			result = execvp(argv[i + 1], argv + i + 1);
		}
		printf("%s ", result < 0 ? strerrorname_np(errno) : "ok");
	}
	return (int)sizeof(void *);
}
