// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - what a rule may be: subtype, context, helpers, maps
 */

#include <linux/bpf.h>
#include <linux/bpf_verifier.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/landlock_rule.h>
#include <linux/nospec.h>

#include "events.h"
#include "fsview.h"
#include "judge.h"
#include "setup.h"

#define ABILITY_MASK LANDLOCK_SUBTYPE_ABILITY_DEBUG
#define SUBTYPE_SIZE_VER1 sizeof_field(union bpf_prog_subtype, landlock_rule)

static int check_subtype(const union bpf_prog_subtype *const subtype)
{
	if (!subtype->landlock_rule.abi ||
	    subtype->landlock_rule.abi > LANDLOCK_ABI)
		return -EINVAL;
	if (subtype->landlock_rule.event < LANDLOCK_RULE_EVENT_FIRST ||
	    subtype->landlock_rule.event > LANDLOCK_RULE_EVENT_LAST)
		return -EINVAL;
	if (subtype->landlock_rule.event == LANDLOCK_SUBTYPE_EVENT_FS_PATH &&
	    subtype->landlock_rule.abi < 2)
		return -EINVAL;
	if (subtype->landlock_rule.ability & ~ABILITY_MASK)
		return -EINVAL;
	if (subtype->landlock_rule.option)
		return -EINVAL;
	return 0;
}

/*
 * Kernel functions and variables are offered to every program type alike, some
 * of them to read any kernel memory: a rule gets none of them.
 */
static int check_insns(const struct bpf_prog *const prog)
{
	u32 i;

	for (i = 0; i < prog->len; i++) {
		const struct bpf_insn *const insn = &prog->insnsi[i];

		if (insn->code == (BPF_JMP | BPF_CALL) &&
		    insn->src_reg == BPF_PSEUDO_KFUNC_CALL)
			return -EACCES;
		if (insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
		    insn->src_reg == BPF_PSEUDO_BTF_ID)
			return -EACCES;
	}
	return 0;
}

/**
 * landlock_rule_check_prog - is this program what its subtype says?
 * @prog: a program that is being loaded, its instructions not yet verified.
 * @attr: what bpf(2) was given.
 * @is_kernel: do the pointers in @attr point into the kernel?
 *
 * Stores the subtype in @prog, where the verifier's callbacks find it.
 *
 * Return: 0, -EACCES for a rule that calls into the kernel other than through
 * helpers, or the errors that &union bpf_prog_subtype lists.
 */
int landlock_rule_check_prog(struct bpf_prog *const prog,
			     const union bpf_attr *const attr,
			     const bool is_kernel)
{
	const bpfptr_t usubtype = make_bpfptr(attr->prog_subtype, is_kernel);
	union bpf_prog_subtype *const subtype = &prog->aux->subtype;
	int err;

	if (prog->type != BPF_PROG_TYPE_LANDLOCK_RULE)
		return attr->prog_subtype || attr->prog_subtype_size ? -EINVAL :
								       0;

	if (!landlock_rule_initialized)
		return -EOPNOTSUPP;
	/*
	 * Never through a user namespace or a token: a rule is the kernel's
	 * code, which only who may change the kernel may bring.
	 */
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (prog->sleepable || attr->expected_attach_type)
		return -EINVAL;

	if (attr->prog_subtype_size < SUBTYPE_SIZE_VER1)
		return -EINVAL;
	err = bpf_check_uarg_tail_zero(usubtype, sizeof(*subtype),
				       attr->prog_subtype_size);
	if (err)
		return err;
	if (copy_from_bpfptr(subtype, usubtype,
			     min_t(u32, sizeof(*subtype),
				   attr->prog_subtype_size)))
		return -EFAULT;

	err = check_subtype(subtype);
	if (err)
		return err;
	return check_insns(prog);
}

/**
 * landlock_rule_map_allowed - may a program use this map?
 * @prog: a rule, or a program of another type.
 * @map: the map.
 *
 * A verdict must not depend on what other verdicts left behind, and a rule must
 * not tell anyone what it saw: it may read maps that user space fills, never
 * write to one. A view is no program's: a rule compares with the one that it
 * was applied with.
 *
 * Return: true if it may.
 */
bool landlock_rule_map_allowed(const struct bpf_prog *const prog,
			       const struct bpf_map *const map)
{
	if (prog->type != BPF_PROG_TYPE_LANDLOCK_RULE)
		return map->map_type != BPF_MAP_TYPE_LANDLOCK_FSVIEW;
	switch (map->map_type) {
	case BPF_MAP_TYPE_ARRAY:
	case BPF_MAP_TYPE_HASH:
		return map->map_flags & BPF_F_RDONLY_PROG;
	default:
		return false;
	}
}

static bool is_valid_access(const int off, const int size,
			    const enum bpf_access_type type,
			    const struct bpf_prog *const prog,
			    struct bpf_insn_access_aux *const info)
{
	/* Programs that extend another one are verified with its callbacks. */
	if (prog->type != BPF_PROG_TYPE_LANDLOCK_RULE)
		return false;
	if (type != BPF_READ || off < 0 || size <= 0 || off % size ||
	    off + size > sizeof(struct landlock_context))
		return false;

