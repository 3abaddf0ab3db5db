/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * bpf(2) as the patched kernel takes it: BPF_PROG_LOAD with a subtype, which
 * the system's own headers cannot know.
 */
#ifndef LANDLOCK_SHIM_BPF_ABI_H
#define LANDLOCK_SHIM_BPF_ABI_H

#include <assert.h>
#include <stddef.h>

#include <linux/bpf.h>
#include <linux/types.h>

/*
 * The BPF_PROG_LOAD part of Linux 6.12's union bpf_attr and the two members
 * that the patch appends.  Member for member as in kernel/patches/0001-*; a
 * kernel without the patch refuses it, as the appended members are not zero.
 */
struct bpf_abi_prog_load {
	__u32 prog_type;
	__u32 insn_cnt;
	__aligned_u64 insns;
	__aligned_u64 license;
	__u32 log_level;
	__u32 log_size;
	__aligned_u64 log_buf;
	__u32 kern_version;
	__u32 prog_flags;
	char prog_name[BPF_OBJ_NAME_LEN];
	__u32 prog_ifindex;
	__u32 expected_attach_type;
	__u32 prog_btf_fd;
	__u32 func_info_rec_size;
	__aligned_u64 func_info;
	__u32 func_info_cnt;
	__u32 line_info_rec_size;
	__aligned_u64 line_info;
	__u32 line_info_cnt;
	__u32 attach_btf_id;
	__u32 attach_prog_fd;
	__u32 core_relo_cnt;
	__aligned_u64 fd_array;
	__aligned_u64 core_relos;
	__u32 core_relo_rec_size;
	__u32 log_true_size;
	__s32 prog_token_fd;
	__u32 prog_subtype_size;
	__aligned_u64 prog_subtype;
};

/* What the system's header does know has to agree. */
static_assert(offsetof(struct bpf_abi_prog_load, core_relo_rec_size) ==
		      offsetof(union bpf_attr, core_relo_rec_size),
	      "as in linux/bpf.h");
static_assert(offsetof(struct bpf_abi_prog_load, prog_subtype) == 152,
	      "without a hole");

#endif
