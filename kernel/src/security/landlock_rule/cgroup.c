// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - the rules that hold who is in a cgroup
 *
 * They are asked beside those of the task itself, from the nearest cgroup up to
 * the root. A cgroup is never rid of a rule but with itself: what it holds can
 * only become stricter, and who is held gets nobody out.
 */

#include <linux/capability.h>
#include <linux/cgroup.h>
#include <linux/cpu.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/landlock_rule.h>
#include <linux/percpu-rwsem.h>
#include <linux/rcupdate.h>
#include <linux/sched/signal.h>

#include "cgroup.h"
#include "events.h"

DEFINE_STATIC_KEY_DEFERRED_FALSE(landlock_rule_cgroup_key, HZ);

/* Of @cgroup and those above it, which may be NULL, the nearest with rules. */
static struct cgroup *nearest(struct cgroup *cgroup)
{
	while (cgroup && !rcu_access_pointer(cgroup->landlock_events))
		cgroup = cgroup_parent(cgroup);
	return cgroup;
}

/**
 * landlock_rule_cgroup_held - has any cgroup of the current task rules?
 *
 * Kernel threads are not judged, whatever cgroup they are in.
 *
 * Return: whether there are any to ask.
 */
bool landlock_rule_cgroup_held(void)
{
	bool held;

	if (current->flags & PF_KTHREAD)
		return false;
	rcu_read_lock();
	held = nearest(task_dfl_cgroup(current));
	rcu_read_unlock();
	return held;
}

/**
 * landlock_rule_cgroup_covers - does what holds one task hold another?
 * @tracer: the one.
 * @tracee: the other.
 *
 * In RCU read-side critical section.
 *
 * Return: true if every cgroup with rules that @tracer is in, @tracee is in.
 */
bool landlock_rule_cgroup_covers(struct task_struct *const tracer,
				 struct task_struct *const tracee)
{
	struct cgroup *holds;

	if (!static_branch_unlikely(&landlock_rule_cgroup_key.key))
		return true;
	/* Who is in the nearest one is in all above it. */
	holds = nearest(task_dfl_cgroup(tracer));
	return !holds || cgroup_is_descendant(task_dfl_cgroup(tracee), holds);
}

/* @cgroup has rules. New ones may take their place at any time. */
static struct landlock_events *get_events(struct cgroup *const cgroup)
{
	struct landlock_events *events;

	rcu_read_lock();
	do {
		events = rcu_dereference(cgroup->landlock_events);
	} while (!refcount_inc_not_zero(&events->usage));
	rcu_read_unlock();
	return events;
}

/**
 * landlock_rule_walk_begin - to ask the rules of the current task's cgroups
 * @walk: to be given to landlock_rule_walk_next(), in any case then to
 *	landlock_rule_walk_end().
 *
 * Only where landlock_rule_cgroups_ask(). Does not sleep; between these, the
 * caller may.
 */
void landlock_rule_walk_begin(struct landlock_cgroup_walk *const walk)
{
	*walk = (struct landlock_cgroup_walk){};
	rcu_read_lock();
	/* Fails only where the task was moved away since: try again there. */
	do {
		walk->start = nearest(task_dfl_cgroup(current));
	} while (walk->start && !cgroup_tryget(walk->start));
	rcu_read_unlock();
	walk->next = walk->start;
}

/**
 * landlock_rule_walk_next - the rules of the next cgroup
 * @walk: see landlock_rule_walk_begin().
 * @event: which rules, an &enum landlock_subtype_event.
 *
 * Return: the newest of them, which stays until the next call; NULL after the
 * last.
 */
const struct landlock_rule *
landlock_rule_walk_next(struct landlock_cgroup_walk *const walk,
			const u32 event)
{
	while (walk->next) {
		landlock_rule_put_events(walk->events);
		walk->events = get_events(walk->next);
		walk->next = nearest(cgroup_parent(walk->next));
		if (walk->events->rules[event])
			return walk->events->rules[event];
	}
	return NULL;
}

