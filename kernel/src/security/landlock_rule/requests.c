// SPDX-License-Identifier: GPL-2.0-only
/*
 * Landlock rules - requests to file systems that are judged like system calls
 *
 * They do what has a system call with a question of its own, through a descriptor
 * that needs no right to it: attributes through one to read, entries of a
 * directory. Those that need one open for writing, or CAP_SYS_ADMIN, are not here.
 */

#include <linux/array_size.h>
#include <linux/btrfs.h>
#include <linux/ext4.h>
#include <linux/f2fs.h>
#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <linux/fsverity.h>
#include <linux/ioctl.h>
#include <linux/msdos_fs.h>
#include <uapi/linux/landlock_rule.h>

#include "requests.h"

#define CHANGE_ATTR (LANDLOCK_ACTION_FS_WRITE | LANDLOCK_ACTION_FS_ATTR)
#define MAKE_ENTRY (LANDLOCK_ACTION_FS_WRITE | LANDLOCK_ACTION_FS_NEW)
#define REMOVE_ENTRY (LANDLOCK_ACTION_FS_WRITE | LANDLOCK_ACTION_FS_REMOVE)

/* Private to their file systems: numbers alone, with the size of the argument. */
#define BTRFS_SET_RECEIVED_32 \
	_IOC(_IOC_READ | _IOC_WRITE, BTRFS_IOCTL_MAGIC, 37, 192)
#define OCFS2_REFLINK _IOC(_IOC_WRITE, 'o', 4, 3 * sizeof(u64))
#define BCACHEFS_SUBVOLUME_CREATE _IOC(_IOC_WRITE, 0xbc, 16, 4 * sizeof(u64))
#define BCACHEFS_SUBVOLUME_DESTROY _IOC(_IOC_WRITE, 0xbc, 17, 4 * sizeof(u64))
#define BCACHEFS_REINHERIT _IOR(0xbc, 64, void *)
#define BCACHEFS_REINHERIT_32 _IOR(0xbc, 64, u32)
#define CEPH_SET_LAYOUT _IOC(_IOC_WRITE, 0x97, 2, 5 * sizeof(u64))
#define CEPH_SET_LAYOUT_POLICY _IOC(_IOC_WRITE, 0x97, 5, 5 * sizeof(u64))

static const struct landlock_rule_request requests[] = {
	{ FS_IOC_SETFLAGS, false, CHANGE_ATTR },
	{ FS_IOC32_SETFLAGS, false, CHANGE_ATTR },
	{ FS_IOC_SETVERSION, false, CHANGE_ATTR },
	{ FS_IOC32_SETVERSION, false, CHANGE_ATTR },
	{ EXT4_IOC_SETVERSION, false, CHANGE_ATTR },
	{ EXT4_IOC32_SETVERSION, false, CHANGE_ATTR },
	{ FS_IOC_FSSETXATTR, false, CHANGE_ATTR },
	{ FS_IOC_SET_ENCRYPTION_POLICY, false, CHANGE_ATTR },
	{ FS_IOC_ENABLE_VERITY, false, CHANGE_ATTR },
	{ FAT_IOCTL_SET_ATTRIBUTES, false, CHANGE_ATTR },
	{ F2FS_IOC_SET_PIN_FILE, false, CHANGE_ATTR },
	{ BTRFS_IOC_SUBVOL_SETFLAGS, false, CHANGE_ATTR },
	{ BTRFS_IOC_SET_RECEIVED_SUBVOL, false, CHANGE_ATTR },
	{ BTRFS_SET_RECEIVED_32, false, CHANGE_ATTR },
	{ CEPH_SET_LAYOUT, false, CHANGE_ATTR },
	{ CEPH_SET_LAYOUT_POLICY, false, CHANGE_ATTR },
	/* Of one name in the directory. */
	{ BTRFS_IOC_SUBVOL_CREATE, false, MAKE_ENTRY },
	{ BTRFS_IOC_SUBVOL_CREATE_V2, false, MAKE_ENTRY },
	/*
	 * What a snapshot copies may be denied where it is and in no view where
	 * it comes to. What is destroyed may be denied by its name, or be in
	 * another directory.
	 */
	{ BTRFS_IOC_SNAP_CREATE, true, MAKE_ENTRY },
	{ BTRFS_IOC_SNAP_CREATE_V2, true, MAKE_ENTRY },
	{ BTRFS_IOC_SNAP_DESTROY, true, REMOVE_ENTRY },
	{ BTRFS_IOC_SNAP_DESTROY_V2, true, REMOVE_ENTRY },
	/* These take names. */
	{ BCACHEFS_REINHERIT, true, CHANGE_ATTR },
	{ BCACHEFS_REINHERIT_32, true, CHANGE_ATTR },
	{ OCFS2_REFLINK, true, MAKE_ENTRY },
	{ BCACHEFS_SUBVOLUME_CREATE, true, MAKE_ENTRY },
	{ BCACHEFS_SUBVOLUME_DESTROY, true, REMOVE_ENTRY },
};

/**
 * landlock_rule_request - what a request does
 * @command: the request.
 *
 * Return: NULL for most, which nothing is asked about.
 */
const struct landlock_rule_request *
landlock_rule_request(const unsigned int command)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		if (requests[i].command == command)
			return &requests[i];
	}
	return NULL;
}
