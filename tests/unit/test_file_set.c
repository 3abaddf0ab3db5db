// SPDX-License-Identifier: LGPL-2.1-or-later
/* A set of files: what was put in is in it, and nothing else. */
#include "file_set.h"

#include "../suite.h"

#define COUNT 10000

static struct system_file_id id(const uint64_t number)
{
	return (struct system_file_id){ .inode = number / 3,
					.device_major = (uint32_t)(number % 3),
					.device_minor = 1 };
}

START_TEST(what_was_added_is_found_and_nothing_else)
{
	struct file_set set = { 0 };
	uint64_t i;

	ck_assert_uint_eq(file_set_word(&set, id(1)), 0);
	for (i = 0; i < COUNT; i += 2)
		ck_assert_int_eq(file_set_add(&set, id(i), i + 1), 0);
	ck_assert_uint_eq(set.used, COUNT / 2);
	for (i = 0; i < COUNT; i++)
		ck_assert_uint_eq(file_set_word(&set, id(i)),
				  i % 2 ? 0 : i + 1);
}
END_TEST

START_TEST(bits_add_up)
{
	struct file_set set = { 0 };

	ck_assert_int_eq(file_set_add(&set, id(5), 1), 0);
	ck_assert_int_eq(file_set_add(&set, id(5), 4), 0);
	ck_assert_int_eq(file_set_add(&set, id(5), 0), 0);
	ck_assert_uint_eq(file_set_word(&set, id(5)), 5);
	ck_assert_uint_eq(set.used, 1);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("file_set");
	TCase *const all = tcase_create("file_set");

	tcase_add_test(all, what_was_added_is_found_and_nothing_else);
	tcase_add_test(all, bits_add_up);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
