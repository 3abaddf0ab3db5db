// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which patterns a glob becomes, and which it can't become. */
#include "pattern.h"

#include <errno.h>
#include <string.h>

#include "../suite.h"

static const struct {
	const char *glob, *directory, *first, *second;
} cases[] = {
	{ "/home/ann/*", "/home/ann", "[!.]*", NULL },
	{ "/home/ann/*.txt", "/home/ann", "[!.]*.txt", NULL },
	{ "/home/ann/*x", "/home/ann", "x", "[!.]*x" },
	{ "/home/ann/**x", "/home/ann", "x", "[!.]*x" },
	{ "/home/ann/*?", "/home/ann", "[!.]", "[!.]*?" },
	{ "/home/ann/*[!x]", "/home/ann", "[!.x]", "[!.]*[!x]" },
	{ "/home/ann/*\\.x", "/home/ann", "[!.]*\\.x", NULL },
	{ "/home/ann/.app.json*", "/home/ann", ".app.json*", NULL },
	{ "/home/ann/id_*", "/home/ann", "id_*", NULL },
	{ "/home/ann/?x", "/home/ann", "[!.]x", NULL },
	{ "/home/ann/[a-z]x", "/home/ann", "[a-z]x", NULL },
	{ "/home/ann/[!a]x", "/home/ann", "[!.a]x", NULL },
	{ "/home/ann/[x*", "/home/ann", "[x*", NULL },
	{ "/home/ann/a\\*b*", "/home/ann", "a\\*b*", NULL },
	{ "/x*", "/", "x*", NULL },
	/* Another part is one; what the kernel would read otherwise. */
	{ "/home/*/file", NULL, NULL, NULL },
	{ "/home/*/x*", NULL, NULL, NULL },
	{ "/home/a\\*b/x*", NULL, NULL, NULL },
	{ "/home/ann/[.-z]x", NULL, NULL, NULL },
	{ "/home/ann/[+-z]x", NULL, NULL, NULL },
	{ "/home/ann/[!-z]x", NULL, NULL, NULL },
	{ "/home/ann/[!]a]x", NULL, NULL, NULL },
	{ "/home/ann/x[^a]", NULL, NULL, NULL },
	{ "/home/ann/x[\\]a]", NULL, NULL, NULL },
};

START_TEST(a_glob_becomes_patterns)
{
	struct pattern pattern;
	const size_t count = !cases[_i].first ? 0 : cases[_i].second ? 2 : 1;

	ck_assert_int_eq(pattern_make(cases[_i].glob, &pattern),
			 count ? 0 : -EDOM);
	if (!count)
		return;
	ck_assert_str_eq(pattern.directory, cases[_i].directory);
	ck_assert_uint_eq(pattern.count, count);
	ck_assert_str_eq(pattern.names[0], cases[_i].first);
	if (count > 1)
		ck_assert_str_eq(pattern.names[1], cases[_i].second);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("pattern");
	TCase *const all = tcase_create("pattern");

	tcase_add_loop_test(all, a_glob_becomes_patterns, 0,
			    sizeof(cases) / sizeof(*cases));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
