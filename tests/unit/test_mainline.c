// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Rulesets of mainline Landlock when a system call fails: all of a profile is
 * enforced, or an error is returned.
 */
#include "mainline.h"

#include <stdio.h>

#include "mainline_abi.h"

#include "../fault.h"
#include "../suite.h"

#define NO_RULES "/nonexistent"
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* What apply_profiles() calls, and how it may fail. */
static const struct fault faults[] = {
	{ .call = MAINLINE_NR_CREATE_RULESET, .error = ENOMEM },
	{ .call = MAINLINE_NR_CREATE_RULESET, .error = EMFILE },
	{ .call = MAINLINE_NR_CREATE_RULESET, .error = ENFILE },
	{ .call = MAINLINE_NR_ADD_RULE, .error = ENOMEM },
	{ .call = MAINLINE_NR_RESTRICT_SELF, .error = ENOMEM },
	{ .call = MAINLINE_NR_RESTRICT_SELF, .error = E2BIG },
	{ .call = SYS_openat, .error = EMFILE },
	{ .call = SYS_openat, .error = ENFILE },
	{ .call = SYS_openat, .error = ENOMEM },
	{ .call = SYS_openat, .error = EACCES },
	{ .call = SYS_statx, .error = ENOMEM },
	{ .call = SYS_getdents64, .error = ENOMEM },
	{ .call = SYS_prctl, .error = EINVAL },
};

START_TEST(without_a_fault_all_is_enforced)
{
	struct report report = { .line = 0 };
	const int error = apply(NO_RULES, PROFILE_ON_ERROR_FAIL, &report);

	if (error == -EOPNOTSUPP) {
		puts("# not tested: this kernel has no Landlock");
		return;
	}
	ck_assert_int_eq(error, 0);
	ck_assert(may_open("/etc/group"));
	ck_assert(!may_open("/etc/passwd"));
	ck_assert(!may_open("/"));
}
END_TEST

START_TEST(a_fault_is_an_error_with_a_report)
{
	check_fault(&faults[_i], NO_RULES);
}
END_TEST

START_TEST(with_warn_a_fault_is_told)
{
	check_fault_with_warn(&faults[_i], NO_RULES);
}
END_TEST

START_TEST(without_no_new_privs_a_profile_with_warn_is_left_out)
{
	static const struct fault fault = { .call = SYS_prctl, .error = EPERM };
	struct report report = { .line = 0 };

	notice_count = 0;
	inject(&fault);
	ck_assert_int_eq(apply(NO_RULES, PROFILE_ON_ERROR_WARN, &report), 0);
	ck_assert_int_gt(notice_count, 0);
	ck_assert(may_open("/etc/passwd"));
}
END_TEST

/* Of seccomp, that this process is under. */
static int filter_count(void)
{
	char line[128];
	FILE *const status = fopen("/proc/self/status", "r");
	int count = -1;

	ck_assert_ptr_nonnull(status);
	while (fgets(line, sizeof(line), status))
		sscanf(line, "Seccomp_filters: %d", &count);
	fclose(status);
	return count;
}

/* Who comes next would take the profile for applied. */
START_TEST(without_a_ruleset_there_is_no_witness_for_it)
{
	struct report report = { .line = 0 };
	int before;

	if (faults[_i].call < MAINLINE_NR_CREATE_RULESET ||
	    faults[_i].call > MAINLINE_NR_RESTRICT_SELF)
		return;
	inject(&faults[_i]);
	before = filter_count();
	apply(NO_RULES, PROFILE_ON_ERROR_WARN, &report);
	ck_assert_int_eq(filter_count(), before);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("mainline");
	TCase *const all = tcase_create("mainline");

	tcase_add_test(all, without_a_fault_all_is_enforced);
	tcase_add_loop_test(all, a_fault_is_an_error_with_a_report, 0,
			    ARRAY_SIZE(faults));
	tcase_add_loop_test(all, with_warn_a_fault_is_told, 0,
			    ARRAY_SIZE(faults));
	tcase_add_test(all,
		       without_no_new_privs_a_profile_with_warn_is_left_out);
	tcase_add_loop_test(all, without_a_ruleset_there_is_no_witness_for_it,
			    0, ARRAY_SIZE(faults));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
