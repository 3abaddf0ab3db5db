// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - views as maps: filled by user space, let go of at umount
 *
 * A view is an eBPF map, filled from user space by descriptor. Its entries name
 * inodes, not paths: they stay right whatever is renamed or mounted where.
 */

#include <linux/atomic.h>
#include <linux/bpf.h>
#include <linux/btf_ids.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/glob.h>
#include <linux/hash.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/lsm_hooks.h>
#include <linux/rculist.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stringhash.h>
#include <linux/wait.h>
#include <uapi/linux/landlock_rule.h>
#include <uapi/linux/magic.h>

#include "fsview.h"
#include "quota.h"
#include "setup.h"

#define MAX_ENTRIES SZ_1M

/*
 * Per view and directory, what no hash leads to: a walk tries all of it for a
 * name. One match of a pattern takes at most its length times that of the
 * name, as glob_match() goes back to the last star only: the sum of the
 * lengths bounds them all.
 */
#define MAX_LISTED_NAMES 1024
#define MAX_PATTERNS 256
#define MAX_PATTERNS_SIZE SZ_4K

/*
 * The same for all directories of a view, as one way up can pass through any
 * number of them.
 */
#define MAX_VIEW_NAMES_SIZE SZ_256K
#define MAX_VIEW_PATTERNS_SIZE SZ_16K

/*
 * Protects all that writers change: buckets, counts, lists of superblocks. One
 * lock for all views, as a superblock has entries of many: filling is rare.
 */
static DEFINE_SPINLOCK(entries_lock);

/*
 * Where umount waits for others that put an inode: nothing of a superblock may
 * be touched once it has been let go.
 */
static DECLARE_WAIT_QUEUE_HEAD(released);

/* Number of the youngest superblock. */
static atomic64_t superblocks = ATOMIC64_INIT(0);

/* What an entry is for, as a key says it. */
struct place {
	struct inode *inode;
	struct qstr name;
	u32 flags;
	bool listed;
};

/*
 * A directory that hashes and compares names its own way: "a" may be "A". Its
 * hash is of no use to us, as it differs from one dentry of a directory to the
 * next. With only one of the two, equal names are equal bytes.
 */
static bool compares_its_own_way(const struct dentry *const dir)
{
	return dir->d_flags & DCACHE_OP_HASH &&
	       dir->d_flags & DCACHE_OP_COMPARE;
}

/* Of an entry for the inode itself. */
static const struct qstr no_name = QSTR_INIT("", 0);

static u32 bucket_of(const struct fsview *const view,
		     const struct inode *const inode,
		     const struct qstr *const name, const bool listed)
{
	unsigned long hash = (unsigned long)inode;

	if (listed)
		hash = ~hash;
	else if (name->len)
		hash ^= full_name_hash(inode, name->name, name->len);
	return hash_long(hash, view->bucket_bits);
}

/* By bytes: keys are what user space gave. Under RCU or the lock of writers. */
static struct fsview_entry *find_place(const struct fsview *const view,
				       const struct inode *const inode,
				       const struct qstr *const name,
				       const u32 flags, const bool listed)
{
	const u32 bucket = bucket_of(view, inode, name, listed);
	struct fsview_entry *entry;

	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode == inode && entry->listed == listed &&
		    entry->flags == flags && entry->name_size == name->len &&
		    !memcmp(entry->name, name->name, name->len))
			return entry;
	}
	return NULL;
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
	const u32 bucket = bucket_of(view, inode, &no_name, false);
	struct fsview_entry *entry;

	if (!READ_ONCE(landlock_rule_inode(inode)->hierarchies))
		return NULL;
	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode == inode && !entry->name_size)
			return entry;
	}
	return NULL;
}

/* What several entries for one name grant together. */
struct together {
	struct landlock_fsview_value decided, added;
	bool decides, adds;
};

static void take_together(struct together *const all,
			  const struct fsview_entry *const entry)
{
	const u64 access = READ_ONCE(entry->value.access);
	const u64 own = READ_ONCE(entry->value.own);

	if (access & LANDLOCK_FSVIEW_ADDS) {
		all->added.access |= access;
		all->added.own |= own;
		all->adds = true;
	} else if (all->decides) {
		all->decided.access &= access;
		all->decided.own &= own;
	} else {
		all->decided.access = access;
		all->decided.own = own;
		all->decides = true;
	}
}

static bool give_together(const struct together *const all,
			  struct landlock_fsview_value *const granted)
{
	*granted = all->decides ? all->decided : all->added;
	return all->decides || all->adds;
}

