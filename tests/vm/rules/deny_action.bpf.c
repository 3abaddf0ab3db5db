// SPDX-License-Identifier: GPL-2.0-only
/*
 * Denies what its parameters single out: some actions on some objects, which
 * the test tells apart by their type and permission bits.
 */
#include "landlock_rule.h"

/* LANDLOCK_ACTION_FS_* that are denied. */
const volatile unsigned long long actions = 0;

/* Only a check that asks for exactly these actions, no more and no less. */
const volatile bool exact = false;

/* Objects meant: (st_mode & mode_mask) == mode_value. */
const volatile unsigned int mode_mask = 0;
const volatile unsigned int mode_value = 0;

/* Instead of those: the ones that do not exist yet. */
const volatile bool absent = false;

LANDLOCK_RULE(deny_action, LANDLOCK_SUBTYPE_EVENT_FS, 0)
{
	const int mode = landlock_get_mode(ctx);

	if (exact ? ctx->arg2 != actions : !(ctx->arg2 & actions))
		return 0;
	if (mode < 0)
		return absent;
	return !absent && ((unsigned int)mode & mode_mask) == mode_value;
}

const char LICENSE[] SEC("license") = "GPL";
