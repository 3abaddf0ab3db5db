// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules whose functions are static, beside one whose function is not: no file can
 * be changed, by v7's way to write it; ioctls and locks are told.
 */
#include "landlock_rule.h"

/* A parameter, as in any object. */
const volatile bool devices = true;

/* No rule, and no program to the kernel: stays a static function. */
static __attribute__((noinline)) int writes(__u64 actions)
{
	return !!(actions & LANDLOCK_ACTION_FS_WRITE);
}

SEC("landlock1")
static int landlock_fs_prog1(struct landlock_context *ctx)
{
	char fmt_error[] = "static_functions: no mode: %lld\n";
	char fmt_denied[] = "static_functions: denied\n";
	long long mode;

	if (!writes(ctx->arg2))
		return 0;
	mode = bpf_handle_fs_get_mode((void *)ctx->arg1);
	if (mode < 0) {
		bpf_trace_printk(fmt_error, sizeof(fmt_error), mode);
		return 1;
	}
	if ((S_ISCHR(mode) && devices) || S_ISFIFO(mode))
		return 0;
	bpf_trace_printk(fmt_denied, sizeof(fmt_denied));
	return 1;
}

SEC("subtype")
static const union bpf_prog_subtype
	_subtype = { .landlock_rule = {
			     .abi = 1,
			     .event = LANDLOCK_SUBTYPE_EVENT_FS,
			     .ability = LANDLOCK_SUBTYPE_ABILITY_DEBUG,
		     } };

SEC("landlock/ioctl")
static int told_ioctl(struct landlock_context *ctx)
{
	char fmt[] = "static_functions: ioctl %llx\n";

	bpf_trace_printk(fmt, sizeof(fmt), ctx->arg2);
	return 0;
}
LANDLOCK_SUBTYPE(ioctl, LANDLOCK_SUBTYPE_EVENT_FS_IOCTL,
		 LANDLOCK_SUBTYPE_ABILITY_DEBUG);

LANDLOCK_RULE(lock, LANDLOCK_SUBTYPE_EVENT_FS_LOCK,
	      LANDLOCK_SUBTYPE_ABILITY_DEBUG)
{
	bpf_printk("static_functions: lock %llx", ctx->arg2);
	return 0;
}

SEC("license")
static const char _license[] = "GPL";
