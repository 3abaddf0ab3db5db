/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the shim and landlock-loader say to each other, over the socket (of type
 * SOCK_SEQPACKET) that is the loader's standard input: one request, one answer.
 *
 * Fixed-width integers, no pointers: the two may be of different ELF classes.
 * Each side takes the other's message for what it is, bytes: lengths are checked.
 */
#ifndef LANDLOCK_SHIM_PROTOCOL_H
#define LANDLOCK_SHIM_PROTOCOL_H

#include <stdint.h>

/* Most rules (programs) that one object may hold. */
#define PROTOCOL_RULES_MAX 16
/* Rule objects are of some KiB; this bounds what a mistaken name can cost. */
#define PROTOCOL_OBJECT_BYTES_MAX (16 << 20)
/* Most bytes of a request's texts: path, then names and values. */
#define PROTOCOL_TEXT_MAX (60 * 1024)

/*
 * The request: this, then texts, each with its NUL: the object's path (for
 * messages); name and value of each parameter.  With it goes the descriptor of
 * the object, open for reading (SCM_RIGHTS).
 */
struct protocol_request {
	uint32_t parameter_count;
	uint32_t text_bytes;
	/* What the kernel is told to call the rules, or "" to keep the object's
	 * own names; see load.h. */
	char name[16];
	char text[];
};

/*
 * The answer.  With a @count go as many descriptors of verified rules
 * (SCM_RIGHTS), in the order of the object.  With an @error, a negative errno,
 * cause and remedy are those of a struct report.
 */
struct protocol_answer {
	int32_t error;
	uint32_t count;
	char cause[1024];
	char remedy[256];
};

#endif
