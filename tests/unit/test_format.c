// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Text out of parts: as snprintf(3) writes it, whole or visibly cut.
 */
#include "format.h"
#include "../suite.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Both ways of writing the same: they must agree. */
#define ASSERT_AS_PRINTF(...)                                                  \
	do {                                                                   \
		char mine[256], theirs[256];                                   \
		const size_t length =                                          \
			format_text(mine, sizeof(mine), __VA_ARGS__);          \
		ck_assert_int_eq((int)length, snprintf(theirs, sizeof(theirs), \
						       __VA_ARGS__));          \
		ck_assert_str_eq(mine, theirs);                                \
	} while (0)

START_TEST(every_conversion_is_as_of_printf)
{
	ASSERT_AS_PRINTF("plain");
	ASSERT_AS_PRINTF("%s", "");
	ASSERT_AS_PRINTF("a%sb%sc", "1", "22");
	ASSERT_AS_PRINTF("%.*s|%.*s|%.*s", 2, "abc", 0, "abc", 9, "abc");
	ASSERT_AS_PRINTF("%.*s", -1, "abc");
	ASSERT_AS_PRINTF("%c%c", 'x', '%');
	ASSERT_AS_PRINTF("100%%");
	ASSERT_AS_PRINTF("%d %d %d", 0, INT_MAX, INT_MIN);
	ASSERT_AS_PRINTF("%ld %ld %ld", 0L, LONG_MAX, LONG_MIN);
	ASSERT_AS_PRINTF("%u %lu %zu", UINT_MAX, ULONG_MAX, SIZE_MAX);
	ASSERT_AS_PRINTF("%x %lx %zx", UINT_MAX, ULONG_MAX, (size_t)0);
	ASSERT_AS_PRINTF("%02x%02x%08x", 0, 0xab, 0xcafeU);
	ASSERT_AS_PRINTF("%02u %02x", 123, 0xabc);
	ASSERT_AS_PRINTF("%020lu", 1UL);
}
END_TEST

START_TEST(string_without_end_is_read_no_further_than_asked)
{
	const char text[2] = { 'a', 'b' };
	char buffer[8];

	ck_assert_uint_eq(format_text(buffer, sizeof(buffer), "%.*s", 2, text),
			  2);
	ck_assert_str_eq(buffer, "ab");
}
END_TEST

START_TEST(missing_string_is_empty)
{
	const char *volatile missing = NULL;
	char buffer[8];

	ck_assert_uint_eq(format_text(buffer, sizeof(buffer), "a%sb", missing),
			  2);
	ck_assert_str_eq(buffer, "ab");
}
END_TEST

/* Buffers of each size that texts of each length may meet. */
START_TEST(text_that_does_not_fit_is_cut_visibly)
{
	static const char digits[] = "0123456789abcdef";
	char buffer[32], expected[32];
	size_t size, length;

	for (size = 4; size <= 16; size++)
		for (length = 0; length <= 16; length++) {
			memset(buffer, '#', sizeof(buffer));
			ck_assert_uint_eq(
				format_text(buffer, size, "%.*s%s",
					    (int)(length / 2), digits,
					    digits + 16 -
						    (length - length / 2)),
				length);
			snprintf(expected, sizeof(expected), "%.*s%s",
				 (int)(length / 2), digits,
				 digits + 16 - (length - length / 2));
			if (length >= size)
				memcpy(expected + size - 4, "...", 4);
			ck_assert_str_eq(buffer, expected);
			ck_assert_int_eq(buffer[size], '#');
		}
}
END_TEST

START_TEST(unfinished_conversion_ends_the_text)
{
	const char *volatile format = "a%";
	char buffer[8];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-security"
	ck_assert_uint_eq(format_text(buffer, sizeof(buffer), format), 1);
#pragma GCC diagnostic pop
	ck_assert_str_eq(buffer, "a");
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("format");
	TCase *const tcase = tcase_create("text");

	tcase_add_test(tcase, every_conversion_is_as_of_printf);
	tcase_add_test(tcase, string_without_end_is_read_no_further_than_asked);
	tcase_add_test(tcase, missing_string_is_empty);
	tcase_add_test(tcase, text_that_does_not_fit_is_cut_visibly);
	tcase_add_test(tcase, unfinished_conversion_ends_the_text);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
