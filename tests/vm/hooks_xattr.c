// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Hooks of extended attributes and access control lists.
 *
 * Names are "trusted." where the row is not about another kind: for those, the
 * kernel asks no inode_permission before.
 *
 * inode_getsecurity asks the same as inode_getxattr right before it, and
 * inode_setsecurity the same as inode_setxattr: a rule can't deny the second
 * without the first. Their rows prove the access, test_trace.c that both ask.
 */
#include "hooks.h"

#include <endian.h>
#include <string.h>

#include <sys/mount.h>
#include <sys/xattr.h>

#include <linux/posix_acl_xattr.h>
#include <linux/posix_acl.h>

#define TRUSTED "trusted.vm"
#define SECURITY "security.vm"
#define ACL "system.posix_acl_access"

static void prepare_attribute(struct scene *const scene)
{
	(void)scene;
	ck_assert_int_eq(setxattr("file", TRUSTED, "1", 1, 0), 0);
}

static void prepare_security(struct scene *const scene)
{
	(void)scene;
	ck_assert_int_eq(setxattr("file", SECURITY, "1", 1, 0), 0);
}

/* A file system without extended attributes, where the LSMs are asked. */
static void prepare_plain(struct scene *const scene)
{
	(void)scene;
	ck_assert_int_eq(mount("vm", "under", "ramfs", 0, "mode=0754"), 0);
}

static int do_setxattr(void *const scene)
{
	(void)scene;
	return vm_result(setxattr("file", TRUSTED, "2", 1, 0));
}

static int do_removexattr(void *const scene)
{
	(void)scene;
	return vm_result(removexattr("file", TRUSTED));
}

static int do_getxattr(void *const scene)
{
	char value[8];

	(void)scene;
	return vm_result(getxattr("file", TRUSTED, value, sizeof(value)));
}

static int do_listxattr(void *const scene)
{
	char names[64];

	(void)scene;
	return vm_result(listxattr("file", names, sizeof(names)));
}

static int do_getsecurity(void *const scene)
{
	char value[8];

	(void)scene;
	return vm_result(getxattr("file", SECURITY, value, sizeof(value)));
}

static int do_setsecurity(void *const scene)
{
	(void)scene;
	return vm_result(setxattr("under", SECURITY, "1", 1, 0));
}

/* As the permission bits of the file: it needs no list stored. */
static int do_set_acl(void *const scene)
{
	const struct {
		struct posix_acl_xattr_header header;
		struct posix_acl_xattr_entry entries[3];
	} list = {
		.header = { htole32(POSIX_ACL_XATTR_VERSION) },
		.entries = { { htole16(ACL_USER_OBJ), htole16(07), 0 },
			     { htole16(ACL_GROUP_OBJ), htole16(04), 0 },
			     { htole16(ACL_OTHER), htole16(05), 0 } },
	};

	(void)scene;
	return vm_result(setxattr("file", ACL, &list, sizeof(list), 0));
}

static int do_get_acl(void *const scene)
{
	char value[64];

	(void)scene;
	return vm_result(getxattr("file", ACL, value, sizeof(value)));
}

static int do_remove_acl(void *const scene)
{
	(void)scene;
	return vm_result(removexattr("file", ACL));
}

static const struct hook_row rows[] = {
	{ .hook = "inode_setxattr",
	  .check = "dentry: WRITE",
	  .access = do_setxattr,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = FILE_MODE },
	{ .hook = "inode_removexattr",
	  .check = "dentry: WRITE",
	  .prepare = prepare_attribute,
	  .access = do_removexattr,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = FILE_MODE },
	{ .hook = "inode_getxattr",
	  .check = "dentry: READ",
	  .prepare = prepare_attribute,
	  .access = do_getxattr,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = FILE_MODE },
	{ .hook = "inode_listxattr",
	  .check = "dentry: READ",
	  .access = do_listxattr,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = FILE_MODE },
	{ .hook = "inode_getsecurity",
	  .check = "inode: READ (after inode_getxattr)",
	  .prepare = prepare_security,
	  .access = do_getsecurity,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = FILE_MODE },
	/* No LSM takes the attribute, which is not a denial. */
	{ .hook = "inode_setsecurity",
	  .check = "inode: WRITE (after inode_setxattr)",
	  .prepare = prepare_plain,
	  .access = do_setsecurity,
	  .allowed = -EOPNOTSUPP,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = MOUNTED_MODE },
	{ .hook = "inode_set_acl",
	  .check = "dentry: WRITE",
	  .access = do_set_acl,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = FILE_MODE },
	{ .hook = "inode_get_acl",
	  .check = "dentry: READ",
	  .access = do_get_acl,
	  .allowed = -ENODATA,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = FILE_MODE },
	{ .hook = "inode_remove_acl",
	  .check = "dentry: WRITE",
	  .access = do_remove_acl,
	  .actions = LANDLOCK_ACTION_FS_WRITE,
	  .mode = FILE_MODE },
};

const struct hook_table hooks_xattr = {
	.name = "extended attributes",
	.rows = rows,
	.row_count = sizeof(rows) / sizeof(*rows),
};
