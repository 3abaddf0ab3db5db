/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The outside of a rule object: which sections hold rules, the subtype of each,
 * and the licence.
 */
#ifndef LANDLOCK_SHIM_OBJECT_H
#define LANDLOCK_SHIM_OBJECT_H

#include <stddef.h>

#include <linux/landlock_rule.h>

#include "load.h"
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
 * load.h for how it pairs with its subtype.
 *
 * @path: what @report calls the object.
 *
 * Returns how many rules were written to @rules (1 to PROTOCOL_RULES_MAX), or
 * with @report filled -ENOEXEC (no eBPF object, or one without a rule) or
 * -EINVAL (a rule whose subtype is missing or makes no sense; too many rules).
 */
int object_rules(const void *bytes, size_t size, const char *path,
		 struct object_rule rules[PROTOCOL_RULES_MAX],
		 struct report *report);

/*
 * Makes the functions of rules global where they are static, as those on the 2017
 * slides are: libbpf takes no other for programs.  The binding of their symbols
 * changes, in place, and nothing else: functions in other sections stay as they
 * are, and so do the types (BTF), which bind nobody to how a program itself is
 * declared.
 *
 * The object is one that object_rules() has accepted; nothing else is trusted.
 */
void object_make_global(void *bytes, size_t size);

/*
 * Returns the licence of an object that object_rules() has accepted: the text
 * of its section "license", "" without one.  It points into @bytes.
 */
const char *object_license(const void *bytes, size_t size);

#endif
