// SPDX-License-Identifier: GPL-2.0-only
/* Returns a bit that no view grants, above those of an int. */
#include "landlock_rule.h"

LANDLOCK_RULE(high_bit, LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0)
{
	return (long)landlock_compare_view(ctx, 1ULL << 40);
}

const char LICENSE[] SEC("license") = "GPL";
