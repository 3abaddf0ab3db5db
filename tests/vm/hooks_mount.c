// SPDX-License-Identifier: LGPL-2.1-or-later
/* Hooks of superblocks and mounts. */
#include "hooks.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOUNTED_OPTIONS "mode=0754"

static void prepare_tree(struct scene *const scene)
{
	scene->extra_fd = (int)syscall(SYS_open_tree, AT_FDCWD, "old",
				       OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
	ck_assert_int_ge(scene->extra_fd, 0);
}

static void prepare_mounted(struct scene *const scene)
{
	(void)scene;
	ck_assert_int_eq(mount("vm", "under", "tmpfs", 0, MOUNTED_OPTIONS), 0);
	ck_assert_int_eq(mkdir("under/sub", MOUNTED_SUB_MODE & 07777), 0);
}

/* The mount's root and that of its superblock differ, and so their modes. */
static void prepare_bound(struct scene *const scene)
{
	prepare_mounted(scene);
	ck_assert_int_eq(mount("under/sub", "new", NULL, MS_BIND, NULL), 0);
}

static int do_statfs(void *const scene)
{
	struct statfs result;

	(void)scene;
	return vm_result(statfs("old", &result));
}

static int do_mount(void *const scene)
{
	(void)scene;
	return vm_result(mount("vm", "under", "tmpfs", 0, NULL));
}

static int do_bind(void *const scene)
{
	(void)scene;
	return vm_result(mount("old", "under", NULL, MS_BIND, NULL));
}

static int do_move_mount(void *const scene)
{
	return vm_result(syscall(SYS_move_mount,
				 ((const struct scene *)scene)->extra_fd, "",
				 AT_FDCWD, "under", MOVE_MOUNT_F_EMPTY_PATH));
}

static int do_remount(void *const scene)
{
	(void)scene;
	return vm_result(mount(NULL, "new", NULL, MS_REMOUNT, NULL));
}

static int do_umount(void *const scene)
{
	(void)scene;
	return vm_result(umount("under"));
}

static int do_pivot_root(void *const scene)
{
	(void)scene;
	return vm_result(syscall(SYS_pivot_root, "under", "under/sub"));
}

static const struct hook_row rows[] = {
	{ .hook = "sb_statfs",
	  .check = "dentry: READ",
	  .access = do_statfs,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = OLD_DIR_MODE },
	{ .hook = "sb_mount",
	  .check = "path: WRITE (new)",
	  .access = do_mount,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = UNDER_MODE },
	{ .hook = "sb_mount",
	  .check = "path: WRITE (bind)",
	  .access = do_bind,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = UNDER_MODE },
	{ .hook = "move_mount",
	  .check = "path: WRITE",
	  .prepare = prepare_tree,
	  .access = do_move_mount,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = UNDER_MODE },
	{ .hook = "sb_remount",
	  .check = "sb root dentry: WRITE",
	  .prepare = prepare_bound,
	  .access = do_remount,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = MOUNTED_MODE },
	{ .hook = "sb_umount",
	  .check = "mnt root dentry: WRITE",
	  .prepare = prepare_mounted,
	  .access = do_umount,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = MOUNTED_MODE },
	{ .hook = "sb_pivotroot",
	  .check = "old path: WRITE",
	  .prepare = prepare_mounted,
	  .access = do_pivot_root,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = MOUNTED_SUB_MODE },
};

const struct hook_table hooks_mount = {
	.name = "mounts",
	.rows = rows,
	.row_count = sizeof(rows) / sizeof(*rows),
};
