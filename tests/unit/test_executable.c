// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of a program, and where its user's profiles lie.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "executable.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

START_TEST(this_program_goes_by_its_resolved_path)
{
	struct executable executable;
	struct report report;
	char path[PATH_MAX] = "";

	errno = 77;
	ck_assert_int_eq(executable_find(&executable, &report), 0);
	ck_assert_int_eq(errno, 77);
	ck_assert(readlink("/proc/self/exe", path, sizeof(path) - 1) > 0);
	ck_assert_uint_eq(executable.name_count, 1);
	ck_assert_str_eq(executable.names[0], path);
}
END_TEST

START_TEST(what_is_no_name_is_not_added)
{
	struct executable executable = { .name_count = 0 };
	char longest[PATH_MAX + 1];

	memset(longest, 'x', sizeof(longest));
	longest[0] = '/';
	longest[PATH_MAX] = '\0';
	executable_add(&executable, "relative");
	executable_add(&executable, "(unreachable)/bin/x");
	executable_add(&executable, "");
	executable_add(&executable, longest);
	ck_assert_uint_eq(executable.name_count, 0);

	longest[PATH_MAX - 1] = '\0';
	executable_add(&executable, longest);
	executable_add(&executable, longest);
	ck_assert_uint_eq(executable.name_count, 1);
	ck_assert_str_eq(executable.names[0], longest);

	executable_add(&executable, "/b");
	executable_add(&executable, "/c");
	ck_assert_uint_eq(executable.name_count, 2);
	ck_assert_str_eq(executable.names[1], "/b");
}
END_TEST

START_TEST(deleted_program_keeps_its_name)
{
	char deleted[] = "/usr/bin/x (deleted)";
	char other[] = "/usr/bin/x (deleted) ";
	char bare[] = " (deleted)";

	executable_undelete("/proc/self/exe", deleted);
	ck_assert_str_eq(deleted, "/usr/bin/x");
	executable_undelete("/proc/self/exe", other);
	ck_assert_str_eq(other, "/usr/bin/x (deleted) ");
	executable_undelete("/proc/self/exe", bare);
	ck_assert_str_eq(bare, " (deleted)");
}
END_TEST

START_TEST(program_that_is_called_deleted_keeps_its_name)
{
	char directory[] = "/tmp/landlock-test-XXXXXX";
	char link[64], file[64], text[64];
	FILE *stream;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(file, sizeof(file), "%s/x (deleted)", directory);
	snprintf(link, sizeof(link), "%s/link", directory);
	strcpy(text, file);
	stream = fopen(file, "w");
	ck_assert_ptr_nonnull(stream);
	fclose(stream);
	ck_assert_int_eq(symlink(file, link), 0);

	executable_undelete(link, text);

	unlink(link);
	unlink(file);
	rmdir(directory);
	ck_assert_str_eq(text, file);
}
END_TEST

static const struct {
	const char *environment[4];
	const char *directory; /* NULL: none */
} users[] = {
	{ { "HOME=/h", NULL }, "/h/.config/landlock" },
	{ { "HOME=/h", "XDG_CONFIG_HOME=/x", NULL }, "/x/landlock" },
	{ { "XDG_CONFIG_HOME=x", "HOME=/h", NULL }, "/h/.config/landlock" },
	{ { "XDG_CONFIG_HOME=", "HOME=/h", NULL }, "/h/.config/landlock" },
	{ { "HOME=h", NULL }, NULL },
	{ { "HOME", NULL }, NULL },
	{ { "HOMER=/h", "XHOME=/h", NULL }, NULL },
	{ { NULL }, NULL },
	{ { "HOME=/a-home-that-does-not-fit-into-the-buffer", NULL }, NULL },
};

START_TEST(user_directory_is_the_first_absolute_one)
{
	char buffer[32];
	const char *const directory = executable_user_directory(
		(char *const *)users[_i].environment, buffer, sizeof(buffer));

	if (users[_i].directory)
		ck_assert_str_eq(directory, users[_i].directory);
	else
		ck_assert_ptr_null(directory);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("executable");
	TCase *const all = tcase_create("executable");

	tcase_add_test(all, this_program_goes_by_its_resolved_path);
	tcase_add_test(all, what_is_no_name_is_not_added);
	tcase_add_test(all, deleted_program_keeps_its_name);
	tcase_add_test(all, program_that_is_called_deleted_keeps_its_name);
	tcase_add_loop_test(all, user_directory_is_the_first_absolute_one, 0,
			    ARRAY_SIZE(users));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
