// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Lookup: which files are asked for a program, in which order, and what of them
 * counts.
 */
#include "lookup.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define USER_DIRECTORY "/home/.config/landlock"

static const char *const less[] = { "/usr/bin/less" };
static const struct lookup lookup = {
	.names = less,
	.name_count = 1,
	.user_directory = USER_DIRECTORY,
	.user = TREE_USER,
	.system_directory = "/etc",
};

static void make_tree(void)
{
	tree_enter();
	tree_directory("/etc/landlock.d");
	tree_directory(USER_DIRECTORY "/landlock.d");
}

/* The objects of all rules found, in their order. */
static const char *objects(const struct lookup_result *const result)
{
	static char text[512];
	size_t length = 0, i, j;

	text[0] = '\0';
	for (i = 0; i < result->profile_count; i++)
		for (j = 0; j < result->profiles[i]->rule_count; j++)
			length += (size_t)snprintf(
				text + length, sizeof(text) - length, "%s ",
				result->profiles[i]->rules[j].object);
	return text;
}

static void assert_found(const struct lookup *const asked,
			 const char *const expected)
{
	struct lookup_result result;
	struct report report;

	ck_assert_msg(!lookup_profiles(asked, &result, &report), "%s: %s",
		      report.file, report.cause);
	ck_assert_str_eq(objects(&result), expected);
	lookup_result_free(&result);
	ck_assert_ptr_null(result.files);
}

static void assert_refused(const struct lookup *const asked, const int error,
			   const char *const file, const char *const cause)
{
	struct lookup_result result;
	struct report report = { 0 };

	ck_assert_int_eq(lookup_profiles(asked, &result, &report), error);
	ck_assert_str_eq(report.file, file);
	ck_assert_str_eq(report.cause, cause);
	ck_assert_uint_eq(result.profile_count, 0);
	ck_assert_ptr_null(result.files);
}

START_TEST(no_file_is_no_profile_and_no_error)
{
	assert_found(&lookup, "");
	ck_assert_int_eq(rmdir("/etc/landlock.d"), 0);
	ck_assert_int_eq(rmdir("/etc"), 0);
	assert_found(&lookup, "");
}
END_TEST

START_TEST(all_four_files_are_read_the_systems_first)
{
	tree_write(USER_DIRECTORY "/landlock.d/usr.bin.less.ini",
		   "[/usr/bin/less]\nrule = d.o\n");
	tree_write(USER_DIRECTORY "/landlock.ini",
		   "[/usr/bin/less]\nrule = c.o\n");
	tree_write("/etc/landlock.d/usr.bin.less.ini",
		   "[/usr/bin/less]\nrule = b.o\n");
	tree_write("/etc/landlock.ini", "[/usr/bin/less]\nrule = a.o\n");
	assert_found(&lookup, "a.o b.o c.o d.o ");
}
END_TEST

START_TEST(only_profiles_of_the_program_are_found_in_the_order_written)
{
	tree_write("/etc/landlock.ini",
		   "[/usr/bin/more]\nrule = a.o\n"
		   "[pagers]\nmatch = /usr/bin/*e*\nrule = b.o\n"
		   "[/usr/bin/less]\nmode = off\nrule = c.o\n");
	assert_found(&lookup, "b.o c.o ");
}
END_TEST

START_TEST(other_files_of_landlock_d_are_not_opened)
{
	tree_write("/etc/landlock.d/usr.bin.more.ini", "nonsense");
	tree_write("/etc/landlock.d/less.ini", "nonsense");
	tree_write("/etc/landlock.d/usr.bin.less", "nonsense");
	assert_found(&lookup, "");
}
END_TEST

START_TEST(every_name_of_the_program_counts)
{
	static const char *const names[] = { "/usr/bin/python3.11",
					     "/opt/script" };
	const struct lookup script = { .names = names,
				       .name_count = 2,
				       .system_directory = "/etc" };

	tree_write("/etc/landlock.ini", "[/opt/script]\nrule = a.o\n"
					"[/usr/bin/python3.11]\nrule = b.o\n");
	tree_write("/etc/landlock.d/opt.script.ini",
		   "[/opt/script]\nrule = c.o\n");
	tree_write("/etc/landlock.d/usr.bin.python3.11.ini",
		   "[/usr/bin/python3.11]\nrule = d.o\n");
	assert_found(&script, "a.o b.o d.o c.o ");
}
END_TEST

START_TEST(file_of_two_names_is_read_once)
{
	static const char *const names[] = { "/opt/a.b", "/opt/a/b" };
	const struct lookup two = { .names = names,
				    .name_count = 2,
				    .system_directory = "/etc" };

	tree_write("/etc/landlock.d/opt.a.b.ini", "[/opt/a.b]\nrule = a.o\n"
						  "[/opt/a/b]\nrule = b.o\n");
	assert_found(&two, "a.o b.o ");
}
END_TEST

