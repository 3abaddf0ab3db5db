// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The INI reader: what a text says arrives whole, and anything else is an error
 * that names its line.
 */
#include "ini.h"
#include "../suite.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define TEXT(literal) .text = (literal), .size = sizeof(literal) - 1

/* What was handed on, as "[section]@line" and "key=value@line" lines. */
struct record {
	char text[4096];
	size_t length;
};

static int record_section(void *const user, const char *const name,
			  const unsigned int line)
{
	struct record *const record = user;

	record->length +=
		(size_t)snprintf(record->text + record->length,
				 sizeof(record->text) - record->length,
				 "[%s]@%u\n", name, line);
	return 0;
}

static int record_key(void *const user, const char *const key,
		      const char *const value, const unsigned int line)
{
	struct record *const record = user;

	record->length +=
		(size_t)snprintf(record->text + record->length,
				 sizeof(record->text) - record->length,
				 "%s=%s@%u\n", key, value, line);
	return 0;
}

static int read_text(const char *const text, const size_t size,
		     struct record *const record, struct report *const report)
{
	const struct ini_handler handler = { record_section, record_key,
					     record };
	/* Not NUL-terminated, so that a sanitizer sees each step too far. */
	char *const copy = malloc(size ? size : 1);
	int error;

	memcpy(copy, text, size);
	memset(record, 0, sizeof(*record));
	memset(report, 0, sizeof(*report));
	error = ini_read(copy, size, "a.ini", &handler, report);
	free(copy);
	return error;
}

static const struct {
	const char *text;
	size_t size;
	const char *read;
} good[] = {
	{ TEXT(""), "" },
	{ TEXT("\n\n"), "" },
	{ TEXT("; comment\n# comment\n  ; comment\n\t# comment\n"), "" },
	{ TEXT("[a]"), "[a]@1\n" },
	{ TEXT("[a]\nb=c"), "[a]@1\nb=c@2\n" },
	{ TEXT("[a]\r\nb=c\r\n"), "[a]@1\nb=c@2\n" },
	{ TEXT("[a b/c.d]  ; comment\n"), "[a b/c.d]@1\n" },
	{ TEXT("[a]\nb  =\t c  d \t\n"), "[a]@1\nb=c  d@2\n" },
	{ TEXT("[a]\nb = c\nb = d\n"), "[a]@1\nb=c@2\nb=d@3\n" },
	{ TEXT("[a]\nb = c\n d\n\te\n"), "[a]@1\nb=c d e@2\n" },
	{ TEXT("[a]\nb = c\n\n ; comment\n d\n"), "[a]@1\nb=c d@2\n" },
	{ TEXT("[a]\nb =\n  c\n"), "[a]@1\nb=c@2\n" },
	{ TEXT("[a]\nb =\nc = ; comment\n"), "[a]@1\nb=@2\nc=@3\n" },
	{ TEXT("[a]\nb = c ; comment\n d\t;comment\n"), "[a]@1\nb=c d@2\n" },
	{ TEXT("[a]\nb = c;d #e\n"), "[a]@1\nb=c;d #e@2\n" },
	{ TEXT("[a]\nb =;c\n"), "[a]@1\nb=;c@2\n" },
	{ TEXT("[a]\nb = c\n d = e\n"), "[a]@1\nb=c d = e@2\n" },
	{ TEXT("[a]\nb = c\n [d]\n"), "[a]@1\nb=c [d]@2\n" },
	{ TEXT("[a]\nb = c=d:e=\n"), "[a]@1\nb=c=d:e=@2\n" },
	{ TEXT("[a]\nb = \"c\"\n"), "[a]@1\nb=\"c\"@2\n" },
	{ TEXT("[\303\244]\nb = \303\244\302\240\n"),
	  "[\303\244]@1\nb=\303\244\302\240@2\n" },
	{ TEXT("[a]\n[b]\n"), "[a]@1\n[b]@2\n" },
	{ TEXT("[a]\non-error = c\n"), "[a]@1\non-error=c@2\n" },
	{ TEXT("[a]\nabcdefghijklmnopqrstuvwxyzabcdef = c\n"),
	  "[a]@1\nabcdefghijklmnopqrstuvwxyzabcdef=c@2\n" },
};

START_TEST(understood_text_arrives_whole)
{
	struct record record;
	struct report report;

	ck_assert_msg(read_text(good[_i].text, good[_i].size, &record,
				&report) == 0,
		      "%s: %s", good[_i].text, report.cause);
	ck_assert_str_eq(record.text, good[_i].read);
}
END_TEST

