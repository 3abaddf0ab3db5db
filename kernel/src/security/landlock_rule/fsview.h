/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - views of the file system: hierarchies and what they grant
 */
#ifndef _SECURITY_LANDLOCK_RULE_FSVIEW_H
#define _SECURITY_LANDLOCK_RULE_FSVIEW_H

#include <linux/bpf.h>
#include <linux/path.h>
#include <linux/types.h>

/**
 * struct landlock_rule_inode - what the module keeps of an inode
 *
 * Tells a walk, without a lookup, that no view speaks of an inode: most of
 * those that it passes. Written under a lock, read without.
 */
struct landlock_rule_inode {
	/**
	 * @hierarchies: Number of entries that begin at this inode.
	 */
	u32 hierarchies;
	/**
	 * @names: Number of entries for a name in this directory.
	 */
	u32 names;
};

/**
 * struct landlock_rule_superblock - what the module keeps of a superblock
 */
struct landlock_rule_superblock {
	/**
	 * @entries: All entries of its inodes, to let go of at umount.
	 */
	struct list_head entries;
	/**
	 * @releasing: Entries whose inode is being put by others than umount,
	 * which has to wait for them.
	 */
	atomic_t releasing;
};

struct bpf_map *landlock_rule_fsview_get(int fd);
u64 landlock_rule_fsview_access(struct bpf_map *map, const struct path *path);

#endif /* _SECURITY_LANDLOCK_RULE_FSVIEW_H */
