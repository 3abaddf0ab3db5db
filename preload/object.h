/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The outside of a rule object: which sections hold rules, the subtype of each,
 * and the licence.
 */
#ifndef LANDLOCK_SHIM_OBJECT_H
#define LANDLOCK_SHIM_OBJECT_H

#include <stddef.h>

#include <linux/landlock_rule.h>

#include "loader.h"
#include "report.h"

/* A section that holds a rule. */
struct object_rule {
	char section[sizeof(((struct loader_rule *)0)->section)];
	union bpf_prog_subtype subtype;
};

/*
 * Finds the rules of the ELF object in the @size bytes at @bytes, which nobody
 * has looked at before: every offset and length is checked.
 *
 * A rule is an executable section whose name begins with "landlock"; see
 * loader.h for how it pairs with its subtype.
 *
 * @path, @file, @line, @key: for @report, as in loader.h.
 *
 * Returns how many rules were written to @rules (1 to LOADER_RULES_MAX), or
 * with @report filled -ENOEXEC (no eBPF object, or one without a rule) or
 * -EINVAL (a rule whose subtype is missing or makes no sense; too many rules).
 */
int object_rules(const void *bytes, size_t size, const char *path,
		 const char *file, unsigned int line, const char *key,
		 struct object_rule rules[LOADER_RULES_MAX],
		 struct report *report);

/*
 * Returns the licence of an object that object_rules() has accepted: the text
 * of its section "license", "" without one.  It points into @bytes.
 */
const char *object_license(const void *bytes, size_t size);

#endif
