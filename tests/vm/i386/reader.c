// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A 32-bit program: reads files, writes to them, connects to ports, starts others.
 *
 *	reader [-r FILE] [-w FILE] [-c PORT]... [-x COMMAND...]
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
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
		else {
			fflush(stdout);
			result = execvp(argv[i + 1], argv + i + 1);
		}
		printf("%s ", result < 0 ? strerrorname_np(errno) : "ok");
	}
	return (int)sizeof(void *);
}
