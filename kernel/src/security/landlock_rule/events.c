// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - the rules that a task is under: prepended, inherited, freed
 */

#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/landlock_rule.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "events.h"
#include "setup.h"

static void put_rule(struct landlock_rule *rule)
{
	/* A loop, as lists are as long as %LANDLOCK_RULE_MAX_STACK. */
	while (rule && refcount_dec_and_test(&rule->usage)) {
		struct landlock_rule *const prev = rule->prev;

		bpf_prog_put(rule->prog);
		kfree(rule);
		rule = prev;
	}
}

static void free_events(struct landlock_events *const events)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(events->rules); i++)
		put_rule(events->rules[i]);
	kfree(events);
}

static void free_events_work(struct work_struct *const work)
{
	free_events(container_of(to_rcu_work(work), struct landlock_events,
				 free_work));
}

static void put_events(struct landlock_events *const events)
{
	if (!events || !refcount_dec_and_test(&events->usage))
		return;

	INIT_RCU_WORK(&events->free_work, free_events_work);
	queue_rcu_work(system_unbound_wq, &events->free_work);
}

/**
 * landlock_rule_get_current - take a reference on the current task's rules
 *
 * For a new task, which is about to copy the pointer. Does not sleep.
 */
void landlock_rule_get_current(void)
{
	struct landlock_events *events;

	events = rcu_dereference_protected(current->seccomp.landlock_events,
					   true);
	if (events)
		refcount_inc(&events->usage);
}

/**
 * landlock_rule_put_task - drop the rules of a task that is being freed
 * @task: a task that no one can find any more. May be called in softirq.
 */
void landlock_rule_put_task(struct task_struct *const task)
{
	put_events(rcu_dereference_protected(task->seccomp.landlock_events,
					     true));
}

/*
 * Copies @old, which may be NULL, with a rule for @prog in front of those of
 * its event. Takes over the caller's reference on @prog if it succeeds.
 */
static struct landlock_events *
prepend_rule(const struct landlock_events *const old,
	     struct bpf_prog *const prog)
{
	const u32 event = prog->aux->subtype.landlock_rule.event;
	struct landlock_rule *const prev = old ? old->rules[event] : NULL;
	struct landlock_events *new;
	struct landlock_rule *rule;
	size_t i;

	if (prev && prev->depth >= LANDLOCK_RULE_MAX_STACK)
		return ERR_PTR(-E2BIG);

	rule = kzalloc(sizeof(*rule), GFP_KERNEL_ACCOUNT);
	if (!rule)
		return ERR_PTR(-ENOMEM);

	new = kzalloc(sizeof(*new), GFP_KERNEL_ACCOUNT);
	if (!new) {
		kfree(rule);
		return ERR_PTR(-ENOMEM);
	}

	refcount_set(&rule->usage, 1);
	rule->depth = prev ? prev->depth + 1 : 1;
	rule->prev = prev;
	rule->prog = prog;

	refcount_set(&new->usage, 1);
	for (i = 0; old && i < ARRAY_SIZE(new->rules); i++) {
		new->rules[i] = old->rules[i];
		/* For @event, this is the reference that rule->prev owns. */
		if (new->rules[i])
			refcount_inc(&new->rules[i]->usage);
	}
	new->rules[event] = rule;
	return new;
}

/**
 * landlock_rule_prepend - %SECCOMP_PREPEND_LANDLOCK_RULE of seccomp(2)
 * @flags: must be 0.
 * @uprog_fd: user-space address of a descriptor of a rule.
 *
 * Return: 0, or the errors that the uapi header lists.
 */
long landlock_rule_prepend(const unsigned int flags,
			   const int __user *const uprog_fd)
{
	struct landlock_events *old, *new;
	struct bpf_prog *prog;
	int prog_fd;

	if (!landlock_rule_initialized)
		return -EOPNOTSUPP;
	if (flags)
		return -EINVAL;

	/*
	 * Like a seccomp filter: without no_new_privs, a rule could make a
	 * program with more privileges than its caller misbehave.
	 */
	if (!task_no_new_privs(current) &&
	    !ns_capable_noaudit(current_user_ns(), CAP_SYS_ADMIN))
		return -EPERM;

	if (get_user(prog_fd, uprog_fd))
		return -EFAULT;

	prog = bpf_prog_get_type(prog_fd, BPF_PROG_TYPE_LANDLOCK_RULE);
	if (IS_ERR(prog))
		return PTR_ERR(prog);

	old = rcu_dereference_protected(current->seccomp.landlock_events, true);
	new = prepend_rule(old, prog);
	if (IS_ERR(new)) {
		bpf_prog_put(prog);
		return PTR_ERR(new);
	}

	rcu_assign_pointer(current->seccomp.landlock_events, new);
	put_events(old);
	return 0;
}

/**
 * landlock_rule_is_subset - is one task's sandbox at least as strict?
 * @subset: rules of one task, or NULL for none.
 * @superset: rules of another, or NULL.
 *
 * Rules are compared by identity: the same program applied twice is two rules,
 * since they need not have been applied to the same processes.
 *
 * Return: true if every rule of @subset is also one of @superset.
 */
bool landlock_rule_is_subset(const struct landlock_events *const subset,
			     const struct landlock_events *const superset)
{
	size_t i;

	if (!subset || subset == superset)
		return true;
	if (!superset)
		return false;

	for (i = 0; i < ARRAY_SIZE(subset->rules); i++) {
		const struct landlock_rule *const newest = subset->rules[i];
		const struct landlock_rule *rule = superset->rules[i];

		if (!newest)
			continue;
		/*
		 * Whoever has @newest has all that is older, and can only have
		 * it where its list is as long.
		 */
		while (rule && rule->depth > newest->depth)
			rule = rule->prev;
		if (rule != newest)
			return false;
	}
	return true;
}
