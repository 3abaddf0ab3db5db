// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - how the module starts
 */

#define pr_fmt(fmt) "landlock_rule: " fmt

#include <linux/bpf.h>
#include <linux/build_bug.h>
#include <linux/cache.h>
#include <linux/lsm_hooks.h>
#include <linux/once.h>
#include <linux/printk.h>
#include <uapi/linux/landlock_rule.h>
#include <uapi/linux/lsm.h>

#include "events.h"
#include "fsview.h"
#include "hooks_path.h"
#include "hooks_unix.h"
#include "setup.h"

bool landlock_rule_initialized __ro_after_init;

struct lsm_blob_sizes landlock_rule_blob_sizes __ro_after_init = {
	.lbs_file = sizeof(struct landlock_rule_file),
	.lbs_inode = sizeof(struct landlock_rule_inode),
	.lbs_sock = sizeof(struct landlock_rule_sock),
	.lbs_superblock = sizeof(struct landlock_rule_superblock),
};

const struct lsm_id landlock_rule_lsmid = {
	.name = LANDLOCK_RULE_NAME,
	.id = LSM_ID_LANDLOCK_RULE,
};

/* Hooks that ask rules, by the file that has them. */
static struct {
	const struct security_hook_list *hooks;
	int count;
} task_hooks[4] __ro_after_init;

/**
 * landlock_rule_add_task_hooks - add hooks that have nothing to say without rules
 * @hooks: the hooks.
 * @count: number of @hooks.
 *
 * They are not called before a task of the system is under a rule.
 */
__init void landlock_rule_add_task_hooks(struct security_hook_list *const hooks,
					 const int count)
{
	size_t i = 0;

	security_add_hooks(hooks, count, &landlock_rule_lsmid);
	security_defer_hooks(hooks, count);
	while (task_hooks[i].hooks)
		i++;
	task_hooks[i].hooks = hooks;
	task_hooks[i].count = count;
}

static void enable_task_hooks(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(task_hooks); i++)
		security_enable_hooks(task_hooks[i].hooks, task_hooks[i].count);
}

/**
 * landlock_rule_enable_task_hooks - call the hooks from now on
 *
 * Before a rule is published: when this returns, nothing passes them, whichever
 * task came first. They stay: that the last rule went is not worth an interrupt
 * of every processor. May sleep.
 */
void landlock_rule_enable_task_hooks(void)
{
	DO_ONCE_SLEEPABLE(enable_task_hooks);
}

static int __init landlock_rule_init(void)
{
	/* What the uapi header repeats for those who lack the other headers. */
	BUILD_BUG_ON(LSM_ID_LANDLOCK_RULE != LANDLOCK_RULE_LSM_ID);
	BUILD_BUG_ON(BPF_PROG_TYPE_LANDLOCK_RULE != LANDLOCK_RULE_PROG_TYPE);
	BUILD_BUG_ON(BPF_MAP_TYPE_LANDLOCK_FSVIEW !=
		     LANDLOCK_RULE_MAP_TYPE_FSVIEW);
	BUILD_BUG_ON(BPF_FUNC_handle_fs_get_mode < __BPF_FUNC_MAX_ID);

	landlock_rule_add_fs_hooks();
	landlock_rule_add_fsview_hooks();
	landlock_rule_add_path_hooks();
	landlock_rule_add_ptrace_hooks();
	landlock_rule_add_self_attr_hooks();
	landlock_rule_add_unix_hooks();
	landlock_rule_initialized = true;
	pr_info("Up and running.\n");
	return 0;
}

DEFINE_LSM(landlock_rule) = {
	.name = LANDLOCK_RULE_NAME,
	.init = landlock_rule_init,
	.blobs = &landlock_rule_blob_sizes,
};
