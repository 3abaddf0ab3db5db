// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - the rules that a task is under: prepended, inherited, freed
 */

#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/landlock_rule.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "cgroup.h"
#include "events.h"
#include "denials.h"
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

		bpf_prog_put(rule->parts.prog);
		if (rule->parts.view)
			bpf_map_put(rule->parts.view);
		landlock_rule_denials_end(rule->parts.denials);
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
 * @parts: of the rule, which takes a reference on each.
 *
 * Return: the copy, or -E2BIG or -ENOMEM.
 */
struct landlock_events *
landlock_rule_with(const struct landlock_events *const old,
		   const struct landlock_rule_parts *const parts)
{
	const u32 event = parts->prog->aux->subtype.landlock_rule.event;
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
	rule->parts = *parts;
	bpf_prog_inc(parts->prog);
	if (parts->view)
		bpf_map_inc(parts->view);
	landlock_rule_denials_get(parts->denials);

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
	/* A change that began before the view was frozen may be under way. */
	if (!IS_ERR(view) &&
	    (!READ_ONCE(view->frozen) || bpf_map_write_active(view))) {
		bpf_map_put(view);
		return ERR_PTR(-EBUSY);
	}
	return view;
}

static int apply(const struct landlock_rule_parts *const parts)
{
	struct landlock_events *old, *new;

	old = rcu_dereference_protected(current->seccomp.landlock_events, true);
	new = landlock_rule_with(old, parts);
	if (IS_ERR(new))
		return PTR_ERR(new);
	rcu_assign_pointer(current->seccomp.landlock_events, new);
	landlock_rule_put_events(old);
	return 0;
}

static void put_parts(const struct landlock_rule_parts *const parts)
{
	bpf_prog_put(parts->prog);
	if (parts->view)
		bpf_map_put(parts->view);
	landlock_rule_denials_put(parts->denials);
}

static int get_parts(const unsigned int flags,
		     const struct landlock_rule_prepend *const args,
		     struct landlock_rule_parts *const parts)
{
	*parts = (struct landlock_rule_parts){
		.prog = bpf_prog_get_type(args->prog_fd,
					  BPF_PROG_TYPE_LANDLOCK_RULE),
	};
	if (IS_ERR(parts->prog))
		return PTR_ERR(parts->prog);
	parts->view = get_view(flags, args, parts->prog);
	if (IS_ERR(parts->view)) {
		bpf_prog_put(parts->prog);
		return PTR_ERR(parts->view);
	}
	return 0;
}

static int apply_to(const unsigned int flags,
		    const struct landlock_rule_prepend *const args,
		    const struct landlock_rule_parts *const parts)
{
	landlock_rule_enable_task_hooks();
	return flags & LANDLOCK_RULE_PREPEND_CGROUP ?
		       landlock_rule_attach(args->cgroup_fd, parts) :
		       apply(parts);
}

/* Nothing is told of a rule that is not applied. Returns a descriptor. */
static int apply_and_tell(const unsigned int flags,
			  const struct landlock_rule_prepend *const args,
			  struct landlock_rule_parts *const parts)
{
	struct file *file;
	int fd, err;

	parts->denials = landlock_rule_denials_make(
		flags & LANDLOCK_RULE_PREPEND_CGROUP);
	if (!parts->denials)
		return -ENOMEM;
	file = landlock_rule_denials_open(parts->denials);
	if (IS_ERR(file))
		return PTR_ERR(file);
	fd = get_unused_fd_flags(O_CLOEXEC);
	err = fd < 0 ? fd : apply_to(flags, args, parts);
	if (err) {
		if (fd >= 0)
			put_unused_fd(fd);
		fput(file);
		return err;
	}
	fd_install(fd, file);
	return fd;
}

/**
 * landlock_rule_prepend - %SECCOMP_PREPEND_LANDLOCK_RULE of seccomp(2)
 * @flags: mask of ``LANDLOCK_RULE_PREPEND_*``.
 * @uargs: user-space address of what @flags say.
 *
 * Return: 0; the ABI or a descriptor if that was asked for; or the errors that
 * the uapi header lists.
 */
long landlock_rule_prepend(const unsigned int flags,
			   const void __user *const uargs)
{
	struct landlock_rule_prepend args;
	struct landlock_rule_parts parts;
	int ret;

	if (!landlock_rule_initialized)
		return -EOPNOTSUPP;
	if (flags == LANDLOCK_RULE_PREPEND_ABI && !uargs)
		return LANDLOCK_ABI;
	if (flags &
	    ~(LANDLOCK_RULE_PREPEND_VIEW | LANDLOCK_RULE_PREPEND_DENIALS |
	      LANDLOCK_RULE_PREPEND_CGROUP))
		return -EINVAL;

	/*
	 * Like a seccomp filter: without no_new_privs, a rule could make a
	 * program with more privileges than its caller misbehave.
	 */
	if (!task_no_new_privs(current) &&
	    !ns_capable_noaudit(current_user_ns(), CAP_SYS_ADMIN))
		return -EPERM;

	ret = copy_args(flags, uargs, &args);
	if (!ret)
		ret = get_parts(flags, &args, &parts);
	if (ret)
		return ret;
	ret = flags & LANDLOCK_RULE_PREPEND_DENIALS ?
		      apply_and_tell(flags, &args, &parts) :
		      apply_to(flags, &args, &parts);
	put_parts(&parts);
	return ret;
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
