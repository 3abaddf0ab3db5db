// SPDX-License-Identifier: GPL-2.0-only
/*
 * No lock is taken on a file, by fcntl(2) or flock(2), nor a lease: a program
 * can't make others wait that use the same file.
 *
 * Locks that are held already can be given back.
 */
#include "landlock_rule.h"

#include <linux/fcntl.h>

/* 1: shared (read) locks are allowed. 0: every lock is refused. */
const volatile bool shared = false;

LANDLOCK_RULE(deny_file_lock, LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 0)
{
	switch (ctx->arg2) {
	case F_UNLCK:
		return 0;
	case F_RDLCK:
		return !shared;
	default:
		return 1;
	}
}

const char LICENSE[] SEC("license") = "GPL";
