// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of directories: whatever could be found there is not said to be lacking.
 */
#include "walk_names.h"

#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static struct directory directory = { .fd = -1 };

static const struct walk_names *names_of(const char *const path)
{
	const int fd = open(path, O_PATH | O_DIRECTORY);
	const struct walk_names *const names = walk_names_read(fd, &directory);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(directory.fd, -1);
	close(fd);
	return names;
}

START_TEST(what_is_there_is_never_lacking)
{
	static const char *const there[] = {
		"a", ".ssh", "with blank", "\303\244", "link", "dir", "UPPER",
	};
	const struct walk_names *names;
	size_t i;

	for (i = 0; i < 4; i++) {
		char path[64];

		snprintf(path, sizeof(path), "/d/%s", there[i]);
		tree_write(path, "");
	}
	ck_assert_int_eq(symlink("/none", "/d/link"), 0);
	tree_directory("/d/dir");
	tree_write("/d/UPPER", "");
	names = names_of("/d");
	ck_assert_ptr_nonnull(names);
	for (i = 0; i < ARRAY_SIZE(there); i++)
		ck_assert_msg(!walk_names_lack(names, there[i]), "%s",
			      there[i]);
	/* Some file systems find it, too. */
	ck_assert(!walk_names_lack(names, "upper"));
	ck_assert(!walk_names_lack(names, ".SSH"));
}
END_TEST

START_TEST(what_is_not_there_is_lacking)
{
	const struct walk_names *names;
	size_t i, lacking = 0;

	tree_write("/d/a", "");
	names = names_of("/d");
	ck_assert_ptr_nonnull(names);
	for (i = 0; i < 1000; i++) {
		char name[16];

		snprintf(name, sizeof(name), ".name%zu", i);
		lacking += walk_names_lack(names, name);
	}
	/* By chance, one may share the bit of what is there. */
	ck_assert_uint_ge(lacking, 995);
}
END_TEST

/* /proc lists no threads, and finds them. */
START_TEST(what_lists_less_than_it_finds_is_left_alone)
{
	const int fd = open("/proc", O_PATH | O_DIRECTORY);

	ck_assert_int_ge(fd, 0);
	ck_assert_ptr_null(walk_names_read(fd, &directory));
	ck_assert_int_eq(directory.fd, -1);
	close(fd);
}
END_TEST

START_TEST(no_directory_and_too_many_names_are_left_alone)
{
	size_t i;

	for (i = 0; i < 2000; i++) {
		char path[32];

		snprintf(path, sizeof(path), "/d/%zu", i);
		ck_assert_int_eq(mknod(path, S_IFREG | 0600, 0), 0);
		if (i == 1000)
			ck_assert_ptr_nonnull(names_of("/d"));
	}
	ck_assert_ptr_null(names_of("/d"));
	ck_assert_ptr_null(walk_names_read(-1, &directory));
}
END_TEST

static void make_tree(void)
{
	tree_enter();
	tree_directory("/d");
}

int main(void)
{
	Suite *const suite = suite_create("walk_names");
	TCase *const tcase = tcase_create("tree");
	TCase *const outside = tcase_create("proc");

	tcase_add_checked_fixture(tcase, make_tree, NULL);
	tcase_add_test(tcase, what_is_there_is_never_lacking);
	tcase_add_test(tcase, what_is_not_there_is_lacking);
	tcase_add_test(tcase, no_directory_and_too_many_names_are_left_alone);
	tcase_add_test(outside, what_lists_less_than_it_finds_is_left_alone);
	suite_add_tcase(suite, tcase);
	suite_add_tcase(suite, outside);
	return run_suite(suite);
}
