// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Globs: what fnmatch(3) says, in bounded time.
 */
#include "glob.h"
#include "../suite.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *pattern, *path;
	bool matches;
} cases[] = {
	{ "", "", true },
	{ "", "a", false },
	{ "a", "", false },
	{ "*", "", true },
	{ "/usr/bin/less", "/usr/bin/less", true },
	{ "/usr/bin/les", "/usr/bin/less", false },
	{ "/usr/bin/less", "/usr/bin/les", false },
	{ "/opt/*/less", "/opt/b/less", true },
	{ "/opt/*/less", "/opt/b/c/less", false },
	{ "/opt/*/less", "/opt/less", false },
	{ "/opt/*", "/opt/.hidden", true },
	{ "/opt/*", "/opt/", true },
	{ "/opt/*", "/opt/a/", false },
	{ "/opt/**b", "/opt/ab", true },
	{ "/*b*d", "/abcd", true },
	{ "/*b*d", "/abcde", false },
	{ "/*/*/*", "/a/b/c", true },
	{ "/*/*/*", "/a/b", false },
	{ "/opt/l?ss", "/opt/less", true },
	{ "/opt?less", "/opt/less", false },
	{ "/?", "/", false },
	{ "/[a-m]ess", "/less", true },
	{ "/[!a-m]ess", "/less", false },
	{ "/[^a-m]ess", "/less", false },
	{ "/[!a-m]ess", "/ness", true },
	{ "/[]]", "/]", true },
	{ "/[!]]", "/]", false },
	{ "/[a-]", "/-", true },
	{ "/[-a]", "/-", true },
	{ "/[z-a]", "/m", false },
	{ "/[\\]]", "/]", true },
	{ "/[\\!a]", "/!", true },
	{ "/[a\\-z]", "/m", false },
	{ "/a[!b]c", "/a/c", false },
	{ "/usr/bin/[", "/usr/bin/[", true },
	{ "/[ab", "/[ab", true },
	{ "/[ab", "/a", false },
	{ "/\\*", "/*", true },
	{ "/\\*", "/b", false },
	{ "/\\a", "/a", true },
	{ "/a\\", "/a\\", false },
	{ "/a\\", "/a", false },
	{ "/*\303\244", "/x\303\244", true },
	{ "/[\200-\377]", "/\303", true },
};

START_TEST(pattern_matches_what_it_says)
{
	ck_assert_msg(glob_matches(cases[_i].pattern, cases[_i].path) ==
			      cases[_i].matches,
		      "%s, %s", cases[_i].pattern, cases[_i].path);
}
END_TEST

/* Writes the @number-th text over @letters. */
static void write_text(const char *const letters, unsigned long number,
		       char *text)
{
	const size_t count = strlen(letters);

	for (; number; number = (number - 1) / count)
		*text++ = letters[(number - 1) % count];
	*text = '\0';
}

/*
 * Where C libraries go ways of their own: a slash in a list (POSIX takes the [ for
 * itself then, and so do we), one behind a backslash, and an open range.
 */
static bool is_disputed(const char *const pattern)
{
	const char *const list = strchr(pattern, '[');

	return (list && (strchr(list, '/') || list[strlen(list) - 1] == '-' ||
			 list[strlen(list) - 1] == '\\')) ||
	       strstr(pattern, "\\/");
}

static bool compare(const char *const pattern, const char *const path)
{
	const bool matches = glob_matches(pattern, path);

	if (matches != (fnmatch(pattern, path, FNM_PATHNAME) == 0))
		ck_abort_msg("\"%s\", \"%s\"", pattern, path);
	return matches;
}

/* All short patterns against all short paths. */
START_TEST(short_patterns_match_as_fnmatch_says)
{
	char pattern[16], path[16];
	unsigned long i, j;

	for (i = 0; i < 10000; i++) {
		write_text("a/*?[]", i, pattern);
		if (is_disputed(pattern))
			continue;
		for (j = 0; j < 120; j++) {
			write_text("ab/", j, path);
			compare(pattern, path);
		}
	}
}
END_TEST

/* Random ones, longer and of all signs; always the same. */
START_TEST(long_patterns_match_as_fnmatch_says)
{
	static const char signs[] = "aab/*?[]!-\\b^c";
	static const char letters[] = "aabb/-]!c[";
	unsigned long state = 1, matches = 0;
	char pattern[16], path[16];
	unsigned int i, j;

	for (i = 0; i < 1000000; i++) {
		char *const texts[] = { pattern, path };

		for (j = 0; j < 2; j++) {
			const char *const of = j ? letters : signs;
			size_t length, k;

			state = state * 6364136223846793005UL + 1442695UL;
			length = (state >> 33) % (sizeof(pattern) - 4);
			for (k = 0; k < length; k++) {
				state = state * 6364136223846793005UL +
					1442695UL;
				texts[j][k] = of[(state >> 33) % strlen(of)];
			}
			texts[j][length] = '\0';
		}
		if (is_disputed(pattern))
			continue;
		matches += compare(pattern, path);
	}
	ck_assert_uint_gt(matches, 1000);
}
END_TEST

/* Who backtracks over every star needs more time than there is. */
START_TEST(many_stars_take_no_more_than_the_product_of_lengths)
{
	static char pattern[65536], path[4096];
	size_t i;

	for (i = 0; i < sizeof(pattern) - 2; i += 2)
		memcpy(pattern + i, "*a", 2);
	pattern[i] = 'b';
	memset(path, 'a', sizeof(path) - 1);
	ck_assert(!glob_matches(pattern, path));
	ck_assert(!glob_matches("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", path));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("glob");
	TCase *const tcase = tcase_create("patterns");

	tcase_add_loop_test(tcase, pattern_matches_what_it_says, 0,
			    ARRAY_SIZE(cases));
	tcase_add_test(tcase, short_patterns_match_as_fnmatch_says);
	tcase_add_test(tcase, long_patterns_match_as_fnmatch_says);
	tcase_add_test(tcase,
		       many_stars_take_no_more_than_the_product_of_lengths);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
