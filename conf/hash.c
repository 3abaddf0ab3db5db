// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * FNV-1a, 64 bit.
 */
#include "hash.h"

#define PRIME UINT64_C(0x100000001b3)

uint64_t hash_add(uint64_t state, const void *const bytes, const size_t size)
{
	const uint8_t *const octets = bytes;
	size_t i;

	for (i = 0; i < size; i++)
		state = (state ^ octets[i]) * PRIME;
	return state;
}
