// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One pass with one place to return to: no part of a pattern but a slash matches
 * a slash, so that stars before the last slash, and all but the last star behind
 * it, never have to be asked again.
 */
#include "glob.h"

#include <stddef.h>

/* Takes one byte of a list, which a backslash may stand before; 0 at the end. */
static unsigned char take_listed(const char **const list)
{
	if (**list == '\\')
		(*list)++;
	return **list ? (unsigned char)*(*list)++ : 0;
}

/*
 * Holds @byte against the list behind a `[`.  Returns what is behind its `]`; or
 * NULL when there is none, or a slash before it.
 */
static const char *match_list(const char *list, const unsigned char byte,
			      bool *const matches)
{
	const bool inverted = *list == '!' || *list == '^';
	bool is_first = true, found = false;

	if (inverted)
		list++;
	for (; *list != ']' || is_first; is_first = false) {
		const unsigned char low = take_listed(&list);
		unsigned char high = low;

		if (low && *list == '-' && list[1] && list[1] != ']') {
			list++;
			high = take_listed(&list);
		}
		if (!low || !high || low == '/' || high == '/')
			return NULL;
		found |= low <= byte && byte <= high;
	}
	*matches = found != inverted;
	return list + 1;
}

/*
 * Holds @byte, no NUL, against the first part of @pattern, no star.  Returns
 * what is behind that part, or NULL if it does not match.
 */
static const char *match_byte(const char *pattern, const char byte)
{
	const char *behind;
	bool matches;

	if (*pattern == '?')
		return byte != '/' ? pattern + 1 : NULL;
	if (*pattern == '[') {
		behind = match_list(pattern + 1, (unsigned char)byte, &matches);
		if (behind)
			return matches && byte != '/' ? behind : NULL;
	}
	if (*pattern == '\\')
		pattern++;
	return *pattern == byte ? pattern + 1 : NULL;
}

bool glob_matches(const char *pattern, const char *path)
{
	const char *behind_star =
		NULL;		    /* what the last star has to make way for */
	const char *starred = NULL; /* where that was tried last */

	for (;;) {
		const char *behind;

		if (*pattern == '*') {
			behind_star = ++pattern;
			starred = path;
			continue;
		}
		if (!*path && !*pattern)
			return true;
		behind = *path ? match_byte(pattern, *path) : NULL;
		if (behind) {
			if (*path == '/')
				behind_star = NULL;
			pattern = behind;
			path++;
			continue;
		}
		/* One more byte is the star's, unless it is none of its. */
		if (!behind_star || !*starred || *starred == '/')
			return false;
		pattern = behind_star;
		path = ++starred;
	}
}
