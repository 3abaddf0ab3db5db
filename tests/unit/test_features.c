// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What answers of the kernel mean.
 */
#include <errno.h>
#include <stdlib.h>

#include "features.h"
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

START_TEST(errno_of_the_probe_tells_rules_apart)
{
	ck_assert_int_eq(features_rules_from_errno(answers[_i].error),
			 answers[_i].rules);
}
END_TEST

START_TEST(probing_leaves_errno_alone)
{
	struct features_inside inside;
	struct features features;

	errno = 77;
	features_probe(&features);
	ck_assert_int_eq(errno, 77);
	ck_assert_int_eq(features_inside(&inside), 0);
	ck_assert_int_eq(errno, 77);
	features_inside_free(&inside);
	ck_assert_uint_eq(inside.count, 0);
	ck_assert_ptr_null(inside.rules);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("features");
	TCase *const all = tcase_create("features");

	tcase_add_loop_test(all, errno_of_the_probe_tells_rules_apart, 0,
			    ARRAY_SIZE(answers));
	tcase_add_test(all, probing_leaves_errno_alone);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
