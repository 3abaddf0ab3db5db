// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A leading dot is a character like others to the kernel: it is left out by a list in
 * front.
 */
#include "pattern.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "glob.h"

/* What is no dot. */
#define NO_DOT "[!.]"

/*
 * The end of the list that begins at @list, behind its `[`; NULL where nothing closes
 * it, which makes a name of it.
 */
static const char *end_of_list(const char *list)
{
	if (*list == '!' || *list == '^')
		list++;
	if (*list == ']')
		list++;
	while (*list && *list != ']')
		list++;
	return *list ? list + 1 : NULL;
}

/* Does the kernel read all lists as we do: no ^ for !, and no backslash? */
static bool has_plain_lists(const char *text)
{
	const char *end, *at;

	while (*text) {
		if (*text == '\\' && text[1]) {
			text += 2;
			continue;
		}
		end = *text == '[' ? end_of_list(text + 1) : NULL;
		if (!end) {
			text++;
			continue;
		}
		if (text[1] == '^')
			return false;
		for (at = text; at < end; at++)
			if (*at == '\\')
				return false;
		text = end;
	}
	return true;
}

/* PREFIX and TEXT, as one more of @out. */
static int emit(struct pattern *const out, const char *const prefix,
		const char *const text)
{
	const size_t before = strlen(prefix), behind = strlen(text);
	char *const name = arena_take(before + behind + 1, 1);

	if (!name)
		return -ENOMEM;
	memcpy(name, prefix, before);
	memcpy(name + before, text, behind + 1);
	out->names[out->count++] = name;
	return 0;
}

/* No dot is between letters, digits and underscores. */
static bool is_plain(const char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '_';
}

/*
 * The list that a name begins with is to match no dot: one that excludes is given the
 * dot as well; one that includes has to be plain.
 */
static int emit_list(struct pattern *const out, const char *const text)
{
	const char *const end = end_of_list(text + 1);
	const char *at;

	if (!end)
		return emit(out, "", text);
	if (text[1] == '!') {
		if (text[2] == ']' || text[2] == '-')
			return -EDOM;
		return emit(out, "[!.", text + 2);
	}
	for (at = text + 1; at < end - 1; at++)
		if (!is_plain(*at) && (*at != '-' || at == text + 1))
			return -EDOM;
	return emit(out, "", text);
}

static int emit_first(struct pattern *const out, const char *const text)
{
	switch (*text) {
	case '?':
		return emit(out, NO_DOT, text + 1);
	case '[':
		return emit_list(out, text);
	default:
		return emit(out, "", text);
	}
}

static int emit_all(struct pattern *const out, const char *const text)
{
	const char *const rest = text + strspn(text, "*");
	int error = 0;

	if (rest == text)
		return emit_first(out, text);
	/* The star may stand for nothing. */
	if (*rest && *rest != '.' && strncmp(rest, "\\.", 2) != 0)
		error = emit_first(out, rest);
	return error ?: emit(out, NO_DOT "*", rest);
}

int pattern_make(const char *const glob, struct pattern *const out)
{
	const char *const slash = strrchr(glob, '/');
	const size_t length = (size_t)(slash - glob);

	*out = (struct pattern){ .count = 0 };
	out->directory = arena_copy(glob, length ? length : 1);
	if (!out->directory)
		return -ENOMEM;
	if (strpbrk(out->directory, GLOB_SPECIAL) || !strpbrk(slash, "*?[") ||
	    !has_plain_lists(slash + 1))
		return -EDOM;
	return emit_all(out, slash + 1);
}