	switch (off) {
	case bpf_ctx_range(struct landlock_context, status):
	case bpf_ctx_range(struct landlock_context, event):
	case bpf_ctx_range(struct landlock_context, arg2):
		return true;
	case bpf_ctx_range(struct landlock_context, arg3):
		return prog->aux->subtype.landlock_rule.abi >= 2;
	case bpf_ctx_range(struct landlock_context, arg1):
		if (size != sizeof(__u64))
			return false;
		info->reg_type = CONST_PTR_TO_HANDLE_FS;
		return true;
	default:
		return false;
	}
}

/*
 * A rule is asked by tasks that choose what it is asked: what comes of an index
 * out of bounds must not be seen by speculation either, whoever made the array.
 */
BPF_CALL_2(landlock_rule_map_lookup_elem, struct bpf_map *, map, void *, key)
{
	u32 index;

	if (map->map_type != BPF_MAP_TYPE_ARRAY)
		return (unsigned long)map->ops->map_lookup_elem(map, key);
	index = *(u32 *)key;
	if (unlikely(index >= map->max_entries))
		return (unsigned long)NULL;
	index = array_index_nospec(index, map->max_entries);
	return (unsigned long)map->ops->map_lookup_elem(map, &index);
}

static const struct bpf_func_proto landlock_rule_map_lookup_elem_proto = {
	.func = landlock_rule_map_lookup_elem,
	.ret_type = RET_PTR_TO_MAP_VALUE_OR_NULL,
	.arg1_type = ARG_CONST_MAP_PTR,
	.arg2_type = ARG_PTR_TO_MAP_KEY,
};

BPF_CALL_1(bpf_handle_fs_get_mode, const struct landlock_handle_fs *, handle)
{
	if (!handle->inode)
		return -ENOENT;
	return READ_ONCE(handle->inode->i_mode);
}

static const struct bpf_func_proto bpf_handle_fs_get_mode_proto = {
	.func = bpf_handle_fs_get_mode,
	.gpl_only = true,
	.ret_type = RET_INTEGER,
	.arg1_type = ARG_CONST_PTR_TO_HANDLE_FS,
};

BPF_CALL_2(bpf_handle_fs_compare_view, const struct landlock_handle_fs *,
	   handle, u64, access)
{
	return access & LANDLOCK_FSVIEW_ACCESS_MASK & ~handle->granted;
}

static const struct bpf_func_proto bpf_handle_fs_compare_view_proto = {
	.func = bpf_handle_fs_compare_view,
	.gpl_only = true,
	.ret_type = RET_INTEGER,
	.arg1_type = ARG_CONST_PTR_TO_HANDLE_FS,
	.arg2_type = ARG_ANYTHING,
};

static const struct bpf_func_proto *debug_proto(const int func_id)
{
	switch (func_id) {
	case BPF_FUNC_get_current_comm:
		return &bpf_get_current_comm_proto;
	case BPF_FUNC_get_current_pid_tgid:
		return &bpf_get_current_pid_tgid_proto;
	case BPF_FUNC_get_current_uid_gid:
		return &bpf_get_current_uid_gid_proto;
	case BPF_FUNC_trace_printk:
		return bpf_get_trace_printk_proto();
	default:
		return NULL;
	}
}

static const struct bpf_func_proto *
get_func_proto(const enum bpf_func_id func_id,
	       const struct bpf_prog *const prog)
{
	if (prog->type != BPF_PROG_TYPE_LANDLOCK_RULE)
		return NULL;

	/* An int, as ours is none of enum bpf_func_id. */
	switch ((int)func_id) {
	case BPF_FUNC_map_lookup_elem:
		return &landlock_rule_map_lookup_elem_proto;
	case BPF_FUNC_handle_fs_get_mode:
		/* Every event so far is one of a file-system object. */
		return &bpf_handle_fs_get_mode_proto;
	case BPF_FUNC_handle_fs_compare_view:
		return prog->aux->subtype.landlock_rule.event ==
				       LANDLOCK_SUBTYPE_EVENT_FS_PATH ?
			       &bpf_handle_fs_compare_view_proto :
			       NULL;
	default:
		break;
	}

	if (prog->aux->subtype.landlock_rule.ability &
	    LANDLOCK_SUBTYPE_ABILITY_DEBUG)
		return debug_proto(func_id);
	return NULL;
}

/*
 * What is returned is the lower half of R0, and a mask of access bits may have
 * nothing in it: whatever is not 0 has to deny. Instead of the exit:
 */
static int gen_epilogue(struct bpf_insn *const insns,
			const struct bpf_prog *const prog, const s16 ctx_off)
{
	struct bpf_insn *insn = insns;

	*insn++ = BPF_MOV64_REG(BPF_REG_1, BPF_REG_0);
	*insn++ = BPF_ALU64_IMM(BPF_RSH, BPF_REG_1, 32);
	*insn++ = BPF_ALU64_REG(BPF_OR, BPF_REG_0, BPF_REG_1);
	*insn++ = BPF_EXIT_INSN();
	return insn - insns;
}

const struct bpf_verifier_ops landlock_rule_verifier_ops = {
	.gen_epilogue = gen_epilogue,
	.get_func_proto = get_func_proto,
	.is_valid_access = is_valid_access,
};

const struct bpf_prog_ops landlock_rule_prog_ops = {};
