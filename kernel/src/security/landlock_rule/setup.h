/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - how the module starts
 */
#ifndef _SECURITY_LANDLOCK_RULE_SETUP_H
#define _SECURITY_LANDLOCK_RULE_SETUP_H

#include <linux/init.h>
#include <linux/lsm_hooks.h>

#define LANDLOCK_RULE_NAME "landlock_rule"

/* Set once at boot, if the module is in the list of enabled LSMs. */
extern bool landlock_rule_initialized;
extern const struct lsm_id landlock_rule_lsmid;
/* Where the module's part of each blob begins, after the boot. */
extern struct lsm_blob_sizes landlock_rule_blob_sizes;

__init void landlock_rule_add_task_hooks(struct security_hook_list *hooks,
					 int count);
void landlock_rule_enable_task_hooks(void);

__init void landlock_rule_add_fs_hooks(void);
__init void landlock_rule_add_fsview_hooks(void);
__init void landlock_rule_add_path_hooks(void);
__init void landlock_rule_add_ptrace_hooks(void);
__init void landlock_rule_add_self_attr_hooks(void);
__init void landlock_rule_add_unix_hooks(void);

#endif /* _SECURITY_LANDLOCK_RULE_SETUP_H */
