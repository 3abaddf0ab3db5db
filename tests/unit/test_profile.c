// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What profiles say, and what is refused, with its place.
 */
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "profile.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define TEXT(literal) literal, sizeof(literal) - 1

static struct profile_file file;
static struct report report;

static int read_text(const char *const text, const size_t size)
{
	const int fd = memfd_create("profile", MFD_CLOEXEC);
	int error;

	ck_assert_int_eq(write(fd, text, size), (ssize_t)size);
	lseek(fd, 0, SEEK_SET);
	memset(&report, 0, sizeof(report));
	error = profile_file_read(fd, "x.ini", &file, &report);
	close(fd);
	return error;
}

static const struct {
	const char *text;
	size_t size;
	unsigned int line;
	const char *key;
	const char *cause; /* a part of it */
} refused[] = {
	{ TEXT("[/bin/a]\nrule = a.o\nspeed = 1\n"), 3, "speed", "unknown key" },
	{ TEXT("[/bin/a]\nRule = a.o\n"), 2, "", "neither section" },
	{ TEXT("[/bin/a]\nrule: a.o\n"), 2, "", "neither section" },
	{ TEXT("[/bin/a]\nrule\n"), 2, "", "neither section" },
	{ TEXT("[/bin/a]\n= a.o\n"), 2, "", "neither section" },
	{ TEXT("rule = a.o\n"), 1, "", "outside a section" },
	{ TEXT("[/bin/a]\n  rule = a.o\n"), 2, "", "continues no key" },
	{ TEXT("[/bin/a\nrule = a.o\n"), 1, "", "without a name or an end" },
	{ TEXT("[]\n"), 1, "", "without a name or an end" },
	{ TEXT("[a]\nrule = a.o\n[/bin/b]\n"), 1, "", "speaks of no program" },
	{ TEXT("[/bin/b]\n\n[a]\nrule = a.o"), 3, "", "speaks of no program" },
	{ TEXT("[/bin/a]\n[/bin/a]\n"), 2, "", "was there before" },
	{ TEXT("[@base]\nrule = a.o\n"), 1, "", "templates" },
	{ TEXT("[/bin/*]\n"), 1, "", "not a path" },
	{ TEXT("[/bin/../a]\n"), 1, "", "not a path" },
	{ TEXT("[/bin//a]\n"), 1, "", "not a path" },
	{ TEXT("[/bin/]\n"), 1, "", "not a path" },
	{ TEXT("[a]\nmatch = bin/a\n"), 2, "match", "not a path" },
	{ TEXT("[a]\nmatch = /bin/a /./b\n"), 2, "match", "not a path" },
	{ TEXT("[/bin/a]\nmode = on\n"), 2, "mode", "unknown mode: \"on\"" },
	{ TEXT("[/bin/a]\nmode =\n"), 2, "mode", "unknown mode" },
	{ TEXT("[/bin/a]\non-error = die\n"), 2, "on-error", "unknown" },
	{ TEXT("[/bin/a]\nrule = a\n"), 2, "rule", "not a rule object" },
	{ TEXT("[/bin/a]\nrule = b/a.o\n"), 2, "rule", "not a rule object" },
	{ TEXT("[/bin/a]\nrule = /b/../a.o\n"), 2, "rule", "not a rule" },
	{ TEXT("[/bin/a]\nrule = a.o x\n"), 2, "rule", "not a parameter" },
	{ TEXT("[/bin/a]\nrule = a.o 1x=2\n"), 2, "rule", "not a parameter" },
	{ TEXT("[/bin/a]\nrule = a.o =2\n"), 2, "rule", "not a parameter" },
	{ TEXT("[/bin/a]\nrule = a.o x=1 x=1\n"), 2, "rule", "given twice" },
	{ TEXT("[/bin/a]\nrule = a.o\0b\n"), 2, "", "control character" },
	{ TEXT("[/bin/a]\nrule = a.o\n\001\n"), 3, "rule", "control" },
	{ TEXT("\xef\xbb\xbf[/bin/a]\n"), 1, "", "neither section" },
};

START_TEST(what_makes_no_sense_is_refused_by_line)
{
	ck_assert_int_eq(read_text(refused[_i].text, refused[_i].size), -EINVAL);
	ck_assert_str_eq(report.file, "x.ini");
	ck_assert_uint_eq(report.line, refused[_i].line);
	ck_assert_str_eq(report.key, refused[_i].key);
	ck_assert_msg(strstr(report.cause, refused[_i].cause), "%s",
		      report.cause);
	ck_assert_str_ne(report.remedy, "");
	ck_assert_ptr_null(file.profiles);
}
END_TEST

