// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Fills and prints reports.
 */
#include "report.h"

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "system.h"

#define STANDARD_ERROR 2
#define PREFIX "landlock-shim: "
/* The kernel's size of a set of signals, whatever the C library's is. */
#define SIGNALS_BYTES 8

static const struct {
	int error;
	const char *text;
} error_texts[] = {
	{ EPERM, "Operation not permitted (EPERM)" },
	{ EACCES, "Permission denied" },
	{ ENOSYS, "Function not implemented (ENOSYS)" },
	{ EOPNOTSUPP, "Operation not supported (EOPNOTSUPP)" },
	{ ENOENT, "No such file or directory" },
	{ ESRCH, "No such process" },
	{ EINTR, "Interrupted system call" },
	{ EIO, "Input/output error" },
	{ ENXIO, "No such device or address" },
	{ E2BIG, "Argument list too long" },
	{ ENOEXEC, "Exec format error" },
	{ EBADF, "Bad file descriptor" },
	{ ECHILD, "No child processes" },
	{ EAGAIN, "Resource temporarily unavailable" },
	{ ENOMEM, "Cannot allocate memory" },
	{ EFAULT, "Bad address" },
	{ EBUSY, "Device or resource busy" },
	{ EEXIST, "File exists" },
	{ EXDEV, "Invalid cross-device link" },
	{ ENODEV, "No such device" },
	{ ENOTDIR, "Not a directory" },
	{ EISDIR, "Is a directory" },
	{ EINVAL, "Invalid argument" },
	{ ENFILE, "Too many open files in system" },
	{ EMFILE, "Too many open files" },
	{ ETXTBSY, "Text file busy" },
	{ EFBIG, "File too large" },
	{ ENOSPC, "No space left on device" },
	{ EROFS, "Read-only file system" },
	{ EPIPE, "Broken pipe" },
	{ ERANGE, "Numerical result out of range" },
	{ ENAMETOOLONG, "File name too long" },
	{ ELOOP, "Too many levels of symbolic links" },
	{ EOVERFLOW, "Value too large for defined data type" },
	{ ELIBBAD, "Accessing a corrupted shared library" },
	{ ESTALE, "Stale file handle" },
	{ EDQUOT, "Disk quota exceeded" },
	{ ENOMSG, "No message of desired type" },
	{ EPROTO, "Protocol error" },
	{ EMSGSIZE, "Message too long" },
	{ ENOTCONN, "Transport endpoint is not connected" },
};

const char *report_error_text(const int error)
{
	size_t i;

	for (i = 0; i < sizeof(error_texts) / sizeof(*error_texts); i++)
		if (error_texts[i].error == -error)
			return error_texts[i].text;
	return "Unknown error";
}

static void fill(struct report *const report, const struct origin *const origin,
		 const char *const key, const char *const remedy,
		 const char *const cause, va_list arguments)
	__attribute__((format(printf, 5, 0)));

static void fill(struct report *const report, const struct origin *const origin,
		 const char *const key, const char *const remedy,
		 const char *const cause, va_list arguments)
{
	const struct origin *by;
	size_t length = 0;

	format_text(report->file, sizeof(report->file), "%s", origin->file);
	report->line = origin->line;
	format_text(report->key, sizeof(report->key), "%s", key);
	format_text(report->remedy, sizeof(report->remedy), "%s", remedy);
	format_list(report->cause, sizeof(report->cause), cause, arguments);
	report->chain[0] = '\0';
	for (by = origin->included_by; by && length < sizeof(report->chain) - 1;
	     by = by->included_by)
		length += format_text(report->chain + length,
				      sizeof(report->chain) - length,
				      "%s by %s:%u", length ? "," : "included",
				      by->file, by->line);
}

int report_fill(struct report *const report, const int error,
		const char *const file, const unsigned int line,
		const char *const key, const char *const remedy,
		const char *const cause, ...)
{
	const struct origin origin = { .file = file, .line = line };
	va_list arguments;

	va_start(arguments, cause);
	fill(report, &origin, key, remedy, cause, arguments);
	va_end(arguments);
	return error;
}

int report_fill_at(struct report *const report, const int error,
		   const struct origin *const origin, const char *const key,
		   const char *const remedy, const char *const cause, ...)
{
	va_list arguments;

	va_start(arguments, cause);
	fill(report, origin, key, remedy, cause, arguments);
	va_end(arguments);
	return error;
}

int report_no_memory(struct report *const report)
{
	return report_fill(report, -ENOMEM, NULL, 0, NULL, NULL, "%s",
			   report_error_text(-ENOMEM));
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

/*
 * A pipe without reader sends SIGPIPE, which would end the program for a word
 * about it.  It is blocked meanwhile, and taken back if it came of this: one that
 * was pending before stays so.
 */
static void write_without_signal(const int fd, const char *const text,
				 const size_t length)
{
	const uint64_t pipe = UINT64_C(1) << (SIGPIPE - 1);
	const int64_t no_time[2] = { 0, 0 };
	uint64_t before = 0, pending = 0;

	SYSTEM_CALL(rt_sigprocmask, SIG_BLOCK, &pipe, &before, SIGNALS_BYTES);
	SYSTEM_CALL(rt_sigpending, &pending, SIGNALS_BYTES);
	if (system_write(fd, text, length) == -EPIPE && !(pending & pipe))
		SYSTEM_CALL(rt_sigtimedwait, &pipe, 0, no_time, SIGNALS_BYTES);
	SYSTEM_CALL(rt_sigprocmask, SIG_SETMASK, &before, 0, SIGNALS_BYTES);
}

/* Writes @text, which has room for one more byte at @length, as one line. */
static void write_line(const int fd, char *const text, const size_t length)
{
	size_t i;

	for (i = length; i-- > 0;)
		if (is_control((unsigned char)text[i],
			       i ? (unsigned char)text[i - 1] : 0))
			text[i] = '?';
	text[length] = '\n';
	write_without_signal(fd, text, length + 1);
}

/* Not said at all would be worse than said without where. */
static void print_cause(const struct report *const report, const int fd)
{
	char text[512];

	format_text(text, sizeof(text), PREFIX "%s", report->cause);
	write_line(fd, text, strlen(text));
}

void report_print(const struct report *const report, const int fd)
{
	const size_t size = sizeof(*report) + 64;
	char *const text = arena_take(size, 1);
	char line[16] = "";

	if (!text) {
		print_cause(report, fd);
		return;
	}
	if (report->line)
		format_text(line, sizeof(line), ":%u", report->line);
	format_text(text, size, PREFIX "%s%s%s%s%s%s%s%s%s%s%s", report->file,
		    line, report->file[0] ? ": " : "", report->key,
		    report->key[0] ? ": " : "", report->cause,
		    report->chain[0] ? " (" : "", report->chain,
		    report->chain[0] ? ")" : "", report->remedy[0] ? "; " : "",
		    report->remedy);
	write_line(fd, text, strlen(text));
}

void report_warn(const struct report *const report)
{
	report_print(report, STANDARD_ERROR);
}
