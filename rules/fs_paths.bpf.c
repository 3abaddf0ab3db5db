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

#include "fs_paths.h"
#include "harmless_ioctl.h"

/* The entries are asked about as well, each by its name. */
static __always_inline bool
is_about_entries(const struct landlock_context *const ctx)
{
	const int mode = landlock_get_mode(ctx);

	return mode >= 0 && S_ISDIR(mode) &&
	       !(ctx->arg2 & LANDLOCK_ACTION_FS_ATTR);
}

LANDLOCK_RULE(fs_paths, LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0)
{
	const __u64 action = ctx->arg2;
	__u64 wanted = 0;

	/* What is mounted where decides what a path is. */
	if (action & LANDLOCK_ACTION_FS_MOUNT)
		return 1;
	if (action & LANDLOCK_ACTION_FS_MOVE)
		return landlock_compare_view(
			       ctx, FS_PATHS_SEE | FS_PATHS_READ |
					    FS_PATHS_WRITE | FS_PATHS_EXEC |
					    FS_PATHS_ENTRIES |
					    FS_PATHS_CONNECT) != 0;
	if (action & LANDLOCK_ACTION_FS_IOCTL && is_harmless(ctx->arg3))
		return 0;

	if (action & LANDLOCK_ACTION_FS_READ)
		wanted |= action & LANDLOCK_ACTION_FS_ATTR ? FS_PATHS_SEE
							   : FS_PATHS_READ;
	if (action & LANDLOCK_ACTION_FS_WRITE)
		wanted |= is_about_entries(ctx) ? FS_PATHS_ENTRIES
						: FS_PATHS_WRITE;
	if (action & LANDLOCK_ACTION_FS_REFER)
		wanted |= FS_PATHS_ENTRIES;
	if (action & (LANDLOCK_ACTION_FS_NEW | LANDLOCK_ACTION_FS_IOCTL))
		wanted |= FS_PATHS_WRITE;
	if (action & LANDLOCK_ACTION_FS_NEW && S_ISLNK(ctx->arg3))
		wanted |= FS_PATHS_LINK;
	if (action & LANDLOCK_ACTION_FS_EXEC)
		wanted |= FS_PATHS_EXEC;
	if (action & LANDLOCK_ACTION_FS_REMOVE)
		wanted |= FS_PATHS_WRITE | FS_PATHS_REMOVE;
	if (action & LANDLOCK_ACTION_FS_CONNECT)
		wanted |= FS_PATHS_CONNECT;
	return landlock_compare_view(ctx, wanted) != 0;
}

const char LICENSE[] SEC("license") = "GPL";
