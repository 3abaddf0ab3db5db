// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - the uses of files by path, hook by hook
 *
 * A module has one function per hook: those that are in hooks_fs.c as well call
 * what is here.
 *
 * The order of questions, and what is not asked, follow Landlock's rulesets
 * (security/landlock/fs.c): a rule that compares with a view can then come to
 * the same verdicts. Attributes are asked for beyond that.
 */

#include <linux/fs.h>
#include <linux/fsnotify_backend.h>
#include <linux/lsm_hooks.h>
#include <linux/path.h>
#include <uapi/linux/landlock_rule.h>

#include "cgroup.h"
#include "events.h"
#include "hooks_path.h"
#include "judge.h"
#include "requests.h"
#include "setup.h"

/* The newest rule on paths that the current task is under, or NULL. */
static struct landlock_rule *current_rule(void)
{
	return landlock_rule_on_paths(landlock_rule_current());
}

static int judge_path(const struct path *const path, const u64 actions)
{
	const struct landlock_rule *const rule = current_rule();

	if (!rule && !landlock_rule_cgroups_ask())
		return 0;
	return landlock_rule_judge_path(rule, path, actions, 0);
}

/* Open files */

static u64 open_actions(const struct file *const file)
{
	u64 actions = LANDLOCK_ACTION_FS_GET;

	if (file->f_mode & FMODE_READ)
		actions |= LANDLOCK_ACTION_FS_READ;
	if (file->f_mode & FMODE_WRITE)
		actions |= LANDLOCK_ACTION_FS_WRITE;
	/* The third access mode asks for both and gives neither, but ioctl(2). */
	if ((file->f_flags & O_ACCMODE) == O_ACCMODE)
		actions |= LANDLOCK_ACTION_FS_READ | LANDLOCK_ACTION_FS_WRITE;
	if (file->f_flags & __FMODE_EXEC)
		actions |= LANDLOCK_ACTION_FS_EXEC;
	return actions;
}

static bool is_device(const struct file *const file)
{
	const umode_t mode = file_inode(file)->i_mode;

	return S_ISCHR(mode) || S_ISBLK(mode);
}

/**
 * landlock_rule_path_open - may a file be opened?
 * @file: the file, about to be open.
 *
 * A device remembers the rules that it was opened under: these, and none that
 * came later, judge what is asked of it, as with rulesets. A file remembers
 * whether they let it be truncated.
 *
 * Return: 0 or -EACCES.
 */
int landlock_rule_path_open(struct file *const file)
{
	struct landlock_rule_file *const opened = landlock_rule_file(file);
	struct landlock_rule *const rule = current_rule();
	u64 truncation = 0;
	int err;

	/* The file of a layer, whose overlay was asked for. */
	if (likely(!rule && !landlock_rule_cgroups_ask()) ||
	    file->f_mode & FMODE_BACKING)
		return 0;
	if (d_is_reg(file->f_path.dentry) &&
	    (file->f_flags & O_TRUNC || file->f_mode & FMODE_WRITE))
		truncation = LANDLOCK_ACTION_FS_WRITE |
			     LANDLOCK_ACTION_FS_TRUNCATE;
	err = landlock_rule_judge_open(rule, &file->f_path, open_actions(file),
				       truncation, &opened->fixed);
	if (err)
		return err;
	/*
	 * Some file systems truncate while they open, and file_truncate is asked
	 * only then. What this open made has nothing to lose.
	 */
	if (file->f_flags & O_TRUNC && !(file->f_flags & __O_TMPFILE) &&
	    !(file->f_mode & FMODE_CREATED) && opened->fixed)
		return -EACCES;
	if (is_device(file)) {
		opened->opened_under = rule ? landlock_rule_get(rule) : NULL;
		opened->opened_in_cgroup = landlock_rule_cgroups_ask();
	}
	return 0;
}

static void hook_file_free_security(struct file *const file)
{
	landlock_rule_put(landlock_rule_file(file)->opened_under);
}

