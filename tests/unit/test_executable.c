// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of a program, by its links, and where its user's profiles lie.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "executable.h"
#include "resolve.h"
#include "script.h"
#include "../suite.h"
#include "tree.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* --- the running program --- */

START_TEST(this_program_goes_by_its_resolved_path)
{
	struct lookup lookup = { 0 };
	struct stat status;
	char path[PATH_MAX] = "";

	ck_assert(readlink("/proc/self/exe", path, sizeof(path) - 1) > 0);
	ck_assert_int_eq(stat(path, &status), 0);
	ck_assert_int_eq(executable_find(&lookup, path), 0);
	ck_assert_uint_eq(lookup.file_count, 1);
	ck_assert_uint_eq(lookup.files[0].name_count, 1);
	ck_assert_str_eq(lookup.files[0].names[0], path);
	ck_assert(lookup.files[0].identified);
	ck_assert_uint_eq(lookup.files[0].id.inode, status.st_ino);
}
END_TEST

START_TEST(started_by_its_descriptor_it_has_no_other_name)
{
	struct lookup lookup = { 0 };
	const int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	char started[32];

	snprintf(started, sizeof(started), "/dev/fd/%d", fd);
	ck_assert_int_eq(executable_find(&lookup, started), 0);
	ck_assert_uint_eq(lookup.file_count, 1);
	ck_assert_uint_eq(lookup.files[0].name_count, 1);

	close(fd);
	ck_assert_int_eq(executable_find(&lookup, started), 0);
	ck_assert_uint_eq(lookup.file_count, 1);
	ck_assert_uint_eq(lookup.files[0].name_count, 1);
}
END_TEST

START_TEST(another_file_that_was_started_by_its_descriptor_has_its_name)
{
	struct lookup lookup = { 0 };
	const int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	char started[32];

	snprintf(started, sizeof(started), "/proc/self/fd/%d", fd);
	ck_assert_int_eq(executable_find(&lookup, started), 0);
	ck_assert_uint_eq(lookup.file_count, 2);
	ck_assert_uint_eq(lookup.files[1].name_count, 1);
	ck_assert_str_eq(lookup.files[1].names[0], "/etc/passwd");
	close(fd);
}
END_TEST

/* --- a root of its own, without /proc --- */

static void make_tree(void)
{
	static const char *const directories[] = { "/usr/bin", "/home/u/deep" };
	static const char *const links[][2] = {
		{ "usr/bin", "/bin" },
		{ "mawk", "/usr/bin/awk" },
		{ "/usr/bin/awk", "/usr/bin/nawk" },
		{ "loop", "/usr/bin/loop" },
		{ "../u", "/home/u/up" },
		/* As /proc/self/exe of what is executed. */
		{ "/usr/bin/mawk", "/exe-mawk" },
		{ "/usr/bin/gone (deleted)", "/exe-gone" },
		{ "/usr/bin/cut (deleted)", "/exe-cut" },
		{ "/usr/bin/sh", "/exe-sh" },
	};
	static const char *const programs[][2] = {
		{ "/usr/bin/mawk", "awk" },
		{ "/usr/bin/sh", "shell" },
		{ "/usr/bin/cut (deleted)", "cut" },
		{ "/usr/bin/script", "#!/bin/sh -e\n" },
		{ "/usr/bin/nested", "#!  script\n" },
		{ "/home/u/x", "x" },
	};
	size_t i;

	tree_enter();
	for (i = 0; i < ARRAY_SIZE(directories); i++)
		tree_directory(directories[i]);
	for (i = 0; i < ARRAY_SIZE(links); i++)
		ck_assert_int_eq(symlink(links[i][0], links[i][1]), 0);
	for (i = 0; i < ARRAY_SIZE(programs); i++) {
		tree_write(programs[i][0], programs[i][1]);
		ck_assert_int_eq(chmod(programs[i][0], 0755), 0);
	}
}

static const struct {
	const char *cwd;
	const char *path;
	const char *kept, *followed; /* NULL: none */
} paths[] = {
	{ "/", "/bin/awk", "/usr/bin/awk", "/usr/bin/mawk" },
	{ "/", "/usr/bin/nawk", "/usr/bin/nawk", "/usr/bin/mawk" },
	{ "/", "bin/awk", "/usr/bin/awk", "/usr/bin/mawk" },
	{ "/usr", "bin/awk", "/usr/bin/awk", "/usr/bin/mawk" },
	{ "/usr/bin", "awk", "/usr/bin/awk", "/usr/bin/mawk" },
	{ "/usr/bin", "./awk", "/usr/bin/awk", "/usr/bin/mawk" },
	{ "/usr/bin", "../../bin/.//awk", "/usr/bin/awk", "/usr/bin/mawk" },
	{ "/", "//usr///bin//mawk", "/usr/bin/mawk", "/usr/bin/mawk" },
	{ "/", "/../../usr/bin/mawk", "/usr/bin/mawk", "/usr/bin/mawk" },
	{ "/home/u", "up/x", "/home/u/x", "/home/u/x" },
	{ "/", "/bin/../x", "/usr/x", NULL },
	{ "/", "/bin/none", "/usr/bin/none", NULL },
	{ "/", "/none/x", NULL, NULL },
	{ "/", "/usr/bin/loop", "/usr/bin/loop", NULL },
	{ "/", "/usr/bin/loop/x", NULL, NULL },
	{ "/", "/usr/bin/mawk/x", "/usr/bin/mawk/x", NULL },
	{ "/", "/", "/", "/" },
	{ "/", "", NULL, NULL },
};

