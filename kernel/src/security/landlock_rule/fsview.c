// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - views of the file system: hierarchies and what they grant
 *
 * A view is an eBPF map, filled from user space by descriptor. Its entries name
 * inodes, not paths: they stay right whatever is renamed or mounted where.
 */

#include <linux/bpf.h>
#include <linux/btf_ids.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/lsm_hooks.h>
#include <linux/mount.h>
#include <linux/rculist.h>
#include <linux/seqlock.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stringhash.h>
#include <linux/wait_bit.h>
#include <uapi/linux/landlock_rule.h>

#include "../../fs/mount.h"
#include "fsview.h"
#include "setup.h"

#define MAX_ENTRIES SZ_1M

/**
 * struct entry - a hierarchy, or a name in a directory, and what it grants
 *
 * Holds a reference on its inode, so that the inode stays the one that was
 * named, but lets go of it when its file system is unmounted: it then leaves
 * its view.
 */
struct entry {
	/** @node: In &struct view.buckets; looked up under RCU. */
	struct hlist_node node;
	/** @on_sb: In &struct landlock_rule_superblock.entries. */
	struct list_head on_sb;
	struct inode *inode;
	/** @value: What user space gave; bits have a meaning for rules only. */
	struct landlock_fsview_value value;
	struct rcu_head rcu;
	/** @name_size: 0 for the hierarchy that begins at @inode. */
	u32 name_size;
	char name[];
};

struct view {
	struct bpf_map map;
	/** @elsewhere: For what no entry covers. */
	struct landlock_fsview_value elsewhere;
	u32 count;
	u32 bucket_bits;
	struct hlist_head buckets[];
};

/*
 * Protects all that writers change: buckets, counts, lists of superblocks. One
 * lock for all views, as a superblock has entries of many: filling is rare.
 */
static DEFINE_SPINLOCK(entries_lock);

static struct view *to_view(const struct bpf_map *const map)
{
	return container_of(map, struct view, map);
}

static struct landlock_rule_inode *inode_blob(const struct inode *const inode)
{
	return inode->i_security + landlock_rule_blob_sizes.lbs_inode;
}

static struct landlock_rule_superblock *
sb_blob(const struct super_block *const sb)
{
	return sb->s_security + landlock_rule_blob_sizes.lbs_superblock;
}

/*
 * Names may be compared by the file system's own idea of equality: entries of
 * such a directory share one bucket.
 */
static u32 bucket_of(const struct view *const view,
		     const struct inode *const inode,
		     const struct qstr *const name, const bool own_compare)
{
	unsigned long hash = (unsigned long)inode;

	if (name->len && !own_compare)
		hash ^= full_name_hash(inode, name->name, name->len);
	return hash_long(hash, view->bucket_bits);
}

static bool is_name(const struct entry *const entry,
		    const struct dentry *const dir,
		    const struct dentry *const dentry,
		    const struct qstr *const name)
{
	if (!(dir->d_flags & DCACHE_OP_COMPARE))
		return entry->name_size == name->len &&
		       !memcmp(entry->name, name->name, name->len);
	return entry->name_size &&
	       !dir->d_op->d_compare(dentry, name->len, name->name,
				     &(struct qstr)QSTR_INIT(entry->name,
							     entry->name_size));
}

/* The entry of a hierarchy. Under RCU or the lock. */
static struct entry *find_top(const struct view *const view,
			      const struct inode *const inode)
{
	static const struct qstr none = QSTR_INIT("", 0);
	struct entry *entry;
	u32 bucket;

	if (!READ_ONCE(inode_blob(inode)->hierarchies))
		return NULL;
	bucket = bucket_of(view, inode, &none, false);
	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode == inode && !entry->name_size)
			return entry;
	}
	return NULL;
}

/*
 * The entry of a name in a directory. @dentry is who has the name, for those
 * who compare names their own way. Under RCU or the lock.
 */
static struct entry *find_name(const struct view *const view,
			       const struct dentry *const dir,
			       const struct inode *const inode,
			       const struct dentry *const dentry,
			       const struct qstr *const name)
{
	const u32 bucket = bucket_of(view, inode, name,
				     dir->d_flags & DCACHE_OP_COMPARE);
	struct entry *entry;

	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode == inode && is_name(entry, dir, dentry, name))
			return entry;
	}
	return NULL;
}

