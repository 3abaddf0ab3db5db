// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - views as maps: filled by user space, let go of at umount
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
#include <linux/rculist.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stringhash.h>
#include <linux/wait_bit.h>
#include <uapi/linux/landlock_rule.h>

#include "fsview.h"
#include "setup.h"

#define MAX_ENTRIES SZ_1M

/*
 * Protects all that writers change: buckets, counts, lists of superblocks. One
 * lock for all views, as a superblock has entries of many: filling is rare.
 */
static DEFINE_SPINLOCK(entries_lock);

/*
 * Names may be compared by the file system's own idea of equality: entries of
 * such a directory share one bucket.
 */
static u32 bucket_of(const struct fsview *const view,
		     const struct inode *const inode,
		     const struct qstr *const name, const bool own_compare)
{
	unsigned long hash = (unsigned long)inode;

	if (name->len && !own_compare)
		hash ^= full_name_hash(inode, name->name, name->len);
	return hash_long(hash, view->bucket_bits);
}

static bool is_name(const struct fsview_entry *const entry,
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

/**
 * fsview_find - the entry of a hierarchy
 * @view: the view.
 * @inode: where it begins.
 *
 * Under RCU or the lock of writers.
 *
 * Return: the entry, or NULL.
 */
struct fsview_entry *fsview_find(const struct fsview *const view,
				 const struct inode *const inode)
{
	static const struct qstr none = QSTR_INIT("", 0);
	struct fsview_entry *entry;
	u32 bucket;

	if (!READ_ONCE(landlock_rule_inode(inode)->hierarchies))
		return NULL;
	bucket = bucket_of(view, inode, &none, false);
	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode == inode && !entry->name_size)
			return entry;
	}
	return NULL;
}

/**
 * fsview_find_name - the entry of a name in a directory
 * @view: the view.
 * @dir: the directory.
 * @inode: that of @dir.
 * @dentry: who has the name, for directories that compare their own way.
 * @name: the name.
 *
 * Under RCU or the lock of writers.
 *
 * Return: the entry, or NULL.
 */
struct fsview_entry *fsview_find_name(const struct fsview *const view,
				      const struct dentry *const dir,
				      const struct inode *const inode,
				      const struct dentry *const dentry,
				      const struct qstr *const name)
{
	const u32 bucket =
		bucket_of(view, inode, name, dir->d_flags & DCACHE_OP_COMPARE);
	struct fsview_entry *entry;

	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode == inode && is_name(entry, dir, dentry, name))
			return entry;
	}
	return NULL;
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

static void count_entry(const struct fsview_entry *const entry, const int by)
{
	struct landlock_rule_inode *const blob =
		landlock_rule_inode(entry->inode);
	u32 *const count = entry->name_size ? &blob->names : &blob->hierarchies;

	lockdep_assert_held(&entries_lock);
	WRITE_ONCE(*count, *count + by);
}

/* Takes an entry out of everything: no new walk finds it. Under the lock. */
static struct inode *detach_entry(struct fsview_entry *const entry)
{
	count_entry(entry, -1);
	hlist_del_init_rcu(&entry->node);
	list_del_init(&entry->on_sb);
	return entry->inode;
}

/* detach_entry() elsewhere than at umount; put_detached() has to follow. */
static struct inode *detach_for_put(struct fsview_entry *const entry)
{
	atomic_inc(&landlock_rule_superblock(entry->inode->i_sb)->releasing);
	return detach_entry(entry);
}

/* Umount may wait for this, and frees the superblock after. May sleep. */
static void put_detached(struct inode *const inode)
{
	struct super_block *const sb = inode->i_sb;

	iput(inode);
	if (atomic_dec_and_test(&landlock_rule_superblock(sb)->releasing))
		wake_up_var(&landlock_rule_superblock(sb)->releasing);
}

static int hook_sb_alloc_security(struct super_block *const sb)
{
	INIT_LIST_HEAD(&landlock_rule_superblock(sb)->entries);
	return 0;
}

/*
 * Lets go of all inodes of a file system that is unmounted: an entry is no
 * reason to keep it. Entries stay in the account of their view, which counts
 * what user space put in, until they are freed with it.
 */
static void hook_sb_delete(struct super_block *const sb)
{
	struct landlock_rule_superblock *const blob =
		landlock_rule_superblock(sb);
	struct fsview_entry *entry;

	for (;;) {
		struct inode *inode;

		spin_lock(&entries_lock);
		entry = list_first_entry_or_null(&blob->entries,
						 struct fsview_entry, on_sb);
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
	    attr->value_size != sizeof(struct landlock_fsview_value) ||
	    !attr->max_entries || attr->map_flags)
		return -EINVAL;
	return attr->max_entries > MAX_ENTRIES ? -E2BIG : 0;
}

static struct bpf_map *view_alloc(union bpf_attr *const attr)
{
	/* Bits, as hash_long() takes them: at least one. */
	const u32 bits = max(1, order_base_2(attr->max_entries));
	struct fsview *view;

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
	struct fsview *const view = to_fsview(map);
	u32 i;

	for (i = 0; i < 1U << view->bucket_bits; i++) {
		for (;;) {
			struct inode *inode = NULL;
			struct fsview_entry *entry = NULL;

			spin_lock(&entries_lock);
			if (!hlist_empty(&view->buckets[i])) {
				entry = hlist_entry(view->buckets[i].first,
						    struct fsview_entry, node);
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
	const struct fsview *const view = to_fsview(map);

	return struct_size(view, buckets, 1UL << view->bucket_bits) +
	       (u64)READ_ONCE(view->count) * sizeof(struct fsview_entry);
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
static struct fsview_entry *find_key(const struct fsview *const view,
				     const struct dentry *const dentry,
				     const char *const name, const u32 size)
{
	const struct qstr qname = QSTR_INIT(name, size);

	return size ? fsview_find_name(view, dentry, d_backing_inode(dentry),
				       dentry, &qname) :
		      fsview_find(view, d_backing_inode(dentry));
}

static struct fsview_entry *
make_entry(struct bpf_map *const map, struct inode *const inode,
	   const char *const name, const u32 size,
	   const struct landlock_fsview_value *const value)
{
	struct fsview_entry *const entry =
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
static int insert_entry(struct fsview *const view,
			const struct dentry *const dentry,
			struct fsview_entry **const new, const u64 flags)
{
	struct fsview_entry *const old =
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
	list_add(&(*new)->on_sb,
		 &landlock_rule_superblock((*new)->inode->i_sb)->entries);
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
	struct fsview *const view = to_fsview(map);
	const int size = check_name(at);
	struct fsview_entry *new;
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
	struct fsview *const view = to_fsview(map);
	const int size = check_name(at);
	struct inode *inode = NULL;
	struct fsview_entry *entry;

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
	struct fsview *const view = to_fsview(map);
	const int size = check_name(at);
	struct fsview_entry *entry;

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
