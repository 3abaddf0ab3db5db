/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - views of the file system: hierarchies and what they grant
 */
#ifndef _SECURITY_LANDLOCK_RULE_FSVIEW_H
#define _SECURITY_LANDLOCK_RULE_FSVIEW_H

#include <linux/bpf.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/path.h>
#include <linux/types.h>
#include <uapi/linux/landlock_rule.h>

#include "quota.h"
#include "setup.h"

struct landlock_rule;

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
	 * @names: Number of entries for names in this directory.
	 */
	u32 names;
	/**
	 * @listed: How many of @names have to be tried one after the other.
	 */
	u32 listed;
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
	/**
	 * @number: Counts up: who is younger has a higher one.
	 */
	u64 number;
};

/**
 * struct fsview_entry - a hierarchy, or names in a directory, and what it grants
 *
 * Holds a reference on its inode, so that the inode stays the one that was
 * named, but lets go of it when its file system is unmounted: it then leaves
 * its view.
 */
struct fsview_entry {
	/** @node: In &struct fsview.buckets; looked up under RCU. */
	struct hlist_node node;
	/** @on_sb: In &struct landlock_rule_superblock.entries. */
	struct list_head on_sb;
	struct inode *inode;
	struct fsview *view;
	/** @value: What user space gave; bits have a meaning for rules only. */
	struct landlock_fsview_value value;
	struct rcu_head rcu;
	/** @name_size: 0 for the hierarchy that begins at @inode. */
	u32 name_size;
	/** @flags: ``LANDLOCK_FSVIEW_*`` of the key. */
	u32 flags;
	/**
	 * @listed: In the bucket of its directory, as no hash leads to it: a
	 * pattern, or names are what the file system holds for equal.
	 */
	bool listed;
	/** @name: Or the pattern; with a NUL at its end. */
	char name[];
};

/**
 * struct fsview - a view: entries by inode and name
 */
struct fsview {
	/** @map: What user space has a descriptor of. */
	struct bpf_map map;
	/** @elsewhere: For what no entry covers. */
	struct landlock_fsview_value elsewhere;
	/** @charge: Of its entries, to who made it. */
	struct quota_charge charge;
	/** @count: Entries that were put in and not deleted. */
	u32 count;
	/** @entries_size: Memory of all entries that it has. */
	size_t entries_size;
	/** @names_size: Of all names that are listed. */
	u32 names_size;
	/** @patterns_size: Of all patterns. */
	u32 patterns_size;
	/**
	 * @trusted: The youngest superblock when the view was last changed,
	 * before it lost anything.
	 */
	u64 trusted;
	/** @lost: An entry that may deny went away with its superblock. */
	bool lost;
	/** @bucket_bits: Logarithm of the number of @buckets. */
	u32 bucket_bits;
	/** @buckets: Heads of lists of &struct fsview_entry. */
	struct hlist_head buckets[];
};

static inline struct fsview *to_fsview(const struct bpf_map *const map)
{
	return container_of(map, struct fsview, map);
}

static inline struct landlock_rule_inode *
landlock_rule_inode(const struct inode *const inode)
{
	return inode->i_security + landlock_rule_blob_sizes.lbs_inode;
}

static inline struct landlock_rule_superblock *
landlock_rule_superblock(const struct super_block *const sb)
{
	return sb->s_security + landlock_rule_blob_sizes.lbs_superblock;
}

/* fsview_map.c */
struct bpf_map *landlock_rule_fsview_get(int fd);
struct fsview_entry *fsview_find(const struct fsview *view,
				 const struct inode *inode);
bool fsview_find_name(const struct fsview *view, const struct dentry *dir,
		      const struct inode *inode, const struct dentry *dentry,
		      const struct qstr *name,
		      struct landlock_fsview_value *granted);

/**
 * fsview_distrusts - may what a view denied be where it no longer knows it?
 * @view: the view.
 * @sb: superblock of what is judged.
 *
 * An entry goes with its superblock. What is mounted later may be the same
 * file system once more, whose inodes are others: there a view that lost an
 * entry grants no more than elsewhere.
 *
 * Return: whether @view lost an entry that may deny, and @sb is younger than
 * the view.
 */
static inline bool fsview_distrusts(const struct fsview *const view,
				    const struct super_block *const sb)
{
	return READ_ONCE(view->lost) &&
	       landlock_rule_superblock(sb)->number > view->trusted;
}

/**
 * struct fsview_grant - what a view grants at one place
 */
struct fsview_grant {
	/** @own: On what is there itself. */
	u64 own;
	/** @beneath: On what is in it, where no entry says more. */
	u64 beneath;
	/** @withheld: What nothing farther up grants to what is in it. */
	u64 withheld;
	/** @withheld_own: Nor to what is there itself. */
	u64 withheld_own;
};

/* fsview_walk.c */
void fsview_walk(const struct landlock_rule *rule, const struct path *path,
		 struct fsview_grant *grants);
struct fsview_grant fsview_grant_entry(const struct fsview *view,
				       const struct fsview_grant *grant,
				       const struct dentry *dir,
				       struct dentry *named,
				       const struct inode *inode);

#endif /* _SECURITY_LANDLOCK_RULE_FSVIEW_H */
