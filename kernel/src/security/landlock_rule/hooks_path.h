/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - the uses of files by path, for hooks that have a path
 */
#ifndef _SECURITY_LANDLOCK_RULE_HOOKS_PATH_H
#define _SECURITY_LANDLOCK_RULE_HOOKS_PATH_H

#include <linux/fs.h>
#include <linux/path.h>

#include "events.h"
#include "setup.h"

/**
 * struct landlock_rule_file - what the module keeps of an open file
 */
struct landlock_rule_file {
	/**
	 * @opened_under: The newest rule on paths that judges what is asked of
	 * the device, or NULL. Owns a reference.
	 */
	struct landlock_rule *opened_under;
	/**
	 * @opened_in_cgroup: Who opened the device was held by a cgroup: those
	 * of who asks it judge as well.
	 */
	bool opened_in_cgroup;
	/**
	 * @fixed: ftruncate(2) is refused, whoever has the descriptor.
	 */
	bool fixed;
};

static inline struct landlock_rule_file *
landlock_rule_file(const struct file *const file)
{
	return file->f_security + landlock_rule_blob_sizes.lbs_file;
}

int landlock_rule_path_attr(const struct path *path, bool change);
int landlock_rule_path_mount(const struct path *path);
int landlock_rule_path_open(struct file *file);
int landlock_rule_path_ioctl(const struct file *file, unsigned int cmd);

#endif /* _SECURITY_LANDLOCK_RULE_HOOKS_PATH_H */
