/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Requests of ioctl(2) that are never refused: those that rulesets of mainline
 * Landlock let through, too.
 */
#ifndef HARMLESS_IOCTL_H
#define HARMLESS_IOCTL_H

#include "landlock_rule.h"

#include <asm/ioctls.h>
#include <linux/fiemap.h>
#include <linux/fs.h>

/* Of Linux 6.10, for older headers. */
#ifndef FS_IOC_GETFSUUID
#define FS_IOC_GETFSUUID _IOC(_IOC_READ, 0x15, 0, 17)
#define FS_IOC_GETFSSYSFSPATH _IOC(_IOC_READ, 0x15, 1, 129)
#endif

/* Requests that the kernel answers itself, the same for every device. */
static __always_inline bool is_harmless(const __u64 request)
{
	switch (request) {
	case FIOCLEX:
	case FIONCLEX:
	case FIONBIO:
	case FIOASYNC:
	case FIOQSIZE:
	case FIFREEZE:
	case FITHAW:
	case FIGETBSZ:
	case FICLONE:
	case FICLONERANGE:
	case FIDEDUPERANGE:
	case FS_IOC_FIEMAP:
	case FS_IOC_GETFSUUID:
	case FS_IOC_GETFSSYSFSPATH:
		return true;
	default:
		return false;
	}
}

#endif
