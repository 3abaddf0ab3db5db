// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Printing that no byte can break.
 */
#include "print.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "profile.h"

/* By the length of a sequence: its first code point, as shorter ones have all
 * below. */
static const uint32_t first_points[] = { 0, 0, 0x80, 0x800, 0x10000 };

/* The length of the UTF-8 sequence at @text; 0: it is none. */
static size_t sequence(const unsigned char *const text, uint32_t *const point)
{
	const size_t length = text[0] < 0x80   ? 1
			      : text[0] < 0xc2 ? 0
			      : text[0] < 0xe0 ? 2
			      : text[0] < 0xf0 ? 3
			      : text[0] < 0xf5 ? 4
					       : 0;
	size_t i;

	*point = length > 1 ? text[0] & (0x7fU >> length) : text[0];
	for (i = 1; i < length; i++) {
		if ((text[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (text[i] & 0x3fU);
	}
	if (length && (*point < first_points[length] || *point > 0x10ffff ||
		       (*point >= 0xd800 && *point < 0xe000)))
		return 0;
	return length;
}

static bool is_control(const uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point < 0xa0);
}

void print_text(const char *const text)
{
	const unsigned char *at = (const unsigned char *)text;

	while (*at) {
		uint32_t point;
		const size_t length = sequence(at, &point);

		if (!length || is_control(point))
			putchar('?');
		else
			fwrite(at, 1, length, stdout);
		at += length ? length : 1;
	}
}

void print_rule_text(const struct profile_rule *const rule)
{
	size_t i;

	print_text(rule->object);
	for (i = 0; i < rule->parameter_count; i++) {
		putchar(' ');
		print_text(rule->parameters[i].name);
		putchar('=');
		print_text(rule->parameters[i].value);
	}
}

void print_json(const char *const text)
{
	const unsigned char *at = (const unsigned char *)text;

	if (!text) {
		fputs("null", stdout);
		return;
	}
	putchar('"');
	while (*at) {
		uint32_t point;
		const size_t length = sequence(at, &point);

		if (!length)
			fputs("\\ufffd", stdout);
		else if (is_control(point))
			printf("\\u%04x", (unsigned int)point);
		else if (point == '"' || point == '\\')
			printf("\\%c", (char)point);
		else
			fwrite(at, 1, length, stdout);
		at += length ? length : 1;
	}
	putchar('"');
}

void print_json_member(const char *const separator, const char *const name,
		       const char *const text)
{
	fputs(separator, stdout);
	print_json(name);
	fputs(": ", stdout);
	print_json(text);
}
