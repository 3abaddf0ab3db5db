// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * sendmsg(2) and recvmsg(2) with one control message, SCM_RIGHTS.
 */
#include "message.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "system.h"

union control {
	struct cmsghdr header; /* aligns */
	char bytes[CMSG_SPACE(MESSAGE_FDS_MAX * sizeof(int))];
};

int message_send(const int socket, const void *const bytes, const size_t size,
		 const int *const fds, const size_t fd_count)
{
	struct iovec part = { .iov_base = (void *)bytes, .iov_len = size };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	const size_t fd_bytes = fd_count * sizeof(*fds);
	union control control = { 0 };
	long sent;

	if (fd_count > MESSAGE_FDS_MAX)
		return -EINVAL;
	if (fd_count) {
		control.header.cmsg_level = SOL_SOCKET;
		control.header.cmsg_type = SCM_RIGHTS;
		/* C libraries do not agree on the types. */
		control.header.cmsg_len =
			(typeof(control.header.cmsg_len))CMSG_LEN(fd_bytes);
		memcpy(CMSG_DATA(&control.header), fds, fd_bytes);
		message.msg_control = &control;
		message.msg_controllen =
			(typeof(message.msg_controllen))CMSG_SPACE(fd_bytes);
	}
	do
		sent = SYSTEM_CALL(sendmsg, socket, &message, MSG_NOSIGNAL);
	while (sent == -EINTR);
	if (sent < 0)
		return (int)sent;
	return (size_t)sent == size ? 0 : -EMSGSIZE;
}

/* Nothing but descriptors is ever sent along: the kernel puts them first. */
static size_t take_fds(const union control *const control,
		       const size_t control_bytes, int fds[MESSAGE_FDS_MAX])
{
	const struct cmsghdr *const header = &control->header;
	size_t count;

	if (control_bytes < CMSG_LEN(0) || header->cmsg_level != SOL_SOCKET ||
	    header->cmsg_type != SCM_RIGHTS)
		return 0;
	count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
	memcpy(fds, CMSG_DATA(header), count * sizeof(int));
	return count;
}

ssize_t message_receive(const int socket, void *const bytes, const size_t size,
			int fds[const MESSAGE_FDS_MAX], size_t *const fd_count)
{
	struct iovec part = { .iov_base = bytes, .iov_len = size };
	union control control = { 0 };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	long got;

	*fd_count = 0;
	do
		got = SYSTEM_CALL(recvmsg, socket, &message, MSG_CMSG_CLOEXEC);
	while (got == -EINTR);
	if (got < 0)
		return got;
	*fd_count = take_fds(&control, message.msg_controllen, fds);
	if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
		while (*fd_count)
			system_close(fds[--*fd_count]);
		return -EMSGSIZE;
	}
	return got;
}
