/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Decimal numbers out of a text, without a C library.
 */
#ifndef LANDLOCK_SHIM_NUMBER_H
#define LANDLOCK_SHIM_NUMBER_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads the digits that @text begins with.  Returns what follows them, with @number
 * set; NULL if there are none, or the number is above @most.
 */
static inline const char *
number_read(const char *const text, const uint32_t most, uint32_t *const number)
{
	const char *digit = text;
	uint64_t value = 0;

	for (; *digit >= '0' && *digit <= '9' && value <= most; digit++)
		value = value * 10 + (uint64_t)(*digit - '0');
	if (digit == text || value > most)
		return NULL;
	*number = (uint32_t)value;
	return digit;
}

#endif
