// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Variables of profiles: a directory counts only where it is the user's own.
 */
#include "variables.h"
#include "../suite.h"
#include "tree.h"

#include <stdlib.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define NOT_OWN "is not a directory of the user's own"
#define NOT_SET "is not set"
#define NO_PATH "is not an absolute path without .."
#define IS_HOME "is the home directory or above it"

/*
 * The user is root, unless the test says another: who tests may be no other in a user
 * namespace.  /home/link leads to /data/ann.
 */
static void make_tree(void)
{
	static const char *const directories[] = {
		"/home/ann/.config/git",
		"/home/ann/p/.git",
		"/home/ann/p/q/r",
		"/home/ann/new",
		"/data/ann/p/q",
		"/srv/p/.git",
		"/srv/p/q",
		"/etc",
		"/tmp",
		"/run/user/0",
	};
	size_t i;

	tree_enter();
	for (i = 0; i < ARRAY_SIZE(directories); i++)
		tree_directory(directories[i]);
	ck_assert_int_eq(chmod("/tmp", 01777), 0);
	ck_assert_int_eq(symlink("/data/ann", "/home/link"), 0);
	tree_write("/home/ann/file", "");
	tree_write("/etc/passwd", "daemon:x:1:1::/usr/sbin:/bin/sh\n"
				  "ro-ot:x:0:0::/home/ann:/bin/sh\n"
				  "other:x:0:0::/:/bin/sh\n");
}