/* The same bytes are the same name, whatever d_compare() would say. */
static bool is_name(const struct fsview_entry *const entry,
		    const struct dentry *const dir,
		    const struct dentry *const dentry,
		    const struct qstr *const name)
{
	if (entry->name_size == name->len &&
	    !memcmp(entry->name, name->name, name->len))
		return true;
	return compares_its_own_way(dir) &&
	       !dir->d_op->d_compare(dentry, name->len, name->name,
				     &(struct qstr)QSTR_INIT(entry->name,
							     entry->name_size));
}

static bool find_listed(const struct fsview *const view,
			const struct dentry *const dir,
			const struct inode *const inode,
			const struct dentry *const dentry,
			const struct qstr *const name,
			struct landlock_fsview_value *const granted)
{
	const u32 bucket = bucket_of(view, inode, name, true);
	struct together names = {}, patterns = {};
	const struct fsview_entry *entry;

	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode != inode || !entry->listed)
			continue;
		if (!(entry->flags & LANDLOCK_FSVIEW_PATTERN)) {
			if (is_name(entry, dir, dentry, name))
				take_together(&names, entry);
		} else if (glob_match(entry->name, name->name)) {
			take_together(&patterns, entry);
		}
	}
	return give_together(&names, granted) ||
	       give_together(&patterns, granted);
}

/**
 * fsview_find_name - what the entries for a name in a directory grant
 * @view: the view.
 * @dir: the directory.
 * @inode: that of @dir.
 * @dentry: who has the name, for directories that compare their own way.
 * @name: the name, with a NUL at its end, that can't change meanwhile.
 * @granted: what is granted, if there is an entry.
 *
 * An entry for the name goes before patterns. Of several, those that decide go
 * before those that add, and grant what all of them grant.
 *
 * Under RCU or the lock of writers.
 *
 * Return: whether there is an entry.
 */
bool fsview_find_name(const struct fsview *const view,
		      const struct dentry *const dir,
		      const struct inode *const inode,
		      const struct dentry *const dentry,
		      const struct qstr *const name,
		      struct landlock_fsview_value *const granted)
{
	const struct fsview_entry *const entry =
		find_place(view, inode, name, 0, false);

	if (entry) {
		granted->access = READ_ONCE(entry->value.access);
		granted->own = READ_ONCE(entry->value.own);
		return true;
	}
	return READ_ONCE(landlock_rule_inode(inode)->listed) &&
	       find_listed(view, dir, inode, dentry, name, granted);
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

static size_t size_of_entry(const u32 name_size)
{
	return struct_size_t(struct fsview_entry, name, name_size + 1);
}

/* Of names, or of patterns. */
static u32 *listed_size(struct fsview *const view, const u32 flags)
{
	return flags & LANDLOCK_FSVIEW_PATTERN ? &view->patterns_size :
						 &view->names_size;
}

static void count_entry(const struct fsview_entry *const entry, const int by)
{
	struct landlock_rule_inode *const blob =
		landlock_rule_inode(entry->inode);
	u32 *const count = entry->name_size ? &blob->names : &blob->hierarchies;
	struct fsview *const view = entry->view;

	lockdep_assert_held(&entries_lock);
	WRITE_ONCE(*count, *count + by);
	if (entry->listed) {
		WRITE_ONCE(blob->listed, blob->listed + by);
		*listed_size(view, entry->flags) += by * (int)entry->name_size;
	}
	WRITE_ONCE(view->entries_size,
		   view->entries_size + by * size_of_entry(entry->name_size));
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
		wake_up_all(&released);
}

static int hook_sb_alloc_security(struct super_block *const sb)
{
	struct landlock_rule_superblock *const blob =
		landlock_rule_superblock(sb);

	INIT_LIST_HEAD(&blob->entries);
	blob->number = atomic64_inc_return(&superblocks);
	return 0;
}

/* A view is filled for what is there: what comes later it may not know. */
static void trust_what_is_there(struct fsview *const view)
{
	lockdep_assert_held(&entries_lock);
	if (!view->lost)
		view->trusted = atomic64_read(&superblocks);
}

/* Loss must tighten, never loosen: see fsview_distrusts(). Under the lock. */
static struct inode *lose_entry(struct fsview_entry *const entry)
{
	if (!(entry->value.access & LANDLOCK_FSVIEW_ADDS))
		WRITE_ONCE(entry->view->lost, true);
	return detach_entry(entry);
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
		inode = entry ? lose_entry(entry) : NULL;
		spin_unlock(&entries_lock);
		if (!entry)
			break;
		kfree_rcu(entry, rcu);
		iput(inode);
		cond_resched();
	}
	wait_event(released, !atomic_read(&blob->releasing));
}

/* The map */

