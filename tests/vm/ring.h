/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An io_uring, to have one thing done at a time. */
#ifndef LANDLOCK_SHIM_TESTS_VM_RING_H
#define LANDLOCK_SHIM_TESTS_VM_RING_H

#include <linux/io_uring.h>

struct ring {
	int fd;
	struct io_uring_params params;
	char *submission; /* both queues, see IORING_FEAT_SINGLE_MMAP */
	struct io_uring_sqe *entries;
};

/* Returns 0 or a negative errno. It is there until the process ends. */
int ring_open(struct ring *ring);

/* Has one entry done, by a worker; what it answers, or a negative errno. */
int ring_do(const struct ring *ring, const struct io_uring_sqe *entry);

#endif
