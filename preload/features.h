/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the running kernel can do.
 */
#ifndef LANDLOCK_SHIM_FEATURES_H
#define LANDLOCK_SHIM_FEATURES_H

#include <stdbool.h>
#include <stddef.h>

#include <linux/landlock_rule.h>

/* Landlock rules in this kernel. */
enum features_rules {
	FEATURES_RULES_ABSENT, /* the kernel does not know them */
	FEATURES_RULES_OFF,    /* built in, not enabled at boot */
	FEATURES_RULES_ON,
};

struct features {
	enum features_rules rules;
	int rules_abi;	  /* of Landlock rules; 0: not on */
	int mainline_abi; /* of mainline Landlock; 0: none, or off */
	bool may_load;	  /* may load rules from files */
};

/* The rules that this thread is under. */
struct features_inside {
	struct landlock_rule_info *rules;
	size_t count;
};

/*
 * Asks the kernel, changing nothing.  errno is left untouched, as by all of
 * this file.
 */
void features_probe(struct features *features);

/* The part of features_probe() that needs one system call. */
enum features_rules features_rules(void);

/*
 * What the errno of seccomp(SECCOMP_PREPEND_LANDLOCK_RULE, 0, NULL), 0 for
 * success, says of the kernel.  Pure.
 */
enum features_rules features_rules_from_errno(int error);

/*
 * Fills @inside with the rules that this thread is under: none where the kernel
 * has none to tell of.  Returns 0 or a negative errno; after 0 the caller ends
 * @inside with features_inside_free().
 */
int features_inside(struct features_inside *inside);

void features_inside_free(struct features_inside *inside);

#endif
