// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The INI reader: what a text says arrives whole, and anything else is a fault of
 * its line, that nothing else suffers from.
 */
#include "ini.h"
#include "../suite.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define TEXT(literal) .text = (literal), .size = sizeof(literal) - 1

/*
 * What was handed on: "[section]@line", "key=value@line" and "!cause@line" lines;
 * "[]" where a section's name can't be told, and "!key: cause" for a key's.
 */
struct record {
	char text[8192];
	size_t length;
};

static void __attribute__((format(printf, 2, 3)))
put(struct record *const record, const char *const format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	record->length +=
		(size_t)vsnprintf(record->text + record->length,
				  sizeof(record->text) - record->length, format,
				  arguments);
	va_end(arguments);
}

static int record_section(void *const user, const char *const name,
			  const unsigned int line)
{
	put(user, "[%s]@%u\n", name ? name : "", line);
	return 0;
}

static int record_key(void *const user, const char *const key,
		      const char *const value, const unsigned int line)
{
	put(user, "%s=%s@%u\n", key, value, line);
	return 0;
}

static int record_fault(void *const user, const unsigned int line,
			const char *const key, const char *const remedy,
			const char *const cause)
{
	ck_assert_str_ne(remedy, "");
	put(user, "!%s%s%s@%u\n", key ? key : "", key ? ": " : "", cause, line);
	return 0;
}

static struct ini_handler recorder(struct record *const record)
{
	return (struct ini_handler){ record_section, record_key, record_fault,
				     record };
}

