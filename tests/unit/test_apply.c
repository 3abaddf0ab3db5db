// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Profiles onto a thread: whose word counts, and what fails without a trace.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

#include "apply.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define USER 1000

static int notice_count;
static struct report last_notice;

static void count_notice(const struct report *const report)
{
	notice_count++;
	last_notice = *report;
}

static const struct apply_options options = {
	.rule_directory = "/nonexistent",
	.user = USER,
	.notice = count_notice,
};

START_TEST(objects_of_the_users_profiles_may_be_his)
{
	const struct profile users = { .layer = PROFILE_USER };
	const struct profile systems = { .layer = PROFILE_SYSTEM };

	ck_assert_uint_eq(apply_object_user(&options, &users), USER);
	ck_assert_uint_eq(apply_object_user(&options, &systems), 0);
}
END_TEST

/* A profile whose rule cannot be loaded, as it does not exist. */
static int apply_missing(const enum profile_mode mode,
			 const enum profile_on_error on_error,
			 struct report *const report)
{
	struct profile_rule rule = {
		.object = "missing.o",
		.origin = { .file = "/etc/landlock/landlock.ini", .line = 4 },
	};
	const struct profile profile = {
		.section = "/bin/x",
		.mode = mode,
		.on_error = on_error,
		.rules = &rule,
		.rule_count = 1,
		.origin = { .file = "/etc/landlock/landlock.ini", .line = 2 },
	};
	struct lookup_match match = { .profile = &profile };
	const struct lookup_result result = {
		.matches = &match,
		.match_count = 1,
	};

	notice_count = 0;
	return apply_profiles(&result, &options, report);
}

static const struct {
	enum profile_mode mode;
	enum profile_on_error on_error;
	int error;
	int notices;
	unsigned int last_line;
} outcomes[] = {
	{ PROFILE_ENFORCE, PROFILE_ON_ERROR_FAIL, -ENOENT, 0, 0 },
	{ PROFILE_ENFORCE, PROFILE_ON_ERROR_WARN, 0, 1, 4 },
	{ PROFILE_COMPLAIN, PROFILE_ON_ERROR_FAIL, 0, 2, 2 },
	{ PROFILE_COMPLAIN, PROFILE_ON_ERROR_WARN, 0, 2, 2 },
	{ PROFILE_OFF, PROFILE_ON_ERROR_FAIL, 0, 0, 0 },
};

START_TEST(missing_rule_fails_as_mode_and_on_error_say)
{
	struct report report = { 0 };

	ck_assert_int_eq(apply_missing(outcomes[_i].mode, outcomes[_i].on_error,
				       &report),
			 outcomes[_i].error);
	ck_assert_int_eq(notice_count, outcomes[_i].notices);
	if (outcomes[_i].notices)
		ck_assert_uint_eq(last_notice.line, outcomes[_i].last_line);
	if (outcomes[_i].error)
		ck_assert_uint_eq(report.line, 4);
}
END_TEST

START_TEST(profile_that_applies_nothing_leaves_no_new_privs_alone)
{
	const int before = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
	struct report report;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(outcomes); i++)
		apply_missing(outcomes[i].mode, outcomes[i].on_error, &report);
	ck_assert_int_eq(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), before);
}
END_TEST

START_TEST(errors_of_the_kernel_are_put_into_words)
{
	ck_assert_ptr_nonnull(strstr(apply_error_text(-EINVAL), "no Landlock"));
	ck_assert_ptr_nonnull(strstr(apply_error_text(-EOPNOTSUPP), "off"));
	ck_assert_ptr_nonnull(strstr(apply_error_text(-E2BIG), "too many"));
	ck_assert_str_eq(apply_error_text(-ENOMEM), report_error_text(-ENOMEM));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("apply");
	TCase *const all = tcase_create("apply");

	tcase_add_test(all, objects_of_the_users_profiles_may_be_his);
	tcase_add_loop_test(all, missing_rule_fails_as_mode_and_on_error_say, 0,
			    ARRAY_SIZE(outcomes));
	tcase_add_test(all,
		       profile_that_applies_nothing_leaves_no_new_privs_alone);
	tcase_add_test(all, errors_of_the_kernel_are_put_into_words);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
