// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The word on the kernel's command line that switches the shim off.
 */
#include <stdlib.h>

#include "rescue.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *command_line;
	bool on;
} lines[] = {
	{ "landlock_shim=off", true },
	{ "landlock_shim=off\n", true },
	{ "root=/dev/vda landlock_shim=off quiet\n", true },
	{ " \tlandlock_shim=off", true },
	{ "", false },
	{ "\n", false },
	{ "landlock_shim=of", false },
	{ "landlock_shim=offf", false },
	{ "xlandlock_shim=off", false },
	{ "landlock_shim=on", false },
	{ "x=landlock_shim=off", false },
	{ "landlock_shim = off", false },
};

START_TEST(only_the_whole_word_counts)
{
	ck_assert_int_eq(rescue_in_command_line(lines[_i].command_line),
			 lines[_i].on);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("rescue");
	TCase *const all = tcase_create("rescue");

	tcase_add_loop_test(all, only_the_whole_word_counts, 0,
			    ARRAY_SIZE(lines));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
