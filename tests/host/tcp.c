// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tries a way around a restriction of TCP ports, by name: exits with the errno that
 * it met, or 0.
 *
 *	tcp mptcp | sendto | sendmsg | sendmmsg | option | io_uring | connect PORT
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

static struct sockaddr_in address = { .sin_family = AF_INET };

static int tcp_socket(const int protocol)
{
	return socket(AF_INET, SOCK_STREAM, protocol);
}

static int try_mptcp(void)
{
	return tcp_socket(IPPROTO_MPTCP);
}

static int try_sendto(void)
{
	return (int)sendto(tcp_socket(0), "x", 1, MSG_FASTOPEN,
			   (struct sockaddr *)&address, sizeof(address));
}

static struct msghdr message(void)
{
	static char byte;
	static struct iovec part = { &byte, 1 };

	return (struct msghdr){ .msg_name = &address,
				.msg_namelen = sizeof(address),
				.msg_iov = &part,
				.msg_iovlen = 1 };
}

static int try_sendmsg(void)
{
	const struct msghdr header = message();

	return (int)sendmsg(tcp_socket(0), &header, MSG_FASTOPEN);
}

static int try_sendmmsg(void)
{
	struct mmsghdr headers = { .msg_hdr = message() };

	return sendmmsg(tcp_socket(0), &headers, 1, MSG_FASTOPEN);
}

static int try_option(void)
{
	const int on = 1, fd = tcp_socket(0);

	if (setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof(on)))
		return -1;
	return connect(fd, (struct sockaddr *)&address, sizeof(address));
}

static int try_io_uring(void)
{
	char parameters[120] = "";

	return (int)syscall(425, 1, parameters);
}

static int try_connect(void)
{
	return connect(tcp_socket(0), (struct sockaddr *)&address,
		       sizeof(address));
}

static const struct {
	const char *name;
	int (*try)(void);
} ways[] = {
	{ "mptcp", try_mptcp },	    { "sendto", try_sendto },
	{ "sendmsg", try_sendmsg }, { "sendmmsg", try_sendmmsg },
	{ "option", try_option },   { "io_uring", try_io_uring },
	{ "connect", try_connect },
};

int main(const int argc, char **const argv)
{
	size_t i;

	if (argc < 2)
		return 255;
	inet_aton("127.0.0.1", &address.sin_addr);
	if (argc > 2)
		address.sin_port = htons((unsigned short)atoi(argv[2]));
	for (i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (strcmp(ways[i].name, argv[1]) == 0)
			return ways[i].try() < 0 ? errno : 0;
	return 255;
}
