// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Hooks of directory entries.
 *
 * Before each, inode_permission asks for WRITE and EXEC of the directory at
 * once: the hook's own WRITE is told apart by being exact. So is inode_link's
 * READ of the file, which protected_hardlinks asks with WRITE.
 */
#include "hooks.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static int do_create(void *const scene)
{
	(void)scene;
	return vm_result(open("new/absent", O_CREAT | O_WRONLY, 0600));
}

/* Another caller of the same hook. */
static int do_mknod_regular(void *const scene)
{
	(void)scene;
	return vm_result(mknod("new/absent", S_IFREG | 0600, 0));
}

static int do_symlink(void *const scene)
{
	(void)scene;
	return vm_result(symlink("file", "new/absent"));
}

static int do_mkdir(void *const scene)
{
	(void)scene;
	return vm_result(mkdir("new/absent", 0700));
}

static int do_mknod(void *const scene)
{
	(void)scene;
	return vm_result(mknod("new/absent", S_IFIFO | 0600, 0));
}

static int do_link(void *const scene)
{
	(void)scene;
	return vm_result(link("file", "new/absent"));
}

static int do_unlink(void *const scene)
{
	(void)scene;
	return vm_result(unlink("old/file"));
}

static int do_rmdir(void *const scene)
{
	(void)scene;
	return vm_result(rmdir("old/sub"));
}

static int do_rename(void *const scene)
{
	(void)scene;
	return vm_result(rename("old/file", "new/absent"));
}

static int do_replace(void *const scene)
{
	(void)scene;
	return vm_result(rename("old/file", "new/file"));
}

static int do_exchange(void *const scene)
{
	(void)scene;
	return vm_result(renameat2(AT_FDCWD, "old/file", AT_FDCWD, "new/file",
				   RENAME_EXCHANGE));
}

#define DIR_WRITE(HOOK, CHECK, ACCESS, MODE)                                   \
	{                                                                      \
		.hook = HOOK, .check = CHECK, .access = ACCESS,                \
		.actions = LANDLOCK_ACTION_FS_WRITE, .exact = 1, .mode = MODE  \
	}
#define ENTRY(HOOK, CHECK, ACCESS, ACTION, MODE)                               \
	{                                                                      \
		.hook = HOOK, .check = CHECK, .access = ACCESS,                \
		.actions = LANDLOCK_ACTION_FS_##ACTION, .mode = MODE           \
	}

static const struct hook_row rows[] = {
	DIR_WRITE("inode_create", "dir: WRITE (open)", do_create, NEW_DIR_MODE),
	ENTRY("inode_create", "new dentry: NEW (open)", do_create, NEW, ABSENT),
	DIR_WRITE("inode_create", "dir: WRITE (mknod)", do_mknod_regular,
		  NEW_DIR_MODE),
	ENTRY("inode_create", "new dentry: NEW (mknod)", do_mknod_regular, NEW,
	      ABSENT),
	DIR_WRITE("inode_symlink", "dir: WRITE", do_symlink, NEW_DIR_MODE),
	ENTRY("inode_symlink", "new dentry: NEW", do_symlink, NEW, ABSENT),
	DIR_WRITE("inode_mkdir", "dir: WRITE", do_mkdir, NEW_DIR_MODE),
	ENTRY("inode_mkdir", "new dentry: NEW", do_mkdir, NEW, ABSENT),
	DIR_WRITE("inode_mknod", "dir: WRITE", do_mknod, NEW_DIR_MODE),
	ENTRY("inode_mknod", "new dentry: NEW", do_mknod, NEW, ABSENT),
	{ .hook = "inode_link",
	  .check = "old dentry: READ",
	  .access = do_link,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .exact = true,
	  .mode = FILE_MODE },
	DIR_WRITE("inode_link", "dir: WRITE", do_link, NEW_DIR_MODE),
	ENTRY("inode_link", "new dentry: NEW", do_link, NEW, ABSENT),
	DIR_WRITE("inode_unlink", "dir: WRITE", do_unlink, OLD_DIR_MODE),
	ENTRY("inode_unlink", "dentry: REMOVE", do_unlink, REMOVE,
	      OLD_FILE_MODE),
	DIR_WRITE("inode_rmdir", "dir: WRITE", do_rmdir, OLD_DIR_MODE),
	ENTRY("inode_rmdir", "dentry: REMOVE", do_rmdir, REMOVE, OLD_SUB_MODE),
	DIR_WRITE("inode_rename", "old dir: WRITE", do_rename, OLD_DIR_MODE),
	ENTRY("inode_rename", "old dentry: REMOVE", do_rename, REMOVE,
	      OLD_FILE_MODE),
	DIR_WRITE("inode_rename", "new dir: WRITE", do_rename, NEW_DIR_MODE),
	ENTRY("inode_rename", "new dentry: NEW", do_rename, NEW, ABSENT),
	ENTRY("inode_rename", "new dentry: NEW (replaced)", do_replace, NEW,
	      NEW_FILE_MODE),
	ENTRY("inode_rename", "old dentry: NEW (exchange)", do_exchange, NEW,
	      OLD_FILE_MODE),
	ENTRY("inode_rename", "new dentry: REMOVE (exchange)", do_exchange,
	      REMOVE, NEW_FILE_MODE),
};

const struct hook_table hooks_entry = {
	.name = "directory entries",
	.rows = rows,
	.row_count = sizeof(rows) / sizeof(*rows),
};
