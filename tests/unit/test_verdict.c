// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What can be known of a process from outside, and which shipped profile a slip is
 * near to.
 */
#include "cmd/shipped.h"
#include "cmd/verdict.h"

#include <string.h>

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	struct verdict_facts facts;
	enum verdict_state state;
} cases[] = {
	{ { 0 }, VERDICT_UNTOLD },
	{ { .has_shim = true }, VERDICT_UNTOLD },
	{ { .has_other = true }, VERDICT_UNTOLD },
	{ { .no_new_privs = true }, VERDICT_UNTOLD },
	{ { .no_new_privs = true, .has_shim = true }, VERDICT_UNTOLD },
	{ { .no_new_privs = true, .is_child_of_held = true },
	  VERDICT_INHERITS },
	{ { .has_profile = true, .no_new_privs = true, .has_shim = true },
	  VERDICT_HELD },
	{ { .has_profile = true,
	    .no_new_privs = true,
	    .has_shim = true,
	    .is_left_out = true },
	  VERDICT_HELD },
	{ { .has_profile = true, .no_new_privs = true }, VERDICT_MAYBE },
	{ { .has_profile = true,
	    .no_new_privs = true,
	    .has_shim = true,
	    .is_newer = true },
	  VERDICT_MAYBE },
	{ { .is_elsewhere = true, .no_new_privs = true }, VERDICT_MAYBE },
	{ { .is_elsewhere = true }, VERDICT_UNTOLD },
};

START_TEST(state_is_what_follows_from_the_facts)
{
	ck_assert_int_eq(verdict_of(&cases[_i].facts).state, cases[_i].state);
}
END_TEST

/* Of each of all facts. */
START_TEST(nothing_is_held_without_no_new_privs)
{
	const struct verdict_facts facts = {
		.has_profile = true,
		.has_other = _i & 1,
		.is_newer = _i & 2,
		.is_left_out = _i & 4,
		.has_shim = _i & 8,
		.is_secure = _i & 16,
		.is_static = _i & 32,
		.is_switched_off = _i & 64,
		.is_child_of_held = _i & 128,
	};
	const struct verdict verdict = verdict_of(&facts);

	ck_assert_int_eq(verdict.state, VERDICT_FREE);
	ck_assert_ptr_nonnull(verdict.reason);
}
END_TEST

static const struct {
	const char *a;
	const char *b;
	size_t changes;
} distances[] = {
	{ "", "", 0 },
	{ "git", "git", 0 },
	{ "git", "", 3 },
	{ "gti", "git", 2 },
	{ "caat", "cat", 1 },
	{ "ct", "cat", 1 },
	{ "cut", "cat", 1 },
	{ "kitten", "sitting", 3 },
	{ "python", "pyton3", 2 },
};

START_TEST(distance_is_the_number_of_single_changes)
{
	ck_assert_uint_eq(shipped_distance(distances[_i].a, distances[_i].b),
			  distances[_i].changes);
	ck_assert_uint_eq(shipped_distance(distances[_i].b, distances[_i].a),
			  distances[_i].changes);
}
END_TEST

START_TEST(nearest_is_like_the_name_or_there_is_none)
{
	struct shipped all[] = { { .name = "git" },
				 { .name = "cat" },
				 { .name = "python3" } };
	const struct shipped_list list = { .all = all, .count = 3 };
	static char long_name[200];

	memset(long_name, 'x', sizeof(long_name) - 1);
	ck_assert_str_eq(shipped_nearest(&list, "gti"), "git");
	ck_assert_str_eq(shipped_nearest(&list, "pyhton3"), "python3");
	ck_assert_ptr_null(shipped_nearest(&list, "firefox"));
	ck_assert_ptr_null(shipped_nearest(&list, long_name));
}
END_TEST

START_TEST(name_is_the_file_without_its_directory)
{
	ck_assert_str_eq(shipped_name("usr.bin.git.ini"), "git");
	ck_assert_str_eq(shipped_name("usr.sbin.nginx.ini"), "nginx");
	ck_assert_str_eq(shipped_name("usr.bin.python3.11.ini"), "python3.11");
	ck_assert_str_eq(shipped_name("opt.x.ini"), "opt.x");
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("verdict");
	TCase *const all = tcase_create("verdict");

	tcase_add_loop_test(all, state_is_what_follows_from_the_facts, 0,
			    ARRAY_SIZE(cases));
	tcase_add_loop_test(all, nothing_is_held_without_no_new_privs, 0, 256);
	tcase_add_loop_test(all, distance_is_the_number_of_single_changes, 0,
			    ARRAY_SIZE(distances));
	tcase_add_test(all, nearest_is_like_the_name_or_there_is_none);
	tcase_add_test(all, name_is_the_file_without_its_directory);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
