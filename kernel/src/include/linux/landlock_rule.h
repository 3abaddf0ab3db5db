/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules: what the rest of the kernel calls.
 */
#ifndef _LINUX_LANDLOCK_RULE_H
#define _LINUX_LANDLOCK_RULE_H

#include <linux/bpfptr.h>
#include <linux/errno.h>
#include <linux/sched.h>
#include <linux/types.h>

union bpf_attr;
struct bpf_map;
struct bpf_prog;
struct cgroup;
struct pid;
struct pid_namespace;
struct seq_file;

#ifdef CONFIG_SECURITY_LANDLOCK_RULE

long landlock_rule_prepend(unsigned int flags, const void __user *uargs);

void landlock_rule_get_current(void);
void landlock_rule_put_task(struct task_struct *task);

int landlock_rule_check_prog(struct bpf_prog *prog, const union bpf_attr *attr,
			     bool is_kernel);
bool landlock_rule_map_allowed(const struct bpf_prog *prog,
			       const struct bpf_map *map);
int landlock_rule_proc_show(struct seq_file *m, struct pid_namespace *ns,
			    struct pid *pid, struct task_struct *task);
void landlock_rule_put_cgroup(struct cgroup *cgroup);
int landlock_rule_cgroup_enter(struct cgroup *cgroup, struct task_struct *task,
			       bool threadgroup);

/**
 * landlock_rule_init_task - forget the rules that came with a copied task
 * @task: the copy, not yet visible to anyone.
 *
 * The reference is taken later, in copy_seccomp(); until then the copy must not
 * drop one that it does not own.
 */
static inline void landlock_rule_init_task(struct task_struct *task)
{
	RCU_INIT_POINTER(task->seccomp.landlock_events, NULL);
}

#else /* CONFIG_SECURITY_LANDLOCK_RULE */

static inline long landlock_rule_prepend(unsigned int flags,
					 const void __user *uargs)
{
	return -EINVAL;
}

static inline void landlock_rule_get_current(void)
{
}

static inline void landlock_rule_put_task(struct task_struct *task)
{
}

static inline int landlock_rule_check_prog(struct bpf_prog *prog,
					   const union bpf_attr *attr,
					   bool is_kernel)
{
	return 0;
}

static inline bool landlock_rule_map_allowed(const struct bpf_prog *prog,
					     const struct bpf_map *map)
{
	return true;
}

static inline void landlock_rule_put_cgroup(struct cgroup *cgroup)
{
}

static inline int landlock_rule_cgroup_enter(struct cgroup *cgroup,
					     struct task_struct *task,
					     bool threadgroup)
{
	return 0;
}

static inline void landlock_rule_init_task(struct task_struct *task)
{
}

#endif /* CONFIG_SECURITY_LANDLOCK_RULE */

#endif /* _LINUX_LANDLOCK_RULE_H */
