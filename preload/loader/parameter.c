// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads parameter values strictly: all of the text counts or none.
 */
#include "parameter.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *word;
	uint8_t value;
} bool_words[] = {
	{ "0", 0 },
	{ "1", 1 },
	{ "false", 0 },
	{ "true", 1 },
};

static uint64_t largest(const struct parameter_type *const type)
{
	return UINT64_MAX >> (64 - 8 * type->size + (type->is_signed ? 1 : 0));
}

static int parse_bool(const char *const text, uint8_t *const out)
{
	size_t i;

	for (i = 0; i < sizeof(bool_words) / sizeof(bool_words[0]); i++) {
		if (strcmp(text, bool_words[i].word) != 0)
			continue;
		*out = bool_words[i].value;
		return 0;
	}
	return -EINVAL;
}

/* The magnitude alone: strtoull() would wrap a minus sign silently. */
static int parse_magnitude(const char *const text, uint64_t *const out)
{
	char *end;

	/* strtoull() itself would skip blanks and take a sign. */
	if (!isdigit((unsigned char)text[0]))
		return -EINVAL;
	errno = 0;
	*out = strtoull(text, &end, 0);
	if (*end)
		return -EINVAL;
	return -errno;
}

/* Values of all sizes are stored from one u64: by its last bytes or its first. */
static void store(const uint64_t value, const size_t size, void *const out)
{
	const uint8_t one_byte = (uint8_t)value;
	const uint16_t two_bytes = (uint16_t)value;
	const uint32_t four_bytes = (uint32_t)value;
	const void *const sources[] = {
		[1] = &one_byte,
		[2] = &two_bytes,
		[4] = &four_bytes,
		[8] = &value,
	};

	memcpy(out, sources[size], size);
}

int parameter_parse(const char *const text,
		    const struct parameter_type *const type, void *const out)
{
	const bool negative = text[0] == '-';
	uint64_t magnitude;
	int error;

	if (type->is_bool)
		return type->size == 1 ? parse_bool(text, out) : -ENOTSUP;
	if (type->size != 1 && type->size != 2 && type->size != 4 &&
	    type->size != 8)
		return -ENOTSUP;

	error = parse_magnitude(text + (negative || text[0] == '+'),
				&magnitude);
	if (error)
		return error;
	/* One more value below zero than above; none where unsigned. */
	if (magnitude > (!negative	   ? largest(type)
			 : type->is_signed ? largest(type) + 1
					   : 0))
		return -ERANGE;
	store(negative ? -magnitude : magnitude, type->size, out);
	return 0;
}

void parameter_describe(const struct parameter_type *const type,
			char *const buffer, const size_t size)
{
	if (type->is_bool)
		snprintf(buffer, size, "one of 0, 1, false, true");
	else if (type->is_signed)
		snprintf(buffer, size,
			 "an integer from %" PRId64 " to %" PRIu64,
			 (int64_t)(-largest(type) - 1), largest(type));
	else
		snprintf(buffer, size, "an integer from 0 to %" PRIu64,
			 largest(type));
}
