// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - the uses of file-system objects, hook by hook
 *
 * Each hook says what it asks, in order, as one table of object and actions.
 */

#include <linux/fs.h>
#include <linux/io_uring/cmd.h>
#include <linux/landlock_rule.h>
#include <linux/lsm_hooks.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/mount.h>
#include <linux/path.h>
#include <uapi/linux/landlock_rule.h>

#include "cgroup.h"
#include "events.h"
#include "hooks_path.h"
#include "judge.h"
#include "requests.h"
#include "setup.h"

/* May there be a rule to ask about objects? */
static __always_inline bool is_asked(const struct landlock_events *const events)
{
	return unlikely((events && events->rules[LANDLOCK_SUBTYPE_EVENT_FS]) ||
			landlock_rule_cgroups_any());
}

/*
 * A task without rules pays one test of one pointer, one without rules of this
 * event two: what is asked is computed only behind them.
 */
#define JUDGE_FS(...)                                                         \
	({                                                                    \
		const struct landlock_events *const events =                  \
			landlock_rule_current();                              \
		const size_t count =                                          \
			sizeof((const struct landlock_fs_check[]){            \
				__VA_ARGS__ }) /                              \
			sizeof(struct landlock_fs_check);                     \
									      \
		!is_asked(events) ? 0 :                                       \
				    landlock_rule_judge_fs(                   \
					    events,                           \
					    (const struct landlock_fs_check[]){ \
						    __VA_ARGS__ },            \
					    count);                           \
	})

/* Of one object: without a table on the stack, a hook that asks nothing is short. */
#define JUDGE_ONE(inode, actions)                                             \
	({                                                                    \
		const struct landlock_events *const events =                  \
			landlock_rule_current();                              \
									      \
		!is_asked(events) ? 0 :                                       \
				    landlock_rule_judge_one(events, inode,    \
							    actions);         \
	})

/* NULL for a dentry of something that does not exist yet. */
static const struct inode *dentry_inode(const struct dentry *const dentry)
{
	return d_backing_inode(dentry);
}

static const struct inode *path_inode(const struct path *const path)
{
	return dentry_inode(path->dentry);
}

/*
 * MAY_CHDIR and MAY_ACCESS say why the kernel asks, not what will be done.
 */
static u64 mask_actions(const int mask)
{
	u64 actions = 0;

	if (mask & MAY_EXEC)
		actions |= LANDLOCK_ACTION_FS_EXEC;
	if (mask & MAY_READ)
		actions |= LANDLOCK_ACTION_FS_READ;
	if (mask & (MAY_WRITE | MAY_APPEND))
		actions |= LANDLOCK_ACTION_FS_WRITE;
	if (mask & MAY_OPEN)
		actions |= LANDLOCK_ACTION_FS_GET;
	return actions;
}

/* Writing to a private mapping changes memory, not the file. */
static u64 mapping_actions(const unsigned long prot, const bool private)
{
	u64 actions = 0;

	if (prot & PROT_READ)
		actions |= LANDLOCK_ACTION_FS_READ;
	if (prot & PROT_EXEC)
		actions |= LANDLOCK_ACTION_FS_EXEC;
	if ((prot & PROT_WRITE) && !private)
		actions |= LANDLOCK_ACTION_FS_WRITE;
	return actions;
}

/* Binder */

static int hook_binder_transfer_file(const struct cred *const from,
				     const struct cred *const to,
				     const struct file *const file)
{
	return JUDGE_ONE(file_inode(file), LANDLOCK_ACTION_FS_READ);
}

/* Superblocks and mounts */

static int hook_sb_statfs(struct dentry *const dentry)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_READ);
}

static int hook_sb_mount(const char *const dev_name,
			 const struct path *const path, const char *const type,
			 const unsigned long flags, void *const data)
{
	if (likely(!landlock_rule_any()))
		return 0;
	return JUDGE_ONE(path_inode(path), LANDLOCK_ACTION_FS_WRITE) ?:
		       landlock_rule_path_mount(path);
}

/* sb_mount of the mount API that came after v7: fsmount(2), open_tree(2). */
static int hook_move_mount(const struct path *const from_path,
			   const struct path *const to_path)
{
	if (likely(!landlock_rule_any()))
		return 0;
	return JUDGE_ONE(path_inode(to_path), LANDLOCK_ACTION_FS_WRITE) ?:
		       landlock_rule_path_mount(from_path) ?:
		       landlock_rule_path_mount(to_path);
}

