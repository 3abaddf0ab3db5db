// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - how the module starts
 */

#define pr_fmt(fmt) "landlock_rule: " fmt

#include <linux/bpf.h>
#include <linux/build_bug.h>
#include <linux/cache.h>
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
