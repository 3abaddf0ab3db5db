// SPDX-License-Identifier: GPL-2.0-only
/*
 * No descriptor is made to send signals.
 *
 * A program names any process as a descriptor's owner and any signal, SIGKILL
 * too; the kernel sends it when data arrives, a directory changes or a lease is
 * broken. With this rule, no owner and no signal can be chosen.
 */
#include "landlock_rule.h"

#include <asm/sockios.h>
#include <linux/fcntl.h>

LANDLOCK_RULE(deny_signal_fd, LANDLOCK_SUBTYPE_EVENT_FS_FCNTL, 0)
{
	switch (ctx->arg2) {
	case F_SETOWN:
	case F_SETOWN_EX:
	case F_SETSIG:
	case F_SETLEASE:
	case F_NOTIFY:
		return 1;
	default:
		return 0;
	}
}

/* The same for sockets, by the older way. */
LANDLOCK_RULE(deny_signal_ctl, LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, 0)
{
	switch (ctx->arg2) {
	case FIOSETOWN:
	case SIOCSPGRP:
		return 1;
	default:
		return 0;
	}
}

const char LICENSE[] SEC("license") = "GPL";
