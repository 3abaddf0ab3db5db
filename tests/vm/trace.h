/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the kernel asked, check by check, as the rule landlock1 tells it.
 */
#ifndef LANDLOCK_SHIM_TESTS_VM_TRACE_H
#define LANDLOCK_SHIM_TESTS_VM_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "vm.h"

#define TRACE_MAX 64

/* One check of an FS rule. */
struct trace_check {
	uint64_t actions;
	unsigned int mode; /* 0 for an object that does not exist yet */
};

/*
 * Runs @access with @argument in a child under landlock1's FS rule and notes
 * every check into @checks. Returns their number, or fails the test; @result is
 * what @access returned.
 */
size_t trace_access(vm_function_t *access, void *argument, int *result,
		    struct trace_check checks[TRACE_MAX]);

/* How many of @checks ask for exactly @actions on an object of @mode. */
size_t trace_count(const struct trace_check *checks, size_t count,
		   uint64_t actions, unsigned int mode);

#endif