static int hook_bpf_obj_get(const struct path *const path, const int acc_mode)
{
	u64 actions = LANDLOCK_ACTION_FS_GET;

	if (acc_mode & MAY_READ)
		actions |= LANDLOCK_ACTION_FS_READ;
	if (acc_mode & MAY_WRITE)
		actions |= LANDLOCK_ACTION_FS_WRITE;
	return judge_path(path, actions);
}

/**
 * landlock_rule_path_ioctl - may a device, or a file system, be asked?
 * @file: any file.
 * @cmd: the request.
 *
 * A device is judged by the rules that it was opened under; what changes
 * attributes or entries, by those of who does it now.
 *
 * Return: 0 or -EACCES.
 */
int landlock_rule_path_ioctl(const struct file *const file,
			     const unsigned int cmd)
{
	const struct landlock_rule_file *const opened =
		landlock_rule_file(file);
	const struct landlock_rule_request *request;

	if (unlikely(opened->opened_under || opened->opened_in_cgroup))
		return landlock_rule_judge_ioctl(opened->opened_under,
						 opened->opened_in_cgroup,
						 &file->f_path, cmd);
	if (likely(!current_rule() && !landlock_rule_cgroups_ask()))
		return 0;
	request = landlock_rule_request(cmd);
	if (likely(!request))
		return 0;
	return judge_path(request->hidden ? NULL : &file->f_path,
			  request->actions);
}

static int hook_path_truncate(const struct path *const path)
{
	return judge_path(path, LANDLOCK_ACTION_FS_WRITE |
					LANDLOCK_ACTION_FS_TRUNCATE);
}

/* What it was opened under counts, whoever has it now. */
static int hook_file_truncate(struct file *const file)
{
	return landlock_rule_file(file)->fixed ? -EACCES : 0;
}

/* Directory entries */

/* Who may make a file may make a whiteout, as for rulesets and mknod(2). */
static umode_t entry_type(const umode_t mode, const dev_t device)
{
	if (S_ISCHR(mode) && device == WHITEOUT_DEV)
		return S_IFREG;
	/* As mknod(2) has it: without a type, a file. */
	return mode & S_IFMT ?: S_IFREG;
}

static umode_t type_of(const struct dentry *const dentry)
{
	const struct inode *const inode = d_backing_inode(dentry);

	return inode ? entry_type(inode->i_mode, inode->i_rdev) : 0;
}

/* Asks for WRITE in a directory, and for @actions on one of its entries. */
static int judge_entry(const struct path *const dir,
		       struct dentry *const dentry, const u64 actions,
		       const umode_t type)
{
	const struct landlock_rule *const rule = current_rule();

	if (likely(!rule && !landlock_rule_cgroups_ask()))
		return 0;

	const struct landlock_place place = { .path = *dir, .entry = dentry };
	const struct landlock_path_question questions[] = {
		{ LANDLOCK_ACTION_FS_WRITE, 0, 0, LANDLOCK_OBJECT_PATH },
		{ actions, type, 0, LANDLOCK_OBJECT_ENTRY },
	};

	return landlock_rule_judge_places(rule, &place, 1, questions,
					  ARRAY_SIZE(questions));
}

static int judge_new(const struct path *const dir, struct dentry *const dentry,
		     const umode_t type)
{
	return judge_entry(dir, dentry, LANDLOCK_ACTION_FS_NEW, type);
}

static int judge_remove(const struct path *const dir,
			struct dentry *const dentry)
{
	return judge_entry(dir, dentry, LANDLOCK_ACTION_FS_REMOVE, 0);
}

static int hook_path_mknod(const struct path *const dir,
			   struct dentry *const dentry, const umode_t mode,
			   const unsigned int dev)
{
	return judge_new(dir, dentry, entry_type(mode, new_decode_dev(dev)));
}

static int hook_path_mkdir(const struct path *const dir,
			   struct dentry *const dentry, const umode_t mode)
{
	return judge_new(dir, dentry, S_IFDIR);
}

static int hook_path_symlink(const struct path *const dir,
			     struct dentry *const dentry,
			     const char *const old_name)
{
	return judge_new(dir, dentry, S_IFLNK);
}