static int hook_sb_remount(struct super_block *const sb, void *const mnt_opts)
{
	if (likely(!landlock_rule_any()))
		return 0;
	return JUDGE_ONE(dentry_inode(sb->s_root), LANDLOCK_ACTION_FS_WRITE) ?:
		       landlock_rule_path_mount(NULL);
}

static int hook_sb_umount(struct vfsmount *const mnt, const int flags)
{
	const struct path path = { .mnt = mnt, .dentry = mnt->mnt_root };

	if (likely(!landlock_rule_any()))
		return 0;
	return JUDGE_ONE(path_inode(&path), LANDLOCK_ACTION_FS_WRITE) ?:
		       landlock_rule_path_mount(&path);
}

/* The root of the task, which comes to @old_path, is asked about by path_mount. */
static int hook_sb_pivotroot(const struct path *const old_path,
			     const struct path *const new_path)
{
	if (likely(!landlock_rule_any()))
		return 0;
	return JUDGE_ONE(path_inode(old_path), LANDLOCK_ACTION_FS_WRITE) ?:
		       landlock_rule_path_mount(new_path) ?:
		       landlock_rule_path_mount(old_path);
}

/* Directory entries */

static int judge_new(const struct inode *const dir,
		     const struct dentry *const dentry)
{
	return JUDGE_FS({ dir, LANDLOCK_ACTION_FS_WRITE },
			{ dentry_inode(dentry), LANDLOCK_ACTION_FS_NEW });
}

static int judge_remove(const struct inode *const dir,
			const struct dentry *const dentry)
{
	return JUDGE_FS({ dir, LANDLOCK_ACTION_FS_WRITE },
			{ dentry_inode(dentry), LANDLOCK_ACTION_FS_REMOVE });
}

static int hook_inode_create(struct inode *const dir,
			     struct dentry *const dentry, const umode_t mode)
{
	return judge_new(dir, dentry);
}

static int hook_inode_symlink(struct inode *const dir,
			      struct dentry *const dentry,
			      const char *const old_name)
{
	return judge_new(dir, dentry);
}

static int hook_inode_mkdir(struct inode *const dir,
			    struct dentry *const dentry, const umode_t mode)
{
	return judge_new(dir, dentry);
}

static int hook_inode_mknod(struct inode *const dir,
			    struct dentry *const dentry, const umode_t mode,
			    const dev_t dev)
{
	return judge_new(dir, dentry);
}

static int hook_inode_link(struct dentry *const old_dentry,
			   struct inode *const dir,
			   struct dentry *const new_dentry)
{
	return JUDGE_FS({ dentry_inode(old_dentry), LANDLOCK_ACTION_FS_READ },
			{ dir, LANDLOCK_ACTION_FS_WRITE },
			{ dentry_inode(new_dentry), LANDLOCK_ACTION_FS_NEW });
}

static int hook_inode_unlink(struct inode *const dir,
			     struct dentry *const dentry)
{
	return judge_remove(dir, dentry);
}

static int hook_inode_rmdir(struct inode *const dir,
			    struct dentry *const dentry)
{
	return judge_remove(dir, dentry);
}

/* Called once more, the other way round, for an exchange. */
static int hook_inode_rename(struct inode *const old_dir,
			     struct dentry *const old_dentry,
			     struct inode *const new_dir,
			     struct dentry *const new_dentry)
{
	return JUDGE_FS({ old_dir, LANDLOCK_ACTION_FS_WRITE },
			{ dentry_inode(old_dentry), LANDLOCK_ACTION_FS_REMOVE },
			{ new_dir, LANDLOCK_ACTION_FS_WRITE },
			{ dentry_inode(new_dentry), LANDLOCK_ACTION_FS_NEW });
}

/* Inodes */

static int hook_inode_readlink(struct dentry *const dentry)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_READ);
}

/* In RCU walk, the inode of the dentry may be gone; @inode is not. */
static int hook_inode_follow_link(struct dentry *const dentry,
				  struct inode *const inode, const bool rcu)
{
	return JUDGE_ONE(inode, LANDLOCK_ACTION_FS_READ);
}

static int hook_inode_permission(struct inode *const inode, const int mask)
{
	return JUDGE_ONE(inode, mask_actions(mask));
}

static int hook_inode_setattr(struct mnt_idmap *const idmap,
			      struct dentry *const dentry,
			      struct iattr *const attr)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_WRITE);
}