static const char *const places[] = {
	"/etc/landlock.ini",
	"/etc/landlock.d/usr.bin.less.ini",
	USER_DIRECTORY "/landlock.ini",
	USER_DIRECTORY "/landlock.d/usr.bin.less.ini",
};

START_TEST(file_that_is_not_understood_is_an_error_wherever_it_is)
{
	tree_write("/etc/landlock.ini", "[/usr/bin/less]\n");
	tree_write(places[_i], "[/usr/bin/other]\nmode = on\n");
	assert_refused(&lookup, -EINVAL, places[_i], "unknown mode: \"on\"");
}
END_TEST

START_TEST(file_that_others_may_write_is_an_error_wherever_it_is)
{
	char cause[128];

	tree_write(places[_i], "[/usr/bin/other]\n");
	ck_assert_int_eq(chmod(places[_i], 0666), 0);
	snprintf(cause, sizeof(cause),
		 "%s may be written by others and is not believed", places[_i]);
	assert_refused(&lookup, -EPERM, places[_i], cause);
}
END_TEST

START_TEST(the_user_may_write_his_own_files_but_not_the_systems)
{
	tree_write("/etc/landlock.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(USER_DIRECTORY "/landlock.ini",
		   "[/usr/bin/less]\nrule = b.o\n");
	if (!tree_give("/home", TREE_USER) ||
	    !tree_give(USER_DIRECTORY, TREE_USER) ||
	    !tree_give(USER_DIRECTORY "/landlock.ini", TREE_USER))
		return;
	assert_found(&lookup, "a.o b.o ");
	tree_give("/etc/landlock.ini", TREE_USER);
	assert_refused(&lookup, -EPERM, "/etc/landlock.ini",
		       "/etc/landlock.ini belongs to another user and is not "
		       "believed");
}
END_TEST

START_TEST(home_of_another_user_speaks_for_nobody_else)
{
	tree_write("/etc/landlock.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(USER_DIRECTORY "/landlock.ini",
		   "[/usr/bin/less]\nrule = b.o\n");
	if (!tree_give(USER_DIRECTORY, TREE_OTHER))
		return;
	assert_found(&lookup, "a.o ");
}
END_TEST

START_TEST(home_that_cannot_be_reached_is_none)
{
	tree_write("/etc/landlock.ini", "[/usr/bin/less]\nrule = a.o\n");
	tree_write(USER_DIRECTORY "/landlock.ini",
		   "[/usr/bin/less]\nrule = b.o\n");
	ck_assert_int_eq(chmod("/home", 0700), 0);
	if (setresuid(TREE_USER, TREE_USER, TREE_USER)) {
		puts("# needs root, not tested: a home that is out of reach");
		fflush(stdout);
		return;
	}
	assert_found(&lookup, "a.o ");
}
END_TEST

START_TEST(unreadable_file_of_the_systems_is_an_error)
{
	tree_write("/etc/landlock.ini", "[/usr/bin/less]\n");
	ck_assert_int_eq(chmod("/etc/landlock.ini", 0600), 0);
	if (setresuid(TREE_USER, TREE_USER, TREE_USER)) {
		puts("# needs root, not tested: a file that is unreadable");
		fflush(stdout);
		return;
	}
	assert_refused(&lookup, -EACCES, "/etc/landlock.ini",
		       "/etc/landlock.ini cannot be opened: Permission denied");
}
END_TEST

START_TEST(without_a_user_directory_only_the_system_counts)
{
	struct lookup system = lookup;

	system.user_directory = NULL;
	tree_write(USER_DIRECTORY "/landlock.ini", "nonsense");
	assert_found(&system, "");
}
END_TEST

static const struct {
	const char *name;
	const char *file_name;
} file_names[] = {
	{ "/usr/bin/less", "usr.bin.less.ini" },
	{ "/a", "a.ini" },
	{ "/opt/my program/b.c", "opt.my program.b.c.ini" },
	{ "/opt/..x/y", "opt...x.y.ini" },
};

START_TEST(file_name_is_the_path_with_dots)
{
	char buffer[NAME_MAX + 1];

	ck_assert_int_eq(lookup_file_name(file_names[_i].name, buffer,
					  sizeof(buffer)),
			 0);
	ck_assert_str_eq(buffer, file_names[_i].file_name);
}
END_TEST

