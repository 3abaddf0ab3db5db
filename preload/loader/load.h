/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Rule objects into the kernel: what landlock-loader is there for.
 */
#ifndef LANDLOCK_SHIM_LOAD_H
#define LANDLOCK_SHIM_LOAD_H

#include <stddef.h>

#include <linux/landlock_rule.h>

#include "protocol.h"
#include "report.h"

/* A parameter of a rule object: a `const volatile` variable and its text. */
struct loader_parameter {
	const char *name;
	const char *value;
};

/* One rule of an object, verified by the kernel and ready to be applied. */
struct loader_rule {
	int prog_fd;	  /* O_CLOEXEC; the caller's */
	char section[64]; /* ELF section of the program */
	union bpf_prog_subtype subtype;
};

/*
 * Loads every rule of the object @object_fd (an open ELF file, named @path in
 * messages) after setting its parameters.
 *
 * An object holds programs in sections whose names begin with "landlock", each
 * with its subtype: program "landlockX/NAME" has the subtype in section
 * "subtype/NAME"; program "landlockX" the one in section "subtype".  Their
 * functions may be static or not.
 *
 * @name: what the kernel is told to call the rules (at most 13 bytes), or NULL to
 * keep the object's own names.  Two hex digits are appended: the number of the
 * rule in the object and that of its last one, both counted from 0, so that
 * what carries the name shows whether all of the object is there.
 *
 * All or nothing: on error no descriptor is left open.  Returns the number of
 * rules written to @rules, in the order of the object, or a negative errno with
 * cause and remedy of @report filled:
 *   -ENOEXEC   not an eBPF ELF object (class, machine, byte order, no rule)
 *   -EINVAL    bad or missing subtype, unknown parameter, value out of type or
 *              range, or the verifier's refusal (with the last lines of its log)
 *   -EPERM     the caller may not load rules
 *   -EOPNOTSUPP the kernel has no Landlock rules, or they are off
 *   other      errno of the system call that failed
 */
int loader_load(int object_fd, const char *path,
		const struct loader_parameter *parameters,
		size_t parameter_count, const char *name,
		struct loader_rule rules[PROTOCOL_RULES_MAX],
		struct report *report);

#endif
