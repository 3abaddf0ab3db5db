// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - the way from a path up to the entries of views that decide
 */

#include <linux/bits.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/path.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/seqlock.h>
#include <linux/spinlock.h>
#include <uapi/linux/landlock_rule.h>

#include "../../fs/mount.h"
#include "events.h"
#include "fsview.h"

/*
 * How far a way is walked in one go, under RCU and without a reference: farther
 * than paths are long in practice, and a matter of microseconds.
 */
#define LOCKLESS_STEPS 128

/*
 * A directory whose names or patterns are tried one after the other counts as so
 * many steps, for each rule: that takes a thousand times as long at worst.
 */
#define LISTED_STEPS 8

/* As ipc/mqueue.c has it. */
#define MQUEUE_MAGIC 0x19800202

/**
 * struct walk - one way up, for the views of all rules of a list
 *
 * Most inodes have no entry in any view: the steps are shared, and cost the
 * same however many rules there are.
 */
struct walk {
	/** @rule: The newest rule. */
	const struct landlock_rule *rule;
	/** @grants: What was found, by the rule's place in the list. */
	struct fsview_grant *grants;
	/** @undecided: Rules whose view has not decided, by the same place. */
	u64 undecided;
	/**
	 * @nameless: Rules whose view had not decided of a file that no name is
	 * known of, where the way went on at its mount.
	 */
	u64 nameless;
};

/**
 * struct step - where on its way a walk is
 */
struct step {
	/** @own: Still at the object itself? */
	bool own;
	/**
	 * @covered: At a directory that something is mounted over? What that
	 * grants by itself is hidden, as from rulesets; what it denies is not.
	 */
	bool covered;
};

static_assert(BITS_PER_TYPE(u64) >= LANDLOCK_RULE_MAX_STACK);

/* Adds what is granted. Returns true if nothing above it counts any more. */
static bool take(struct fsview_grant *const grant,
		 const struct landlock_fsview_value *const value,
		 const bool own)
{
	const u64 access = value->access & LANDLOCK_FSVIEW_ACCESS_MASK;

	grant->own |= (own ? value->own : access) & ~grant->withheld_own;
	grant->beneath |= access & ~grant->withheld;
	return !(value->access & LANDLOCK_FSVIEW_ADDS);
}

/*
 * What something is mounted over grants nothing by itself; but an entry that decides
 * there denies what it does not grant.
 */
static void take_covered(struct fsview_grant *const grant,
			 const struct landlock_fsview_value *const value,
			 const bool own)
{
	if (value->access & LANDLOCK_FSVIEW_ADDS)
		return;
	grant->withheld |= ~value->access;
	/* Who may see what is there may see what covers it. */
	grant->withheld_own |= ~(own ? value->own : value->access);
}

/*
 * What is granted to the name that @named has in @dir, a directory that has entries
 * for names, or NULL. Under its lock the name, and whose it is, can't change.
 */
static bool find_name(const struct fsview *const view,
		      const struct dentry *const dir,
		      struct dentry *const named,
		      struct landlock_fsview_value *const value)
{
	const struct inode *const inode = dir ? d_inode_rcu(dir) : NULL;
	bool found;

	if (likely(!inode))
		return false;
	spin_lock(&named->d_lock);
	found = named->d_parent == dir &&
		fsview_find_name(view, dir, inode, named, &named->d_name,
				 value);
	spin_unlock(&named->d_lock);
	return found;
}

/*
 * What the entries of one view say of a name and of the inode that has it. The
 * one by name decides first, as it is the more exact; but what it merely adds
 * is not granted to an inode that is denied. Returns true if they decide.
 */