START_TEST(name_too_long_for_a_file_has_none)
{
	char name[NAME_MAX + 2], buffer[2 * NAME_MAX];
	const size_t longest = 1 + NAME_MAX - strlen(".ini");

	memset(name, 'x', sizeof(name));
	name[0] = '/';
	name[longest] = '\0';
	ck_assert_int_eq(lookup_file_name(name, buffer, sizeof(buffer)), 0);
	ck_assert_uint_eq(strlen(buffer), NAME_MAX);
	ck_assert_int_eq(lookup_file_name(name, buffer, NAME_MAX),
			 -ENAMETOOLONG);
	name[longest] = 'x';
	name[longest + 1] = '\0';
	ck_assert_int_eq(lookup_file_name(name, buffer, sizeof(buffer)),
			 -ENAMETOOLONG);
}
END_TEST

START_TEST(program_with_a_name_too_long_for_a_file_is_found_in_the_main_file)
{
	char name[400], text[512];
	const char *names[] = { name };
	const struct lookup deep = { .names = names,
				     .name_count = 1,
				     .system_directory = "/etc" };
	size_t i;

	for (i = 0; i < sizeof(name) - 1; i++)
		name[i] = i % 40 ? 'x' : '/';
	name[i] = '\0';
	snprintf(text, sizeof(text), "[%s]\nrule = a.o\n", name);
	tree_write("/etc/landlock.ini", text);
	assert_found(&deep, "a.o ");
}
END_TEST

/* The section [x] in several files: the first in this order is the one. */
static const char *const ordered[] = {
	"/etc/landlock.ini",
	"/etc/landlock.d/a.ini",
	"/etc/landlock.d/b.ini",
	USER_DIRECTORY "/landlock.ini",
	USER_DIRECTORY "/landlock.d/a.ini",
};

START_TEST(section_is_found_in_the_first_file_that_has_it)
{
	struct lookup_result result;
	struct report report;
	size_t i;

	for (i = (size_t)_i; i < ARRAY_SIZE(ordered); i++)
		tree_write(ordered[i],
			   "[y]\nmatch = /y\n[x]\nmatch = /x\nrule = a.o\n");
	tree_write("/etc/landlock.d/.hidden.ini", "nonsense");
	tree_write("/etc/landlock.d/old.ini~", "nonsense");
	ck_assert_msg(!lookup_section(&lookup, "x", &result, &report), "%s: %s",
		      report.file, report.cause);
	ck_assert_uint_eq(result.profile_count, 1);
	ck_assert_str_eq(result.profiles[0]->section, "x");
	ck_assert_str_eq(result.profiles[0]->origin.file, ordered[_i]);
	lookup_result_free(&result);
}
END_TEST

START_TEST(section_that_nobody_wrote_is_not_found)
{
	struct lookup_result result;
	struct report report;

	tree_write("/etc/landlock.ini", "[/usr/bin/less]\n");
	ck_assert_int_eq(lookup_section(&lookup, "less", &result, &report),
			 -ENOENT);
	ck_assert_str_eq(report.cause, "no profile has the section [less]");
	ck_assert_str_ne(report.remedy, "");
	lookup_result_free(&result);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("lookup");
	TCase *const tcase = tcase_create("tree");

	tcase_add_checked_fixture(tcase, make_tree, NULL);
	tcase_add_test(tcase, no_file_is_no_profile_and_no_error);
	tcase_add_test(tcase, all_four_files_are_read_the_systems_first);
	tcase_add_test(
		tcase,
		only_profiles_of_the_program_are_found_in_the_order_written);
	tcase_add_test(tcase, other_files_of_landlock_d_are_not_opened);
	tcase_add_test(tcase, every_name_of_the_program_counts);
	tcase_add_test(tcase, file_of_two_names_is_read_once);
	tcase_add_loop_test(
		tcase, file_that_is_not_understood_is_an_error_wherever_it_is,
		0, ARRAY_SIZE(places));
	tcase_add_loop_test(
		tcase, file_that_others_may_write_is_an_error_wherever_it_is, 0,
		ARRAY_SIZE(places));
	tcase_add_test(tcase,
		       the_user_may_write_his_own_files_but_not_the_systems);
	tcase_add_test(tcase, home_of_another_user_speaks_for_nobody_else);
	tcase_add_test(tcase, home_that_cannot_be_reached_is_none);
	tcase_add_test(tcase, unreadable_file_of_the_systems_is_an_error);
	tcase_add_test(tcase, without_a_user_directory_only_the_system_counts);
	tcase_add_loop_test(tcase, file_name_is_the_path_with_dots, 0,
			    ARRAY_SIZE(file_names));
	tcase_add_test(tcase, name_too_long_for_a_file_has_none);
	tcase_add_test(
		tcase,
		program_with_a_name_too_long_for_a_file_is_found_in_the_main_file);
	tcase_add_loop_test(tcase,
			    section_is_found_in_the_first_file_that_has_it, 0,
			    ARRAY_SIZE(ordered));
	tcase_add_test(tcase, section_that_nobody_wrote_is_not_found);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
