/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The text of a rule's parameter as the bytes of its variable.
 */
#ifndef LANDLOCK_SHIM_PARAMETER_H
#define LANDLOCK_SHIM_PARAMETER_H

#include <stdbool.h>
#include <stddef.h>

/* Type of the variable. */
struct parameter_type {
	size_t size; /* 1, 2, 4 or 8 bytes */
	bool is_signed;
	bool is_bool; /* takes 0, 1, false, true */
};

/*
 * Writes @text, read as a value of @type, to the @type->size bytes at @out.
 *
 * Integers are decimal, hexadecimal (0x) or octal (0) with an optional sign and
 * nothing around them.
 *
 * Returns 0; -EINVAL for text that is no value of that kind; -ERANGE for one
 * that the variable cannot hold; -ENOTSUP for a type that is none of the above.
 * On error @out is untouched.
 */
int parameter_parse(const char *text, const struct parameter_type *type,
		    void *out);

/*
 * Writes what @type takes, as in "an integer from 0 to 255", to @buffer.
 */
void parameter_describe(const struct parameter_type *type, char *buffer,
			size_t size);

#endif
