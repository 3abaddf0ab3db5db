// SPDX-License-Identifier: LGPL-2.1-or-later
/* An io_uring, without liburing. */
#include "ring.h"

#include <errno.h>
#include <stdint.h>

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ENTRIES 4

int ring_open(struct ring *const ring)
{
	size_t length;

	*ring = (struct ring){ .fd = -1 };
	ring->fd = (int)syscall(SYS_io_uring_setup, ENTRIES, &ring->params);
	if (ring->fd < 0)
		return -errno;

	length = ring->params.cq_off.cqes +
		 ring->params.cq_entries * sizeof(struct io_uring_cqe);
	ring->submission = mmap(NULL, length, PROT_READ | PROT_WRITE,
				MAP_SHARED, ring->fd, IORING_OFF_SQ_RING);
	ring->entries = mmap(NULL, ENTRIES * sizeof(*ring->entries),
			     PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd,
			     IORING_OFF_SQES);
	return ring->submission == MAP_FAILED || ring->entries == MAP_FAILED
		       ? -ENOMEM
		       : 0;
}

static unsigned int *ring_word(const struct ring *const ring,
			       const uint32_t offset)
{
	return (unsigned int *)(void *)(ring->submission + offset);
}

int ring_do(const struct ring *const ring,
	    const struct io_uring_sqe *const entry)
{
	const struct io_uring_cqe *const answers =
		(void *)(ring->submission + ring->params.cq_off.cqes);
	unsigned int *const tail = ring_word(ring, ring->params.sq_off.tail);
	unsigned int *const head = ring_word(ring, ring->params.cq_off.head);
	unsigned int *const last = ring_word(ring, ring->params.cq_off.tail);
	const unsigned int mask =
		*ring_word(ring, ring->params.sq_off.ring_mask);
	int answer;

	ring->entries[*tail & mask] = *entry;
	ring->entries[*tail & mask].flags |= IOSQE_ASYNC;
	ring_word(ring, ring->params.sq_off.array)[*tail & mask] = *tail & mask;
	__atomic_store_n(tail, *tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring->fd, 1, 0, 0, NULL, 0) != 1)
		return -errno;
	/* A signal or a tracer may interrupt what waits. */
	while (*head == __atomic_load_n(last, __ATOMIC_ACQUIRE))
		if (syscall(SYS_io_uring_enter, ring->fd, 0, 1,
			    IORING_ENTER_GETEVENTS, NULL, 0) < 0 &&
		    errno != EINTR)
			return -errno;

	answer =
		answers[*head & *ring_word(ring, ring->params.cq_off.ring_mask)]
			.res;
	__atomic_store_n(head, *head + 1, __ATOMIC_RELEASE);
	return answer;
}
