// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - no way out through another process
 *
 * A task may only look into, or be looked into by, a task that is at least as
 * restricted as the one that looks.
 */

#include <linux/lsm_hooks.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include "cgroup.h"
#include "events.h"
#include "setup.h"

static int may_trace(struct task_struct *const tracer,
		     struct task_struct *const tracee)
{
	const struct landlock_events *subset, *superset;
	bool allowed;

	rcu_read_lock();
	subset = rcu_dereference(tracer->seccomp.landlock_events);
	superset = rcu_dereference(tracee->seccomp.landlock_events);
	allowed = landlock_rule_is_subset(subset, superset) &&
		  landlock_rule_cgroup_covers(tracer, tracee);
	rcu_read_unlock();
	return allowed ? 0 : -EPERM;
}

static int hook_ptrace_access_check(struct task_struct *const child,
				    const unsigned int mode)
{
	return may_trace(current, child);
}

static int hook_ptrace_traceme(struct task_struct *const parent)
{
	return may_trace(parent, current);
}

static struct security_hook_list hooks[] __ro_after_init = {
	LSM_HOOK_INIT(ptrace_access_check, hook_ptrace_access_check),
	LSM_HOOK_INIT(ptrace_traceme, hook_ptrace_traceme),
};

__init void landlock_rule_add_ptrace_hooks(void)
{
	landlock_rule_add_task_hooks(hooks, ARRAY_SIZE(hooks));
}
