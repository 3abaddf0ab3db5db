// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads "#!" lines by the rules of fs/binfmt_script.c.
 */
#include "script.h"

#include <string.h>

#include "arena.h"

bool script_is(const char *const head, const size_t size)
{
	return size >= 2 && head[0] == '#' && head[1] == '!';
}

static bool is_blank(const char byte)
{
	return byte == ' ' || byte == '\t';
}

static bool ends_path(const char byte)
{
	return is_blank(byte) || byte == '\n' || byte == '\0';
}

const char *script_interpreter(const char *const head, size_t size)
{
	size_t start = 2, end;

	if (!script_is(head, size))
		return NULL;
	if (size > SCRIPT_HEAD_BYTES)
		size = SCRIPT_HEAD_BYTES;
	while (start < size && is_blank(head[start]))
		start++;
	end = start;
	while (end < size && !ends_path(head[end]))
		end++;
	/* One that fills what the kernel looks at may have been cut; one that
	 * the file ends with has not. */
	if (end == start || end == SCRIPT_HEAD_BYTES)
		return NULL;
	return arena_copy(head + start, end - start);
}