static void holds_path(const char *const path, const char *const expected)
{
	if (expected)
		ck_assert_pstr_eq(path, expected);
	else
		ck_assert_ptr_null(path);
}

START_TEST(paths_are_resolved_link_by_link)
{
	make_tree();
	ck_assert_int_eq(chdir(paths[_i].cwd), 0);
	holds_path(resolve_path(paths[_i].path, RESOLVE_KEEP), paths[_i].kept);
	holds_path(resolve_path(paths[_i].path, RESOLVE_FOLLOW),
		   paths[_i].followed);
}
END_TEST

START_TEST(a_relative_path_needs_no_way_to_its_directory)
{
	make_tree();
	ck_assert_int_eq(symlink("x", "/home/u/link"), 0);
	ck_assert_int_eq(chdir("/home/u"), 0);
	if (!tree_give("/home", TREE_OTHER))
		return;
	ck_assert_int_eq(chmod("/home", 0700), 0);
	ck_assert_int_eq(setuid(TREE_USER), 0);
	ck_assert_pstr_eq(resolve_path("./link", RESOLVE_FOLLOW), "/home/u/x");
	ck_assert_ptr_null(resolve_path("/home/u/link", RESOLVE_FOLLOW));
}
END_TEST

START_TEST(a_path_that_grows_too_long_is_none)
{
	char longest[PATH_MAX + 1];

	make_tree();
	memset(longest, '/', PATH_MAX);
	longest[PATH_MAX] = '\0';
	ck_assert_ptr_null(resolve_path(longest, RESOLVE_KEEP));
	longest[PATH_MAX - 1] = '\0';
	ck_assert_pstr_eq(resolve_path(longest, RESOLVE_KEEP), "/");
}
END_TEST

/* Files of a program: names end with NULL. */
static const struct {
	const char *link; /* in place of /proc/self/exe */
	const char *cwd;
	const char *started;
	const char *first[LOOKUP_NAMES_MAX + 1];
	const char *second[LOOKUP_NAMES_MAX + 1];
} programs[] = {
	{ "/exe-mawk", "/", "/usr/bin/mawk", { "/usr/bin/mawk" }, { 0 } },
	{ "/exe-mawk", "/", NULL, { "/usr/bin/mawk" }, { 0 } },
	{ "/exe-mawk", "/", "", { "/usr/bin/mawk" }, { 0 } },
	{ "/exe-mawk",
	  "/",
	  "/bin/mawk",
	  { "/usr/bin/mawk", "/bin/mawk" },
	  { 0 } },
	{ "/exe-mawk", "/usr/bin", "./mawk", { "/usr/bin/mawk" }, { 0 } },
	{ "/exe-mawk",
	  "/",
	  "/bin/awk",
	  { "/usr/bin/mawk", "/bin/awk", "/usr/bin/awk" },
	  { 0 } },
	{ "/exe-mawk",
	  "/bin",
	  "nawk",
	  { "/usr/bin/mawk", "/usr/bin/nawk" },
	  { 0 } },
	/* A script, and what was given to ld.so. */
	{ "/exe-sh",
	  "/",
	  "/bin/script",
	  { "/usr/bin/sh" },
	  { "/usr/bin/script", "/bin/script" } },
	{ "/exe-sh",
	  "/usr",
	  "bin/awk",
	  { "/usr/bin/sh" },
	  { "/usr/bin/mawk", "/usr/bin/awk" } },
	/* What was started is gone, or was no path. */
	{ "/exe-mawk", "/", "/usr/bin/none", { "/usr/bin/mawk" }, { 0 } },
	{ "/exe-mawk", "/", "mawk", { "/usr/bin/mawk" }, { 0 } },
	{ "/exe-mawk", "/", "/dev/fd/9", { "/usr/bin/mawk" }, { 0 } },
	/* Deleted, or named so. */
	{ "/exe-gone", "/", "/usr/bin/gone", { "/usr/bin/gone" }, { 0 } },
	{ "/exe-gone",
	  "/",
	  "/bin/gone",
	  { "/usr/bin/gone", "/bin/gone" },
	  { 0 } },
	{ "/exe-cut", "/", NULL, { "/usr/bin/cut (deleted)" }, { 0 } },
	/* Without /proc. */
	{ "/none",
	  "/",
	  "/bin/awk",
	  { "/usr/bin/mawk", "/bin/awk", "/usr/bin/awk" },
	  { 0 } },
	{ "/none",
	  "/usr/bin",
	  "awk",
	  { "/usr/bin/mawk", "/usr/bin/awk" },
	  { 0 } },
	{ "/none",
	  "/",
	  "/bin/script",
	  { "/usr/bin/sh", "/bin/sh" },
	  { "/usr/bin/script", "/bin/script" } },
	{ "/none",
	  "/usr/bin",
	  "nested",
	  { "/usr/bin/sh", "/bin/sh" },
	  { "/usr/bin/nested" } },
};

