// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the verifier lets a rule do with its context, and which helpers. */
#include "verifier.h"

#include <stdbool.h>
#include <string.h>

/*
 * Context: each load within it and around it. Three fields are scalars to be
 * read at any width, one is a handle to be read as a whole.
 */

static const struct {
	uint8_t code;
	int bytes;
} widths[] = {
	{ BPF_B, 1 },
	{ BPF_H, 2 },
	{ BPF_W, 4 },
	{ BPF_DW, 8 },
};

static bool may_read(const int offset, const int bytes)
{
	if (offset < 0 || offset % bytes ||
	    offset + bytes > (int)offsetof(struct landlock_context, arg3))
		return false;
	return offset < ARG1 || offset >= ARG2 || bytes == 8;
}

START_TEST(a_field_is_read_at_its_width_or_below)
{
	const int bytes = widths[_i].bytes;
	int offset;

	for (offset = -8; offset <= 40; offset++) {
		const struct bpf_insn load[] = {
			LOAD(widths[_i].code, R2, R1, (int16_t)offset),
			SET(R0, 0),
			EXIT,
		};
		struct outcome outcome;

		try_load(load, ARRAY_SIZE(load), NULL, EVENT_FS, DEBUG,
			 &outcome);
		ck_assert_msg(outcome.result ==
				      (may_read(offset, bytes) ? 0 : -EACCES),
			      "%d bytes at %d: %s\n%s", bytes, offset,
			      strerror(-outcome.result), outcome.log);
	}
}
END_TEST

START_TEST(the_context_is_never_written)
{
	int offset;

	for (offset = 0; offset < (int)sizeof(struct landlock_context);
	     offset += widths[_i].bytes) {
		const struct bpf_insn store[] = {
			SET(R2, 0),
			STORE(widths[_i].code, R1, (int16_t)offset, R2),
			SET(R0, 0),
			EXIT,
		};
		struct outcome outcome;

		try_load(store, ARRAY_SIZE(store), NULL, EVENT_FS, DEBUG,
			 &outcome);
		ck_assert_msg(outcome.result == -EACCES, "%d bytes at %d: %s",
			      widths[_i].bytes, offset,
			      strerror(-outcome.result));
	}
}
END_TEST

static const struct program contexts[] = {
	{ "constant store",
	  { STORE_IMM(BPF_DW, R1, ARG2, 0), SET(R0, 0), EXIT },
	  NULL,
	  -EACCES,
	  "invalid bpf_context access" },
	{ "atomic add",
	  { SET(R2, 1), STORE_ADD(BPF_DW, R1, ARG2, R2), SET(R0, 0), EXIT },
	  NULL,
	  -EACCES,
	  "is not allowed" },
	{ "moved pointer",
	  { COMPUTE(BPF_ADD, R1, 8), LOAD(BPF_DW, R0, R1, 0), EXIT },
	  NULL,
	  -EACCES,
	  "modified ctx" },
	{ "computed pointer",
	  { LOAD(BPF_DW, R2, R1, ARG2), COMPUTE(BPF_AND, R2, 8),
	    COMPUTE_REG(BPF_ADD, R1, R2), LOAD(BPF_DW, R0, R1, 0), EXIT },
	  NULL,
	  -EACCES,
	  NULL },
	{ "pointer returned",
	  { COPY(R0, R1), EXIT },
	  NULL,
	  -EACCES,
	  "leaks addr as return value" },
	{ "through a stack slot",
	  { STORE(BPF_DW, FP, -8, R1), LOAD(BPF_DW, R3, FP, -8),
	    LOAD(BPF_DW, R0, R3, ARG2), EXIT },
	  NULL,
	  0,
	  NULL },
	{ "every field",
	  { LOAD(BPF_DW, R0, R1, STATUS), LOAD(BPF_DW, R2, R1, EVENT),
	    COMPUTE_REG(BPF_OR, R0, R2), LOAD(BPF_DW, R3, R1, ARG2),
	    COMPUTE_REG(BPF_OR, R0, R3), EXIT },
	  NULL,
	  0,
	  NULL },
};

START_TEST(the_context_is_used_as_it_is)
{
	check_program(&contexts[_i], EVENT_FS, DEBUG);
}
END_TEST

/* Helpers that come with an ability, in programs that are right but for it. */
static const struct {
	struct program program;
	uint64_t ability;
} helpers[] = {
	{ { "handle_fs_get_mode",
	    { HANDLE(R1), CALL(BPF_FUNC_handle_fs_get_mode), EXIT },
	    NULL,
	    0,
	    NULL },
	  0 },
	{ { "map_lookup_elem",
	    { LOOKUP, SET(R0, 0), EXIT },
	    &rdonly_array,
	    0,
	    NULL },
	  0 },
	{ { "get_current_pid_tgid",
	    { CALL(BPF_FUNC_get_current_pid_tgid), EXIT },
	    NULL,
	    0,
	    NULL },
	  DEBUG },
	{ { "get_current_uid_gid",
	    { CALL(BPF_FUNC_get_current_uid_gid), EXIT },
	    NULL,
	    0,
	    NULL },
	  DEBUG },
	{ { "get_current_comm",
	    { COPY(R1, FP), COMPUTE(BPF_ADD, R1, -16), SET(R2, 16),
	      CALL(BPF_FUNC_get_current_comm), EXIT },
	    NULL,
	    0,
	    NULL },
	  DEBUG },
	{ { "trace_printk",
	    { STORE_IMM(BPF_DW, FP, -8, 'x'), COPY(R1, FP),
	      COMPUTE(BPF_ADD, R1, -8), SET(R2, 8), CALL(BPF_FUNC_trace_printk),
	      EXIT },
	    NULL,
	    0,
	    NULL },
	  DEBUG },
};