static int hook_inode_getattr(const struct path *const path)
{
	if (likely(!landlock_rule_any()))
		return 0;
	return JUDGE_ONE(path_inode(path), LANDLOCK_ACTION_FS_READ) ?:
		       landlock_rule_path_attr(path, false);
}

/* Extended attributes; POSIX ACLs have had hooks of their own since 6.2. */

static int hook_inode_setxattr(struct mnt_idmap *const idmap,
			       struct dentry *const dentry,
			       const char *const name, const void *const value,
			       const size_t size, const int flags)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_WRITE);
}

static int hook_inode_removexattr(struct mnt_idmap *const idmap,
				  struct dentry *const dentry,
				  const char *const name)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_WRITE);
}

static int hook_inode_getxattr(struct dentry *const dentry,
			       const char *const name)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_READ);
}

static int hook_inode_listxattr(struct dentry *const dentry)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_READ);
}

static int hook_inode_set_acl(struct mnt_idmap *const idmap,
			      struct dentry *const dentry,
			      const char *const acl_name,
			      struct posix_acl *const kacl)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_WRITE);
}

static int hook_inode_get_acl(struct mnt_idmap *const idmap,
			      struct dentry *const dentry,
			      const char *const acl_name)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_READ);
}

static int hook_inode_remove_acl(struct mnt_idmap *const idmap,
				 struct dentry *const dentry,
				 const char *const acl_name)
{
	return JUDGE_ONE(dentry_inode(dentry), LANDLOCK_ACTION_FS_WRITE);
}

/* The next two answer -EOPNOTSUPP for "not mine", which asks the next LSM. */

static int hook_inode_getsecurity(struct mnt_idmap *const idmap,
				  struct inode *const inode,
				  const char *const name, void **const buffer,
				  const bool alloc)
{
	return JUDGE_ONE(inode, LANDLOCK_ACTION_FS_READ) ?: -EOPNOTSUPP;
}

static int hook_inode_setsecurity(struct inode *const inode,
				  const char *const name,
				  const void *const value, const size_t size,
				  const int flags)
{
	return JUDGE_ONE(inode, LANDLOCK_ACTION_FS_WRITE) ?: -EOPNOTSUPP;
}

/* Open files */

static int hook_file_permission(struct file *const file, const int mask)
{
	return JUDGE_ONE(file_inode(file), mask_actions(mask));
}

static int judge_command(const struct file *const file, const u64 action,
			 const enum landlock_subtype_event event,
			 const unsigned int command)
{
	const struct landlock_events *const events = landlock_rule_current();

	if (likely(!landlock_rule_any()))
		return 0;
	return landlock_rule_judge_command(events, file_inode(file), action,
					   event, command);
}

/* What a request does to entries, which have no hook of their own there. */
static u64 entry_actions(const unsigned int cmd)
{
	const struct landlock_rule_request *const request =
		landlock_rule_request(cmd);

	return request ? request->actions & (LANDLOCK_ACTION_FS_NEW |
					     LANDLOCK_ACTION_FS_REMOVE) :
			 0;
}

/* For ioctls of 64-bit and of 32-bit programs alike: same type, same table. */
static int hook_file_ioctl(struct file *const file, const unsigned int cmd,
			   const unsigned long arg)
{
	/* A device goes on under the rules of who opened it. */
	if (likely(!landlock_rule_any() &&
		   !landlock_rule_file(file)->opened_under))
		return 0;
	return judge_command(file, LANDLOCK_ACTION_FS_IOCTL,
			     LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, cmd) ?:
		       JUDGE_ONE(file_inode(file), entry_actions(cmd)) ?:
		       landlock_rule_path_ioctl(file, cmd);
}

/* As ioctl(2), for what a driver or file system takes by io_uring. */
static int hook_uring_cmd(struct io_uring_cmd *const command)
{
	return hook_file_ioctl(command->file, command->cmd_op, 0);
}

static int hook_file_lock(struct file *const file, const unsigned int cmd)
{
	return judge_command(file, LANDLOCK_ACTION_FS_LOCK,
			     LANDLOCK_SUBTYPE_EVENT_FS_LOCK, cmd);
}

static int hook_file_fcntl(struct file *const file, const unsigned int cmd,
			   const unsigned long arg)
{
	return judge_command(file, LANDLOCK_ACTION_FS_FCNTL,
			     LANDLOCK_SUBTYPE_EVENT_FS_FCNTL, cmd);
}