static int hook_path_unlink(const struct path *const dir,
			    struct dentry *const dentry)
{
	return judge_remove(dir, dentry);
}

static int hook_path_rmdir(const struct path *const dir,
			   struct dentry *const dentry)
{
	return judge_remove(dir, dentry);
}

/* Old and new: places of what rename(2) and link(2) name. */
enum { FROM, TO };

static int hook_path_link(struct dentry *const old_dentry,
			  const struct path *const new_dir,
			  struct dentry *const new_dentry)
{
	const struct landlock_rule *const rule = current_rule();
	struct landlock_place places[2];
	u64 refer;
	int err;

	if (likely(!rule && !landlock_rule_cgroups_ask()))
		return 0;
	/* Nothing but a reference holds it: the directory is not locked. */
	places[FROM].path.mnt = new_dir->mnt;
	places[FROM].path.dentry = dget_parent(old_dentry);
	places[FROM].entry = IS_ROOT(old_dentry) ? NULL : old_dentry;
	places[TO].path = *new_dir;
	places[TO].entry = new_dentry;
	refer = places[FROM].path.dentry == new_dir->dentry ?
			0 :
			LANDLOCK_ACTION_FS_REFER;

	const struct landlock_path_question questions[] = {
		{ LANDLOCK_ACTION_FS_WRITE, 0, TO, LANDLOCK_OBJECT_PATH },
		{ LANDLOCK_ACTION_FS_NEW, type_of(old_dentry), TO,
		  LANDLOCK_OBJECT_ENTRY },
		{ refer, 0, FROM, LANDLOCK_OBJECT_PATH },
		{ refer, 0, TO, LANDLOCK_OBJECT_PATH },
		{ LANDLOCK_ACTION_FS_MOVE, 0, TO, LANDLOCK_OBJECT_MOVED },
	};

	err = landlock_rule_judge_places(rule, places, ARRAY_SIZE(places),
					 questions, ARRAY_SIZE(questions));
	dput(places[FROM].path.dentry);
	return err;
}

static int hook_path_rename(const struct path *const old_dir,
			    struct dentry *const old_dentry,
			    const struct path *const new_dir,
			    struct dentry *const new_dentry,
			    const unsigned int flags)
{
	const struct landlock_rule *const rule = current_rule();

	if (likely(!rule && !landlock_rule_cgroups_ask()))
		return 0;

	const struct landlock_place places[] = {
		[FROM] = { .path = *old_dir, .entry = old_dentry },
		[TO] = { .path = *new_dir, .entry = new_dentry },
	};
	/* What is replaced is removed, and in an exchange all the same. */
	const u64 replaced =
		d_is_positive(new_dentry) ? LANDLOCK_ACTION_FS_REMOVE : 0;
	/* Of one directory the same is asked once. */
	const bool within = old_dir->dentry == new_dir->dentry;
	const u64 refer = within ? 0 : LANDLOCK_ACTION_FS_REFER;
	const bool exchange = flags & RENAME_EXCHANGE;
	const u64 back = exchange ? LANDLOCK_ACTION_FS_MOVE : 0;
	/* At the old name appears what was at the new one, or a whiteout. */
	const u64 left = exchange || flags & RENAME_WHITEOUT ?
				 LANDLOCK_ACTION_FS_NEW :
				 0;
	const struct landlock_path_question questions[] = {
		{ LANDLOCK_ACTION_FS_WRITE, 0, FROM, LANDLOCK_OBJECT_PATH },
		{ LANDLOCK_ACTION_FS_REMOVE, 0, FROM, LANDLOCK_OBJECT_ENTRY },
		{ within ? 0 : LANDLOCK_ACTION_FS_WRITE, 0, TO,
		  LANDLOCK_OBJECT_PATH },
		{ LANDLOCK_ACTION_FS_NEW | replaced, type_of(old_dentry), TO,
		  LANDLOCK_OBJECT_ENTRY },
		{ left, exchange ? type_of(new_dentry) : S_IFREG, FROM,
		  LANDLOCK_OBJECT_ENTRY },
		{ refer, 0, FROM, LANDLOCK_OBJECT_PATH },
		{ refer, 0, TO, LANDLOCK_OBJECT_PATH },
		{ LANDLOCK_ACTION_FS_MOVE, 0, TO, LANDLOCK_OBJECT_MOVED },
		{ d_is_dir(old_dentry) ? LANDLOCK_ACTION_FS_MOVE : 0,
		  LANDLOCK_MOVE_BENEATH, TO, LANDLOCK_OBJECT_MOVED_BENEATH },
		{ back, 0, FROM, LANDLOCK_OBJECT_MOVED },
		{ d_is_dir(new_dentry) ? back : 0, LANDLOCK_MOVE_BENEATH, FROM,
		  LANDLOCK_OBJECT_MOVED_BENEATH },
	};

	return landlock_rule_judge_places(rule, places, ARRAY_SIZE(places),
					  questions, ARRAY_SIZE(questions));
}