START_TEST(a_helper_comes_with_its_ability)
{
	const uint64_t ability = helpers[_i].ability;
	struct program without = helpers[_i].program;
	uint32_t event;

	if (ability) {
		without.expected = -EINVAL;
		without.reason = "cannot use helper";
	}
	for (event = EVENT_FS; event <= EVENT_LAST; event++) {
		check_program(&helpers[_i].program, event, ability);
		check_program(&helpers[_i].program, event, DEBUG);
		check_program(&without, event, 0);
	}
}
END_TEST

/* Helpers with side effects, of other programs, or that tell too much. */
static const int never_offered[] = {
	BPF_FUNC_map_update_elem,
	BPF_FUNC_map_delete_elem,
	BPF_FUNC_probe_read,
	BPF_FUNC_ktime_get_ns,
	BPF_FUNC_get_prandom_u32,
	BPF_FUNC_get_smp_processor_id,
	BPF_FUNC_tail_call,
	BPF_FUNC_perf_event_output,
	BPF_FUNC_get_current_task,
	BPF_FUNC_probe_write_user,
	BPF_FUNC_override_return,
	BPF_FUNC_get_current_cgroup_id,
	BPF_FUNC_map_push_elem,
	BPF_FUNC_spin_lock,
	BPF_FUNC_strtol,
	BPF_FUNC_send_signal,
	BPF_FUNC_probe_read_user,
	BPF_FUNC_probe_read_kernel,
	BPF_FUNC_probe_read_user_str,
	BPF_FUNC_probe_read_kernel_str,
	BPF_FUNC_ringbuf_output,
	BPF_FUNC_get_current_task_btf,
	BPF_FUNC_d_path,
	BPF_FUNC_copy_from_user,
	BPF_FUNC_per_cpu_ptr,
	BPF_FUNC_task_storage_get,
	BPF_FUNC_for_each_map_elem,
	BPF_FUNC_snprintf,
	BPF_FUNC_sys_bpf,
	BPF_FUNC_timer_init,
	BPF_FUNC_loop,
	BPF_FUNC_trace_vprintk,
	BPF_FUNC_kptr_xchg,
	BPF_FUNC_map_lookup_percpu_elem,
	BPF_FUNC_dynptr_from_mem,
	BPF_FUNC_user_ringbuf_drain,
	BPF_FUNC_handle_fs_get_mode - 1,
	BPF_FUNC_handle_fs_get_mode + 1,
	0,
	212,
	-1,
};

START_TEST(no_other_helper_is_offered)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(never_offered); i++) {
		const struct bpf_insn call[] = {
			CALL(never_offered[i]),
			SET(R0, 0),
			EXIT,
		};
		struct outcome outcome;

		try_load(call, ARRAY_SIZE(call), NULL, EVENT_FS, DEBUG,
			 &outcome);
		ck_assert_msg(
			outcome.result == -EINVAL &&
				(strstr(outcome.log, "cannot use helper") ||
				 strstr(outcome.log, "invalid func")),
			"helper %d: %s\n%s", never_offered[i],
			strerror(-outcome.result), outcome.log);
	}
}
END_TEST

START_TEST(the_helper_of_rules_is_for_rules)
{
	static const struct bpf_insn call[] = {
		CALL(BPF_FUNC_handle_fs_get_mode),
		EXIT,
	};
	struct bpf_abi_prog_load attr =
		vm_prog_attr(call, ARRAY_SIZE(call), NULL);
	char log[1024] = "";

	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.prog_subtype_size = 0;
	attr.log_level = 1;
	attr.log_buf = (uintptr_t)log;
	attr.log_size = sizeof(log);
	ck_assert_int_eq(vm_prog_load(&attr), -EINVAL);
	ck_assert_msg(strstr(log, "cannot use helper"), "%s", log);
}
END_TEST

START_TEST(the_helpers_of_rules_need_a_gpl_licence)
{
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);
	static const struct bpf_insn call[] = {
		HANDLE(R1),
		CALL(BPF_FUNC_handle_fs_get_mode),
		EXIT,
	};
	struct bpf_abi_prog_load attr =
		vm_prog_attr(call, ARRAY_SIZE(call), &subtype);
	char log[1024] = "";

	attr.license = (uintptr_t) "Proprietary";
	attr.log_level = 1;
	attr.log_buf = (uintptr_t)log;
	attr.log_size = sizeof(log);
	ck_assert_int_eq(vm_prog_load(&attr), -EINVAL);
	ck_assert_msg(strstr(log, "GPL-restricted"), "%s", log);
}
END_TEST

