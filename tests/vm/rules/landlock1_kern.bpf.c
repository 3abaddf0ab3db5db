// SPDX-License-Identifier: GPL-2.0-only
/*
 * The program that the talks of 2017 show, written as there: it tells what is done
 * to files and allows all of it.
 *
 * Its function, subtype and licence are static and plain v7: nothing of
 * landlock_rule.h, which came later, is used.
 */
#include <linux/bpf.h>
#include <linux/landlock_rule.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

/* clang-format off */
SEC("landlock1")
static int landlock_fs_prog1(struct landlock_context *ctx)
{
	char fmt[] = "landlock1: event:%d actions:%llx\n";

	bpf_trace_printk(fmt, sizeof(fmt), ctx->event, ctx->arg2);
	return 0;
}

SEC("subtype")
static const union bpf_prog_subtype _subtype = {
	.landlock_rule = {
		.abi = 1,
		.event = LANDLOCK_SUBTYPE_EVENT_FS,
		.ability = LANDLOCK_SUBTYPE_ABILITY_DEBUG,
	}
};

SEC("license")
static const char _license[] = "GPL";
