// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What answers of the kernel mean.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "features.h"
#include "system.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	int error;
	enum features_rules rules;
} answers[] = {
	{ EOPNOTSUPP, FEATURES_RULES_OFF }, { EPERM, FEATURES_RULES_ON },
	{ EFAULT, FEATURES_RULES_ON },	    { EINVAL, FEATURES_RULES_ABSENT },
	{ ENOSYS, FEATURES_RULES_ABSENT },  { EACCES, FEATURES_RULES_ABSENT },
	{ 0, FEATURES_RULES_ABSENT },
};

START_TEST(error_of_the_probe_tells_rules_apart)
{
	ck_assert_int_eq(features_rules_from_error(-answers[_i].error),
			 answers[_i].rules);
}
END_TEST

/* From now on, the call is answered with @action. */
static void answer(const long call, const unsigned int action)
{
	const struct sock_filter instructions[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned int)call, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { ARRAY_SIZE(instructions),
					   (struct sock_filter *)instructions };

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter),
			 0);
}

/* Each question kills who asks it: what is not needed is not asked. */
static const struct {
	unsigned int ask;
	long call;
} questions[] = {
	{ FEATURES_ASK_RULES, SYS_seccomp },
	{ FEATURES_ASK_VIEWS, SYS_capget },
	{ FEATURES_ASK_MAINLINE, __NR_landlock_create_ruleset },
	{ FEATURES_ASK_FILTERS, SYS_prctl },
};

START_TEST(what_is_not_asked_for_is_not_asked)
{
	struct features features;

	answer(questions[_i].call, SECCOMP_RET_KILL_PROCESS);
	/* Views are asked for by the calls for rules. */
	features_probe(FEATURES_ASK_ALL & ~questions[_i].ask &
			       ~(questions[_i].ask == FEATURES_ASK_RULES
					 ? (unsigned int)FEATURES_ASK_VIEWS
					 : 0U),
		       &features);
}
END_TEST

/* What the question for filters is answered with, and what that says. */
static const struct {
	int error;
	bool filters;
} filter_answers[] = {
	{ EFAULT, true },  /* a kernel with filters */
	{ EINVAL, false }, /* one without */
	{ ENOSYS, false },
	{ EPERM, true }, /* somebody's filter: who applies one is told */
	{ EACCES, true },
};

START_TEST(filters_are_told_from_a_kernel_without)
{
	struct features features;

	features_probe(FEATURES_ASK_FILTERS, &features);
	ck_assert(features.filters);
	ck_assert_int_eq(features.mainline_abi, 0);
	answer(SYS_prctl,
	       SECCOMP_RET_ERRNO | (unsigned int)filter_answers[_i].error);
	features_probe(FEATURES_ASK_FILTERS, &features);
	ck_assert_int_eq(features.filters, filter_answers[_i].filters);
	features_probe(FEATURES_ASK_MAINLINE, &features);
	ck_assert(!features.filters);
}
END_TEST

START_TEST(who_is_under_no_rule_is_told_so)
{
	struct features_inside inside;

	ck_assert_int_eq(features_inside(&inside), 0);
	ck_assert_uint_eq(inside.count, 0);
	ck_assert_ptr_null(inside.rules);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("features");
	TCase *const all = tcase_create("features");

	tcase_add_loop_test(all, error_of_the_probe_tells_rules_apart, 0,
			    ARRAY_SIZE(answers));
	tcase_add_loop_test(all, what_is_not_asked_for_is_not_asked, 0,
			    ARRAY_SIZE(questions));
	tcase_add_loop_test(all, filters_are_told_from_a_kernel_without, 0,
			    ARRAY_SIZE(filter_answers));
	tcase_add_test(all, who_is_under_no_rule_is_told_so);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
