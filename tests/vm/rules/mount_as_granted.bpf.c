// SPDX-License-Identifier: GPL-2.0-only
/* Denies to mount where the view does not grant bit 0, and nothing else. */
#include "landlock_rule.h"

LANDLOCK_RULE(mount_as_granted, LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0)
{
	return ctx->arg2 & LANDLOCK_ACTION_FS_MOUNT
		       ? landlock_compare_view(ctx, 1) != 0
		       : 0;
}

const char LICENSE[] SEC("license") = "GPL";
