// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Fills and prints reports.
 */
#include "report.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void copy(char *const to, const size_t size, const char *const text)
{
	const int length = snprintf(to, size, "%s", text ? text : "");

	if (length >= (int)size)
		memcpy(to + size - 4, "...", 4);
}

int report_fill(struct report *const report, const int error,
		const char *const file, const unsigned int line,
		const char *const key, const char *const remedy,
		const char *const cause, ...)
{
	const int saved_errno = errno;
	va_list arguments;
	int length;

	copy(report->file, sizeof(report->file), file);
	report->line = line;
	copy(report->key, sizeof(report->key), key);
	copy(report->remedy, sizeof(report->remedy), remedy);
	va_start(arguments, cause);
	length = vsnprintf(report->cause, sizeof(report->cause), cause,
			   arguments);
	va_end(arguments);
	if (length >= (int)sizeof(report->cause))
		memcpy(report->cause + sizeof(report->cause) - 4, "...", 4);
	errno = saved_errno;
	return error;
}

/*
 * Control characters: ASCII's, and those from U+0080 on, as UTF-8 or as a lone
 * byte.
 */
static bool is_control(const unsigned char byte, const unsigned char before)
{
	return byte < ' ' || byte == 0x7f ||
	       (byte >= 0x80 && byte < 0xa0 &&
		(before < 0x80 || before == 0xc2));
}

void report_print(const struct report *const report, const int fd)
{
	const int saved_errno = errno;
	char text[sizeof(*report) + 64];
	char line[16] = "";
	ssize_t written;
	size_t length, i;

	if (report->line)
		snprintf(line, sizeof(line), ":%u", report->line);
	snprintf(text, sizeof(text) - 1, "landlock-shim: %s%s%s%s%s%s%s%s",
		 report->file, line, report->file[0] ? ": " : "", report->key,
		 report->key[0] ? ": " : "", report->cause,
		 report->remedy[0] ? "; " : "", report->remedy);
	length = strlen(text);
	for (i = length; i-- > 0;)
		if (is_control((unsigned char)text[i],
			       i ? (unsigned char)text[i - 1] : 0))
			text[i] = '?';
	text[length++] = '\n';
	do
		written = write(fd, text, length);
	while (written < 0 && errno == EINTR);
	errno = saved_errno;
}

void report_warn(const struct report *const report)
{
	report_print(report, STDERR_FILENO);
}
