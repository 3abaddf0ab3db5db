// SPDX-License-Identifier: GPL-2.0-only
/*
 * No file is written, made or removed; devices and pipes still take data.
 *
 * Writing to character devices and FIFOs (and so to pipes) stays allowed:
 * without, a program could not even speak to its terminal. For Landlock,
 * WRITE is also to change attributes and to mount upon: these stay allowed on
 * them, too.
 *
 * Not covered, as no event tells of it: data sent over a socket other than by
 * write(2) (send(2) and its kin), and files that were mapped shared and
 * writable before the rule was applied.
 */
#include "landlock_rule.h"

#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <linux/fsverity.h>

/*
 * 1: write(2) to sockets and connecting to sockets that have a path are
 * allowed. 0: they are refused, like for files.
 */
const volatile bool sockets = false;

LANDLOCK_RULE(fs_readonly, LANDLOCK_SUBTYPE_EVENT_FS, 0)
{
	int mode;

	if (ctx->arg2 & (LANDLOCK_ACTION_FS_NEW | LANDLOCK_ACTION_FS_REMOVE))
		return 1;
	if (!(ctx->arg2 & LANDLOCK_ACTION_FS_WRITE))
		return 0;

	mode = landlock_get_mode(ctx);
	if (mode < 0)
		return 1;
	if (S_ISCHR(mode) || S_ISFIFO(mode))
		return 0;
	return !(S_ISSOCK(mode) && sockets);
}

/* Attributes that are changed by ioctl(2), through a read-only descriptor. */
LANDLOCK_RULE(fs_readonly_ctl, LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, 0)
{
	switch (ctx->arg2) {
	case FS_IOC_SETFLAGS:
	case FS_IOC32_SETFLAGS:
	case FS_IOC_SETVERSION:
	case FS_IOC32_SETVERSION:
	case FS_IOC_FSSETXATTR:
	case FS_IOC_SETFSLABEL:
	case FS_IOC_SET_ENCRYPTION_POLICY:
	case FS_IOC_ENABLE_VERITY:
		return 1;
	default:
		return 0;
	}
}

const char LICENSE[] SEC("license") = "GPL";