/**
 * landlock_rule_walk_end - no more rules are asked
 * @walk: see landlock_rule_walk_begin().
 */
void landlock_rule_walk_end(struct landlock_cgroup_walk *const walk)
{
	landlock_rule_put_events(walk->events);
	if (walk->start)
		cgroup_put(walk->start);
}

/**
 * landlock_rule_put_cgroup - drop the rules of a cgroup that is being freed
 * @cgroup: a cgroup that no one can find any more.
 */
void landlock_rule_put_cgroup(struct cgroup *const cgroup)
{
	struct landlock_events *events;

	events = rcu_dereference_protected(cgroup->landlock_events, true);
	if (!events)
		return;
	landlock_rule_put_events(events);
	static_branch_slow_dec_deferred(&landlock_rule_cgroup_key);
}

/*
 * Nor will it ever have more: no_new_privs, no capability outside of a user
 * namespace of its own, and no other identity to go back to.
 */
static bool is_unprivileged(struct task_struct *const task)
{
	const struct cred *cred;
	bool is;

	rcu_read_lock();
	cred = __task_cred(task);
	is = task_no_new_privs(task) &&
	     (cred->user_ns != &init_user_ns ||
	      cap_isclear(cred->cap_permitted)) &&
	     uid_eq(cred->uid, cred->euid) && uid_eq(cred->uid, cred->suid) &&
	     uid_eq(cred->uid, cred->fsuid) &&
	     gid_eq(cred->gid, cred->egid) && gid_eq(cred->gid, cred->sgid) &&
	     gid_eq(cred->gid, cred->fsgid);
	rcu_read_unlock();
	return is;
}

static bool takes_unprivileged_only(struct cgroup *cgroup)
{
	bool needed = false;

	rcu_read_lock();
	for (cgroup = nearest(cgroup); cgroup && !needed;
	     cgroup = nearest(cgroup_parent(cgroup)))
		needed = rcu_dereference(cgroup->landlock_events)
				 ->unprivileged_only;
	rcu_read_unlock();
	return needed;
}

static bool thread_group_is_unprivileged(struct task_struct *const task)
{
	struct task_struct *thread;
	bool all = true;

	rcu_read_lock();
	for_each_thread(task, thread)
		all &= is_unprivileged(thread);
	rcu_read_unlock();
	return all;
}

/**
 * landlock_rule_cgroup_enter - may the current task put a task into a cgroup?
 * @cgroup: there.
 * @task: the task, or who is about to make it there.
 * @threadgroup: the whole process?
 *
 * Called with cgroup_mutex, and for a process with threads kept from forking.
 *
 * Who is held could otherwise free himself, or another who is held with him.
 *
 * Return: 0, or -EPERM.
 */
int landlock_rule_cgroup_enter(struct cgroup *const cgroup,
			       struct task_struct *const task,
			       const bool threadgroup)
{
	struct cgroup *holds;
	bool stays;

	if (!static_branch_unlikely(&landlock_rule_cgroup_key.key))
		return 0;
	rcu_read_lock();
	holds = nearest(task_dfl_cgroup(current));
	stays = !holds || cgroup_is_descendant(cgroup, holds);
	rcu_read_unlock();
	if (!stays)
		return -EPERM;

	if (!takes_unprivileged_only(cgroup))
		return 0;
	if (threadgroup ? thread_group_is_unprivileged(task) :
			  is_unprivileged(task))
		return 0;
	return -EPERM;
}

/* In @cgroup and all below it; with cgroup_mutex, and no task being made. */
static bool all_are_unprivileged(struct cgroup *const cgroup)
{
	struct cgroup_subsys_state *css;
	bool all = true;

	rcu_read_lock();
	css_for_each_descendant_pre(css, &cgroup->self) {
		struct css_task_iter tasks;
		struct task_struct *task;

		css_task_iter_start(css, 0, &tasks);
		while (all && (task = css_task_iter_next(&tasks)))
			all = is_unprivileged(task);
		css_task_iter_end(&tasks);
	}
	rcu_read_unlock();
	return all;
}

