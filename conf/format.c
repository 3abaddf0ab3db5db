// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Takes a format apart; each part goes through put().
 */
#include "format.h"

#include <stdint.h>
#include <string.h>

#define DIGITS_MAX 20 /* of 2^64 - 1 */
#define ELLIPSIS "..."

struct output {
	char *buffer;
	size_t size;
	size_t length; /* wanted so far */
};

static void put(struct output *const output, const char *const text,
		const size_t length)
{
	const size_t room = output->length < output->size
				    ? output->size - output->length
				    : 0;

	memcpy(output->buffer + (room ? output->length : 0), text,
	       length < room ? length : room);
	output->length += length;
}

static void put_number(struct output *const output, unsigned long number,
		       const unsigned int base, const size_t width)
{
	char digits[DIGITS_MAX];
	size_t first = sizeof(digits);

	do
		digits[--first] = "0123456789abcdef"[number % base];
	while (number /= base);
	while (sizeof(digits) - first < width && first)
		digits[--first] = '0';
	put(output, digits + first, sizeof(digits) - first);
}

static void put_signed(struct output *const output, const long number)
{
	if (number < 0)
		put(output, "-", 1);
	put_number(output,
		   number < 0 ? 0 - (unsigned long)number
			      : (unsigned long)number,
		   10, 0);
}

/* What stands between a % and its letter. */
struct conversion {
	size_t width;
	size_t precision;
	bool has_precision;
	bool is_long; /* size_t is one, too */
};

/* Puts the argument of one conversion. */
static void convert(struct output *const output, const char letter,
		    const struct conversion *const conversion,
		    va_list *const arguments)
{
	const char *text;
	size_t length;
	char byte;

	switch (letter) {
	case 's':
		text = va_arg(*arguments, const char *);
		if (!text)
			break;
		if (conversion->has_precision) {
			const char *const end =
				memchr(text, '\0', conversion->precision);

			length = end ? (size_t)(end - text)
				     : conversion->precision;
		} else {
			length = strlen(text);
		}
		put(output, text, length);
		break;
	case 'c':
		byte = (char)va_arg(*arguments, int);
		put(output, &byte, 1);
		break;
	case 'd':
		put_signed(output, conversion->is_long
					   ? va_arg(*arguments, long)
					   : va_arg(*arguments, int));
		break;
	case 'u':
	case 'x':
		put_number(output,
			   conversion->is_long
				   ? va_arg(*arguments, unsigned long)
				   : va_arg(*arguments, unsigned int),
			   letter == 'x' ? 16 : 10, conversion->width);
		break;
	default: /* '%' */
		put(output, &letter, 1);
	}
}

/* Reads what follows a %; returns the place of the letter. */
static const char *read_conversion(const char *format,
				   struct conversion *const conversion,
				   va_list *const arguments)
{
	*conversion = (struct conversion){ 0 };
	for (; *format >= '0' && *format <= '9'; format++)
		conversion->width =
			10 * conversion->width + (size_t)(*format - '0');
	if (strncmp(format, ".*", 2) == 0) {
		const int precision = va_arg(*arguments, int);

		conversion->has_precision = precision >= 0;
		conversion->precision = (size_t)precision;
		format += 2;
	}
	for (; *format == 'l' || *format == 'z'; format++)
		conversion->is_long = true;
	return format;
}

size_t format_list(char *const buffer, const size_t size, const char *format,
		   va_list arguments)
{
	struct output output = { .buffer = buffer, .size = size - 1 };
	struct conversion conversion;
	va_list list;

	va_copy(list, arguments);
	while (*format) {
		const size_t plain = strcspn(format, "%");

		put(&output, format, plain);
		format += plain;
		if (!*format)
			break;
		format = read_conversion(format + 1, &conversion, &list);
		if (!*format)
			break;
		convert(&output, *format, &conversion, &list);
		format++;
	}
	va_end(list);
	if (output.length < size) {
		buffer[output.length] = '\0';
		return output.length;
	}
	memcpy(buffer + size - sizeof(ELLIPSIS), ELLIPSIS, sizeof(ELLIPSIS));
	return output.length;
}

size_t format_text(char *const buffer, const size_t size,
		   const char *const format, ...)
{
	va_list arguments;
	size_t length;

	va_start(arguments, format);
	length = format_list(buffer, size, format, arguments);
	va_end(arguments);
	return length;
}
