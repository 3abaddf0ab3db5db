/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - the rules that hold who is in a cgroup
 */
#ifndef _SECURITY_LANDLOCK_RULE_CGROUP_H
#define _SECURITY_LANDLOCK_RULE_CGROUP_H

#include <linux/bpf.h>
#include <linux/cgroup.h>
#include <linux/errno.h>
#include <linux/jump_label_ratelimit.h>
#include <linux/sched.h>

#include "events.h"

/**
 * struct landlock_cgroup_walk - the rules of a task's cgroups, the nearest first
 *
 * Holds what it is at, as the task may be moved meanwhile and rules be added.
 */
struct landlock_cgroup_walk {
	/** @start: Owns a reference, by which all above it stay; or NULL. */
	struct cgroup *start;
	/** @next: The next cgroup with rules, or NULL. */
	struct cgroup *next;
	/** @events: Those of the rule that was given last. Owns a reference. */
	struct landlock_events *events;
};

#ifdef CONFIG_CGROUPS

/*
 * True while there is a cgroup with rules: else nobody pays for them. Goes off
 * late, as users may make it go on and off.
 */
extern struct static_key_false_deferred landlock_rule_cgroup_key;

bool landlock_rule_cgroup_held(void);
bool landlock_rule_cgroup_covers(struct task_struct *tracer,
				 struct task_struct *tracee);
int landlock_rule_attach(int cgroup_fd,
			 const struct landlock_rule_parts *parts);
void landlock_rule_walk_begin(struct landlock_cgroup_walk *walk);
const struct landlock_rule *
landlock_rule_walk_next(struct landlock_cgroup_walk *walk, u32 event);
void landlock_rule_walk_end(struct landlock_cgroup_walk *walk);

/**
 * landlock_rule_cgroups_any - has any cgroup of the system rules?
 *
 * For hooks that are to be short where none has: those that are asked next look
 * at the cgroups of the task.
 */
static inline bool landlock_rule_cgroups_any(void)
{
	return static_branch_unlikely(&landlock_rule_cgroup_key.key);
}

/**
 * landlock_rule_cgroups_ask - has any cgroup of the current task rules?
 */
static inline bool landlock_rule_cgroups_ask(void)
{
	return landlock_rule_cgroups_any() && landlock_rule_cgroup_held();
}

#else /* CONFIG_CGROUPS */

static inline bool landlock_rule_cgroups_any(void)
{
	return false;
}

static inline bool landlock_rule_cgroups_ask(void)
{
	return false;
}

static inline bool landlock_rule_cgroup_covers(struct task_struct *tracer,
					       struct task_struct *tracee)
{
	return true;
}

static inline int
landlock_rule_attach(int cgroup_fd, const struct landlock_rule_parts *parts)
{
	return -EBADF;
}

static inline void landlock_rule_walk_begin(struct landlock_cgroup_walk *walk)
{
}

static inline const struct landlock_rule *
landlock_rule_walk_next(struct landlock_cgroup_walk *walk, u32 event)
{
	return NULL;
}

static inline void landlock_rule_walk_end(struct landlock_cgroup_walk *walk)
{
}

#endif /* CONFIG_CGROUPS */

/**
 * landlock_rule_any - may the current task be under a rule, its own or a cgroup's?
 */
static inline bool landlock_rule_any(void)
{
	return landlock_rule_current() || landlock_rule_cgroups_any();
}

#endif /* _SECURITY_LANDLOCK_RULE_CGROUP_H */