/* Attributes */

/**
 * landlock_rule_path_attr - may the attributes of a file be seen, or changed?
 * @path: the file.
 * @change: changed?
 *
 * Return: 0 or -EACCES.
 */
int landlock_rule_path_attr(const struct path *const path, const bool change)
{
	return judge_path(path, LANDLOCK_ACTION_FS_ATTR |
					(change ? LANDLOCK_ACTION_FS_WRITE :
						  LANDLOCK_ACTION_FS_READ));
}

static int hook_path_chmod(const struct path *const path, const umode_t mode)
{
	return landlock_rule_path_attr(path, true);
}

static int hook_path_chown(const struct path *const path, const kuid_t uid,
			   const kgid_t gid)
{
	return landlock_rule_path_attr(path, true);
}

static int hook_path_chroot(const struct path *const path)
{
	return landlock_rule_path_attr(path, false);
}

/*
 * Who watches learns of names and of reading and writing. A mark on all of a
 * mount or of a file system is about hierarchies that nobody asked for.
 */
static int hook_path_notify(const struct path *const path, const u64 mask,
			    const unsigned int obj_type)
{
	return judge_path(path, obj_type == FSNOTIFY_OBJ_TYPE_INODE ?
					LANDLOCK_ACTION_FS_READ :
					LANDLOCK_ACTION_FS_MOUNT);
}

/* Mounts */

/**
 * landlock_rule_path_mount - may what is mounted be changed?
 * @path: there; NULL for a superblock, wherever it is mounted.
 *
 * Return: 0 or -EPERM.
 */
int landlock_rule_path_mount(const struct path *const path)
{
	return judge_path(path, LANDLOCK_ACTION_FS_MOUNT);
}

static struct security_hook_list hooks[] __ro_after_init = {
	LSM_HOOK_INIT(file_free_security, hook_file_free_security),
	LSM_HOOK_INIT(file_truncate, hook_file_truncate),
	LSM_HOOK_INIT(path_truncate, hook_path_truncate),
	LSM_HOOK_INIT(path_mknod, hook_path_mknod),
	LSM_HOOK_INIT(path_mkdir, hook_path_mkdir),
	LSM_HOOK_INIT(path_symlink, hook_path_symlink),
	LSM_HOOK_INIT(path_unlink, hook_path_unlink),
	LSM_HOOK_INIT(path_rmdir, hook_path_rmdir),
	LSM_HOOK_INIT(path_link, hook_path_link),
	LSM_HOOK_INIT(path_rename, hook_path_rename),
	LSM_HOOK_INIT(path_chmod, hook_path_chmod),
	LSM_HOOK_INIT(path_chown, hook_path_chown),
	LSM_HOOK_INIT(path_chroot, hook_path_chroot),
	LSM_HOOK_INIT(path_notify, hook_path_notify),
	LSM_HOOK_INIT(path_attr, landlock_rule_path_attr),
	LSM_HOOK_INIT(path_mount, landlock_rule_path_mount),
	LSM_HOOK_INIT(bpf_obj_get, hook_bpf_obj_get),
};

__init void landlock_rule_add_path_hooks(void)
{
	landlock_rule_add_task_hooks(hooks, ARRAY_SIZE(hooks));
}