static const struct {
	const char *setting;   /* of the environment; or NULL */
	const char *directory; /* where the program is started; NULL: / */
	enum variable variable;
	const char *value; /* or NULL */
	const char *why;
} answers[] = {
	{ "HOME=/home/ann", NULL, VARIABLE_HOME, "/home/ann", NULL },
	{ "HOME=//home/./ann/", NULL, VARIABLE_HOME, "/home/ann", NULL },
	{ "HOME=/home/link", NULL, VARIABLE_HOME, "/home/link", NULL },
	{ NULL, NULL, VARIABLE_HOME, NULL, NOT_SET },
	{ "HOME=", NULL, VARIABLE_HOME, NULL, NOT_SET },
	{ "HOMES=/home/ann", NULL, VARIABLE_HOME, NULL, NOT_SET },
	{ "HOME=/", NULL, VARIABLE_HOME, NULL, "is /" },
	{ "HOME=/./", NULL, VARIABLE_HOME, NULL, "is /" },
	{ "HOME=home/ann", "/", VARIABLE_HOME, NULL, NO_PATH },
	{ "HOME=/home/ann/../ann", NULL, VARIABLE_HOME, NULL, NO_PATH },
	{ "HOME=/home/nobody", NULL, VARIABLE_HOME, NULL, NOT_OWN },
	{ "HOME=/home/ann/file", NULL, VARIABLE_HOME, NULL, NOT_OWN },
	{ NULL, NULL, VARIABLE_USER, "ro-ot", NULL },
	{ "USER=daemon", NULL, VARIABLE_USER, "ro-ot", NULL },
	{ NULL, NULL, VARIABLE_UID, "0", NULL },
	{ "HOME=/home/ann", NULL, VARIABLE_XDG_CONFIG_HOME, "/home/ann/.config",
	  NULL },
	/* One that is missing can only become his own. */
	{ "HOME=/home/ann", NULL, VARIABLE_XDG_CACHE_HOME, "/home/ann/.cache",
	  NULL },
	{ "HOME=/home/ann", NULL, VARIABLE_XDG_DATA_HOME,
	  "/home/ann/.local/share", NULL },
	{ "HOME=/home/ann", NULL, VARIABLE_XDG_STATE_HOME,
	  "/home/ann/.local/state", NULL },
	{ "XDG_STATE_HOME=/home/ann/new", NULL, VARIABLE_XDG_STATE_HOME,
	  "/home/ann/new", NULL },
	{ NULL, NULL, VARIABLE_XDG_STATE_HOME, NULL,
	  "is not set to a directory of the user's own, nor is ${HOME}" },
	{ NULL, NULL, VARIABLE_XDG_RUNTIME_DIR, "/run/user/0", NULL },
	{ "XDG_RUNTIME_DIR=/home/ann/new", NULL, VARIABLE_XDG_RUNTIME_DIR,
	  "/home/ann/new", NULL },
	{ NULL, NULL, VARIABLE_TMPDIR, "/tmp", NULL },
	{ "TMPDIR=/home/ann/new", NULL, VARIABLE_TMPDIR, "/home/ann/new",
	  NULL },
	{ "TMPDIR=/nowhere", NULL, VARIABLE_TMPDIR, "/tmp", NULL },

	{ "HOME=/home/ann", "/home/ann/new", VARIABLE_CWD, "/home/ann/new",
	  NULL },
	{ "HOME=/home/ann", "/srv", VARIABLE_CWD, "/srv", NULL },
	{ "HOME=/home/ann", "/", VARIABLE_CWD, NULL, "is /" },
	{ "HOME=/home/ann", "/home/ann", VARIABLE_CWD, NULL, IS_HOME },
	{ "HOME=/home/ann", "/home", VARIABLE_CWD, NULL, IS_HOME },
	/* By another path, and by /etc/passwd where there is no other word. */
	{ "HOME=/home/link", "/data/ann", VARIABLE_CWD, NULL, IS_HOME },
	{ "HOME=/home/link", "/data", VARIABLE_CWD, NULL, IS_HOME },
	{ "HOME=/home/link", "/data/ann/p", VARIABLE_CWD, "/data/ann/p", NULL },
	{ "HOME=/home/link", "/home", VARIABLE_CWD, NULL, IS_HOME },
	{ NULL, "/home/ann", VARIABLE_CWD, NULL, IS_HOME },
	{ "HOME=/nowhere", "/home", VARIABLE_CWD, NULL, IS_HOME },

	{ "HOME=/home/ann", "/home/ann/p/q/r", VARIABLE_PROJECT, "/home/ann/p",
	  NULL },
	{ "HOME=/home/ann", "/home/ann/p", VARIABLE_PROJECT, "/home/ann/p",
	  NULL },
	{ "HOME=/home/ann", "/home/ann/new", VARIABLE_PROJECT, "/home/ann/new",
	  NULL },
	{ "HOME=/home/ann", "/srv/p/q", VARIABLE_PROJECT, "/srv/p", NULL },
	{ "HOME=/home/ann", "/home/ann", VARIABLE_PROJECT, NULL, IS_HOME },
	{ "HOME=/home/ann", "/", VARIABLE_PROJECT, NULL, "is /" },
	/* A repository above the home, or that is the home, is no project. */
	{ "HOME=/srv/p", "/srv/p/q", VARIABLE_PROJECT, "/srv/p/q", NULL },
	{ "HOME=/srv/p/q", "/srv/p", VARIABLE_PROJECT, NULL, IS_HOME },
};

static void check(struct variables *const variables,
		  const enum variable variable, const char *const value,
		  const char *const why)
{
	struct variable_answer answer;

	ck_assert_int_eq(variables_get(variables, variable, &answer), 0);
	if (value) {
		ck_assert_msg(answer.value, "%s", answer.why);
		ck_assert_str_eq(answer.value, value);
	} else {
		ck_assert_msg(!answer.value, "%s", answer.value);
		ck_assert_str_eq(answer.why, why);
	}
}

START_TEST(variable_is_the_users_own_or_none)
{
	char *const environment[] = { (char *)answers[_i].setting, NULL };
	struct variables variables = { .environment = environment };

	if (answers[_i].directory)
		ck_assert_int_eq(chdir(answers[_i].directory), 0);
	check(&variables, answers[_i].variable, answers[_i].value,
	      answers[_i].why);
	/* It stays what it was found to be. */
	ck_assert_int_eq(chdir("/home/ann/.config"), 0);
	check(&variables, answers[_i].variable, answers[_i].value,
	      answers[_i].why);
}
END_TEST

