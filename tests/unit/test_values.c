// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Words of values: what quotes, variables, globs and signs make of them; and the table
 * of keys, which the manual follows.
 */
#include "profile_keys.h"
#include "../suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* As if they had been found: no file system is asked. */
static struct variables known(void)
{
	struct variables variables = { .user = 1000 };
	unsigned int i;

	for (i = 0; i < VARIABLE_COUNT; i++)
		variables.answers[i] =
			(struct variable_answer){ .why = "is not set",
						  .is_known = true };
	variables.answers[VARIABLE_HOME].value = "/home/a n[n";
	variables.answers[VARIABLE_USER].value = "ann";
	variables.answers[VARIABLE_UID].value = "1000";
	return variables;
}

/* Has @profile say KEY = VALUE. */
static void say(struct profile *const profile, const char *const key,
		const char *const value)
{
	static struct variables variables;
	static struct profile_file file = { .path = "a.ini" };
	const struct profile_place place = { .file = &file,
					     .profile = profile,
					     .key = key,
					     .line = 2,
					     .variables = &variables };

	variables = known();
	ck_assert_int_eq(profile_set_key(&place, value), 0);
}

static const struct {
	const char *value;
	const char *path;
	bool is_glob, optional;
	enum profile_make make;
} paths[] = {
	{ "/b", .path = "/b" },
	{ "/", .path = "/" },
	{ "/b/", .path = "/b" },
	{ "\"/b c/d\"", .path = "/b c/d" },
	{ "/b\" c \"d", .path = "/b c d" },
	{ "\"/b\\\"c\\\\d\\$e\"", .path = "/b\"c\\d$e" },
	{ "\"/b;c ; #d, e'f\"", .path = "/b;c ; #d, e'f" },
	{ "/b'c", .path = "/b'c" },
	{ "/b,c", .path = "/b,c" },
	{ "/b;c", .path = "/b;c" },
	{ "/b#c", .path = "/b#c" },
	{ "/b$", .path = "/b$" },
	{ "/b$1", .path = "/b$1" },
	{ "/b=c", .path = "/b=c" },
	{ "-/b", .path = "/b", .optional = true },
	{ "-\"/b\"", .path = "/b", .optional = true },
	{ "/-b+", .path = "/-b+" },
	{ "+/b/c", .path = "/b/c", .make = PROFILE_MAKE_FILE },
	{ "+/b/c/", .path = "/b/c", .make = PROFILE_MAKE_DIRECTORY },
	{ "+\"/b/c d/\"", .path = "/b/c d", .make = PROFILE_MAKE_DIRECTORY },
	{ "~", .path = "/home/a n[n" },
	{ "~/", .path = "/home/a n[n" },
	{ "~/.b", .path = "/home/a n[n/.b" },
	{ "-~/.b", .path = "/home/a n[n/.b", .optional = true },
	{ "+~/.b/", .path = "/home/a n[n/.b", .make = PROFILE_MAKE_DIRECTORY },
	{ "/b~", .path = "/b~" },
	{ "/~/b", .path = "/~/b" },
	{ "${HOME}/b", .path = "/home/a n[n/b" },
	{ "\"${HOME}/b c\"", .path = "/home/a n[n/b c" },
	{ "/run/user/${UID}/b-${USER}", .path = "/run/user/1000/b-ann" },
	{ "\"/b/\\${HOME}\"", .path = "/b/${HOME}" },
	{ "/b/\\${HOME}", .path = "/b/${HOME}" },
	{ "/b/\\*", .path = "/b/*" },
	{ "/b\\\\c", .path = "/b\\c" },
	{ "\"/b/*\"", .path = "/b/*" },
	{ "/b/[", .path = "/b/[" },
	{ "/b/[c/d]", .path = "/b/[c/d]" },
	{ "/b/*", .path = "/b/*", .is_glob = true },
	{ "/b/*/", .path = "/b/*", .is_glob = true },
	{ "-/b/?c/[d-e]", .path = "/b/?c/[d-e]", .is_glob = true,
	  .optional = true },
	{ "${HOME}/*", .path = "/home/a n\\[n/*", .is_glob = true },
	{ "~/b*", .path = "/home/a n\\[n/b*", .is_glob = true },
	{ "\"/b*/c d/\"*", .path = "/b\\*/c d/*", .is_glob = true },
	{ "/b\\*/*", .path = "/b\\*/*", .is_glob = true },
	{ "/b[a\"]-!\"]", .path = "/b[a\\]\\-\\!]", .is_glob = true },
	/* Where nothing is: the key restricts all the same. */
	{ "-${XDG_RUNTIME_DIR}/b", .path = "/${XDG_RUNTIME_DIR}/b",
	  .optional = true },
	{ "-${TMPDIR}/b/*", .path = "/${TMPDIR}/b/*", .optional = true },
};

