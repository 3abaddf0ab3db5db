/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text out of parts, as snprintf(3) but without a C library: no locale, no
 * allocation, little stack.
 */
#ifndef LANDLOCK_SHIM_FORMAT_H
#define LANDLOCK_SHIM_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Writes text to @buffer as snprintf(3) does, from a format with %s, %.*s, %c,
 * %d, %u, %x and %% alone; %u, %d and %x also with z or l before them, and with a
 * zero-padded width, as %02x.  A NULL string counts as empty.
 *
 * Returns the length of the text.  Of text that does not fit into @size bytes
 * (4 at least), what fits stays and ends in "...", and the length returned is
 * @size or more.
 */
size_t format_text(char *buffer, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with its arguments in a list. */
size_t format_list(char *buffer, size_t size, const char *format,
		   va_list arguments) __attribute__((format(printf, 3, 0)));

#endif