static int view_alloc_check(union bpf_attr *const attr)
{
	if (!landlock_rule_initialized)
		return -EOPNOTSUPP;
	if (attr->key_size != sizeof(struct landlock_fsview_key) ||
	    attr->value_size != sizeof(struct landlock_fsview_value) ||
	    !attr->max_entries || attr->map_flags || attr->map_ifindex ||
	    attr->btf_key_type_id || attr->btf_value_type_id)
		return -EINVAL;
	return attr->max_entries > MAX_ENTRIES ? -E2BIG : 0;
}

static struct bpf_map *view_alloc(union bpf_attr *const attr)
{
	/* Bits, as hash_long() takes them: at least one. */
	const u32 bits = max(1, order_base_2(attr->max_entries));
	struct quota_charge charge;
	struct fsview *view;
	int err;

	err = quota_charge(attr->max_entries, &charge);
	if (err)
		return ERR_PTR(err);
	view = bpf_map_area_alloc(struct_size(view, buckets, 1UL << bits),
				  NUMA_NO_NODE);
	if (!view) {
		quota_uncharge(&charge);
		return ERR_PTR(-ENOMEM);
	}
	view->charge = charge;
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
			cond_resched();
		}
		cond_resched();
	}
	quota_uncharge(&view->charge);
	bpf_map_area_free(view);
}

static u64 view_mem_usage(const struct bpf_map *const map)
{
	const struct fsview *const view = to_fsview(map);

	return struct_size(view, buckets, 1UL << view->bucket_bits) +
	       READ_ONCE(view->entries_size);
}

/* Length of the name in @key, or -EINVAL for what can be none. */
static int check_name(const struct landlock_fsview_key *const key)
{
	const size_t size = strnlen(key->name, sizeof(key->name));

	if (key->flags & ~LANDLOCK_FSVIEW_PATTERN || (key->flags && !size) ||
	    size == sizeof(key->name) ||
	    memchr_inv(key->name + size, 0, sizeof(key->name) - size) ||
	    memchr(key->name, '/', size) || !strcmp(key->name, ".") ||
	    !strcmp(key->name, ".."))
		return -EINVAL;
	return size;
}

/* @size from check_name(), @dentry that of the key's descriptor. */
static struct place place_of(const struct landlock_fsview_key *const key,
			     const u32 size, const struct dentry *const dentry)
{
	return (struct place){
		.inode = d_backing_inode(dentry),
		.name = QSTR_INIT(key->name, size),
		.flags = key->flags,
		.listed = size && (key->flags || compares_its_own_way(dentry)),
	};
}

/* Under RCU or the lock. */
static struct fsview_entry *find_key(const struct fsview *const view,
				     const struct place *const place)
{
	return find_place(view, place->inode, &place->name, place->flags,
			  place->listed);
}

static struct fsview_entry *
make_entry(struct fsview *const view, const struct place *const place,
	   const struct landlock_fsview_value *const value)
{
	struct fsview_entry *const entry =
		bpf_map_kzalloc(&view->map, size_of_entry(place->name.len),
				GFP_USER | __GFP_NOWARN);

	if (!entry)
		return NULL;
	INIT_HLIST_NODE(&entry->node);
	entry->inode = place->inode;
	entry->view = view;
	entry->value = *value;
	entry->flags = place->flags;
	entry->listed = place->listed;
	entry->name_size = place->name.len;
	memcpy(entry->name, place->name.name, place->name.len);
	return entry;
}

/* Is there room for one more in the list of its directory? */
static bool may_list(struct fsview *const view, const struct place *const place)
{
	const bool is_pattern = place->flags & LANDLOCK_FSVIEW_PATTERN;
	const u32 all = *listed_size(view, place->flags) + place->name.len;
	const u32 bucket = bucket_of(view, place->inode, &place->name, true);
	u32 names = 0, patterns = 0, size = place->name.len;
	const struct fsview_entry *entry;

	hlist_for_each_entry_rcu(entry, &view->buckets[bucket], node,
				 lockdep_is_held(&entries_lock)) {
		if (entry->inode != place->inode || !entry->listed)
			continue;
		if (!(entry->flags & LANDLOCK_FSVIEW_PATTERN)) {
			names++;
		} else {
			patterns++;
			size += entry->name_size;
		}
	}
	return is_pattern ? patterns < MAX_PATTERNS &&
				    size <= MAX_PATTERNS_SIZE &&
				    all <= MAX_VIEW_PATTERNS_SIZE :
			    names < MAX_LISTED_NAMES &&
				    all <= MAX_VIEW_NAMES_SIZE;
}

/* Changes the entry of a key or adds @new, which it then sets to NULL. */
static int insert_entry(struct fsview *const view,
			const struct place *const place,
			struct fsview_entry **const new, const u64 flags)
{
	struct fsview_entry *const old = find_key(view, place);
	const u32 bucket =
		bucket_of(view, place->inode, &place->name, place->listed);