START_TEST(every_key_is_understood)
{
	ck_assert_int_eq(read_text(TEXT("# comment\r\n"
					"[/usr/bin/less] ; the pager\r\n"
					"mode=complain\r\n"
					"on-error = warn ; why not\r\n"
					"rule = a.o\r\n"
					"rule = /b;c/d.o x=1 y_2=#3\r\n"
					"\r\n"
					"[z]\r\n"
					"match = /bin/z\r\n"
					"        ; not this\r\n"
					"	/opt/*/z")),
			 0);
	ck_assert_uint_eq(file.profile_count, 2);
	const struct profile *const less = &file.profiles[0];
	ck_assert_str_eq(less->section, "/usr/bin/less");
	ck_assert_int_eq(less->mode, PROFILE_COMPLAIN);
	ck_assert_int_eq(less->on_error, PROFILE_ON_ERROR_WARN);
	ck_assert_uint_eq(less->rule_count, 2);
	ck_assert_str_eq(less->rules[0].object, "a.o");
	ck_assert_uint_eq(less->rules[1].origin.line, 6);
	ck_assert_str_eq(less->rules[1].object, "/b;c/d.o");
	ck_assert_uint_eq(less->rules[1].parameter_count, 2);
	ck_assert_str_eq(less->rules[1].parameters[1].name, "y_2");
	ck_assert_str_eq(less->rules[1].parameters[1].value, "#3");
	ck_assert(profile_matches(less, "/usr/bin/less"));
	ck_assert(!profile_matches(less, "/usr/bin/les"));

	const struct profile *const z = &file.profiles[1];
	ck_assert_int_eq(z->mode, PROFILE_ENFORCE);
	ck_assert_int_eq(z->on_error, PROFILE_ON_ERROR_FAIL);
	ck_assert_uint_eq(z->match_count, 2);
	ck_assert(profile_matches(z, "/bin/z"));
	ck_assert(profile_matches(z, "/opt/a/z"));
	ck_assert(!profile_matches(z, "/opt/a/b/z"));
	profile_file_free(&file);
}
END_TEST

START_TEST(empty_value_resets_a_list)
{
	ck_assert_int_eq(read_text(TEXT("[/bin/a]\nrule = a.o b=1\nrule =\n"
					"rule = c.o\n")),
			 0);
	ck_assert_uint_eq(file.profiles[0].rule_count, 1);
	ck_assert_str_eq(file.profiles[0].rules[0].object, "c.o");
	profile_file_free(&file);
}
END_TEST

/* inih alone would cut the first two, and take the third for a comment. */
START_TEST(nothing_is_cut_however_long)
{
	char text[40000], word[3000], section[1000];
	size_t length, i;

	memset(section, 's', sizeof(section) - 1);
	section[0] = '/';
	section[sizeof(section) - 1] = '\0';
	memset(word, 'w', sizeof(word) - 1);
	word[sizeof(word) - 1] = '\0';
	length = (size_t)sprintf(text, "[%s]\nrule = a.o long=%s", section,
				 word);
	for (i = 0; i < 1000; i++)
		length += (size_t)sprintf(text + length, " p%zu=#;%zu", i, i);
	ck_assert_int_eq(read_text(text, length), 0);
	ck_assert_str_eq(file.profiles[0].section, section);
	const struct profile_rule *const rule = &file.profiles[0].rules[0];
	ck_assert_uint_eq(rule->parameter_count, 1001);
	ck_assert_str_eq(rule->parameters[0].value, word);
	for (i = 0; i < 1000; i++) {
		sprintf(word, "#;%zu", i);
		ck_assert_str_eq(rule->parameters[i + 1].value, word);
	}
	profile_file_free(&file);
}
END_TEST

/* Words that begin like comments, at every place where a value can be split. */
START_TEST(no_split_makes_a_comment)
{
	char text[512];
	const int length = sprintf(text, "[/bin/a]\nrule = a.o x=%0*d #y=1", _i, 0);

	ck_assert_int_eq(read_text(text, (size_t)length), -EINVAL);
	ck_assert_msg(strstr(report.cause, "not a parameter: \"#y=1\""), "%s",
		      report.cause);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("profile");
	TCase *const all = tcase_create("profile");
	SRunner *const runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(all, what_makes_no_sense_is_refused_by_line, 0,
			    ARRAY_SIZE(refused));
	tcase_add_test(all, every_key_is_understood);
	tcase_add_test(all, empty_value_resets_a_list);
	tcase_add_test(all, nothing_is_cut_however_long);
	tcase_add_loop_test(all, no_split_makes_a_comment, 1, 260);
	suite_add_tcase(suite, all);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
