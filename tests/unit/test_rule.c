// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of rules: the same for the same rules only, and known again.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "rule.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define PARAMETER(n, v)                                                        \
	{                                                                      \
		.name = (char *)(n), .value = (char *)(v)                      \
	}

/* No two of them are the same rules. */
static const struct {
	const char *bytes;
	struct profile_parameter parameters[2];
	size_t parameter_count;
} objects[] = {
	{ "", { { 0 } }, 0 },
	{ "a", { { 0 } }, 0 },
	{ "b", { { 0 } }, 0 },
	{ "ab", { { 0 } }, 0 },
	{ "a", { PARAMETER("x", "1") }, 1 },
	{ "a", { PARAMETER("x", "2") }, 1 },
	{ "a", { PARAMETER("x1", "") }, 1 },
	{ "a", { PARAMETER("", "x1") }, 1 },
	{ "a", { PARAMETER("x", "1"), PARAMETER("y", "2") }, 2 },
	{ "a", { PARAMETER("y", "2"), PARAMETER("x", "1") }, 2 },
};

static void name_object(const size_t index, char name[const RULE_NAME_BYTES])
{
	rule_name(objects[index].bytes, strlen(objects[index].bytes),
		  objects[index].parameters, objects[index].parameter_count, 0,
		  name);
}

START_TEST(different_rules_have_different_names)
{
	char name[RULE_NAME_BYTES], other[RULE_NAME_BYTES];
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(objects); i++) {
		name_object(i, name);
		ck_assert_uint_eq(strlen(name), RULE_NAME_BYTES - 1);
		for (j = 0; j < ARRAY_SIZE(objects); j++) {
			name_object(j, other);
			ck_assert_int_eq(strcmp(name, other) == 0, i == j);
		}
	}
}
END_TEST

static const struct {
	const char *names[4]; /* of the rules that the thread is under */
	bool inside;
} threads[] = {
	{ { NULL }, false },
	{ { "other" }, false },
	{ { "ll0123456789a00" }, true },
	{ { "other", "ll0123456789a00" }, true },
	{ { "ll0123456789b00" }, false },
	{ { "ll0123456789a01" }, false },
	{ { "ll0123456789a11" }, false },
	{ { "ll0123456789a11", "ll0123456789a01" }, true },
	{ { "ll0123456789a01", "ll0123456789a01" }, false },
	{ { "ll0123456789a02", "ll0123456789a22" }, false },
	{ { "ll0123456789a02", "ll0123456789a12", "ll0123456789a22" }, true },
	{ { "ll0123456789a" }, false },
	{ { "ll0123456789a0" }, false },
	{ { "ll0123456789axy" }, false },
	{ { "ll0123456789aff" }, false },
};

START_TEST(thread_is_inside_with_all_rules_of_the_object)
{
	struct landlock_rule_info infos[ARRAY_SIZE(threads[0].names)];
	size_t count = 0;

	memset(infos, 0, sizeof(infos));
	for (; count < ARRAY_SIZE(infos) && threads[_i].names[count]; count++)
		memcpy(infos[count].name, threads[_i].names[count],
		       strlen(threads[_i].names[count]));
	ck_assert_int_eq(rule_is_inside(infos, count, "ll0123456789a"),
			 threads[_i].inside);
}
END_TEST

START_TEST(all_sixteen_rules_are_counted)
{
	static const char digits[] = "0123456789abcdef";
	struct landlock_rule_info infos[16];
	size_t i;

	memset(infos, 0, sizeof(infos));
	for (i = 0; i < ARRAY_SIZE(infos); i++) {
		memcpy(infos[i].name, "ll0123456789a?f", 15);
		infos[i].name[13] = digits[i];
	}
	ck_assert(!rule_is_inside(infos, 15, "ll0123456789a"));
	ck_assert(rule_is_inside(infos, 16, "ll0123456789a"));
}
END_TEST

static const struct {
	const char *object;
	size_t size;
	int error;
	const char *path;
} paths[] = {
	{ "x.o", 64, 0, "/lib/x.o" },
	{ "/a/x.o", 64, 0, "/a/x.o" },
	{ "x.o", sizeof("/lib/x.o"), 0, "/lib/x.o" },
	{ "x.o", sizeof("/lib/x.o") - 1, -ENAMETOOLONG, NULL },
	{ "/a/x.o", sizeof("/a/x.o") - 1, -ENAMETOOLONG, NULL },
};

START_TEST(object_without_slash_is_an_installed_one)
{
	char path[64];

	ck_assert_int_eq(rule_path(paths[_i].object, "/lib", path,
				   paths[_i].size),
			 paths[_i].error);
	if (paths[_i].path)
		ck_assert_str_eq(path, paths[_i].path);
}
END_TEST

START_TEST(missing_object_is_told_with_its_line)
{
	struct profile_rule rule = {
		.object = (char *)"/nonexistent/x.o",
		.origin = { .file = "p.ini", .line = 4 },
	};
	struct loader_rule rules[LOADER_RULES_MAX];
	struct rule_source source;
	struct report report;

	ck_assert_int_eq(rule_source_open(&source, "/lib", &report), 0);
	ck_assert_int_eq(rule_load(&source, &rule, 0, 0, rules, &report),
			 -ENOENT);
	rule_source_close(&source);
	ck_assert_str_eq(report.file, "p.ini");
	ck_assert_uint_eq(report.line, 4);
	ck_assert_str_eq(report.key, "rule");
	ck_assert_ptr_nonnull(strstr(report.cause, "/nonexistent/x.o"));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("rule");
	TCase *const all = tcase_create("rule");

	tcase_add_test(all, different_rules_have_different_names);
	tcase_add_loop_test(all, thread_is_inside_with_all_rules_of_the_object,
			    0, ARRAY_SIZE(threads));
	tcase_add_test(all, all_sixteen_rules_are_counted);
	tcase_add_loop_test(all, object_without_slash_is_an_installed_one, 0,
			    ARRAY_SIZE(paths));
	tcase_add_test(all, missing_object_is_told_with_its_line);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