#define NOT_A_LINE "neither section, key, continuation nor comment"
#define NO_SECTION_NAME "section without a name or an end"
#define CONTROL "control character in the line"

static const struct {
	const char *text;
	size_t size;
	unsigned int line;
	const char *cause;
	const char *read; /* what was handed on before */
} bad[] = {
	{ TEXT("b = c\n"), 1, "key outside a section", "" },
	{ TEXT(" b = c\n"), 1, "indented line that continues no key", "" },
	{ TEXT("[a]\n b = c\n"), 2, "indented line that continues no key",
	  "[a]@1\n" },
	{ TEXT("[a]\nb = c\n[d]\n e\n"), 4,
	  "indented line that continues no key", "[a]@1\nb=c@2\n[d]@3\n" },
	{ TEXT("[a]\nb: c\n"), 2, NOT_A_LINE, "[a]@1\n" },
	{ TEXT("[a]\nb: c = d\n"), 2, NOT_A_LINE, "[a]@1\n" },
	{ TEXT("[a]\nb\n"), 2, NOT_A_LINE, "[a]@1\n" },
	{ TEXT("[a]\nb ; = c\n"), 2, NOT_A_LINE, "[a]@1\n" },
	{ TEXT("[a]\n= c\n"), 2, NOT_A_LINE, "[a]@1\n" },
	{ TEXT("[a]\nB = c\n"), 2, NOT_A_LINE, "[a]@1\n" },
	{ TEXT("[a]\nb c = d\n"), 2, NOT_A_LINE, "[a]@1\n" },
	{ TEXT("[a]\nabcdefghijklmnopqrstuvwxyzabcdefg = c\n"), 2, NOT_A_LINE,
	  "[a]@1\n" },
	{ TEXT("[a\n"), 1, NO_SECTION_NAME, "" },
	{ TEXT("[a] b\n"), 1, NO_SECTION_NAME, "" },
	{ TEXT("["), 1, NO_SECTION_NAME, "" },
	{ TEXT("[]\n"), 1, NO_SECTION_NAME, "" },
	{ TEXT("[a ; b]\n"), 1, NO_SECTION_NAME, "" },
	{ TEXT("[ a]\n"), 1, "section name with brackets or outer blanks", "" },
	{ TEXT("[a ]\n"), 1, "section name with brackets or outer blanks", "" },
	{ TEXT("[[a]]\n"), 1, "section name with brackets or outer blanks",
	  "" },
	{ TEXT("[a]\nb = c\nbroken\nd = e\n"), 3, NOT_A_LINE,
	  "[a]@1\nb=c@2\n" },
	{ TEXT("[a]\nb = c\0d\n"), 2, CONTROL, "[a]@1\n" },
	{ TEXT("\0"), 1, CONTROL, "" },
	{ TEXT("[a]\nb = \001c\n"), 2, CONTROL, "[a]@1\n" },
	{ TEXT("[a]\nb = c\rd\n"), 2, CONTROL, "[a]@1\n" },
	{ TEXT("; \033[2J\n"), 1, CONTROL, "" },
	{ TEXT("[a]\nb = c\177\n"), 2, CONTROL, "[a]@1\n" },
	{ TEXT("\357\273\277[a]\n"), 1, "byte order mark before the text", "" },
	{ TEXT("\357\273\277"), 1, "byte order mark before the text", "" },
	{ TEXT("\377\376[\0a\0]\0\n\0"), 1, CONTROL, "" },
};

START_TEST(anything_else_ends_the_reading_at_its_line)
{
	struct record record;
	struct report report;

	ck_assert_msg(read_text(bad[_i].text, bad[_i].size, &record, &report) ==
			      -EINVAL,
		      "%s", bad[_i].text);
	ck_assert_str_eq(report.cause, bad[_i].cause);
	ck_assert_uint_eq(report.line, bad[_i].line);
	ck_assert_str_eq(report.file, "a.ini");
	ck_assert_str_ne(report.remedy, "");
	ck_assert_str_eq(record.text, bad[_i].read);
}
END_TEST

struct long_value {
	const char *expected;
	bool seen;
};

static int ignore_section(void *const user, const char *const name,
			  const unsigned int line)
{
	(void)user;
	(void)name;
	(void)line;
	return 0;
}

static int compare_value(void *const user, const char *const key,
			 const char *const value, const unsigned int line)
{
	struct long_value *const expected = user;

	ck_assert_str_eq(key, "b");
	ck_assert_uint_eq(line, 2);
	ck_assert_msg(strcmp(value, expected->expected) == 0,
		      "expected %zu bytes, got %zu: %s",
		      strlen(expected->expected), strlen(value), value);
	expected->seen = true;
	return 0;
}