static void holds_names(const struct lookup_file *const file,
			const char *const *const names)
{
	size_t i;

	for (i = 0; names[i]; i++) {
		ck_assert_uint_gt(file->name_count, i);
		ck_assert_str_eq(file->names[i], names[i]);
	}
	ck_assert_uint_eq(file->name_count, i);
}

START_TEST(a_program_has_these_names)
{
	struct lookup lookup = { 0 };

	make_tree();
	ck_assert_int_eq(chdir(programs[_i].cwd), 0);
	ck_assert_int_eq(executable_describe(&lookup, programs[_i].link,
					     programs[_i].started),
			 0);
	ck_assert_uint_eq(lookup.file_count, programs[_i].second[0] ? 2 : 1);
	holds_names(&lookup.files[0], programs[_i].first);
	if (programs[_i].second[0]) {
		holds_names(&lookup.files[1], programs[_i].second);
		ck_assert(lookup.files[1].identified);
	}
}
END_TEST

START_TEST(a_program_may_have_no_name)
{
	struct lookup lookup = { .file_count = 2 };

	make_tree();
	ck_assert_int_eq(executable_describe(&lookup, "/none", NULL), 0);
	ck_assert_uint_eq(lookup.file_count, 0);
	ck_assert_int_eq(executable_describe(&lookup, "/none", "/none"), 0);
	ck_assert_uint_eq(lookup.file_count, 0);

	/* Its file is known all the same. */
	ck_assert_int_eq(symlink("usr/bin/mawk", "/exe-relative"), 0);
	ck_assert_int_eq(executable_describe(&lookup, "/exe-relative", NULL),
			 0);
	ck_assert_uint_eq(lookup.file_count, 1);
	ck_assert_uint_eq(lookup.files[0].name_count, 0);
	ck_assert(lookup.files[0].identified);
}
END_TEST

/* --- scripts --- */

static const struct {
	const char *text;
	const char *interpreter; /* NULL: none */
} scripts[] = {
	{ "#!/bin/sh\n", "/bin/sh" },
	{ "#!/bin/sh", "/bin/sh" },
	{ "#! \t/bin/sh -e\n", "/bin/sh" },
	{ "#!sh\targument", "sh" },
	{ "#!\n/bin/sh", NULL },
	{ "#!", NULL },
	{ "#! ", NULL },
	{ "# !/bin/sh\n", NULL },
	{ "", NULL },
};

START_TEST(a_script_names_its_interpreter)
{
	const char *const text = scripts[_i].text;

	holds_path(script_interpreter(text, strlen(text)),
		   scripts[_i].interpreter);
}
END_TEST

START_TEST(an_interpreter_that_may_be_cut_is_none)
{
	char head[SCRIPT_HEAD_BYTES + 1];

	memset(head, 'x', sizeof(head));
	memcpy(head, "#!", 2);
	ck_assert_ptr_null(script_interpreter(head, sizeof(head)));
	ck_assert_ptr_null(script_interpreter(head, SCRIPT_HEAD_BYTES));
	head[SCRIPT_HEAD_BYTES - 1] = '\n';
	ck_assert_uint_eq(strlen(script_interpreter(head, sizeof(head))),
			  SCRIPT_HEAD_BYTES - 3);
}
END_TEST

/* --- the user's directory --- */

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
};

START_TEST(user_directory_is_the_first_absolute_one)
{
	holds_path(
		executable_user_directory((char *const *)users[_i].environment),
		users[_i].directory);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("executable");
	TCase *const all = tcase_create("executable");

	tcase_add_test(all, this_program_goes_by_its_resolved_path);
	tcase_add_test(all, started_by_its_descriptor_it_has_no_other_name);
	tcase_add_test(
		all,
		another_file_that_was_started_by_its_descriptor_has_its_name);
	tcase_add_loop_test(all, paths_are_resolved_link_by_link, 0,
			    ARRAY_SIZE(paths));
	tcase_add_test(all, a_relative_path_needs_no_way_to_its_directory);
	tcase_add_test(all, a_path_that_grows_too_long_is_none);
	tcase_add_loop_test(all, a_program_has_these_names, 0,
			    ARRAY_SIZE(programs));
	tcase_add_test(all, a_program_may_have_no_name);
	tcase_add_loop_test(all, a_script_names_its_interpreter, 0,
			    ARRAY_SIZE(scripts));
	tcase_add_test(all, an_interpreter_that_may_be_cut_is_none);
	tcase_add_loop_test(all, user_directory_is_the_first_absolute_one, 0,
			    ARRAY_SIZE(users));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
