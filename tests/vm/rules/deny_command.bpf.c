// SPDX-License-Identifier: GPL-2.0-only
/* Denies one command, as each of the events that carry one. */
#include "landlock_rule.h"

const volatile unsigned long long command = 0;

LANDLOCK_RULE(deny_ioctl, LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, 0)
{
	return ctx->arg2 == command;
}

LANDLOCK_RULE(deny_lock, LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 0)
{
	return ctx->arg2 == command;
}

LANDLOCK_RULE(deny_fcntl, LANDLOCK_SUBTYPE_EVENT_FS_FCNTL, 0)
{
	return ctx->arg2 == command;
}

const char LICENSE[] SEC("license") = "GPL";
