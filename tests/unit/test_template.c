// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Templates: where they are found, in which order their lines count, and what is
 * said of those that are wrong.
 */
#include "template.h"
#include "lookup.h"

#include <errno.h>

#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define SYSTEM "/etc/landlock"
#define USER "/home/.config/landlock"
#define SHIPPED "/usr/share/landlock"
#define LESS SYSTEM "/usr.bin.less.ini"
#define OWN USER "/usr.bin.less.ini"

static void tell(const struct report *const report)
{
	ck_abort_msg("%s: %s", report->file, report->cause);
}

static const struct lookup less = {
	.files = { { .names = { "/usr/bin/less" }, .name_count = 1 } },
	.file_count = 1,
	.system_directory = SYSTEM,
	.user_directory = USER,
	.data_directory = SHIPPED,
	.user = TREE_USER,
	.notice = tell,
};

static void make_tree(void)
{
	tree_enter();
	tree_directory(SYSTEM "/templates");
	tree_directory(USER "/templates");
	tree_directory(SHIPPED "/templates");
}

static struct lookup_result find(void)
{
	struct lookup_result result;
	struct report report;

	ck_assert_msg(!lookup_profiles(&less, &result, &report), "%s: %s",
		      report.file, report.cause);
	return result;
}

/* The objects of all rules of the program's profiles, in their order. */
static const char *objects(void)
{
	static char text[1024];
	const struct lookup_result result = find();
	size_t length = 0, i, j;

	text[0] = '\0';
	for (i = 0; i < result.match_count; i++) {
		const struct profile *const profile = result.matches[i].profile;

		ck_assert_msg(!profile->fault_count, "%s",
			      profile->fault_count ? profile->faults[0].cause
						   : "");
		for (j = 0; j < profile->rule_count; j++)
			length += (size_t)snprintf(text + length,
						   sizeof(text) - length, "%s ",
						   profile->rules[j].object);
	}
	return text;
}

/* The first fault of the program's profile, as it is printed. */
static const char *fault(void)
{
	static char text[4096];
	const struct lookup_result result = find();
	struct report report = { 0 };
	int ends[2];
	ssize_t length;

	ck_assert_uint_eq(result.match_count, 1);
	ck_assert_int_eq(profile_check(result.matches[0].profile, tell,
				       &report),
			 -EINVAL);
	ck_assert_int_eq(pipe(ends), 0);
	report_print(&report, ends[1]);
	length = read(ends[0], text, sizeof(text) - 1);
	ck_assert_int_gt(length, 0);
	text[length] = '\0';
	return text;
}

START_TEST(lines_count_where_they_are_included)
{
	tree_write(SHIPPED "/templates/t.ini",
		   "[@t]\nrule = t.o\nrule = u.o\n");
	tree_write(LESS, "[/usr/bin/less]\nrule = a.o\ninclude = @t\n"
			 "rule = b.o\n");
	ck_assert_str_eq(objects(), "a.o t.o u.o b.o ");
}
END_TEST

START_TEST(an_empty_value_takes_back_what_was_included)
{
	tree_write(SHIPPED "/templates/t.ini", "[@t]\nrule = t.o\n");
	tree_write(LESS, "[/usr/bin/less]\ninclude = @t\nrule =\nrule = b.o\n");
	ck_assert_str_eq(objects(), "b.o ");
}
END_TEST

START_TEST(templates_include_others_and_each_counts_once)
{
	tree_write(SHIPPED "/templates/a.ini",
		   "[@a]\ninclude = @c\nrule = a.o\n");
	tree_write(SHIPPED "/templates/b.ini",
		   "[@b]\ninclude = @c\nrule = b.o\n");
	tree_write(SHIPPED "/templates/c.ini", "[@c]\nrule = c.o\n");
	tree_write(LESS, "[/usr/bin/less]\ninclude = @a @b @c\n");
	ck_assert_str_eq(objects(), "c.o a.o b.o ");
}
END_TEST

