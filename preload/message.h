/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One message over a socket of type SOCK_SEQPACKET, with descriptors.
 */
#ifndef LANDLOCK_SHIM_MESSAGE_H
#define LANDLOCK_SHIM_MESSAGE_H

#include <stddef.h>
#include <sys/types.h>

/* Most descriptors that go with one message. */
#define MESSAGE_FDS_MAX 16

/*
 * Sends the @size bytes at @bytes, in one piece, and the @fd_count descriptors at
 * @fds, which stay the caller's.  Returns 0, or a negative errno; SIGPIPE is not
 * raised.
 */
int message_send(int socket, const void *bytes, size_t size, const int *fds,
		 size_t fd_count);

/*
 * Receives a message of at most @size bytes and MESSAGE_FDS_MAX descriptors.
 *
 * Returns its length, with @fd_count descriptors (O_CLOEXEC) at @fds, which are
 * the caller's: 0 when the other side is gone.  On error a negative errno, and no
 * descriptor is left open: -EMSGSIZE for a message that is longer or brings more
 * descriptors than that, or than this process may have open.
 */
ssize_t message_receive(int socket, void *bytes, size_t size,
			int fds[MESSAGE_FDS_MAX], size_t *fd_count);

#endif