/* Other ways out of a program. */
static const struct program ways_out[] = {
	{ "call of a kernel function",
	  { INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 0, 1),
	    SET(R0, 0), EXIT },
	  NULL,
	  -EACCES,
	  NULL },
	{ "address of a kernel variable",
	  { SET64(R2, BPF_PSEUDO_BTF_ID, 1, 0), SET(R0, 0), EXIT },
	  NULL,
	  -EACCES,
	  NULL },
	{ "load from a packet",
	  { COPY(R6, R1), INSN(BPF_LD | BPF_ABS | BPF_W, 0, 0, 0, 0), EXIT },
	  NULL,
	  -EINVAL,
	  NULL },
	{ "a constant as pointer",
	  { SET(R2, 4096), LOAD(BPF_DW, R0, R2, 0), EXIT },
	  NULL,
	  -EACCES,
	  "invalid mem access 'scalar'" },
	{ "below the stack",
	  { STORE_IMM(BPF_DW, FP, -520, 0), SET(R0, 0), EXIT },
	  NULL,
	  -EACCES,
	  NULL },
	{ "stack that was not written",
	  { LOAD(BPF_DW, R0, FP, -8), EXIT },
	  NULL,
	  -EACCES,
	  "invalid read from stack" },
	{ "register that was not written",
	  { COPY(R0, R3), EXIT },
	  NULL,
	  -EACCES,
	  "!read_ok" },
	{ "endless loop",
	  { SET(R0, 0), SKIP_IF(BPF_JA, 0, 0, -1), EXIT },
	  NULL,
	  -EINVAL,
	  NULL },
	{ "call of an own function",
	  { INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 1), EXIT,
	    LOAD(BPF_DW, R0, R1, ARG2), EXIT },
	  NULL,
	  0,
	  NULL },
	{ "handle given to an own function",
	  { HANDLE(R1), INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 1),
	    EXIT, CALL(BPF_FUNC_handle_fs_get_mode), EXIT },
	  NULL,
	  0,
	  NULL },
};

START_TEST(there_is_no_other_way_out)
{
	check_program(&ways_out[_i], EVENT_FS, DEBUG);
}
END_TEST

/* Any number is a verdict, nothing else is. */
static const struct program verdicts[] = {
	{ "0", { SET(R0, 0), EXIT }, NULL, 0, NULL },
	{ "1", { SET(R0, 1), EXIT }, NULL, 0, NULL },
	{ "-1", { SET(R0, -1), EXIT }, NULL, 0, NULL },
	{ "64 bits", { SET64(R0, 0, 1, 1), EXIT }, NULL, 0, NULL },
	{ "a field", { LOAD(BPF_DW, R0, R1, ARG2), EXIT }, NULL, 0, NULL },
	{ "none", { EXIT }, NULL, -EACCES, "R0 !read_ok" },
	{ "stack pointer",
	  { COPY(R0, FP), EXIT },
	  NULL,
	  -EACCES,
	  "leaks addr as return value" },
	{ "pointer to a map",
	  { MAP(R0), EXIT },
	  &rdonly_array,
	  -EACCES,
	  "leaks addr as return value" },
	{ "pointer into a map",
	  { MAP_VALUE(R0), EXIT },
	  &rdonly_array,
	  -EACCES,
	  "leaks addr as return value" },
	{ "pointer that may be NULL",
	  { LOOKUP, EXIT },
	  &rdonly_hash,
	  -EACCES,
	  "leaks addr as return value" },
};

START_TEST(a_verdict_is_a_number)
{
	check_program(&verdicts[_i], EVENT_FS, DEBUG);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("verifier");
	TCase *const tcase = tcase_create("verifier");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_loop_test(tcase, a_field_is_read_at_its_width_or_below, 0,
			    ARRAY_SIZE(widths));
	tcase_add_loop_test(tcase, the_context_is_never_written, 0,
			    ARRAY_SIZE(widths));
	tcase_add_loop_test(tcase, the_context_is_used_as_it_is, 0,
			    ARRAY_SIZE(contexts));
	tcase_add_loop_test(tcase, a_helper_comes_with_its_ability, 0,
			    ARRAY_SIZE(helpers));
	tcase_add_test(tcase, no_other_helper_is_offered);
	tcase_add_test(tcase, the_helper_of_rules_is_for_rules);
	tcase_add_test(tcase, the_helpers_of_rules_need_a_gpl_licence);
	tcase_add_loop_test(tcase, there_is_no_other_way_out, 0,
			    ARRAY_SIZE(ways_out));
	tcase_add_loop_test(tcase, a_verdict_is_a_number, 0,
			    ARRAY_SIZE(verdicts));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
