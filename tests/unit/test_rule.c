// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of rules: the same for the same rules only, and known again; and what is
 * said of objects before, and for want of, the loader.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "rule.h"
#include "../suite.h"
#include "tree.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define PARAMETER(n, v)                                                        \
	{                                                                      \
		.name = (n), .value = (v)                                      \
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

#define OBJECT "/rules/x.o"

static void make_object(const char *const text)
{
	tree_directory("/rules");
	tree_write(OBJECT, text);
}

static int load(struct rule_source *const source, const char *const object,
		struct report *const report)
{
	const struct profile_rule rule = {
		.object = object,
		.origin = { .file = "p.ini", .line = 4 },
	};
	int fds[PROTOCOL_RULES_MAX];

	return rule_load(source, &rule, 0, 0, fds, report);
}

static int next_descriptor(void)
{
	const int fd = open("/", O_PATH | O_CLOEXEC);

	close(fd);
	return fd;
}

static void make_nothing(void)
{
}

static void make_text(void)
{
	make_object("text");
}

static void make_writable(void)
{
	make_object("text");
	ck_assert_int_eq(chmod(OBJECT, 0666), 0);
}

static void make_large(void)
{
	make_object("text");
	ck_assert_int_eq(truncate(OBJECT, PROTOCOL_OBJECT_BYTES_MAX + 1), 0);
}

static void make_directory(void)
{
	tree_directory(OBJECT);
}

static const struct {
	void (*make)(void);
	const char *object;
	int error;
	const char *cause;
} failures[] = {
	{ make_nothing, "x.o", -ENOENT, OBJECT " does not exist" },
	{ make_nothing, "/elsewhere/x.o", -ENOENT, "/elsewhere/x.o" },
	{ make_writable, "x.o", -EPERM, OBJECT },
	{ make_directory, "x.o", -EINVAL, OBJECT },
	{ make_large, "x.o", -ENOEXEC, OBJECT ": too large" },
	{ make_text, "x.o", -ELIBACC, "cannot start /loader" },
	{ make_text, "/rules/x.o", -ELIBACC, "cannot start /loader" },
};

START_TEST(what_is_wrong_is_told_with_the_line_that_asked)
{
	struct rule_source source = { .directory = "/rules",
				      .loader = "/loader" };
	static struct report report;
	const int before = next_descriptor();

	failures[_i].make();
	ck_assert_int_eq(load(&source, failures[_i].object, &report),
			 failures[_i].error);
	ck_assert_str_eq(report.file, "p.ini");
	ck_assert_uint_eq(report.line, 4);
	ck_assert_str_eq(report.key, "rule");
	ck_assert_msg(strstr(report.cause, failures[_i].cause), "%s",
		      report.cause);
	ck_assert_int_eq(next_descriptor(), before);
}
END_TEST

START_TEST(object_whose_path_is_too_long_is_refused)
{
	static char object[PATH_MAX + 1];
	struct rule_source source = { .directory = "/rules",
				      .loader = "/loader" };
	static struct report report;

	memset(object, 'x', PATH_MAX);
	ck_assert_int_eq(load(&source, object, &report), -ENAMETOOLONG);
	ck_assert_uint_eq(report.line, 4);
}
END_TEST

START_TEST(rule_that_this_thread_is_under_takes_no_loader)
{
	struct landlock_rule_info info = { 0 };
	struct rule_source source = {
		.directory = "/rules",
		.loader = "/loader",
		.inside = { .rules = &info, .count = 1 },
		.asked = true,
	};
	char name[RULE_NAME_BYTES];
	static struct report report;

	make_object("text");
	rule_name("text", 4, NULL, 0, 0, name);
	snprintf(info.name, sizeof(info.name), "%s00", name);
	ck_assert_int_eq(load(&source, "x.o", &report), 0);
	make_object("other text");
	ck_assert_int_eq(load(&source, "x.o", &report), -ELIBACC);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("rule");
	TCase *const all = tcase_create("rule");
	TCase *const loads = tcase_create("loads");

	tcase_add_test(all, different_rules_have_different_names);
	tcase_add_loop_test(all, thread_is_inside_with_all_rules_of_the_object,
			    0, ARRAY_SIZE(threads));
	tcase_add_test(all, all_sixteen_rules_are_counted);
	tcase_add_loop_test(all, object_without_slash_is_an_installed_one, 0,
			    ARRAY_SIZE(paths));
	suite_add_tcase(suite, all);
	tcase_add_checked_fixture(loads, tree_enter, NULL);
	tcase_add_loop_test(loads,
			    what_is_wrong_is_told_with_the_line_that_asked, 0,
			    ARRAY_SIZE(failures));
	tcase_add_test(loads, object_whose_path_is_too_long_is_refused);
	tcase_add_test(loads, rule_that_this_thread_is_under_takes_no_loader);
	suite_add_tcase(suite, loads);
	return run_suite(suite);
}