	lockdep_assert_held(&entries_lock);
	if (old) {
		if (flags == BPF_NOEXIST)
			return -EEXIST;
		WRITE_ONCE(old->value.access, (*new)->value.access);
		WRITE_ONCE(old->value.own, (*new)->value.own);
		trust_what_is_there(view);
		return 0;
	}
	if (flags == BPF_EXIST)
		return -ENOENT;
	if (view->count >= view->map.max_entries ||
	    (place->listed && !may_list(view, place)))
		return -E2BIG;
	ihold(place->inode);
	count_entry(*new, 1);
	list_add(&(*new)->on_sb,
		 &landlock_rule_superblock(place->inode->i_sb)->entries);
	hlist_add_head_rcu(&(*new)->node, &view->buckets[bucket]);
	WRITE_ONCE(view->count, view->count + 1);
	trust_what_is_there(view);
	*new = NULL;
	return 0;
}

/*
 * A pin owns its map: an entry for it in a view that it owns, itself or by
 * others, would keep all of them for ever.
 */
static bool is_bpf_object(const struct inode *const inode)
{
	return inode->i_sb->s_magic == BPF_FS_MAGIC && S_ISREG(inode->i_mode);
}

/* May an entry be put in at @dentry? */
static int check_place(const struct place *const place,
		       const struct dentry *const dentry,
		       const struct landlock_fsview_value *const value)
{
	const struct inode *const inode = place->inode;

	if (place->name.len && !S_ISDIR(inode->i_mode))
		return -ENOTDIR;
	/* No name leads to these, and none of them is ever judged. */
	if (IS_PRIVATE(inode) || inode->i_sb->s_flags & SB_NOUSER)
		return -EINVAL;
	/* Nor what an overlay makes of it: it owns the file below. */
	if (is_bpf_object(inode) || is_bpf_object(d_real_inode(dentry)))
		return -EINVAL;
	/* By bytes, "*.key" would not deny what "A.KEY" opens. */
	if (place->flags & LANDLOCK_FSVIEW_PATTERN &&
	    !(value->access & LANDLOCK_FSVIEW_ADDS) &&
	    compares_its_own_way(dentry))
		return -EOPNOTSUPP;
	return 0;
}

static long set_elsewhere(struct fsview *const view,
			  const struct landlock_fsview_key *const key,
			  const struct landlock_fsview_value *const value)
{
	if (key->name[0] || value->access & LANDLOCK_FSVIEW_ADDS)
		return -EINVAL;
	spin_lock(&entries_lock);
	view->elsewhere = *value;
	trust_what_is_there(view);
	spin_unlock(&entries_lock);
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
	struct place place;
	long err;

	memcpy(&granted, value, sizeof(granted));
	if (size < 0)
		return size;
	if (flags > BPF_EXIST ||
	    granted.access &
		    ~(LANDLOCK_FSVIEW_ACCESS_MASK | LANDLOCK_FSVIEW_ADDS) ||
	    granted.own & ~LANDLOCK_FSVIEW_ACCESS_MASK)
		return -EINVAL;
	if (at->fd == LANDLOCK_FSVIEW_ELSEWHERE)
		return set_elsewhere(view, at, &granted);

	CLASS(fd_raw, file)(at->fd);
	if (!fd_file(file))
		return -EBADF;
	place = place_of(at, size, fd_file(file)->f_path.dentry);
	err = check_place(&place, fd_file(file)->f_path.dentry, &granted);
	if (err)
		return err;
	new = make_entry(view, &place, &granted);
	if (!new)
		return -ENOMEM;
	spin_lock(&entries_lock);
	err = insert_entry(view, &place, &new, flags);
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
	struct place place;

	if (size < 0)
		return size;

	CLASS(fd_raw, file)(at->fd);
	if (!fd_file(file))
		return -EBADF;
	place = place_of(at, size, fd_file(file)->f_path.dentry);
	spin_lock(&entries_lock);
	entry = find_key(view, &place);
	if (entry) {
		inode = detach_for_put(entry);
		WRITE_ONCE(view->count, view->count - 1);
		trust_what_is_there(view);
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
	struct place place;

	if (size < 0)
		return ERR_PTR(size);
	if (at->fd == LANDLOCK_FSVIEW_ELSEWHERE)
		return &view->elsewhere;

	CLASS(fd_raw, file)(at->fd);
	if (!fd_file(file))
		return ERR_PTR(-EBADF);
	place = place_of(at, size, fd_file(file)->f_path.dentry);
	entry = find_key(view, &place);
	return entry ? &entry->value : NULL;
}

/* An entry is no descriptor, which is what a key is. */
static int view_get_next_key(struct bpf_map *const map, void *const key,
			     void *const next_key)
{
	return -EOPNOTSUPP;
}

BTF_ID_LIST_SINGLE(view_btf_ids, struct, fsview)

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
