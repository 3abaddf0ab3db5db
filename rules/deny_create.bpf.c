// SPDX-License-Identifier: GPL-2.0-only
/*
 * No new name appears in any directory, whatever it names: no file, directory,
 * link, node or socket is made, nothing is linked or renamed.
 *
 * What exists can still be written and removed. open(2) with O_TMPFILE makes a
 * file without a name and stays allowed; to give it one is refused.
 */
#include "landlock_rule.h"

LANDLOCK_RULE(deny_create, LANDLOCK_SUBTYPE_EVENT_FS, 0)
{
	return !!(ctx->arg2 & LANDLOCK_ACTION_FS_NEW);
}

const char LICENSE[] SEC("license") = "GPL";
