/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which kind of file system something is on.
 */
#ifndef LANDLOCK_SHIM_FILESYSTEM_H
#define LANDLOCK_SHIM_FILESYSTEM_H

#include <stdint.h>

#include "system.h"

/* The number that statfs(2) has for it, of linux/magic.h; 0 where it can't be told. */
static inline uint32_t filesystem_type(const int fd)
{
	struct {
		long type;
		long rest[31];
	} status; /* struct statfs, of which the first member counts */

#ifdef __NR_fstatfs64
	return SYSTEM_CALL(fstatfs64, fd, 84, &status) ? 0
						       : (uint32_t)status.type;
#else
	return SYSTEM_CALL(fstatfs, fd, &status) ? 0 : (uint32_t)status.type;
#endif
}

#endif
