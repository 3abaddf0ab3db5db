/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - the uses of files by path, for hooks that have a path
 */
#ifndef _SECURITY_LANDLOCK_RULE_HOOKS_PATH_H
#define _SECURITY_LANDLOCK_RULE_HOOKS_PATH_H

#include <linux/fs.h>
#include <linux/path.h>

int landlock_rule_path_open(struct file *file);
int landlock_rule_path_ioctl(const struct file *file, unsigned int cmd);
int landlock_rule_path_mount(const struct path *path);

#endif /* _SECURITY_LANDLOCK_RULE_HOOKS_PATH_H */
