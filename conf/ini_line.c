// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tells what lines are apart.
 */
#include "ini_line.h"

#include <string.h>

#include "ini.h"

bool ini_is_blank(const char c)
{
	return c == ' ' || c == '\t';
}

static bool is_letter(const char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_key_character(const char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool ini_is_control(const char c)
{
	return ((unsigned char)c < ' ' && c != '\t') || c == '\177';
}

size_t ini_without_comment(const char *const line, size_t length,
			   bool *const is_open)
{
	size_t i;

	*is_open = false;
	for (i = 0; i < length; i++) {
		if (line[i] == '"')
			*is_open = !*is_open;
		else if (line[i] == '\\')
			i++;
		else if (line[i] == ';' && i && ini_is_blank(line[i - 1]) &&
			 !*is_open)
			length = i;
	}
	while (length && ini_is_blank(line[length - 1]))
		length--;
	return length;
}

bool ini_is_section(const char *const line, const size_t length)
{
	if (line[0] == '[')
		return true;
	if (line[length - 1] != ']' || memchr(line, '[', length))
		return false;
	return line[0] == '/' ||
	       !(memchr(line, '=', length) || memchr(line, ' ', length) ||
		 memchr(line, '\t', length));
}

/* Letters, digits, dashes and underscores, a letter first: whether there is such a
 * key, who knows the keys tells. */
static size_t key_length(const char *const line, const size_t length)
{
	size_t i = 0;

	while (i < length && is_key_character(line[i]))
		i++;
	return i && i <= INI_KEY_BYTES_MAX && is_letter(line[0]) ? i : 0;
}

size_t ini_find_key(const char *const line, const size_t length,
		    const char mark, size_t *const behind)
{
	const size_t key_bytes = key_length(line, length);
	size_t i = key_bytes;

	while (i < length && ini_is_blank(line[i]))
		i++;
	*behind = i + 1;
	return i < length && line[i] == mark ? key_bytes : 0;
}

bool ini_looks_like_key(const char *const line, const size_t length)
{
	size_t behind;
	const size_t key_bytes = ini_find_key(line, length, '=', &behind);

	return key_bytes && (behind > key_bytes + 1 ||
			     (behind < length && ini_is_blank(line[behind])));
}
