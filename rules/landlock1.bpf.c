// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tells what a program does to files, event by event, and allows all of it.
 *
 * The lines go to /sys/kernel/tracing/trace_pipe, each with name and id of the
 * process. Numbers are hexadecimal: actions are a mask of LANDLOCK_ACTION_FS_*,
 * mode is st_mode as stat(2) tells it.
 */
#include "landlock_rule.h"

LANDLOCK_RULE(landlock1_fs, LANDLOCK_SUBTYPE_EVENT_FS,
	      LANDLOCK_SUBTYPE_ABILITY_DEBUG)
{
	const int mode = landlock_get_mode(ctx);

	if (mode < 0)
		bpf_printk("landlock1: FS actions=%llx new", ctx->arg2);
	else
		bpf_printk("landlock1: FS actions=%llx mode=%x", ctx->arg2,
			   mode);
	return 0;
}

LANDLOCK_RULE(landlock1_ioctl, LANDLOCK_SUBTYPE_EVENT_FS_IOCTL,
	      LANDLOCK_SUBTYPE_ABILITY_DEBUG)
{
	bpf_printk("landlock1: FS_IOCTL command=%llx mode=%x", ctx->arg2,
		   landlock_get_mode(ctx));
	return 0;
}

LANDLOCK_RULE(landlock1_lock, LANDLOCK_SUBTYPE_EVENT_FS_LOCK,
	      LANDLOCK_SUBTYPE_ABILITY_DEBUG)
{
	bpf_printk("landlock1: FS_LOCK command=%llx mode=%x", ctx->arg2,
		   landlock_get_mode(ctx));
	return 0;
}

LANDLOCK_RULE(landlock1_fcntl, LANDLOCK_SUBTYPE_EVENT_FS_FCNTL,
	      LANDLOCK_SUBTYPE_ABILITY_DEBUG)
{
	bpf_printk("landlock1: FS_FCNTL command=%llx mode=%x", ctx->arg2,
		   landlock_get_mode(ctx));
	return 0;
}

const char LICENSE[] SEC("license") = "GPL";
