/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - the rules that a task is under
 */
#ifndef _SECURITY_LANDLOCK_RULE_EVENTS_H
#define _SECURITY_LANDLOCK_RULE_EVENTS_H

#include <linux/bpf.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/workqueue.h>
#include <uapi/linux/landlock_rule.h>

struct landlock_denials;

#define LANDLOCK_RULE_EVENT_FIRST LANDLOCK_SUBTYPE_EVENT_FS
#define LANDLOCK_RULE_EVENT_LAST LANDLOCK_SUBTYPE_EVENT_FS_PATH
#define LANDLOCK_RULE_EVENT_COUNT (LANDLOCK_RULE_EVENT_LAST + 1)

/**
 * struct landlock_rule_parts - what a rule is made of
 */
struct landlock_rule_parts {
	/** @prog: The program that judges. */
	struct bpf_prog *prog;
	/** @view: The view that it compares with, or NULL. */
	struct bpf_map *view;
	/** @denials: Who is told of what it denies, or NULL. */
	struct landlock_denials *denials;
};

/**
 * struct landlock_rule - one applied rule, at the head of those older than it
 *
 * A rule never changes once it is in a list. Lists of different tasks share
 * their older parts, so that the identity of a rule tells who descends from
 * the task that applied it.
 */
struct landlock_rule {
	/**
	 * @usage: References from newer rules and from &struct landlock_events.
	 */
	refcount_t usage;
	/**
	 * @depth: Number of rules in the list that starts here; at most
	 * %LANDLOCK_RULE_MAX_STACK.
	 */
	u32 depth;
	/**
	 * @prev: The next older rule of the same event, or NULL. Owns a
	 * reference.
	 */
	struct landlock_rule *prev;
	/**
	 * @parts: Owns a reference on each.
	 */
	struct landlock_rule_parts parts;
};

/**
 * struct landlock_events - all rules of a task, or of a cgroup
 *
 * Immutable once published in &struct seccomp.landlock_events or
 * &struct cgroup.landlock_events: to prepend a rule is to publish a new one.
 * Shared by every task that inherited it.
 */
struct landlock_events {
	/**
	 * @usage: One per task or cgroup, dropped when that is freed, one per
	 * socket that was made under these rules, and one per walk that asks
	 * those of a cgroup.
	 */
	refcount_t usage;
	/**
	 * @unprivileged_only: Of a cgroup: only such tasks may be in it.
	 */
	bool unprivileged_only;
	/**
	 * @rules: The newest rule of each event, or NULL. Each owns a
	 * reference.
	 */
	struct landlock_rule *rules[LANDLOCK_RULE_EVENT_COUNT];
	/**
	 * @free_work: Frees after a grace period, for those who look at
	 * another task's rules under RCU, and from process context, as the
	 * last reference of a task may be dropped in softirq.
	 */
	struct rcu_work free_work;
};

/**
 * landlock_rule_current - the rules that the current task is under
 *
 * Only a task itself changes its rules, so there is nothing to lock against.
 *
 * Return: NULL for a task that is under none.
 */
static inline const struct landlock_events *landlock_rule_current(void)
{
	return rcu_dereference_protected(current->seccomp.landlock_events,
					 true);
}

/**
 * landlock_rule_on_paths - the rules on uses of files by path
 * @events: all rules of a task, or NULL.
 *
 * Return: the newest, or NULL.
 */
static inline struct landlock_rule *
landlock_rule_on_paths(const struct landlock_events *const events)
{
	return likely(!events) ? NULL :
				 events->rules[LANDLOCK_SUBTYPE_EVENT_FS_PATH];
}

struct landlock_events *
landlock_rule_with(const struct landlock_events *old,
		   const struct landlock_rule_parts *parts);
struct landlock_events *landlock_rule_get_events(void);
void landlock_rule_put_events(struct landlock_events *events);
struct landlock_rule *landlock_rule_get(struct landlock_rule *rule);
void landlock_rule_put(struct landlock_rule *rule);
bool landlock_rule_is_subset(const struct landlock_events *subset,
			     const struct landlock_events *superset);

#endif /* _SECURITY_LANDLOCK_RULE_EVENTS_H */