static bool take_both(struct fsview_grant *const grant,
		      const struct fsview *const view,
		      const struct dentry *const dir,
		      struct dentry *const named,
		      const struct inode *const inode, const struct step at)
{
	struct landlock_fsview_value by_name, by_inode;
	const bool has_name = find_name(view, dir, named, &by_name);
	const struct fsview_entry *entry;

	if (has_name && !(by_name.access & LANDLOCK_FSVIEW_ADDS))
		return take(grant, &by_name, at.own);
	entry = inode ? fsview_find(view, inode) : NULL;
	if (entry) {
		by_inode.access = READ_ONCE(entry->value.access);
		by_inode.own = READ_ONCE(entry->value.own);
		if (at.covered)
			take_covered(grant, &by_inode, at.own);
		else if (take(grant, &by_inode, at.own))
			return true;
	}
	return has_name && take(grant, &by_name, at.own);
}

/* Of a dentry whose inode may be gone, and with it all that speaks of it. */
static const struct landlock_rule_inode *
marks_of(const struct dentry *const dentry)
{
	static const struct landlock_rule_inode unmarked;
	const struct inode *const inode = d_inode_rcu(dentry);

	return likely(inode) ? landlock_rule_inode(inode) : &unmarked;
}

/*
 * Most inodes have no entry in any view, and tell so: a step is to look at that
 * of a dentry, and at that of its directory, which is the next one's.
 */
static bool is_marked(const struct landlock_rule_inode *const marks,
		      const struct landlock_rule_inode *const of_dir)
{
	return READ_ONCE(marks->hierarchies) || READ_ONCE(of_dir->names);
}

/* The directory, if there is anything to ask about names in it. */
static const struct dentry *
with_names(const struct dentry *const dir,
	   const struct landlock_rule_inode *const marks)
{
	return unlikely(READ_ONCE(marks->names)) ? dir : NULL;
}

/* What the view of one rule says, number @i of the list. Under RCU. */
static void visit_for(struct walk *const walk,
		      const struct landlock_rule *const rule, const size_t i,
		      const struct dentry *const dir,
		      struct dentry *const dentry, const struct step at)
{
	if (walk->undecided & BIT_ULL(i) &&
	    take_both(&walk->grants[i], to_fsview(rule->parts.view), dir,
		      dentry, d_inode_rcu(dentry), at))
		walk->undecided &= ~BIT_ULL(i);
}

/* @dir is NULL for what no name decides on this way. Under RCU. */
static noinline void visit(struct walk *const walk,
			   const struct dentry *const dir,
			   struct dentry *const dentry, const struct step at)
{
	const struct landlock_rule *rule;
	size_t i = 0;

	for (rule = walk->rule; rule; rule = rule->prev, i++)
		visit_for(walk, rule, i, dir, dentry, at);
}

/* The same of dentries that the caller holds, for a while of any length. */
static void visit_held(struct walk *const walk, const struct dentry *const dir,
		       struct dentry *const dentry, const struct step at)
{
	const struct landlock_rule *rule;
	size_t i = 0;

	for (rule = walk->rule; rule; rule = rule->prev, i++) {
		rcu_read_lock();
		visit_for(walk, rule, i,
			  dir ? with_names(dir, marks_of(dir)) : NULL, dentry,
			  at);
		rcu_read_unlock();
		cond_resched();
	}
}

static void begin(struct walk *const walk)
{
	const struct landlock_rule *rule;
	size_t i = 0;

	walk->undecided = 0;
	walk->nameless = 0;
	for (rule = walk->rule; rule; rule = rule->prev, i++) {
		walk->grants[i] = (struct fsview_grant){};
		if (rule->parts.view)
			walk->undecided |= BIT_ULL(i);
	}
}

/*
 * A file that a handle was opened of, and no name looked up: where it is beneath
 * what is mounted, nobody knows, nor what it is denied on the way there.
 */
static bool is_of_handle(const struct dentry *const root)
{
	return READ_ONCE(root->d_flags) & DCACHE_DISCONNECTED;
}

/*
 * As prepend_path() walks: RCU keeps what is walked, the sequence counts tell
 * whether it held still. Returns true if it did, and the end was reached.
 */
