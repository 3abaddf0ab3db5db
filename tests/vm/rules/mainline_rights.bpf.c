// SPDX-License-Identifier: GPL-2.0-only
/*
 * The access rights of mainline Landlock's rulesets, asked of a view: for its own
 * tests, see tests/vm/mainline_by_view.c.
 */
#include "landlock_rule.h"

#include "harmless_ioctl.h"
#include "mainline_abi.h"

/* All that a directory, or what is in it, could gain by a move. */
#define ALL (MAINLINE_FS_IOCTL_DEV * 2 - 1)
/* To be made and to be removed, it is what an entry is in that grants it. */
#define OF_ITSELF                                                              \
	(MAINLINE_FS_OF_FILES | MAINLINE_FS_READ_DIR | MAINLINE_FS_REFER)

static __always_inline __u64 right_to_make(const __u64 type)
{
	switch (type & S_IFMT) {
	case S_IFCHR:
		return MAINLINE_FS_MAKE_CHAR;
	case S_IFDIR:
		return MAINLINE_FS_MAKE_DIR;
	case S_IFSOCK:
		return MAINLINE_FS_MAKE_SOCK;
	case S_IFIFO:
		return MAINLINE_FS_MAKE_FIFO;
	case S_IFBLK:
		return MAINLINE_FS_MAKE_BLOCK;
	case S_IFLNK:
		return MAINLINE_FS_MAKE_SYM;
	default:
		return MAINLINE_FS_MAKE_REG;
	}
}

LANDLOCK_RULE(mainline_rights, LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0)
{
	const __u64 action = ctx->arg2;
	const int mode = landlock_get_mode(ctx);
	const bool directory = mode >= 0 && S_ISDIR(mode);
	__u64 wanted = 0;

	if (action & LANDLOCK_ACTION_FS_MOUNT)
		return 1;
	if (action & (LANDLOCK_ACTION_FS_ATTR | LANDLOCK_ACTION_FS_CONNECT))
		return 0;
	if (action & LANDLOCK_ACTION_FS_IOCTL && is_harmless(ctx->arg3))
		return 0;
	if (action & LANDLOCK_ACTION_FS_MOVE)
		return landlock_compare_view(
			       ctx, ctx->arg3	? ALL
				    : directory ? OF_ITSELF
						: MAINLINE_FS_OF_FILES) != 0;
	if (action & LANDLOCK_ACTION_FS_READ)
		wanted |= directory ? MAINLINE_FS_READ_DIR
				    : MAINLINE_FS_READ_FILE;
	/* Of a directory it is its entries, which are asked for by themselves. */
	if (action & LANDLOCK_ACTION_FS_WRITE && !directory)
		wanted |= action & LANDLOCK_ACTION_FS_TRUNCATE
				  ? MAINLINE_FS_TRUNCATE
				  : MAINLINE_FS_WRITE_FILE;
	if (action & LANDLOCK_ACTION_FS_EXEC)
		wanted |= MAINLINE_FS_EXECUTE;
	if (action & LANDLOCK_ACTION_FS_NEW)
		wanted |= right_to_make(ctx->arg3);
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
