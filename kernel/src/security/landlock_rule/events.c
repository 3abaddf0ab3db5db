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

#include "cgroup.h"
#include "events.h"
#include "fsview.h"
#include "setup.h"

/**
 * landlock_rule_get - take a reference on a rule and those older than it
 * @rule: a rule of the current task.
 *
 * Return: @rule.
 */
struct landlock_rule *landlock_rule_get(struct landlock_rule *const rule)
{
	refcount_inc(&rule->usage);
	return rule;
}

/**
 * landlock_rule_put - drop a reference on a rule and those older than it
 * @rule: a rule that no task looks at under RCU any more, or NULL.
 */
void landlock_rule_put(struct landlock_rule *rule)
{
	/* A loop, as lists are as long as %LANDLOCK_RULE_MAX_STACK. */
	while (rule && refcount_dec_and_test(&rule->usage)) {
		struct landlock_rule *const prev = rule->prev;

		bpf_prog_put(rule->prog);
		if (rule->view)
			bpf_map_put(rule->view);
		kfree(rule);
		rule = prev;
	}
}

static void free_events(struct landlock_events *const events)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(events->rules); i++)
		landlock_rule_put(events->rules[i]);
	kfree(events);
}

static void free_events_work(struct work_struct *const work)
{
	free_events(container_of(to_rcu_work(work), struct landlock_events,
				 free_work));
}

/**
 * landlock_rule_put_events - drop a reference on the rules of a task
 * @events: the rules, or NULL. May be called in softirq.
 */
void landlock_rule_put_events(struct landlock_events *const events)
{
	if (!events || !refcount_dec_and_test(&events->usage))
		return;

	INIT_RCU_WORK(&events->free_work, free_events_work);
	queue_rcu_work(system_unbound_wq, &events->free_work);
}

/**
 * landlock_rule_get_events - take a reference on the current task's rules
 *
 * Does not sleep.
 *
 * Return: the rules, or NULL for a task that is under none.
 */
struct landlock_events *landlock_rule_get_events(void)
{
	struct landlock_events *events;

	events = rcu_dereference_protected(current->seccomp.landlock_events,
					   true);
	if (events)
		refcount_inc(&events->usage);
	return events;
}

/**
 * landlock_rule_get_current - take a reference on the current task's rules
 *
 * For a new task, which is about to copy the pointer. Does not sleep.
 */
void landlock_rule_get_current(void)
{
	landlock_rule_get_events();
}

/**
 * landlock_rule_put_task - drop the rules of a task that is being freed
 * @task: a task that no one can find any more. May be called in softirq.
 */
void landlock_rule_put_task(struct task_struct *const task)
{
	struct landlock_events *events;

	events = rcu_dereference_protected(task->seccomp.landlock_events, true);
	landlock_rule_put_events(events);
}

/**
 * landlock_rule_with - copy rules, with one more in front of those of its event
 * @old: the rules, or NULL.
 * @prog: what judges; its reference is taken over if this succeeds.
 * @view: what it compares with, or NULL; likewise.
 *
 * Return: the copy, or -E2BIG or -ENOMEM.
 */
struct landlock_events *
landlock_rule_with(const struct landlock_events *const old,
		   struct bpf_prog *const prog, struct bpf_map *const view)
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
	rule->view = view;

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

static int copy_args(const unsigned int flags, const void __user *const uargs,
		     struct landlock_rule_prepend *const args)
{
	const size_t size =
		flags & LANDLOCK_RULE_PREPEND_CGROUP ?
			offsetofend(struct landlock_rule_prepend, cgroup_fd) :
		flags & LANDLOCK_RULE_PREPEND_VIEW ?
			offsetofend(struct landlock_rule_prepend, view_fd) :
			offsetofend(struct landlock_rule_prepend, prog_fd);

	return copy_from_user(args, uargs, size) ? -EFAULT : 0;
}

/* The view of @args for @prog, NULL where @flags ask for none, or an error. */
static struct bpf_map *get_view(const unsigned int flags,
				const struct landlock_rule_prepend *const args,
				const struct bpf_prog *const prog)
{
	struct bpf_map *view;

	if (!(flags & LANDLOCK_RULE_PREPEND_VIEW))
		return NULL;
	if (prog->aux->subtype.landlock_rule.event !=
	    LANDLOCK_SUBTYPE_EVENT_FS_PATH)
		return ERR_PTR(-EINVAL);
	view = landlock_rule_fsview_get(args->view_fd);
	if (!IS_ERR(view) && !READ_ONCE(view->frozen)) {
		bpf_map_put(view);
		return ERR_PTR(-EBUSY);
	}
	return view;
}

/* Takes over the references on @prog and @view if it succeeds. */
static int apply(struct bpf_prog *const prog, struct bpf_map *const view)
{
	struct landlock_events *old, *new;

	old = rcu_dereference_protected(current->seccomp.landlock_events, true);
	new = landlock_rule_with(old, prog, view);
	if (IS_ERR(new))
		return PTR_ERR(new);
	rcu_assign_pointer(current->seccomp.landlock_events, new);
	landlock_rule_put_events(old);
	return 0;
}

/**
 * landlock_rule_prepend - %SECCOMP_PREPEND_LANDLOCK_RULE of seccomp(2)
 * @flags: mask of ``LANDLOCK_RULE_PREPEND_*``.
 * @uargs: user-space address of what @flags say.
 *
 * Return: 0, the ABI if that was asked, or the errors that the uapi header
 * lists.
 */
long landlock_rule_prepend(const unsigned int flags,
			   const void __user *const uargs)
{
	struct landlock_rule_prepend args;
	struct bpf_prog *prog;
	struct bpf_map *view;
	int err;

	if (!landlock_rule_initialized)
		return -EOPNOTSUPP;
	if (flags == LANDLOCK_RULE_PREPEND_ABI && !uargs)
		return LANDLOCK_ABI;
	if (flags &
	    ~(LANDLOCK_RULE_PREPEND_VIEW | LANDLOCK_RULE_PREPEND_CGROUP))
		return -EINVAL;

	/*
	 * Like a seccomp filter: without no_new_privs, a rule could make a
	 * program with more privileges than its caller misbehave.
	 */
	if (!task_no_new_privs(current) &&
	    !ns_capable_noaudit(current_user_ns(), CAP_SYS_ADMIN))
		return -EPERM;

	err = copy_args(flags, uargs, &args);
	if (err)
		return err;

	prog = bpf_prog_get_type(args.prog_fd, BPF_PROG_TYPE_LANDLOCK_RULE);
	if (IS_ERR(prog))
		return PTR_ERR(prog);
	view = get_view(flags, &args, prog);
	if (IS_ERR(view)) {
		err = PTR_ERR(view);
		goto put_prog;
	}

	landlock_rule_enable_task_hooks();
	err = flags & LANDLOCK_RULE_PREPEND_CGROUP ?
		      landlock_rule_attach(args.cgroup_fd, prog, view) :
		      apply(prog, view);
	if (!err)
		return 0;

	if (view)
		bpf_map_put(view);
put_prog:
	bpf_prog_put(prog);
	return err;
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
