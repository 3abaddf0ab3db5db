// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - the way from a path up to the entry of a view that decides
 */

#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/path.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <uapi/linux/landlock_rule.h>

#include "../../fs/mount.h"
#include "fsview.h"

/*
 * What is granted to the name that @dentry has now. Under its lock the name can't
 * change; few directories have entries for names.
 */
static bool find_dentry_name(const struct fsview *const view,
			     const struct dentry *const dir,
			     struct dentry *const dentry,
			     struct landlock_fsview_value *const granted)
{
	const struct inode *const inode = d_inode_rcu(dir);
	bool found;

	if (!inode || !READ_ONCE(landlock_rule_inode(inode)->names))
		return false;
	spin_lock(&dentry->d_lock);
	found = fsview_find_name(view, dir, inode, dentry, &dentry->d_name,
				 granted);
	spin_unlock(&dentry->d_lock);
	return found;
}

/* One walk up; see landlock_rule_fsview_access() for what makes it right. */
static u64 walk(const struct fsview *const view, struct dentry *dentry,
		const struct mount *mnt)
{
	bool own = true;

	for (;;) {
		struct dentry *const parent = READ_ONCE(dentry->d_parent);
		const struct inode *const inode = d_inode_rcu(dentry);
		const struct fsview_entry *entry = NULL;
		struct landlock_fsview_value granted;

		if (dentry != mnt->mnt.mnt_root && dentry != parent &&
		    find_dentry_name(view, parent, dentry, &granted))
			return own ? granted.own : granted.access;
		if (inode)
			entry = fsview_find(view, inode);
		if (entry)
			return own ? READ_ONCE(entry->value.own) :
				     READ_ONCE(entry->value.access);

		if (dentry == mnt->mnt.mnt_root) {
			const struct mount *const on =
				READ_ONCE(mnt->mnt_parent);

			if (on == mnt)
				return view->elsewhere.access;
			dentry = READ_ONCE(mnt->mnt_mountpoint);
			mnt = on;
			continue;
		}
		/* Disconnected: opened by handle, or moved out of its mount. */
		if (dentry == parent)
			return view->elsewhere.access;
		dentry = parent;
		own = false;
	}
}

/**
 * landlock_rule_fsview_access - what a view grants at a path
 * @map: the view.
 * @path: a path that the caller holds; its dentry may be negative.
 *
 * The nearest entry on the way up to the root of all mounts decides. The way
 * is walked without references, as prepend_path() does it: RCU keeps what is
 * walked, the sequence counts tell whether it held still, and a second try
 * keeps it still. In RCU read-side critical section.
 *
 * Return: bits of %LANDLOCK_FSVIEW_ACCESS_MASK.
 */
u64 landlock_rule_fsview_access(struct bpf_map *const map,
				const struct path *const path)
{
	const struct fsview *const view = to_fsview(map);
	int mount_seq = 0, rename_seq;
	u64 access;

	/*
	 * No name leads to a mount that the kernel made for itself: pipes,
	 * sockets, memory files. Who has such a file was given it. So it is
	 * with the layers of an overlay, which it uses in our name: whatever
	 * a view says of them elsewhere, the overlay was asked for.
	 */
	if (READ_ONCE(real_mount(path->mnt)->mnt_ns) == MNT_NS_INTERNAL)
		return LANDLOCK_FSVIEW_ACCESS_MASK;

again:
	read_seqbegin_or_lock(&mount_lock, &mount_seq);
	rename_seq = 0;
again_renamed:
	read_seqbegin_or_lock(&rename_lock, &rename_seq);
	access = walk(view, path->dentry, real_mount(path->mnt));
	if (fsview_distrusts(view, path->dentry->d_sb))
		access &= view->elsewhere.access;
	if (need_seqretry(&rename_lock, rename_seq)) {
		rename_seq = 1;
		goto again_renamed;
	}
	done_seqretry(&rename_lock, rename_seq);
	if (need_seqretry(&mount_lock, mount_seq)) {
		mount_seq = 1;
		goto again;
	}
	done_seqretry(&mount_lock, mount_seq);
	return access;
}