/* Who may have written what: the administrator's profile has none of the user's. */
START_TEST(the_file_comes_before_the_layer_and_that_before_what_is_shipped)
{
	tree_write(SHIPPED "/templates/t.ini", "[@t]\nrule = shipped.o\n");
	tree_write(LESS, "[/usr/bin/less]\ninclude = @t\n");
	ck_assert_str_eq(objects(), "shipped.o ");
	tree_write(USER "/templates/t.ini", "[@t]\nrule = users.o\n");
	ck_assert_str_eq(objects(), "shipped.o ");
	tree_write(SYSTEM "/templates/t.ini", "[@t]\nrule = systems.o\n");
	ck_assert_str_eq(objects(), "systems.o ");
	tree_write(OWN, "[/usr/bin/less]\ninclude = @t\n");
	ck_assert_str_eq(objects(), "systems.o users.o ");
	tree_write(OWN, "[/usr/bin/less]\ninclude = @t\n[@t]\nrule = own.o\n");
	ck_assert_str_eq(objects(), "systems.o own.o ");
}
END_TEST

START_TEST(every_value_remembers_the_lines_that_brought_it)
{
	struct lookup_result result;
	const struct origin *origin;

	tree_write(SHIPPED "/templates/a.ini", "[@a]\n\ninclude = @b\n");
	tree_write(SHIPPED "/templates/b.ini", "[@b]\nrule = b.o\n");
	tree_write(LESS, "[/usr/bin/less]\n\n\ninclude = @a\n");
	result = find();
	ck_assert_uint_eq(result.match_count, 1);
	origin = &result.matches[0].profile->rules[0].origin;
	ck_assert_str_eq(origin->file, SHIPPED "/templates/b.ini");
	ck_assert_uint_eq(origin->line, 2);
	origin = origin->included_by;
	ck_assert_str_eq(origin->file, SHIPPED "/templates/a.ini");
	ck_assert_uint_eq(origin->line, 3);
	origin = origin->included_by;
	ck_assert_str_eq(origin->file, LESS);
	ck_assert_uint_eq(origin->line, 4);
	ck_assert_ptr_null(origin->included_by);
}
END_TEST

#define PREFIX "landlock-shim: "
#define T SHIPPED "/templates/t.ini"

static const struct {
	const char *name;
	const char *template; /* NULL: there is none */
	const char *profile;
	const char *fault; /* its beginning */
} faulty[] = {
	{ "is unknown", NULL, "include = @t",
	  PREFIX LESS ":2: include: unknown template: \"@t\" (looked for in "
		      "this file, " SYSTEM "/templates and " SHIPPED
		      "/templates); " },
	{ "has a line that makes no sense", "[@t]\n\nmode = off\nraed = /\n",
	  "rule = a.o\ninclude = @t",
	  PREFIX T ":3: mode: no template may say this (included by " LESS
		   ":3); " },
	{ "speaks of a program", "[@t]\nmatch = /bin/x\n", "include = @t",
	  PREFIX T ":2: match: no template may say this (included by " LESS
		   ":2); " },
	{ "is called otherwise", "[@other]\n", "include = @t",
	  PREFIX LESS ":2: include: \"@t\": " T
		      ": holds not just the section [@t]; " },
	{ "holds more", "[@t]\n[@u]\n", "include = @t",
	  PREFIX LESS ":2: include: \"@t\": " T ": holds not just" },
	{ "holds another's section", "[@t]\n[/usr/bin/more]\n", "include = @t",
	  PREFIX LESS ":2: include: \"@t\": " T ": holds not just" },
	{ "has lines before its section", "rule = x.o\n[@t]\n", "include = @t",
	  PREFIX LESS ":2: include: \"@t\": " T ":1: key outside" },
	{ "includes itself", "[@t]\ninclude = @t\n", "include = @t",
	  PREFIX T ":2: include: @t includes itself (included by " LESS
		   ":2); " },
	{ "has a section twice", NULL, "include = @t\n[@t]\n[@t]\n",
	  PREFIX LESS ":2: include: section [@t] is in line 3 already" },
};

START_TEST(a_template_that_is_wrong_ends_who_includes_it)
{
	char text[256];

	if (faulty[_i].template)
		tree_write(T, faulty[_i].template);
	snprintf(text, sizeof(text), "[/usr/bin/less]\n%s\n",
		 faulty[_i].profile);
	tree_write(LESS, text);
	ck_assert_msg(strncmp(fault(), faulty[_i].fault,
			      strlen(faulty[_i].fault)) == 0,
		      "%s: %s", faulty[_i].name, fault());
}
END_TEST