static bool walk_lockless(struct walk *const walk,
			  const struct path *const path)
{
	struct dentry *dentry = path->dentry;
	const struct mount *mnt = real_mount(path->mnt);
	const unsigned int mount_seq = read_seqbegin(&mount_lock);
	const unsigned int rename_seq = read_seqbegin(&rename_lock);
	const struct landlock_rule_inode *marks = marks_of(dentry);
	struct step at = { .own = true };
	size_t steps;

	for (steps = 0; steps < LOCKLESS_STEPS; steps++) {
		if (unlikely(dentry == mnt->mnt.mnt_root)) {
			const struct mount *const on =
				READ_ONCE(mnt->mnt_parent);

			if (READ_ONCE(marks->hierarchies))
				visit(walk, NULL, dentry, at);
			if (!walk->undecided || on == mnt)
				break;
			dentry = READ_ONCE(mnt->mnt_mountpoint);
			marks = marks_of(dentry);
			mnt = on;
			at.covered = true;
		} else {
			struct dentry *const parent =
				READ_ONCE(dentry->d_parent);
			const struct landlock_rule_inode *const of_dir =
				marks_of(parent);

			if (unlikely(is_marked(marks, of_dir))) {
				if (READ_ONCE(of_dir->listed))
					steps += walk->rule->depth *
						 LISTED_STEPS;
				if (steps >= LOCKLESS_STEPS)
					break;
				visit(walk,
				      dentry == parent ?
					      NULL :
					      with_names(parent, of_dir),
				      dentry, at);
				if (!walk->undecided)
					break;
			}
			at = (struct step){};
			marks = of_dir;
			if (unlikely(dentry == parent)) {
				/* Moved out of what is mounted: on at the mount. */
				if (is_of_handle(dentry))
					walk->nameless = walk->undecided;
				dentry = mnt->mnt.mnt_root;
				marks = marks_of(dentry);
			} else {
				dentry = parent;
			}
		}
	}
	return steps < LOCKLESS_STEPS &&
	       !read_seqretry(&rename_lock, rename_seq) &&
	       !read_seqretry(&mount_lock, mount_seq);
}

/*
 * As Landlock's rulesets walk: step by step, each with a reference. What is
 * renamed meanwhile is granted what the way says that was found. May sleep: who
 * makes the way long waits for it, and nobody else does.
 */
static void walk_by_reference(struct walk *const walk,
			      const struct path *const path)
{
	struct path here = *path;
	struct step at = { .own = true };

	path_get(&here);
	while (walk->undecided) {
		const bool is_root = here.dentry == here.mnt->mnt_root;
		struct dentry *const parent = dget_parent(here.dentry);
		const bool is_top = parent == here.dentry;
		bool marked;

		rcu_read_lock();
		marked = is_marked(marks_of(here.dentry), marks_of(parent));
		rcu_read_unlock();
		if (marked)
			visit_held(walk, is_root || is_top ? NULL : parent,
				   here.dentry, at);
		if (is_root) {
			dput(parent);
			if (!follow_up(&here))
				break;
			at.covered = true;
		} else {
			dput(here.dentry);
			here.dentry = parent;
			at = (struct step){};
		}
		if (is_top && !is_root) {
			if (is_of_handle(here.dentry))
				walk->nameless = walk->undecided;
			dput(here.dentry);
			here.dentry = dget(here.mnt->mnt_root);
		}
		cond_resched();
	}
	path_put(&here);
}

/* mq_open(3) names what is in no hierarchy: only its own file system can deny it. */
static bool is_queue(const struct path *const path)
{
	return path->mnt->mnt_flags & MNT_INTERNAL &&
	       path->dentry->d_sb->s_magic == MQUEUE_MAGIC;
}

/*
 * No entry decided for the undecided: nothing is beneath what lies elsewhere.
 * Nor is more granted than that where a view does not know what it denied.
 */
