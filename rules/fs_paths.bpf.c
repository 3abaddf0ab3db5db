// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file may be used as the view says that the rule was applied with.
 *
 * The shim applies it for read, write, exec and deny of a profile. It needs a
 * view (see struct landlock_rule_prepend): without one it refuses everything.
 *
 * What was open before stays usable, and nothing is asked about reading,
 * writing, mapping and locking what could be opened.
 */
#include "landlock_rule.h"

#include <asm/ioctls.h>
#include <linux/fiemap.h>
#include <linux/fs.h>

#include "fs_paths.h"

/* Of Linux 6.10, for older headers. */
#ifndef FS_IOC_GETFSUUID
#define FS_IOC_GETFSUUID _IOC(_IOC_READ, 0x15, 0, 17)
#define FS_IOC_GETFSSYSFSPATH _IOC(_IOC_READ, 0x15, 1, 129)
#endif

/* Requests that the kernel answers itself, the same for every device. */
static __always_inline bool is_harmless(const __u64 request)
{
	switch (request) {
	case FIOCLEX:
	case FIONCLEX:
	case FIONBIO:
	case FIOASYNC:
	case FIOQSIZE:
	case FIFREEZE:
	case FITHAW:
	case FIGETBSZ:
	case FICLONE:
	case FICLONERANGE:
	case FIDEDUPERANGE:
	case FS_IOC_FIEMAP:
	case FS_IOC_GETFSUUID:
	case FS_IOC_GETFSSYSFSPATH:
		return true;
	default:
		return false;
	}
}

LANDLOCK_RULE(fs_paths, LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0)
{
	const __u64 action = ctx->arg2;
	__u64 wanted = 0;

	/* What is mounted where decides what a path is. */
	if (action & LANDLOCK_ACTION_FS_MOUNT)
		return 1;
	if (action & LANDLOCK_ACTION_FS_MOVE)
		return landlock_compare_view(ctx, FS_PATHS_SEE | FS_PATHS_READ |
							  FS_PATHS_WRITE |
							  FS_PATHS_EXEC) != 0;
	if (action & LANDLOCK_ACTION_FS_IOCTL && is_harmless(ctx->arg3))
		return 0;

	if (action & LANDLOCK_ACTION_FS_READ)
		wanted |= action & LANDLOCK_ACTION_FS_ATTR ? FS_PATHS_SEE
							   : FS_PATHS_READ;
	if (action & (LANDLOCK_ACTION_FS_WRITE | LANDLOCK_ACTION_FS_NEW |
		      LANDLOCK_ACTION_FS_REFER | LANDLOCK_ACTION_FS_IOCTL))
		wanted |= FS_PATHS_WRITE;
	if (action & LANDLOCK_ACTION_FS_EXEC)
		wanted |= FS_PATHS_EXEC;
	if (action & LANDLOCK_ACTION_FS_REMOVE)
		wanted |= FS_PATHS_WRITE | FS_PATHS_REMOVE;
	return landlock_compare_view(ctx, wanted) != 0;
}

const char LICENSE[] SEC("license") = "GPL";
