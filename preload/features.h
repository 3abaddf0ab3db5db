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

/*
 * What is to be asked.  Each question is a system call that a seccomp filter of
 * somebody's may answer by killing the process: ask what is needed and no more.
 */
enum features_ask {
	FEATURES_ASK_RULES = 1U << 0,
	/* As far as this process might load rules: with CAP_SYS_ADMIN, rules as
	 * well, and whether it is of the initial user namespace. */
	FEATURES_ASK_VIEWS = 1U << 1,
	FEATURES_ASK_MAINLINE = 1U << 2,
	FEATURES_ASK_FILTERS = 1U << 3,
	FEATURES_ASK_ALL = (1U << 4) - 1,
};

struct features {
	enum features_rules rules;
	int rules_abi;	    /* of Landlock rules; 0: not on */
	int mainline_abi;   /* of mainline Landlock; 0: none, or off */
	int mainline_error; /* why there is none: -ENOSYS, -EOPNOTSUPP, -EPERM */
	bool may_load;	    /* may load rules from files */
	bool view_is_pinned; /* so is the rule of views; see rule_probe() */
	/* Of each rule of the profile that is planned: need it not be loaded?
	 * NULL: that was not asked, and is for who loads to find out. */
	const bool *rules_at_hand;
	bool filters; /* seccomp(2) takes filters */
};

/* The rules that this thread is under. */
struct features_inside {
	struct landlock_rule_info *rules; /* in the arena */
	size_t count;
};

/* Asks the kernel, changing nothing; what is not asked is as on a kernel without. */
void features_probe(unsigned int ask, struct features *features);

/* The part of features_probe() that needs one system call. */
enum features_rules features_rules(void);

/*
 * What the result of seccomp(SECCOMP_PREPEND_LANDLOCK_RULE, 0, NULL), 0 or a
 * negative errno, says of the kernel.  Pure.
 */
enum features_rules features_rules_from_error(int error);

/*
 * Fills @inside with the rules that this thread is under: none where the kernel
 * has none to tell of.  Returns 0 or a negative errno.
 */
int features_inside(struct features_inside *inside);

#endif