static void take_elsewhere(const struct walk *const walk,
			   const struct path *const path)
{
	const struct super_block *const sb = path->dentry->d_sb;
	const u64 queue = is_queue(path) ? LANDLOCK_FSVIEW_ACCESS_MASK : 0;
	const struct landlock_rule *rule;
	size_t i = 0;

	for (rule = walk->rule; rule; rule = rule->prev, i++) {
		const struct fsview *const view =
			rule->parts.view ? to_fsview(rule->parts.view) : NULL;
		struct fsview_grant *const grant = &walk->grants[i];

		u64 access;

		if (!view)
			continue;
		access = view->elsewhere.access | queue;
		if (walk->undecided & BIT_ULL(i)) {
			grant->own |= access & ~grant->withheld_own;
			grant->beneath |= access & ~grant->withheld;
		}
		if (unlikely(walk->nameless & BIT_ULL(i)) ||
		    unlikely(fsview_distrusts(view, sb))) {
			grant->own &= access;
			grant->beneath &= access;
		}
	}
}

/*
 * No name leads to what the kernel made for itself: pipes, sockets, memory files,
 * namespaces. Who has such a file was given it; as with rulesets. So it is with the
 * layers of an overlay, which it uses in our name: whatever a view says of them
 * elsewhere, the overlay was asked for.
 *
 * Names do lead to other mounts of the kernel's own: those of message queues, and
 * of AppArmor's policy. What their entries do not decide lies elsewhere.
 */
static bool is_internal(const struct path *const path)
{
	const struct dentry *const dentry = path->dentry;

	if (dentry->d_sb->s_flags & SB_NOUSER)
		return true;
	/* Its device: what other modules give instead of a closed descriptor. */
	if (path->mnt->mnt_flags & MNT_INTERNAL)
		return d_is_special(dentry) ||
		       (IS_ROOT(dentry) && dentry != path->mnt->mnt_root);
	return READ_ONCE(real_mount(path->mnt)->mnt_ns) == MNT_NS_INTERNAL;
}

/**
 * fsview_walk - what the views of a list of rules grant at a path
 * @rule: the newest of the rules.
 * @path: a path that the caller holds; its dentry may be negative.
 * @grants: for each rule of the list, from the newest to the oldest, what its
 *	view grants; nothing where it has none.
 *
 * On the way up to the root of all mounts, each entry adds what it grants,
 * until one decides. May sleep.
 */
void fsview_walk(const struct landlock_rule *const rule,
		 const struct path *const path,
		 struct fsview_grant *const grants)
{
	struct walk walk = { .rule = rule, .grants = grants };
	bool held_still;

	begin(&walk);
	if (is_internal(path)) {
		const struct landlock_rule *each;
		size_t i = 0;

		for (each = rule; each; each = each->prev, i++)
			grants[i] = (struct fsview_grant){
				.own = LANDLOCK_FSVIEW_ACCESS_MASK,
				.beneath = LANDLOCK_FSVIEW_ACCESS_MASK,
			};
		return;
	}
	rcu_read_lock();
	held_still = walk_lockless(&walk, path);
	rcu_read_unlock();
	if (!held_still) {
		begin(&walk);
		walk_by_reference(&walk, path);
	}
	take_elsewhere(&walk, path);
}

/**
 * fsview_grant_entry - what a view grants to an entry of a directory
 * @view: the view.
 * @grant: what it grants at the directory, from fsview_walk().
 * @dir: the directory.
 * @named: who has the name, or would have; a child of @dir.
 * @inode: what has the name, or would have; NULL for nothing.
 *
 * In RCU read-side critical section.
 *
 * Return: what is granted on the entry itself, and beneath it.
 */
struct fsview_grant fsview_grant_entry(const struct fsview *const view,
				       const struct fsview_grant *const grant,
				       const struct dentry *const dir,
				       struct dentry *const named,
				       const struct inode *const inode)
{
	struct fsview_grant found = {};

	if (!take_both(&found, view, with_names(dir, marks_of(dir)), named,
		       inode, (struct step){ .own = true })) {
		found.own |= grant->beneath;
		found.beneath |= grant->beneath;
	}
	return found;
}
