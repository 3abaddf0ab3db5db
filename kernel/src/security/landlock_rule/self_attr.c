// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - who is under which rules: lsm_get_self_attr(2), /proc/PID/attr
 */

#include <linux/bpf.h>
#include <linux/landlock_rule.h>
#include <linux/lsm_hooks.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "events.h"
#include "setup.h"

static size_t count_rules(const struct landlock_events *const events)
{
	size_t count = 0, i;

	for (i = 0; events && i < ARRAY_SIZE(events->rules); i++)
		if (events->rules[i])
			count += events->rules[i]->depth;
	return count;
}

static void fill_info(const struct landlock_rule *const rule,
		      struct landlock_rule_info *const info)
{
	const struct bpf_prog *const prog = rule->parts.prog;

	BUILD_BUG_ON(sizeof(info->tag) != sizeof(prog->tag));
	BUILD_BUG_ON(sizeof(info->name) != sizeof(prog->aux->name));

	info->event = prog->aux->subtype.landlock_rule.event;
	info->prog_id = prog->aux->id;
	memcpy(info->tag, prog->tag, sizeof(info->tag));
	memcpy(info->name, prog->aux->name, sizeof(info->name));
}

static int hook_getselfattr(const unsigned int attr,
			    struct lsm_ctx __user *const uctx, u32 *const size,
			    const u32 flags)
{
	const struct landlock_events *const events = landlock_rule_current();
	const size_t count = count_rules(events);
	struct landlock_rule_info *infos = NULL, *info;
	size_t i;
	int err;

	if (attr != LSM_ATTR_CURRENT)
		return -EOPNOTSUPP;

	if (count) {
		infos = kcalloc(count, sizeof(*infos), GFP_KERNEL_ACCOUNT);
		if (!infos)
			return -ENOMEM;
	}

	info = infos;
	for (i = 0; events && i < ARRAY_SIZE(events->rules); i++) {
		const struct landlock_rule *rule;

		for (rule = events->rules[i]; rule; rule = rule->prev)
			fill_info(rule, info++);
	}

	err = lsm_fill_user_ctx(uctx, size, infos, count * sizeof(*infos),
				LSM_ID_LANDLOCK_RULE, 0);
	kfree(infos);
	/* One context, as the hook's callers count them. */
	return err ?: 1;
}

static void show_rule(struct seq_file *const m,
		      const struct landlock_rule *const rule)
{
	struct landlock_rule_info info;

	fill_info(rule, &info);
	seq_printf(m, "%u %u %*phN %.16s ", info.event, info.prog_id,
		   (int)sizeof(info.tag), info.tag,
		   info.name[0] ? info.name : "-");
	if (rule->parts.view)
		seq_printf(m, "%u\n", rule->parts.view->id);
	else
		seq_puts(m, "-\n");
}

/**
 * landlock_rule_proc_show - /proc/PID/attr/landlock_rule/current
 * @m: the file.
 * @ns: not used.
 * @pid: not used.
 * @task: whose rules.
 *
 * Return: 0, or -EACCES for who may not look into @task.
 */
int landlock_rule_proc_show(struct seq_file *const m,
			    struct pid_namespace *const ns,
			    struct pid *const pid,
			    struct task_struct *const task)
{
	const struct landlock_events *events;
	const struct landlock_rule *rule;
	size_t i;

	if (!ptrace_may_access(task, PTRACE_MODE_READ_FSCREDS))
		return -EACCES;
	rcu_read_lock();
	events = rcu_dereference(task->seccomp.landlock_events);
	for (i = 0; events && i < ARRAY_SIZE(events->rules); i++)
		for (rule = events->rules[i]; rule; rule = rule->prev)
			show_rule(m, rule);
	rcu_read_unlock();
	return 0;
}

static struct security_hook_list hooks[] __ro_after_init = {
	LSM_HOOK_INIT(getselfattr, hook_getselfattr),
};

__init void landlock_rule_add_self_attr_hooks(void)
{
	security_add_hooks(hooks, ARRAY_SIZE(hooks), &landlock_rule_lsmid);
}
