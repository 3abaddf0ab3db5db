// SPDX-License-Identifier: GPL-2.0-only
/* Reads behind its context, which the kernel's verifier refuses. */
#include "landlock_rule.h"

LANDLOCK_RULE(unverifiable, LANDLOCK_SUBTYPE_EVENT_FS, 0)
{
	return !!((const volatile __u64 *)ctx)[sizeof(*ctx) / sizeof(__u64)];
}

const char LICENSE[] SEC("license") = "GPL";
