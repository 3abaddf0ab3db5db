// SPDX-License-Identifier: GPL-2.0-only
/*
 * The access rights of mainline Landlock's rulesets, asked of a view: for its own
 * tests, see tests/vm/mainline_by_view.c.
 */
#include "landlock_rule.h"

#include "harmless_ioctl.h"
#include "mainline_abi.h"

#define MAKE                                                                   \
	(MAINLINE_FS_MAKE_CHAR | MAINLINE_FS_MAKE_DIR | MAINLINE_FS_MAKE_REG | \
	 MAINLINE_FS_MAKE_SOCK | MAINLINE_FS_MAKE_FIFO |                       \
	 MAINLINE_FS_MAKE_BLOCK | MAINLINE_FS_MAKE_SYM)
#define FILE_RIGHTS                                                            \
	(MAINLINE_FS_EXECUTE | MAINLINE_FS_WRITE_FILE | MAINLINE_FS_READ_FILE)

LANDLOCK_RULE(mainline_rights, LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0)
{
	const __u64 action = ctx->arg2;
	const int mode = landlock_get_mode(ctx);
	const bool directory = mode >= 0 && S_ISDIR(mode);
	__u64 wanted = 0;

	if (action & LANDLOCK_ACTION_FS_MOUNT)
		return 1;
	if (action & LANDLOCK_ACTION_FS_ATTR)
		return 0;
	if (action & LANDLOCK_ACTION_FS_IOCTL && is_harmless(ctx->arg3))
		return 0;
	if (action & LANDLOCK_ACTION_FS_MOVE)
		return landlock_compare_view(ctx, FILE_RIGHTS | MAKE) != 0;
	/* The event does not tell what is made: one of the rights will do. */
	if (action & LANDLOCK_ACTION_FS_NEW &&
	    landlock_compare_view(ctx, MAKE) == MAKE)
		return 1;
	if (action & LANDLOCK_ACTION_FS_READ)
		wanted |= directory ? MAINLINE_FS_READ_DIR
				    : MAINLINE_FS_READ_FILE;
	/* Of a directory it is its entries, which are asked for by themselves. */
	if (action & LANDLOCK_ACTION_FS_WRITE && !directory)
		wanted |= MAINLINE_FS_WRITE_FILE;
	if (action & LANDLOCK_ACTION_FS_EXEC)
		wanted |= MAINLINE_FS_EXECUTE;
	if (action & LANDLOCK_ACTION_FS_REMOVE)
		wanted |= directory ? MAINLINE_FS_REMOVE_DIR
				    : MAINLINE_FS_REMOVE_FILE;
	if (action & LANDLOCK_ACTION_FS_REFER)
		wanted |= MAINLINE_FS_REFER;
	if (action & LANDLOCK_ACTION_FS_IOCTL)
		wanted |= MAINLINE_FS_IOCTL_DEV;
	return landlock_compare_view(ctx, wanted) != 0;
}

const char LICENSE[] SEC("license") = "GPL";