START_TEST(a_cycle_is_told_with_its_chain)
{
	tree_write(SHIPPED "/templates/a.ini", "[@a]\ninclude = @b\n");
	tree_write(SHIPPED "/templates/b.ini", "[@b]\ninclude = @a\n");
	tree_write(LESS, "[/usr/bin/less]\ninclude = @a\n");
	ck_assert_str_eq(fault(), PREFIX SHIPPED
			 "/templates/b.ini:2: include: @a includes "
			 "itself (included by " SHIPPED
			 "/templates/a.ini:2, by " LESS
			 ":2); take it out of the one or the other\n");
}
END_TEST

/* @count templates, each of which includes the next. */
static void write_chain(const unsigned int count)
{
	char path[64], text[64];
	unsigned int i;

	for (i = 1; i <= count; i++) {
		snprintf(path, sizeof(path), SHIPPED "/templates/t%u.ini", i);
		snprintf(text, sizeof(text),
			 i < count ? "[@t%u]\ninclude = @t%u\n"
				   : "[@t%u]\nrule = t.o\n",
			 i, i + 1);
		tree_write(path, text);
	}
	tree_write(LESS, "[/usr/bin/less]\ninclude = @t1\n");
}

START_TEST(sixteen_templates_include_each_other)
{
	write_chain(16);
	ck_assert_str_eq(objects(), "t.o ");
}
END_TEST

START_TEST(and_no_more)
{
	write_chain(17);
	ck_assert_ptr_nonnull(
		strstr(fault(), "more than 16 templates deep: \"@t17\""));
}
END_TEST

static void exchange_owner(void)
{
	ck_assert_int_eq(chown(SYSTEM "/templates/t.ini", TREE_USER, 0), 0);
}

static void let_others_write(void)
{
	ck_assert_int_eq(chmod(SYSTEM "/templates", 0777), 0);
}

static void dangle(void)
{
	ck_assert_int_eq(unlink(SYSTEM "/templates/t.ini"), 0);
	ck_assert_int_eq(symlink("/nowhere", SYSTEM "/templates/t.ini"), 0);
}

static const struct {
	void (*spoil)(void);
	const char *cause;
} unbelieved[] = {
	{ exchange_owner, "belongs to" },
	{ let_others_write, "may be written by others" },
	{ dangle, "does not exist" },
};

/* Another one in its place would be another profile. */
START_TEST(a_template_that_is_not_believed_is_not_made_up_for)
{
	if (geteuid() && unbelieved[_i].spoil == exchange_owner)
		return;
	tree_write(SHIPPED "/templates/t.ini", "[@t]\nrule = shipped.o\n");
	tree_write(SYSTEM "/templates/t.ini", "[@t]\nrule = systems.o\n");
	tree_write(LESS, "[/usr/bin/less]\ninclude = @t\n");
	unbelieved[_i].spoil();
	ck_assert_msg(strstr(fault(), unbelieved[_i].cause), "%s", fault());
}
END_TEST

START_TEST(a_template_speaks_of_no_program)
{
	tree_write(LESS, "[/usr/bin/less]\nrule = a.o\n[@t]\nraed = x\n"
			 "match = /usr/bin/less\n");
	ck_assert_str_eq(objects(), "a.o ");
}
END_TEST

START_TEST(nothing_is_included_where_the_profile_is_off)
{
	tree_write(LESS, "[/usr/bin/less]\ninclude = @unknown\nmode = off\n");
	ck_assert_str_eq(objects(), "");
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("template");
	TCase *const tcase = tcase_create("template");

	tcase_add_checked_fixture(tcase, make_tree, NULL);
	tcase_add_test(tcase, lines_count_where_they_are_included);
	tcase_add_test(tcase, an_empty_value_takes_back_what_was_included);
	tcase_add_test(tcase, templates_include_others_and_each_counts_once);
	tcase_add_test(
		tcase,
		the_file_comes_before_the_layer_and_that_before_what_is_shipped);
	tcase_add_test(tcase, every_value_remembers_the_lines_that_brought_it);
	tcase_add_loop_test(tcase,
			    a_template_that_is_wrong_ends_who_includes_it, 0,
			    ARRAY_SIZE(faulty));
	tcase_add_test(tcase, a_cycle_is_told_with_its_chain);
	tcase_add_test(tcase, sixteen_templates_include_each_other);
	tcase_add_test(tcase, and_no_more);
	tcase_add_loop_test(tcase,
			    a_template_that_is_not_believed_is_not_made_up_for,
			    0, ARRAY_SIZE(unbelieved));
	tcase_add_test(tcase, a_template_speaks_of_no_program);
	tcase_add_test(tcase, nothing_is_included_where_the_profile_is_off);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