static int read_text(const char *const text, const size_t size,
		     struct record *const record, struct report *const report)
{
	const struct ini_handler handler = recorder(record);
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
	{ TEXT("[a]\nb = c\n d=e\n /f = g\n"), "[a]@1\nb=c d=e /f = g@2\n" },
	{ TEXT("[a]\nb = \"c ; d\" ; e\n"), "[a]@1\nb=\"c ; d\"@2\n" },
	{ TEXT("[a]\nb = \"c\\\" ; d\" ; e\n"), "[a]@1\nb=\"c\\\" ; d\"@2\n" },
	{ TEXT("[a]\nb = c ; \"d\n e\n"), "[a]@1\nb=c e@2\n" },
	/* Whoever reads words finds the quote that is not closed. */
	{ TEXT("[a]\nb = \"c\n d\"\n e\n"), "[a]@1\nb=\"c\002d\"\002e@2\n" },
	{ TEXT("[a]\nb = \"c ; d\n e\n"), "[a]@1\nb=\"c ; d\002e@2\n" },
	/* Which keys there are is for others to say. */
	{ TEXT("[a]\nB_2 = c\n"), "[a]@1\nB_2=c@2\n" },
	{ TEXT("[a]\nb = c\n /[d]\n"), "[a]@1\nb=c /[d]@2\n" },
	{ TEXT("[a]\nb = c\n d]\n"), "[a]@1\nb=c d]@2\n" },
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

#define NOT_A_LINE "!neither section, key, continuation nor comment"
#define NO_SECTION_NAME "!section without a name or an end"
#define BRACKETS "!section name with brackets or outer blanks"
#define INDENTED "!section that is indented"
#define CONTROL "control character in the line"
#define COLON "!colon behind a key"
#define INDENTED_KEY "!indented key"
#define CONTINUES_NOTHING "!indented line that continues no key"
#define OUTSIDE "!key outside a section"
#define MARKED "!byte order mark before the text"

static const struct {
	const char *text;
	size_t size;
	const char *read;
} faulty[] = {
	/* The line is left out, and the rest goes on. */
	{ TEXT("[a]\nb: c\nd = e\n"), "[a]@1\n" COLON "@2\nd=e@3\n" },
	{ TEXT("[a]\nb : c = d\n e\n"), "[a]@1\n" COLON "@2\n" },
	/* Nor does what is below an indented key continue the one above. */
	{ TEXT("[a]\nb = c\n d = e\n  f\n g =h\n i= j\nk = l\n"),
	  "[a]@1\nb=c@2\n" INDENTED_KEY "@3\n" INDENTED_KEY "@5\n" INDENTED_KEY
	  "@6\nk=l@7\n" },
	{ TEXT("[a]\nb\n"), "[a]@1\n" NOT_A_LINE "@2\n" },
	{ TEXT("[a]\nb ; = c\n"), "[a]@1\n" NOT_A_LINE "@2\n" },
	{ TEXT("[a]\n= c\n"), "[a]@1\n" NOT_A_LINE "@2\n" },
	{ TEXT("[a]\n2 = c\n"), "[a]@1\n" NOT_A_LINE "@2\n" },
	{ TEXT("[a]\nb c = d\n"), "[a]@1\n" NOT_A_LINE "@2\n" },
	{ TEXT("[a]\nabcdefghijklmnopqrstuvwxyzabcdefg = c\n"),
	  "[a]@1\n" NOT_A_LINE "@2\n" },
	{ TEXT("[a]\nb = c\nbroken\nd = e\n[f]\n"),
	  "[a]@1\nb=c@2\n" NOT_A_LINE "@3\nd=e@4\n[f]@5\n" },
	{ TEXT("[a]\n b = c\nd = e"),
	  "[a]@1\n" CONTINUES_NOTHING "@2\nd=e@3\n" },
	{ TEXT("[a]\nb = c\n[d]\n e\n"),
	  "[a]@1\nb=c@2\n[d]@3\n" CONTINUES_NOTHING "@4\n" },
	/* What continues a faulty line is part of it. */
	{ TEXT("[a]\nb = c\nbroken\n d\n e\nf = g\n"),
	  "[a]@1\nb=c@2\n" NOT_A_LINE "@3\nf=g@6\n" },
	/* A path that nobody indented is none of a section's. */
	{ TEXT("[a]\nb = c\n/d\ne = f\n"),
	  "[a]@1\nb=c@2\n" NOT_A_LINE "@3\ne=f@4\n" },
	{ TEXT("[a]\nb = /c\n/[de]\ne = f\n"),
	  "[a]@1\nb=/c@2\n" NOT_A_LINE "@3\ne=f@4\n" },
	{ TEXT("[a]\nb c]\ne = f\n"), "[a]@1\n" NOT_A_LINE "@2\ne=f@3\n" },

	/* Outside of sections. */
	{ TEXT("b = c\n[a]\nd = e\n"), OUTSIDE "@1\n[a]@2\nd=e@3\n" },
	{ TEXT("b = c\n d\n"), OUTSIDE "@1\n" },
	{ TEXT(" b = c\n"), CONTINUES_NOTHING "@1\n" },
	{ TEXT("b\n[a]\n"), NOT_A_LINE "@1\n[a]@2\n" },

	/* A broken section's line begins that section. */
	{ TEXT("[a]\n[/usr/bin/b\nc = d\n"),
	  "[a]@1\n[/usr/bin/b]@2\n" NO_SECTION_NAME "@2\nc=d@3\n" },
	{ TEXT("[a] b\nc = d\n"), "[a]@1\n" NO_SECTION_NAME "@1\nc=d@2\n" },
	{ TEXT("[a ; b]\n"), "[a]@1\n" NO_SECTION_NAME "@1\n" },
	{ TEXT("[ a]\n"), "[a]@1\n" BRACKETS "@1\n" },
	{ TEXT("[a ]\n"), "[a]@1\n" BRACKETS "@1\n" },
	{ TEXT("[[a]]\n"), "[a]@1\n" BRACKETS "@1\n" },
	{ TEXT("[/usr/bin/[]\n"), "[/usr/bin/[]@1\n" BRACKETS "@1\n" },
	{ TEXT("[a]\nb = c\n [/d]\ne = f\n"),
	  "[a]@1\nb=c@2\n[/d]@3\n" INDENTED "@3\ne=f@4\n" },
	{ TEXT("[a]\n/usr/bin/b]\nc = d\n"),
	  "[a]@1\n[/usr/bin/b]@2\n" NO_SECTION_NAME "@2\nc=d@3\n" },
	{ TEXT("[a]\nb]\nc = d\n"),
	  "[a]@1\n[b]@2\n" NO_SECTION_NAME "@2\nc=d@3\n" },
	{ TEXT("[a]\n[/b\001]\nc = d\n"),
	  "[a]@1\n[/b]@2\n!" CONTROL "@2\nc=d@3\n" },
	{ TEXT("[a]\n\033[/b]\nc = d\n"),
	  "[a]@1\n[/b]@2\n!" CONTROL "@2\nc=d@3\n" },
	{ TEXT("[a]\n[/b\0]\n"), "[a]@1\n[/b]@2\n!" CONTROL "@2\n" },
	/* Where no name can be told, the lines below are nobody's. */
	{ TEXT("[a]\nb = c\n[]\nd = e\n f\nbroken\n\001\n g\n[h]\ni = j\n"),
	  "[a]@1\nb=c@2\n[]@3\n" NO_SECTION_NAME "@3\n[h]@9\ni=j@10\n" },
	{ TEXT("["), "[]@1\n" NO_SECTION_NAME "@1\n" },
	{ TEXT("]"), "[]@1\n" NO_SECTION_NAME "@1\n" },
	{ TEXT("[ ]\n= \n"), "[]@1\n" BRACKETS "@1\n" },

	/* Control characters, wherever they are. */
	{ TEXT("[a]\nb = c\0d\ne = f\n"), "[a]@1\n!" CONTROL "@2\ne=f@3\n" },
	{ TEXT("\0"), "!" CONTROL "@1\n" },
	{ TEXT("[a]\nb = \001c\n d\n"), "[a]@1\n!" CONTROL "@2\n" },
	{ TEXT("[a]\nb = c\rd\n"), "[a]@1\n!" CONTROL "@2\n" },
	{ TEXT("; \033[2J\n[a]\n"), "!" CONTROL "@1\n[a]@2\n" },
	{ TEXT("[a]\nb = c\n; \033\n d\n"),
	  "[a]@1\n!" CONTROL "@3\nb=c d@2\n" },
	{ TEXT("[a]\nb = c\n d\177\n e\n"),
	  "[a]@1\n!b: " CONTROL "@3\nb=c e@2\n" },
	{ TEXT("\357\273\277[a]\nb = c\n"), MARKED "@1\n[a]@1\nb=c@2\n" },
	{ TEXT("\357\273\277"), MARKED "@1\n" },
	{ TEXT("\377\376[\0a\0]\0\n\0[\0b\0]\0\n\0"),
	  "!" CONTROL "@1\n[b]@2\n!" CONTROL "@2\n!" CONTROL "@3\n" },
};

START_TEST(anything_else_is_a_fault_of_its_line_and_the_rest_is_read)
{
	struct record record;
	struct report report;

	ck_assert_msg(!read_text(faulty[_i].text, faulty[_i].size, &record,
				 &report),
		      "%s", report.cause);
	ck_assert_str_eq(record.text, faulty[_i].read);
	ck_assert_str_eq(report.cause, "");
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

static int refuse_fault(void *const user, const unsigned int line,
			const char *const key, const char *const remedy,
			const char *const cause)
{
	(void)user;
	(void)line;
	(void)key;
	(void)remedy;
	ck_abort_msg("%s", cause);
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
						     compare_value,
						     refuse_fault, &expected };
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

/*
 * Reads a line of @length bytes that begins with @before, below a section.  Returns
 * whether it was a fault, as @line_2 says.
 */
static bool long_line_is(const char *const before, const size_t length,
			 const char *const line_2)
{
	char *const text = malloc(length + 5);
	struct record *const record = calloc(1, sizeof(*record));
	const struct ini_handler handler = recorder(record);
	struct report report;
	bool result;

	memset(text, 'x', length + 5);
	memcpy(text, "[a]\n", 4);
	memcpy(text + 4, before, strlen(before));
	text[length + 4] = '\n';
	ck_assert_int_eq(ini_read(text, length + 5, "a.ini", &handler, &report),
			 0);
	result = strcmp(record->text + strlen("[a]@1\n"), line_2) == 0;
	free(record);
	free(text);
	return result;
}

START_TEST(longest_line_is_read_and_a_longer_one_refused)
{
	ck_assert(long_line_is("; ", INI_LINE_BYTES_MAX, ""));
	ck_assert(long_line_is("b = c ;", INI_LINE_BYTES_MAX, "b=c@2\n"));
	ck_assert(long_line_is("b=", INI_LINE_BYTES_MAX + 1,
			       "!line is too long@2\n"));
	ck_assert(long_line_is("; ", INI_LINE_BYTES_MAX + 1,
			       "!line is too long@2\n"));
	ck_assert(long_line_is("[b]", INI_LINE_BYTES_MAX + 1,
			       "[b]@2\n!line is too long@2\n"));
	ck_assert(long_line_is("[", INI_LINE_BYTES_MAX + 1,
			       "[]@2\n!section name is too long@2\n"));
}
END_TEST

START_TEST(longest_section_name_is_read_and_a_longer_one_nobodys)
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
	ck_assert_ptr_null(strchr(record.text, '!'));
	text[INI_SECTION_BYTES_MAX + 1] = 'x';
	text[INI_SECTION_BYTES_MAX + 2] = ']';
	ck_assert_int_eq(read_text(text, INI_SECTION_BYTES_MAX + 3, &record,
				   &report),
			 0);
	ck_assert_str_eq(record.text, "[]@1\n!section name is too long@1\n");
}
END_TEST

static int stop_at_fault(void *const user, const unsigned int line,
			 const char *const key, const char *const remedy,
			 const char *const cause)
{
	(void)user;
	(void)line;
	(void)key;
	(void)remedy;
	(void)cause;
	return -ENOMEM;
}

static int stop_at_key(void *const user, const char *const key,
		       const char *const value, const unsigned int line)
{
	(void)user;
	(void)key;
	(void)value;
	(void)line;
	return -ENOMEM;
}

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
	struct ini_handler handler = recorder(&record);
	struct report report;

