// SPDX-License-Identifier: GPL-2.0-only
/*
 * No input is put into a terminal for the shell to read after the program has
 * ended: neither typed (TIOCSTI) nor pasted on a virtual console (TIOCLINUX).
 *
 * What TIOCLINUX is to do lies in memory that a rule can't read: all of it is
 * refused, which a program outside of the virtual console does not notice.
 */
#include "landlock_rule.h"

#include <asm/ioctls.h>

LANDLOCK_RULE(deny_tty_inject, LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, 0)
{
	switch (ctx->arg2) {
	case TIOCSTI:
	case TIOCLINUX:
		return 1;
	default:
		return 0;
	}
}

const char LICENSE[] SEC("license") = "GPL";