START_TEST(directory_of_another_user_is_none)
{
	static const char *const others[] = { "/home/ann", "/home/ann/.config",
					      "/run/user/0", "/tmp" };
	char *const environment[] = {
		(char *)"HOME=/home/ann", (char *)"TMPDIR=/home/ann/.config",
		(char *)"XDG_CONFIG_HOME=/home/ann/.config",
		(char *)"XDG_CACHE_HOME=/home/ann/new", NULL
	};
	struct variables variables = { .environment = environment };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (!tree_give(others[i], TREE_OTHER))
			return;
	check(&variables, VARIABLE_HOME, NULL, NOT_OWN);
	check(&variables, VARIABLE_XDG_CONFIG_HOME, NULL,
	      "is not set to a directory of the user's own, nor is ${HOME}");
	check(&variables, VARIABLE_XDG_CACHE_HOME, "/home/ann/new", NULL);
	check(&variables, VARIABLE_XDG_RUNTIME_DIR, NULL, NOT_OWN);
	check(&variables, VARIABLE_TMPDIR, NULL, NOT_OWN);
	ck_assert_int_eq(chdir("/home/ann/.config"), 0);
	check(&variables, VARIABLE_CWD, NULL, NOT_OWN);
}
END_TEST

START_TEST(repository_of_another_user_is_no_project)
{
	char *const environment[] = { (char *)"HOME=/home/ann", NULL };
	struct variables variables = { .environment = environment };

	if (!tree_give("/srv/p", TREE_OTHER))
		return;
	ck_assert_int_eq(chdir("/srv/p/q"), 0);
	check(&variables, VARIABLE_PROJECT, "/srv/p/q", NULL);
}
END_TEST

START_TEST(sticky_directory_of_roots_is_good_enough_for_temporary_files_alone)
{
	char *const environment[] = { (char *)"HOME=/tmp",
				      (char *)"TMPDIR=/tmp", NULL };
	struct variables variables = { .environment = environment,
				       .user = TREE_USER };

	check(&variables, VARIABLE_TMPDIR, "/tmp", NULL);
	check(&variables, VARIABLE_HOME, NULL, NOT_OWN);
}
END_TEST

START_TEST(who_has_no_number_here_owns_nothing)
{
	char *const environment[] = { (char *)"HOME=/home/ann", NULL };
	struct variables variables = { .environment = environment,
				       .user = 65534 };

	if (!tree_give("/home/ann", 65534))
		return;
	check(&variables, VARIABLE_HOME, NULL, NOT_OWN);
}
END_TEST

START_TEST(without_anything_no_variable_has_a_value)
{
	unsigned int i;

	for (i = 0; i < VARIABLE_COUNT; i++)
		check(NULL, (enum variable)i, NULL, NOT_SET);
}
END_TEST

START_TEST(names_are_a_closed_set)
{
	unsigned int i;

	for (i = 0; i < VARIABLE_COUNT; i++) {
		const char *const name = variables_name((enum variable)i);

		ck_assert_uint_eq(variables_find(name, strlen(name)), i);
		ck_assert_uint_eq(variables_find(name, strlen(name) - 1),
				  VARIABLE_COUNT);
	}
	ck_assert_uint_eq(variables_find("", 0), VARIABLE_COUNT);
	ck_assert_uint_eq(variables_find("home", 4), VARIABLE_COUNT);
	ck_assert_uint_eq(variables_find("PATH", 4), VARIABLE_COUNT);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("variables");
	TCase *const tcase = tcase_create("tree");

	tcase_add_checked_fixture(tcase, make_tree, NULL);
	tcase_add_loop_test(tcase, variable_is_the_users_own_or_none, 0,
			    ARRAY_SIZE(answers));
	tcase_add_test(tcase, directory_of_another_user_is_none);
	tcase_add_test(tcase, repository_of_another_user_is_no_project);
	tcase_add_test(
		tcase,
		sticky_directory_of_roots_is_good_enough_for_temporary_files_alone);
	tcase_add_test(tcase, who_has_no_number_here_owns_nothing);
	tcase_add_test(tcase, without_anything_no_variable_has_a_value);
	tcase_add_test(tcase, names_are_a_closed_set);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
