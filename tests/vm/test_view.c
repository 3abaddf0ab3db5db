// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Paths enforced by a view when a system call fails: all of a profile is
 * enforced, or an error is returned.
 */
#include "view.h"

#include <linux/bpf.h>
#include <linux/landlock_rule.h>

#include "../fault.h"
#include "../suite.h"
#include "vm.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define NR_LSM_GET_SELF_ATTR 459
#define RULES LANDLOCK_PKGLIBDIR "/rules"

#define FAULT(CALL, ERROR)                                                     \
	{                                                                      \
		.call = CALL, .error = ERROR                                   \
	}
#define FAULT_OF(CALL, ARGUMENT, VALUE, ERROR)                                 \
	{                                                                      \
		.call = CALL, .error = ERROR, .only = true,                    \
		.argument = ARGUMENT, .value = VALUE                           \
	}

/* What apply_profiles() calls, and how it may fail. */
static const struct fault faults[] = {
	FAULT_OF(SYS_bpf, 0, BPF_MAP_CREATE, ENOMEM),
	FAULT_OF(SYS_bpf, 0, BPF_MAP_CREATE, EMFILE),
	FAULT_OF(SYS_bpf, 0, BPF_MAP_CREATE, ENFILE),
	FAULT_OF(SYS_bpf, 0, BPF_MAP_CREATE, EPERM),
	FAULT_OF(SYS_bpf, 0, BPF_MAP_UPDATE_ELEM, ENOMEM),
	FAULT_OF(SYS_bpf, 0, BPF_MAP_UPDATE_ELEM, E2BIG),
	FAULT_OF(SYS_bpf, 0, BPF_MAP_FREEZE, EBUSY),
	FAULT_OF(SYS_bpf, 0, BPF_PROG_LOAD, ENOMEM),
	FAULT_OF(SYS_bpf, 0, BPF_PROG_LOAD, EMFILE),
	FAULT_OF(SYS_bpf, 0, BPF_PROG_LOAD, EPERM),
	FAULT_OF(SYS_seccomp, 1, LANDLOCK_RULE_PREPEND_VIEW, ENOMEM),
	FAULT_OF(SYS_seccomp, 1, LANDLOCK_RULE_PREPEND_VIEW, E2BIG),
	FAULT(SYS_openat, EMFILE),
	FAULT(SYS_openat, ENFILE),
	FAULT(SYS_openat, ENOMEM),
	FAULT(SYS_openat, EACCES),
	FAULT(SYS_statx, ENOMEM),
	FAULT(NR_LSM_GET_SELF_ATTR, ENOMEM),
	FAULT(SYS_mmap, ENOMEM),
	FAULT(SYS_prctl, EINVAL),
};

START_TEST(without_a_fault_all_is_enforced)
{
	struct report report = { .line = 0 };

	ck_assert_msg(!apply(RULES, PROFILE_ON_ERROR_FAIL, &report), "%s",
		      report.cause);
	ck_assert(may_open("/etc/group"));
	ck_assert(!may_open("/etc/passwd"));
	ck_assert(!may_open("/"));
}
END_TEST

START_TEST(a_fault_is_an_error_with_a_report)
{
	check_fault(&faults[_i], RULES);
}
END_TEST

START_TEST(with_warn_a_fault_is_told)
{
	check_fault_with_warn(&faults[_i], RULES);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("view");
	TCase *const all = tcase_create("view");

	tcase_set_timeout(all, VM_TIMEOUT_SECONDS);
	tcase_add_test(all, without_a_fault_all_is_enforced);
	tcase_add_loop_test(all, a_fault_is_an_error_with_a_report, 0,
			    ARRAY_SIZE(faults));
	tcase_add_loop_test(all, with_warn_a_fault_is_told, 0,
			    ARRAY_SIZE(faults));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