/* Of these, values of each length are made, to meet every way to cut them. */
static const char *const patterns[] = {
	"x",
	"word ",
	"a  b\tc   ",
	";",
	"#",
	"a;b",
	"a #",
	"[a]",
	"=",
	":",
	"\303\244",
	"a                                                        "
	"                                                         "
	"                                                         ",
};

START_TEST(value_of_any_length_arrives_byte_for_byte)
{
	char value[700] = "b", text[sizeof(value) + 16];
	struct report report;
	size_t length;

	for (length = 1; length < sizeof(value) - 1; length++) {
		struct long_value expected = { .expected = value };
		const struct ini_handler handler = { ignore_section,
						     compare_value, &expected };
		const size_t pattern_length = strlen(patterns[_i]);

		value[length - 1] = patterns[_i][length % pattern_length];
		value[0] = 'b';
		value[length] = 'e'; /* no blank that would be stripped */
		value[length + 1] = '\0';
		snprintf(text, sizeof(text), "[a]\nb = %s", value);
		ck_assert_int_eq(ini_read(text, strlen(text), "a.ini", &handler,
					  &report),
				 0);
		ck_assert(expected.seen);
	}
}
END_TEST

/* A line of @length bytes with its end, below a section. */
static int read_long_line(const char *const before, const size_t length,
			  struct report *const report)
{
	char *const text = malloc(length + 5);
	struct record record = { .length = 0 };
	const struct ini_handler handler = { ignore_section, record_key,
					     &record };
	int error;

	memset(text, 'x', length + 5);
	memcpy(text, "[a]\n", 4);
	memcpy(text + 4, before, strlen(before));
	text[length + 4] = '\n';
	error = ini_read(text, length + 5, "a.ini", &handler, report);
	free(text);
	return error;
}

START_TEST(longest_line_is_read_and_a_longer_one_refused)
{
	struct report report;

	ck_assert_int_eq(read_long_line("; ", INI_LINE_BYTES_MAX, &report), 0);
	ck_assert_int_eq(read_long_line("b=", INI_LINE_BYTES_MAX + 1, &report),
			 -EINVAL);
	ck_assert_str_eq(report.cause, "line is too long");
	ck_assert_uint_eq(report.line, 2);
	ck_assert_int_eq(read_long_line("; ", INI_LINE_BYTES_MAX + 1, &report),
			 -EINVAL);
}
END_TEST

START_TEST(longest_section_name_is_read_and_a_longer_one_refused)
{
	char text[INI_SECTION_BYTES_MAX + 4];
	struct record record;
	struct report report;

	memset(text, 'x', sizeof(text));
	text[0] = '[';
	text[INI_SECTION_BYTES_MAX + 1] = ']';
	ck_assert_int_eq(read_text(text, INI_SECTION_BYTES_MAX + 2, &record,
				   &report),
			 0);
	text[INI_SECTION_BYTES_MAX + 1] = 'x';
	text[INI_SECTION_BYTES_MAX + 2] = ']';
	ck_assert_int_eq(read_text(text, INI_SECTION_BYTES_MAX + 3, &record,
				   &report),
			 -EINVAL);
	ck_assert_str_eq(report.cause, "section name is too long");
}
END_TEST

static int refuse_section(void *const user, const char *const name,
			  const unsigned int line)
{
	(void)user;
	(void)line;
	return strcmp(name, "b") == 0 ? -EXDEV : 0;
}

START_TEST(handler_ends_the_reading)
{
	static const char text[] = "[a]\nb = c\n[b]\nb = d\n[c]\n";
	struct record record = { .length = 0 };
	const struct ini_handler handler = { refuse_section, record_key,
					     &record };
	struct report report;

	ck_assert_int_eq(ini_read(text, sizeof(text) - 1, "a.ini", &handler,
				  &report),
			 -EXDEV);
	ck_assert_str_eq(record.text, "b=c@2\n");
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("ini");
	TCase *const tcase = tcase_create("text");

	tcase_add_loop_test(tcase, understood_text_arrives_whole, 0,
			    ARRAY_SIZE(good));
	tcase_add_loop_test(tcase, anything_else_ends_the_reading_at_its_line,
			    0, ARRAY_SIZE(bad));
	tcase_add_loop_test(tcase, value_of_any_length_arrives_byte_for_byte, 0,
			    ARRAY_SIZE(patterns));
	tcase_add_test(tcase, longest_line_is_read_and_a_longer_one_refused);
	tcase_add_test(tcase,
		       longest_section_name_is_read_and_a_longer_one_refused);
	tcase_add_test(tcase, handler_ends_the_reading);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
