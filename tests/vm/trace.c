// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the kernel asked, check by check.
 *
 * The trace is one for the whole system: no two tests may run at a time that
 * apply landlock1.
 */
#include "trace.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#define TRACING "/sys/kernel/tracing"
#define TRACE TRACING "/trace"
#define MARK "landlock1: FS actions="

/* Opened for writing, the file is emptied, and so is the trace. */
static void empty_trace(void)
{
	int fd = open(TRACE, O_WRONLY | O_TRUNC | O_CLOEXEC);

	if (fd < 0) {
		ck_assert_int_eq(mount("vm", TRACING, "tracefs", 0, NULL), 0);
		fd = open(TRACE, O_WRONLY | O_TRUNC | O_CLOEXEC);
	}
	ck_assert_int_ge(fd, 0);
	close(fd);
}

static struct trace_check parse(const char *const text)
{
	struct trace_check check = { .mode = 0 };

	if (sscanf(text, "%" SCNx64 " mode=%x", &check.actions, &check.mode) ==
	    2)
		return check;
	ck_assert_msg(strstr(text, " new"), "cannot read: %s", text);
	return check;
}

static size_t read_trace(struct trace_check checks[const TRACE_MAX])
{
	FILE *const trace = fopen(TRACE, "re");
	char line[512];
	size_t count = 0;

	ck_assert_ptr_nonnull(trace);
	while (fgets(line, sizeof(line), trace)) {
		const char *const mark = strstr(line, MARK);

		if (!mark)
			continue;
		ck_assert_uint_lt(count, TRACE_MAX);
		checks[count++] = parse(mark + strlen(MARK));
	}
	fclose(trace);
	return count;
}

size_t trace_access(vm_function_t *const access, void *const argument,
		    int *const result,
		    struct trace_check checks[const TRACE_MAX])
{
	const int prog_fd =
		vm_load_rule("landlock1", LANDLOCK_SUBTYPE_EVENT_FS, NULL, 0);

	empty_trace();
	*result = vm_child_under(prog_fd, access, argument);
	close(prog_fd);
	return read_trace(checks);
}

size_t trace_count(const struct trace_check *const checks, const size_t count,
		   const uint64_t actions, const unsigned int mode)
{
	size_t i, found = 0;

	for (i = 0; i < count; i++)
		found += checks[i].actions == actions && checks[i].mode == mode;
	return found;
}