/*
 * Rules could make a program with more privileges than its caller misbehave: who
 * might not apply them to just any task may hold only those that neither are one
 * nor will ever run one. Publishes @new while none is made.
 */
static bool publish_if_all_are_unprivileged(struct cgroup *const cgroup,
					    struct landlock_events *const new)
{
	bool all;

	cpus_read_lock();
	percpu_down_write(&cgroup_threadgroup_rwsem);
	all = all_are_unprivileged(cgroup);
	if (all)
		rcu_assign_pointer(cgroup->landlock_events, new);
	percpu_up_write(&cgroup_threadgroup_rwsem);
	cpus_read_unlock();
	return all;
}

/*
 * May the current task put others into the cgroup at @path? Whatever is asked of
 * who opens the file counts, the rules of a sandbox above all: it holds nobody
 * outside of it.
 */
static int may_write(const struct path *const path)
{
	struct file *const procs =
		file_open_root(path, "cgroup.procs", O_WRONLY, 0);
	bool is_there;

	if (IS_ERR(procs))
		return PTR_ERR(procs);
	/* Not what someone mounted over it. */
	is_there = procs->f_path.mnt == path->mnt &&
		   procs->f_path.dentry->d_parent == path->dentry;
	fput(procs);
	return is_there ? 0 : -EACCES;
}

/* As landlock_rule_attach(), with cgroup_mutex. */
static int attach(struct cgroup *const cgroup,
		  const struct landlock_rule_parts *const parts)
{
	const bool privileged =
		ns_capable_noaudit(&init_user_ns, CAP_SYS_ADMIN);
	struct landlock_events *old, *new;

	if (!(cgroup->self.flags & CSS_ONLINE))
		return -ENOENT;

	old = rcu_dereference_protected(cgroup->landlock_events,
					lockdep_is_held(&cgroup_mutex));
	new = landlock_rule_with(old, parts);
	if (IS_ERR(new))
		return PTR_ERR(new);
	new->unprivileged_only = !privileged || (old && old->unprivileged_only);

	/* On before there is anything to ask, and once for each cgroup. */
	if (!old)
		static_branch_deferred_inc(&landlock_rule_cgroup_key);
	if (privileged)
		rcu_assign_pointer(cgroup->landlock_events, new);
	else if (!publish_if_all_are_unprivileged(cgroup, new))
		goto put_new;
	landlock_rule_put_events(old);
	return 0;

put_new:
	if (!old)
		static_branch_slow_dec_deferred(&landlock_rule_cgroup_key);
	landlock_rule_put_events(new);
	return -EPERM;
}

static int attach_to_file(const struct file *const file,
			  const struct landlock_rule_parts *const parts)
{
	struct cgroup_subsys_state *const css =
		css_tryget_online_from_dir(file->f_path.dentry, NULL);
	int err;

	if (IS_ERR(css))
		return PTR_ERR(css);
	if (css->cgroup->root != &cgrp_dfl_root) {
		err = -EBADF;
	} else if (!cgroup_parent(css->cgroup)) {
		err = -EINVAL;
	} else {
		err = may_write(&file->f_path);
		if (!err) {
			cgroup_lock();
			err = attach(css->cgroup, parts);
			cgroup_unlock();
		}
	}
	css_put(css);
	return err;
}

/**
 * landlock_rule_attach - hold all who are, or will be, in a cgroup
 * @cgroup_fd: descriptor of the directory of a cgroup v2.
 * @parts: of the rule.
 *
 * Return: 0, or the errors that the uapi header lists.
 */
int landlock_rule_attach(const int cgroup_fd,
			 const struct landlock_rule_parts *const parts)
{
	struct file *const file = fget_raw(cgroup_fd);
	int err;

	if (!file)
		return -EBADF;
	err = attach_to_file(file, parts);
	fput(file);
	return err;
}
