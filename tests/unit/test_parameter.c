// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Parameter values: every type takes its whole range and nothing beyond it.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "loader/parameter.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#define UNSIGNED(bytes)                                                        \
	{                                                                      \
		.size = (bytes)                                                \
	}
#define SIGNED(bytes)                                                          \
	{                                                                      \
		.size = (bytes), .is_signed = true                             \
	}
#define BOOL                                                                   \
	{                                                                      \
		.size = 1, .is_bool = true                                     \
	}

static const struct {
	const char *text;
	struct parameter_type type;
	int error;
	uint64_t value; /* its first type.size bytes */
} cases[] = {
	{ "0", UNSIGNED(1), 0, 0 },
	{ "255", UNSIGNED(1), 0, 255 },
	{ "0xff", UNSIGNED(1), 0, 255 },
	{ "010", UNSIGNED(1), 0, 8 },
	{ "+7", UNSIGNED(1), 0, 7 },
	{ "-0", UNSIGNED(1), 0, 0 },
	{ "256", UNSIGNED(1), -ERANGE, 0 },
	{ "-1", UNSIGNED(1), -ERANGE, 0 },
	{ "65535", UNSIGNED(2), 0, 65535 },
	{ "65536", UNSIGNED(2), -ERANGE, 0 },
	{ "4294967295", UNSIGNED(4), 0, UINT32_MAX },
	{ "4294967296", UNSIGNED(4), -ERANGE, 0 },
	{ "18446744073709551615", UNSIGNED(8), 0, UINT64_MAX },
	{ "18446744073709551616", UNSIGNED(8), -ERANGE, 0 },
	{ "-18446744073709551615", UNSIGNED(8), -ERANGE, 0 },
	{ "127", SIGNED(1), 0, 127 },
	{ "128", SIGNED(1), -ERANGE, 0 },
	{ "-128", SIGNED(1), 0, (uint8_t)-128 },
	{ "-129", SIGNED(1), -ERANGE, 0 },
	{ "-32768", SIGNED(2), 0, (uint16_t)-32768 },
	{ "2147483648", SIGNED(4), -ERANGE, 0 },
	{ "-2147483648", SIGNED(4), 0, UINT32_C(0x80000000) },
	{ "-2147483649", SIGNED(4), -ERANGE, 0 },
	{ "-9223372036854775808", SIGNED(8), 0, UINT64_C(1) << 63 },
	{ "-9223372036854775809", SIGNED(8), -ERANGE, 0 },
	{ "9223372036854775808", SIGNED(8), -ERANGE, 0 },
	{ "true", BOOL, 0, 1 },
	{ "1", BOOL, 0, 1 },
	{ "false", BOOL, 0, 0 },
	{ "0", BOOL, 0, 0 },
	{ "2", BOOL, -EINVAL, 0 },
	{ "yes", BOOL, -EINVAL, 0 },
	{ "TRUE", BOOL, -EINVAL, 0 },
	{ "", BOOL, -EINVAL, 0 },
	{ "true", UNSIGNED(1), -EINVAL, 0 },
	{ "", UNSIGNED(4), -EINVAL, 0 },
	{ "-", SIGNED(4), -EINVAL, 0 },
	{ "--1", SIGNED(4), -EINVAL, 0 },
	{ "+-1", SIGNED(4), -EINVAL, 0 },
	{ " 1", UNSIGNED(4), -EINVAL, 0 },
	{ "1 ", UNSIGNED(4), -EINVAL, 0 },
	{ "- 1", SIGNED(4), -EINVAL, 0 },
	{ "1x", UNSIGNED(4), -EINVAL, 0 },
	{ "09", UNSIGNED(4), -EINVAL, 0 },
	{ "0x", UNSIGNED(4), -EINVAL, 0 },
	{ "1.5", UNSIGNED(4), -EINVAL, 0 },
	{ "1", UNSIGNED(3), -ENOTSUP, 0 },
	{ "1", UNSIGNED(16), -ENOTSUP, 0 },
	{ "1", { .size = 4, .is_bool = true }, -ENOTSUP, 0 },
};

START_TEST(value_is_read_as_its_type_says)
{
	static const uint8_t untouched[8] = { 0xa5, 0xa5, 0xa5, 0xa5,
					      0xa5, 0xa5, 0xa5, 0xa5 };
	const size_t size = cases[_i].type.size;
	uint8_t out[8], wanted[8];

	memcpy(out, untouched, sizeof(out));
	memcpy(wanted, untouched, sizeof(wanted));
	if (!cases[_i].error) {
		uint64_t value = cases[_i].value;
		size_t i;

		for (i = 0; i < size; i++)
			wanted[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
				       ? i
				       : size - 1 - i] =
				(uint8_t)(value >> (8 * i));
	}

	const int error = parameter_parse(cases[_i].text, &cases[_i].type, out);

	ck_assert_msg(error == cases[_i].error, "\"%s\": %d instead of %d",
		      cases[_i].text, error, cases[_i].error);
	ck_assert_mem_eq(out, wanted, sizeof(out));
}
END_TEST

static const struct {
	struct parameter_type type;
	const char *text;
} descriptions[] = {
	{ BOOL, "one of 0, 1, false, true" },
	{ UNSIGNED(1), "an integer from 0 to 255" },
	{ UNSIGNED(8), "an integer from 0 to 18446744073709551615" },
	{ SIGNED(1), "an integer from -128 to 127" },
	{ SIGNED(8),
	  "an integer from -9223372036854775808 to 9223372036854775807" },
};

START_TEST(description_names_the_whole_range)
{
	char buffer[80];

	parameter_describe(&descriptions[_i].type, buffer, sizeof(buffer));
	ck_assert_str_eq(buffer, descriptions[_i].text);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("parameter");
	TCase *const values = tcase_create("values");

	tcase_add_loop_test(values, value_is_read_as_its_type_says, 0,
			    ARRAY_SIZE(cases));
	tcase_add_loop_test(values, description_names_the_whole_range, 0,
			    ARRAY_SIZE(descriptions));
	suite_add_tcase(suite, values);
	return run_suite(suite);
}
