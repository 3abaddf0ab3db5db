// SPDX-License-Identifier: LGPL-2.1-or-later
/* Hooks of inodes: links, permissions, attributes. */
#include "hooks.h"

#include <fcntl.h>
#include <unistd.h>

static int do_readlink(void *const scene)
{
	char target[16];

	(void)scene;
	return vm_result(readlink("link", target, sizeof(target)));
}

/* F_OK: nothing is asked of what the link points to. */
static int do_follow_link(void *const scene)
{
	(void)scene;
	return vm_result(access("link", F_OK));
}

static int do_search(void *const scene)
{
	(void)scene;
	return vm_result(access("old/file", F_OK));
}

static int do_chdir(void *const scene)
{
	(void)scene;
	return vm_result(chdir("old"));
}

static int do_access_execute(void *const scene)
{
	(void)scene;
	return vm_result(access("file", X_OK));
}

static int do_access_read(void *const scene)
{
	(void)scene;
	return vm_result(access("file", R_OK));
}

static int do_access_write(void *const scene)
{
	(void)scene;
	return vm_result(access("file", W_OK));
}

/* Asks for nothing but to append and, as ever, to read. */
static int do_open_append(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_RDONLY | O_APPEND));
}

static int do_open_read(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_RDONLY));
}

static int do_chmod(void *const scene)
{
	(void)scene;
	return vm_result(chmod("file", 0600));
}

static int do_truncate(void *const scene)
{
	return vm_result(ftruncate(((const struct scene *)scene)->file_fd, 1));
}

static int do_stat(void *const scene)
{
	struct stat result;

	(void)scene;
	return vm_result(stat("file", &result));
}

static int do_fstat(void *const scene)
{
	struct stat result;

	return vm_result(
		fstat(((const struct scene *)scene)->file_fd, &result));
}

static const struct hook_row rows[] = {
	{ .hook = "inode_readlink",
	  .check = "dentry: READ",
	  .access = do_readlink,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = LINK_MODE },
	{ .hook = "inode_follow_link",
	  .check = "dentry: READ",
	  .access = do_follow_link,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = LINK_MODE },
	{ .hook = "inode_permission",
	  .check = "inode: MAY_EXEC is EXEC (search)",
	  .access = do_search,
	  .actions = LANDLOCK_ACTION_FS_EXEC,
	  .exact = true,
	  .mode = OLD_DIR_MODE },
	{ .hook = "inode_permission",
	  .check = "inode: MAY_EXEC is EXEC, MAY_CHDIR nothing (chdir)",
	  .access = do_chdir,
	  .actions = LANDLOCK_ACTION_FS_EXEC,
	  .exact = true,
	  .mode = OLD_DIR_MODE },
	{ .hook = "inode_permission",
	  .check = "inode: MAY_EXEC is EXEC, MAY_ACCESS nothing (access)",
	  .access = do_access_execute,
	  .actions = LANDLOCK_ACTION_FS_EXEC,
	  .exact = true,
	  .mode = FILE_MODE },
	{ .hook = "inode_permission",
	  .check = "inode: MAY_READ is READ",
	  .access = do_access_read,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .exact = true,
	  .mode = FILE_MODE },
	{ .hook = "inode_permission",
	  .check = "inode: MAY_WRITE is WRITE",
	  .access = do_access_write,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .exact = true,
	  .mode = FILE_MODE },
	{ .hook = "inode_permission",
	  .check = "inode: MAY_APPEND is WRITE",
	  .access = do_open_append,
	  .actions = LANDLOCK_ACTION_FS_READ | LANDLOCK_ACTION_FS_WRITE |
		     LANDLOCK_ACTION_FS_GET,
	  .exact = true,
	  .mode = FILE_MODE },
	/* With READ: not file_open, which asks for GET alone. */
	{ .hook = "inode_permission",
	  .check = "inode: MAY_OPEN is GET",
	  .access = do_open_read,
	  .actions = LANDLOCK_ACTION_FS_READ | LANDLOCK_ACTION_FS_GET,
	  .exact = true,
	  .mode = FILE_MODE },
	{ .hook = "inode_setattr",
	  .check = "dentry: WRITE (chmod)",
	  .access = do_chmod,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = FILE_MODE },
	{ .hook = "inode_setattr",
	  .check = "dentry: WRITE (ftruncate)",
	  .access = do_truncate,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = FILE_MODE },
	{ .hook = "inode_getattr",
	  .check = "path: READ (stat)",
	  .access = do_stat,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = FILE_MODE },
	{ .hook = "inode_getattr",
	  .check = "path: READ (fstat)",
	  .access = do_fstat,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = FILE_MODE },
};

const struct hook_table hooks_inode = {
	.name = "inodes",
	.rows = rows,
	.row_count = sizeof(rows) / sizeof(*rows),
};