	handler.section = refuse_section;
	ck_assert_int_eq(ini_read(text, sizeof(text) - 1, "a.ini", &handler,
				  &report),
			 -EXDEV);
	ck_assert_str_eq(record.text, "b=c@2\n");
}
END_TEST

START_TEST(fault_and_key_end_the_reading_as_well)
{
	static const char text[] = "[a]\nb = c\nd\n[e]\n";
	struct record record = { .length = 0 };
	struct ini_handler handler = recorder(&record);
	struct report report;

	handler.fault = stop_at_fault;
	ck_assert_int_eq(ini_read(text, sizeof(text) - 1, "a.ini", &handler,
				  &report),
			 -ENOMEM);
	ck_assert_str_eq(record.text, "[a]@1\nb=c@2\n");
	record = (struct record){ .length = 0 };
	handler.key = stop_at_key;
	ck_assert_int_eq(ini_read(text, sizeof(text) - 1, "a.ini", &handler,
				  &report),
			 -ENOMEM);
	ck_assert_str_eq(record.text, "[a]@1\n");
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("ini");
	TCase *const tcase = tcase_create("text");

	tcase_add_loop_test(tcase, understood_text_arrives_whole, 0,
			    ARRAY_SIZE(good));
	tcase_add_loop_test(
		tcase,
		anything_else_is_a_fault_of_its_line_and_the_rest_is_read, 0,
		ARRAY_SIZE(faulty));
	tcase_add_loop_test(tcase, value_of_any_length_arrives_byte_for_byte, 0,
			    ARRAY_SIZE(patterns));
	tcase_add_test(tcase, longest_line_is_read_and_a_longer_one_refused);
	tcase_add_test(tcase,
		       longest_section_name_is_read_and_a_longer_one_nobodys);
	tcase_add_test(tcase, handler_ends_the_reading);
	tcase_add_test(tcase, fault_and_key_end_the_reading_as_well);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