START_TEST(path_is_what_its_word_means)
{
	struct profile profile = { .section = "/a" };

	say(&profile, "write", paths[_i].value);
	ck_assert_msg(!profile.fault_count, "%s: %s", paths[_i].value,
		      profile.fault_count ? profile.faults[0].cause : "");
	ck_assert_uint_eq(profile.path_count, 1);
	ck_assert_str_eq(profile.paths[0].path, paths[_i].path);
	ck_assert_int_eq(profile.paths[0].is_glob, paths[_i].is_glob);
	ck_assert_int_eq(profile.paths[0].optional, paths[_i].optional);
	ck_assert_int_eq(profile.paths[0].make, paths[_i].make);
}
END_TEST

START_TEST(words_are_parted_by_blanks_outside_of_quotes)
{
	struct profile profile = { .section = "/a" };

	say(&profile, "read", "/b \t\"/c \t/d\"  ~/e");
	ck_assert_uint_eq(profile.path_count, 3);
	ck_assert_str_eq(profile.paths[0].path, "/b");
	ck_assert_str_eq(profile.paths[1].path, "/c \t/d");
	ck_assert_str_eq(profile.paths[2].path, "/home/a n[n/e");
}
END_TEST

START_TEST(variable_without_a_value_is_a_fault_that_tells_why)
{
	struct profile profile = { .section = "/a" };

	say(&profile, "read", "/b ${TMPDIR}/c");
	say(&profile, "rule", "a.o b=${TMPDIR}");
	ck_assert_uint_eq(profile.path_count, 1);
	ck_assert_uint_eq(profile.rule_count, 0);
	ck_assert_uint_eq(profile.fault_count, 2);
	ck_assert_str_eq(profile.faults[0].cause,
			 "${TMPDIR} is not set: \"${TMPDIR}/c\"");
	ck_assert_ptr_nonnull(strstr(profile.faults[0].remedy, "- before it"));
}
END_TEST

START_TEST(match_and_rules_take_quotes_and_variables)
{
	struct profile profile = { .section = "a" };

	say(&profile, "match", "~/bin/* \"/opt/b c\" ${TMPDIR}/x /opt/\"[\"");
	say(&profile, "rule", "~/b.o c=\"d e\" f=${USER} g=\"\" h=i,j;k");
	ck_assert_uint_eq(profile.fault_count, 0);
	ck_assert_uint_eq(profile.match_count, 3);
	ck_assert_str_eq(profile.matches[0], "/home/a n\\[n/bin/*");
	ck_assert_str_eq(profile.matches[1], "/opt/b c");
	ck_assert_str_eq(profile.matches[2], "/opt/\\[");
	ck_assert_uint_eq(profile.rule_count, 1);
	ck_assert_str_eq(profile.rules[0].object, "/home/a n[n/b.o");
	ck_assert_uint_eq(profile.rules[0].parameter_count, 4);
	ck_assert_str_eq(profile.rules[0].parameters[0].value, "d e");
	ck_assert_str_eq(profile.rules[0].parameters[1].value, "ann");
	ck_assert_str_eq(profile.rules[0].parameters[2].value, "");
	ck_assert_str_eq(profile.rules[0].parameters[3].value, "i,j;k");
}
END_TEST

/* Does a line `.It Ic …` of @manual have @name among its words? */
static bool is_item(const char *manual, const char *const name)
{
	static const char item[] = "\n.It Ic ";
	const size_t length = strlen(name);

	while ((manual = strstr(manual, item))) {
		const char *word = manual += strlen(item);

		while (*word != '\n') {
			const size_t bytes = strcspn(word, " \n");

			if (bytes == length && !strncmp(word, name, length))
				return true;
			word += bytes + (word[bytes] == ' ');
		}
	}
	return false;
}

START_TEST(every_key_says_what_it_is_and_stands_in_the_manual)
{
	static char manual[65536];
	const struct profile_key *key;
	FILE *const file = fopen("conf/landlock.ini.5", "re");
	size_t i, programs = 0;

	ck_assert_ptr_nonnull(file);
	manual[fread(manual, 1, sizeof(manual) - 1, file)] = '\0';
	ck_assert(feof(file));
	fclose(file);
	for (i = 0; (key = profile_key_at(i)); i++) {
		ck_assert_str_ne(key->values, "");
		ck_assert_str_ne(key->purpose, "");
		ck_assert_ptr_eq(profile_key_find(key->name, strlen(key->name)),
				 key);
		ck_assert_msg(is_item(manual, key->name),
			      "%s is not in the manual", key->name);
		programs += key->of_programs;
	}
	ck_assert_uint_gt(i, 0);
	ck_assert_uint_eq(programs, 2);
	ck_assert_ptr_null(profile_key_find("rea", 3));
	ck_assert(!is_item(manual, "rea"));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("values");
	TCase *const tcase = tcase_create("words");

	tcase_add_loop_test(tcase, path_is_what_its_word_means, 0,
			    ARRAY_SIZE(paths));
	tcase_add_test(tcase, words_are_parted_by_blanks_outside_of_quotes);
	tcase_add_test(tcase,
		       variable_without_a_value_is_a_fault_that_tells_why);
	tcase_add_test(tcase, match_and_rules_take_quotes_and_variables);
	tcase_add_test(tcase,
		       every_key_says_what_it_is_and_stands_in_the_manual);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
