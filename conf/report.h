/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What went wrong, where, and what to do about it: filled where a failure is
 * noticed, printed in one place.
 */
#ifndef LANDLOCK_SHIM_REPORT_H
#define LANDLOCK_SHIM_REPORT_H

#define REPORT_FILE_BYTES 4096 /* PATH_MAX */

/* Where a value was written. */
struct origin {
	const char *file;  /* or what stands for it, as "landlock run --read" */
	unsigned int line; /* counted from 1 */
	/* Of a template's line: the line that includes it; else NULL. */
	const struct origin *included_by;
};

/*
 * Functions that can fail return 0 or a negative errno and fill one of these.
 * A report holds copies: it outlives what it speaks of.  Empty strings and
 * line 0 mean that the part does not apply.  It is large: never on the stack of
 * a stranger's process.
 */
struct report {
	char file[REPORT_FILE_BYTES];
	unsigned int line; /* counted from 1 */
	char key[64];
	char cause[1024];
	char chain[1024]; /* "included by FILE:LINE, by FILE:LINE" */
	char remedy[256];
};

/* Is told of what does not stop the program. */
typedef void report_notice_t(const struct report *report);

/*
 * Fills @report with what failed and returns @error unchanged (a negative
 * errno), so that a failing function can end with `return report_fill(...)`.
 *
 * @file: file that asked for what failed, or NULL.
 * @line: its line, or 0.
 * @key: key in that line, or NULL.
 * @remedy: what the reader can do, a full clause without a final stop, or NULL.
 * @cause: format (format.h) of what is wrong, a clause without a final stop.
 *
 * Text that does not fit is cut and ends in "...".
 */
int report_fill(struct report *report, int error, const char *file,
		unsigned int line, const char *key, const char *remedy,
		const char *cause, ...) __attribute__((format(printf, 7, 8)));

/* The same for what a line of a profile asked for, with the includes that brought it. */
int report_fill_at(struct report *report, int error,
		   const struct origin *origin, const char *key,
		   const char *remedy, const char *cause, ...)
	__attribute__((format(printf, 6, 7)));

/* report_fill() for -ENOMEM, which nobody in particular asked for. */
int report_no_memory(struct report *report);

/*
 * What a negative errno means, as strerror(3) says it in English, with its name
 * where two of them sound alike (ENOSYS, EOPNOTSUPP, EPERM, EACCES).
 */
const char *report_error_text(int error);

/*
 * Writes @report as one line to @fd with one write(2):
 *
 *     landlock-shim: FILE:LINE: KEY: CAUSE (included by FILE:LINE); REMEDY
 *
 * Control characters are shown as `?`, so that no file name or value can forge
 * a second line or drive a terminal.  Nothing happens when @fd is not open, or
 * is a pipe that nobody reads: SIGPIPE is not raised.
 */
void report_print(const struct report *report, int fd);

/* report_print() to standard error. */
void report_warn(const struct report *report);

/*
 * Exit status of a program that could not be held to its profile and was not
 * started: as of env(1) and its like, none of the program's own.
 */
#define EXIT_NOT_STARTED 125

#endif
