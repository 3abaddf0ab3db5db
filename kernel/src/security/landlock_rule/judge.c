// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - asking rules for their verdict
 */

#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/rcupdate.h>

#include "judge.h"

/*
 * What is not judged, and why:
 *
 * - Kernel threads. They are forked by kthreadd, which is under no rule, and
 *   cannot call seccomp(2): landlock_rule_current() is NULL. What they do for
 *   a task (writeback, NFS server, user-mode helpers) is the kernel's work.
 *   Threads that do a task's own work (io_uring workers, vhost) are forked
 *   from it and are under the rules it had then.
 * - Private inodes (below): the kernel made them for itself (anonymous inodes
 *   of eventfd or epoll, a file system's own xattr or quota files). No name
 *   leads to them, and %S_PRIVATE hides them from every LSM.
 *
 * What a file system does in turn for an access, in the context of the task
 * (an overlay in its layers), is judged as the task's own.
 */
static bool is_judged(const struct inode *const inode)
{
	return !inode || likely(!IS_PRIVATE(inode));
}

/*
 * Asks @rule and those older than it. RCU protects the maps of a rule; the rule
 * itself is kept by the caller. Nothing here sleeps: inode_permission and
 * inode_follow_link come in RCU walk.
 */
static int judge(const struct landlock_rule *rule,
		 struct landlock_handle_fs *const handle,
		 const struct landlock_context *const context)
{
	int err = 0;

	rcu_read_lock();
	for (; rule; rule = rule->prev) {
		handle->view = rule->view;
		if (bpf_prog_run_pin_on_cpu(rule->prog, context)) {
			err = -EPERM;
			break;
		}
	}
	rcu_read_unlock();
	return err;
}

static int judge_inode(const struct landlock_events *const events,
		       const enum landlock_subtype_event event,
		       const struct inode *const inode, const u64 arg2)
{
	struct landlock_handle_fs handle = {
		.inode = inode,
	};
	const struct landlock_context context = {
		.event = event,
		.arg1 = (u64)(uintptr_t)&handle,
		.arg2 = arg2,
	};

	return judge(events->rules[event], &handle, &context);
}

/* What programs make of an error, and what Landlock's rulesets give them. */
static int path_error(const u64 actions)
{
	if (actions & LANDLOCK_ACTION_FS_MOUNT)
		return -EPERM;
	if (actions & (LANDLOCK_ACTION_FS_REFER | LANDLOCK_ACTION_FS_MOVE))
		return -EXDEV;
	return -EACCES;
}

/**
 * landlock_rule_judge_path - %LANDLOCK_SUBTYPE_EVENT_FS_PATH
 * @rule: the newest of the rules to ask.
 * @check: what is asked.
 *
 * Return: 0, -EACCES, -EXDEV or -EPERM.
 */
int landlock_rule_judge_path(const struct landlock_rule *const rule,
			     const struct landlock_path_check *const check)
{
	struct landlock_handle_fs handle = {
		.inode = check->path ? d_backing_inode(check->path->dentry) :
				       NULL,
		.path = check->path,
		.from = check->from,
	};
	const struct landlock_context context = {
		.event = LANDLOCK_SUBTYPE_EVENT_FS_PATH,
		.arg1 = (u64)(uintptr_t)&handle,
		.arg2 = check->actions,
		.arg3 = check->command,
	};

	if (!rule || !check->actions || !is_judged(handle.inode))
		return 0;
	return judge(rule, &handle, &context) ? path_error(check->actions) : 0;
}

/**
 * landlock_rule_judge_fs - %LANDLOCK_SUBTYPE_EVENT_FS
 * @events: rules of the current task.
 * @checks: what is asked, in this order; the first denial wins.
 * @count: number of @checks.
 *
 * Return: 0, or -EPERM.
 */
int landlock_rule_judge_fs(const struct landlock_events *const events,
			   const struct landlock_fs_check *const checks,
			   const size_t count)
{
	size_t i;

	if (!events->rules[LANDLOCK_SUBTYPE_EVENT_FS])
		return 0;

	for (i = 0; i < count; i++) {
		int err;

		if (!checks[i].actions || !is_judged(checks[i].inode))
			continue;
		err = judge_inode(events, LANDLOCK_SUBTYPE_EVENT_FS,
				  checks[i].inode, checks[i].actions);
		if (err)
			return err;
	}
	return 0;
}

/**
 * landlock_rule_judge_command - an action, and the event with its command
 * @events: rules of the current task.
 * @inode: the object.
 * @action: asked first, as %LANDLOCK_SUBTYPE_EVENT_FS.
 * @event: %LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, _LOCK or _FCNTL; asked second.
 * @command: the command.
 *
 * Return: 0, or -EPERM.
 */
int landlock_rule_judge_command(const struct landlock_events *const events,
				const struct inode *const inode,
				const u64 action,
				const enum landlock_subtype_event event,
				const u64 command)
{
	int err;

	if (!is_judged(inode))
		return 0;

	err = judge_inode(events, LANDLOCK_SUBTYPE_EVENT_FS, inode, action);
	if (err)
		return err;
	return judge_inode(events, event, inode, command);
}