/*
 * The entry for the name that @dentry has now. Under its lock the name can't
 * change; few directories have entries for names.
 */
static const struct entry *find_dentry_name(const struct view *const view,
					    const struct dentry *const dir,
					    struct dentry *const dentry)
{
	const struct inode *const inode = d_inode_rcu(dir);
	const struct entry *entry;

	if (!inode || !READ_ONCE(inode_blob(inode)->names))
		return NULL;
	spin_lock(&dentry->d_lock);
	entry = find_name(view, dir, inode, dentry, &dentry->d_name);
	spin_unlock(&dentry->d_lock);
	return entry;
}

/* One walk up; see landlock_rule_fsview_access() for what makes it right. */
static u64 walk(const struct view *const view, struct dentry *dentry,
		const struct mount *mnt)
{
	bool own = true;

	for (;;) {
		struct dentry *const parent = READ_ONCE(dentry->d_parent);
		const struct inode *const inode = d_inode_rcu(dentry);
		const struct entry *entry = NULL;

		if (dentry != mnt->mnt.mnt_root && dentry != parent)
			entry = find_dentry_name(view, parent, dentry);
		if (!entry && inode)
			entry = find_top(view, inode);
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
	const struct view *const view = to_view(map);
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

/**
 * landlock_rule_fsview_get - take a reference on a view
 * @fd: descriptor of the map.
 *
 * Return: the map, or an error: -EBADF, or -EINVAL for another kind of map.
 */
struct bpf_map *landlock_rule_fsview_get(const int fd)
{
	struct bpf_map *const map = bpf_map_get(fd);

	if (!IS_ERR(map) && map->map_type != BPF_MAP_TYPE_LANDLOCK_FSVIEW) {
		bpf_map_put(map);
		return ERR_PTR(-EINVAL);
	}
	return map;
}

/* Entries */

static void count_entry(const struct entry *const entry, const int by)
{
	struct landlock_rule_inode *const blob = inode_blob(entry->inode);
	u32 *const count = entry->name_size ? &blob->names : &blob->hierarchies;

	lockdep_assert_held(&entries_lock);
	WRITE_ONCE(*count, *count + by);
}

/* Takes an entry out of everything: no new walk finds it. Under the lock. */
static struct inode *detach_entry(struct entry *const entry)
{
	count_entry(entry, -1);
	hlist_del_init_rcu(&entry->node);
	list_del_init(&entry->on_sb);
	return entry->inode;
}

/* detach_entry() elsewhere than at umount; put_detached() has to follow. */
static struct inode *detach_for_put(struct entry *const entry)
{
	atomic_inc(&sb_blob(entry->inode->i_sb)->releasing);
	return detach_entry(entry);
}

/* Umount may wait for this, and frees the superblock after. May sleep. */
static void put_detached(struct inode *const inode)
{
	struct super_block *const sb = inode->i_sb;

	iput(inode);
	if (atomic_dec_and_test(&sb_blob(sb)->releasing))
		wake_up_var(&sb_blob(sb)->releasing);
}

static int hook_sb_alloc_security(struct super_block *const sb)
{
	INIT_LIST_HEAD(&sb_blob(sb)->entries);
	return 0;
}

/*
 * Lets go of all inodes of a file system that is unmounted: an entry is no
 * reason to keep it. Entries stay in the account of their view, which counts
 * what user space put in, until they are freed with it.
 */
static void hook_sb_delete(struct super_block *const sb)
{
	struct landlock_rule_superblock *const blob = sb_blob(sb);
	struct entry *entry;

	for (;;) {
		struct inode *inode;

		spin_lock(&entries_lock);
		entry = list_first_entry_or_null(&blob->entries, struct entry,
						 on_sb);
		inode = entry ? detach_entry(entry) : NULL;
		spin_unlock(&entries_lock);
		if (!entry)
			break;
		kfree_rcu(entry, rcu);
		iput(inode);
	}
	wait_var_event(&blob->releasing, !atomic_read(&blob->releasing));
}

/* The map */

static int view_alloc_check(union bpf_attr *const attr)
{
	if (!landlock_rule_initialized)
		return -EOPNOTSUPP;
	if (attr->key_size != sizeof(struct landlock_fsview_key) ||
	    attr->value_size != sizeof(struct landlock_fsview_value) || !attr->max_entries ||
	    attr->map_flags)
		return -EINVAL;
	return attr->max_entries > MAX_ENTRIES ? -E2BIG : 0;
}

static struct bpf_map *view_alloc(union bpf_attr *const attr)
{
	/* Bits, as hash_long() takes them: at least one. */
	const u32 bits = max(1, order_base_2(attr->max_entries));
	struct view *view;

	view = bpf_map_area_alloc(struct_size(view, buckets, 1UL << bits),
				  NUMA_NO_NODE);
	if (!view)
		return ERR_PTR(-ENOMEM);
	bpf_map_init_from_attr(&view->map, attr);
	view->bucket_bits = bits;
	return &view->map;
}

/* No rule uses the view any more, so nobody walks it. May sleep. */
static void view_free(struct bpf_map *const map)
{
	struct view *const view = to_view(map);
	u32 i;

	for (i = 0; i < 1U << view->bucket_bits; i++) {
		for (;;) {
			struct inode *inode = NULL;
			struct entry *entry = NULL;

			spin_lock(&entries_lock);
			if (!hlist_empty(&view->buckets[i])) {
				entry = hlist_entry(view->buckets[i].first,
						    struct entry, node);
				inode = detach_for_put(entry);
			}
			spin_unlock(&entries_lock);
			if (!entry)
				break;
			kfree_rcu(entry, rcu);
			put_detached(inode);
		}
		cond_resched();
	}
	bpf_map_area_free(view);
}

static u64 view_mem_usage(const struct bpf_map *const map)
{
	const struct view *const view = to_view(map);

	return struct_size(view, buckets, 1UL << view->bucket_bits) +
	       (u64)READ_ONCE(view->count) * sizeof(struct entry);
}

/* Length of the name in @key, or -EINVAL for what can be no name. */
static int check_name(const struct landlock_fsview_key *const key)
{
	const size_t size = strnlen(key->name, sizeof(key->name));

	if (key->reserved || size == sizeof(key->name) ||
	    memchr_inv(key->name + size, 0, sizeof(key->name) - size) ||
	    memchr(key->name, '/', size) || !strcmp(key->name, ".") ||
	    !strcmp(key->name, ".."))
		return -EINVAL;
	return size;
}

/* Under RCU or the lock; @size from check_name(). */
static struct entry *find_key(const struct view *const view,
			      const struct dentry *const dentry,
			      const char *const name, const u32 size)
{
	const struct qstr qname = QSTR_INIT(name, size);

	return size ? find_name(view, dentry, d_backing_inode(dentry), dentry,
				&qname) :
		      find_top(view, d_backing_inode(dentry));
}

static struct entry *make_entry(struct bpf_map *const map,
				struct inode *const inode,
				const char *const name, const u32 size,
				const struct landlock_fsview_value *const value)
{
	struct entry *const entry =
		bpf_map_kzalloc(map, struct_size(entry, name, size + 1),
				GFP_USER | __GFP_NOWARN);

	if (!entry)
		return NULL;
	INIT_HLIST_NODE(&entry->node);
	entry->inode = inode;
	entry->value = *value;
	entry->name_size = size;
	memcpy(entry->name, name, size);
	return entry;
}

/* Changes the entry of a key or adds @new, which it then sets to NULL. */
static int insert_entry(struct view *const view,
			const struct dentry *const dentry,
			struct entry **const new, const u64 flags)
{
	struct entry *const old =
		find_key(view, dentry, (*new)->name, (*new)->name_size);
	const struct qstr name = QSTR_INIT((*new)->name, (*new)->name_size);
	const u32 bucket = bucket_of(view, (*new)->inode, &name,
				     dentry->d_flags & DCACHE_OP_COMPARE);

	lockdep_assert_held(&entries_lock);
	if (old) {
		if (flags == BPF_NOEXIST)
			return -EEXIST;
		WRITE_ONCE(old->value.access, (*new)->value.access);
		WRITE_ONCE(old->value.own, (*new)->value.own);
		return 0;
	}
	if (flags == BPF_EXIST)
		return -ENOENT;
	if (view->count >= view->map.max_entries)
		return -E2BIG;
	ihold((*new)->inode);
	count_entry(*new, 1);
	list_add(&(*new)->on_sb, &sb_blob((*new)->inode->i_sb)->entries);
	hlist_add_head_rcu(&(*new)->node, &view->buckets[bucket]);
	WRITE_ONCE(view->count, view->count + 1);
	*new = NULL;
	return 0;
}

static long view_update(struct bpf_map *const map, void *const key,
			void *const value, const u64 flags)
{
	const struct landlock_fsview_key *const at = key;
	struct landlock_fsview_value granted;
	struct view *const view = to_view(map);
	const int size = check_name(at);
	struct entry *new;
	struct inode *inode;
	long err;

	memcpy(&granted, value, sizeof(granted));
	if (size < 0)
		return size;
	if (flags > BPF_EXIST ||
	    (granted.access | granted.own) & ~LANDLOCK_FSVIEW_ACCESS_MASK)
		return -EINVAL;
	if (at->fd == LANDLOCK_FSVIEW_ELSEWHERE) {
		if (size)
			return -EINVAL;
		view->elsewhere = granted;
		return 0;
	}

	CLASS(fd_raw, file)(at->fd);
	if (!fd_file(file))
		return -EBADF;
	inode = file_inode(fd_file(file));
	if (size && !S_ISDIR(inode->i_mode))
		return -ENOTDIR;
	/* No name leads to these, and none of them is ever judged. */
	if (IS_PRIVATE(inode) || inode->i_sb->s_flags & SB_NOUSER)
		return -EINVAL;
	new = make_entry(map, inode, at->name, size, &granted);
	if (!new)
		return -ENOMEM;
	spin_lock(&entries_lock);
	err = insert_entry(view, fd_file(file)->f_path.dentry, &new, flags);
	spin_unlock(&entries_lock);
	kfree(new);
	return err;
}

static long view_delete(struct bpf_map *const map, void *const key)
{
	const struct landlock_fsview_key *const at = key;
	struct view *const view = to_view(map);
	const int size = check_name(at);
	struct inode *inode = NULL;
	struct entry *entry;

	if (size < 0)
		return size;

	CLASS(fd_raw, file)(at->fd);
	if (!fd_file(file))
		return -EBADF;
	spin_lock(&entries_lock);
	entry = find_key(view, fd_file(file)->f_path.dentry, at->name, size);
	if (entry) {
		inode = detach_for_put(entry);
		WRITE_ONCE(view->count, view->count - 1);
	}
	spin_unlock(&entries_lock);
	if (!entry)
		return -ENOENT;
	kfree_rcu(entry, rcu);
	put_detached(inode);
	return 0;
}

/* For user space alone: no program may use a view. Under RCU. */
static void *view_lookup(struct bpf_map *const map, void *const key)
{
	const struct landlock_fsview_key *const at = key;
	struct view *const view = to_view(map);
	const int size = check_name(at);
	struct entry *entry;

	if (size < 0)
		return ERR_PTR(size);
	if (at->fd == LANDLOCK_FSVIEW_ELSEWHERE)
		return &view->elsewhere;

	CLASS(fd_raw, file)(at->fd);
	if (!fd_file(file))
		return ERR_PTR(-EBADF);
	entry = find_key(view, fd_file(file)->f_path.dentry, at->name, size);
	return entry ? &entry->value : NULL;
}

/* An entry is no descriptor, which is what a key is. */
static int view_get_next_key(struct bpf_map *const map, void *const key,
			     void *const next_key)
{
	return -EOPNOTSUPP;
}

BTF_ID_LIST_SINGLE(view_btf_ids, struct, view)

const struct bpf_map_ops landlock_rule_fsview_ops = {
	.map_alloc_check = view_alloc_check,
	.map_alloc = view_alloc,
	.map_free = view_free,
	.map_mem_usage = view_mem_usage,
	.map_update_elem = view_update,
	.map_delete_elem = view_delete,
	.map_lookup_elem = view_lookup,
	.map_get_next_key = view_get_next_key,
	.map_btf_id = &view_btf_ids[0],
};

static struct security_hook_list hooks[] __ro_after_init = {
	LSM_HOOK_INIT(sb_alloc_security, hook_sb_alloc_security),
	LSM_HOOK_INIT(sb_delete, hook_sb_delete),
};

__init void landlock_rule_add_fsview_hooks(void)
{
	security_add_hooks(hooks, ARRAY_SIZE(hooks), &landlock_rule_lsmid);
}