static int hook_mmap_file(struct file *const file, const unsigned long reqprot,
			  const unsigned long prot, const unsigned long flags)
{
	if (!file)
		return 0;
	return JUDGE_ONE(file_inode(file),
			  mapping_actions(prot, (flags & MAP_TYPE) ==
							MAP_PRIVATE));
}

static int hook_file_mprotect(struct vm_area_struct *const vma,
			      const unsigned long reqprot,
			      const unsigned long prot)
{
	if (!vma->vm_file)
		return 0;
	return JUDGE_ONE(file_inode(vma->vm_file),
			  mapping_actions(prot,
					  !(vma->vm_flags & VM_SHARED)));
}

static int hook_file_receive(struct file *const file)
{
	return JUDGE_ONE(file_inode(file), LANDLOCK_ACTION_FS_GET);
}

static int hook_file_open(struct file *const file)
{
	if (likely(!landlock_rule_any()))
		return 0;
	return JUDGE_ONE(file_inode(file), LANDLOCK_ACTION_FS_GET) ?:
		       landlock_rule_path_open(file);
}

static struct security_hook_list hooks[] __ro_after_init = {
	LSM_HOOK_INIT(binder_transfer_file, hook_binder_transfer_file),
	LSM_HOOK_INIT(sb_statfs, hook_sb_statfs),
	LSM_HOOK_INIT(sb_mount, hook_sb_mount),
	LSM_HOOK_INIT(move_mount, hook_move_mount),
	LSM_HOOK_INIT(sb_remount, hook_sb_remount),
	LSM_HOOK_INIT(sb_umount, hook_sb_umount),
	LSM_HOOK_INIT(sb_pivotroot, hook_sb_pivotroot),
	LSM_HOOK_INIT(inode_create, hook_inode_create),
	LSM_HOOK_INIT(inode_symlink, hook_inode_symlink),
	LSM_HOOK_INIT(inode_mkdir, hook_inode_mkdir),
	LSM_HOOK_INIT(inode_mknod, hook_inode_mknod),
	LSM_HOOK_INIT(inode_link, hook_inode_link),
	LSM_HOOK_INIT(inode_unlink, hook_inode_unlink),
	LSM_HOOK_INIT(inode_rmdir, hook_inode_rmdir),
	LSM_HOOK_INIT(inode_rename, hook_inode_rename),
	LSM_HOOK_INIT(inode_readlink, hook_inode_readlink),
	LSM_HOOK_INIT(inode_follow_link, hook_inode_follow_link),
	LSM_HOOK_INIT(inode_permission, hook_inode_permission),
	LSM_HOOK_INIT(inode_setattr, hook_inode_setattr),
	LSM_HOOK_INIT(inode_getattr, hook_inode_getattr),
	LSM_HOOK_INIT(inode_setxattr, hook_inode_setxattr),
	LSM_HOOK_INIT(inode_removexattr, hook_inode_removexattr),
	LSM_HOOK_INIT(inode_getxattr, hook_inode_getxattr),
	LSM_HOOK_INIT(inode_listxattr, hook_inode_listxattr),
	LSM_HOOK_INIT(inode_set_acl, hook_inode_set_acl),
	LSM_HOOK_INIT(inode_get_acl, hook_inode_get_acl),
	LSM_HOOK_INIT(inode_remove_acl, hook_inode_remove_acl),
	LSM_HOOK_INIT(inode_getsecurity, hook_inode_getsecurity),
	LSM_HOOK_INIT(inode_setsecurity, hook_inode_setsecurity),
	LSM_HOOK_INIT(file_permission, hook_file_permission),
	LSM_HOOK_INIT(file_ioctl, hook_file_ioctl),
	LSM_HOOK_INIT(file_ioctl_compat, hook_file_ioctl),
	LSM_HOOK_INIT(uring_cmd, hook_uring_cmd),
	LSM_HOOK_INIT(file_lock, hook_file_lock),
	LSM_HOOK_INIT(file_fcntl, hook_file_fcntl),
	LSM_HOOK_INIT(mmap_file, hook_mmap_file),
	LSM_HOOK_INIT(file_mprotect, hook_file_mprotect),
	LSM_HOOK_INIT(file_receive, hook_file_receive),
	LSM_HOOK_INIT(file_open, hook_file_open),
};

__init void landlock_rule_add_fs_hooks(void)
{
	landlock_rule_add_task_hooks(hooks, ARRAY_SIZE(hooks));
}
