// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Hooks of open files. What is opened is opened before the rule is applied, so
 * that nothing but the hook asks.
 *
 * file_permission is only ever asked to read or to write; the other bits of its
 * mask, which it shares with inode_permission, have their rows there.
 */
#include "hooks.h"

#include <fcntl.h>
#include <string.h>

#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int do_read(void *const scene)
{
	char byte;

	return vm_result(
		read(((const struct scene *)scene)->file_fd, &byte, 1));
}

static int do_write(void *const scene)
{
	return vm_result(write(((const struct scene *)scene)->file_fd, "", 1));
}

static int do_getdents(void *const scene)
{
	char entries[1024];

	return vm_result(syscall(SYS_getdents64,
				 ((const struct scene *)scene)->dir_fd, entries,
				 sizeof(entries)));
}

static int do_ioctl(void *const scene)
{
	int readable;

	return vm_result(ioctl(((const struct scene *)scene)->file_fd, FIONREAD,
			       &readable));
}

static int do_flock(void *const scene)
{
	return vm_result(
		flock(((const struct scene *)scene)->file_fd, LOCK_EX));
}

static int do_fcntl_lock(void *const scene)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return vm_result(
		fcntl(((const struct scene *)scene)->file_fd, F_SETLK, &lock));
}

static int do_fcntl(void *const scene)
{
	return vm_result(
		fcntl(((const struct scene *)scene)->file_fd, F_GETFD));
}

static int do_open(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_RDONLY));
}

/* From itself, where no ptrace(2) check comes before. */
static int do_pidfd_getfd(void *const scene)
{
	const int pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0);

	if (pidfd < 0)
		return -errno;
	return vm_result(syscall(SYS_pidfd_getfd, pidfd,
				 ((const struct scene *)scene)->file_fd, 0));
}

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static void prepare_message(struct scene *const scene)
{
	char byte = 0;
	struct iovec data = { .iov_base = &byte, .iov_len = 1 };
	union control control = {
		.header = {
			.cmsg_len = CMSG_LEN(sizeof(int)),
			.cmsg_level = SOL_SOCKET,
			.cmsg_type = SCM_RIGHTS,
		},
	};
	const struct msghdr message = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	memcpy(CMSG_DATA(&control.header), &scene->file_fd, sizeof(int));
	ck_assert_int_eq(sendmsg(ends[0], &message, 0), 1);
	scene->extra_fd = ends[1];
}

/* recvmsg(2) tells no errno: a descriptor that is refused is cut off. */
static int do_receive(void *const scene)
{
	char byte;
	struct iovec data = { .iov_base = &byte, .iov_len = 1 };
	union control control;
	struct msghdr message = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};

	if (recvmsg(((const struct scene *)scene)->extra_fd, &message, 0) != 1)
		return -errno;
	if (message.msg_flags & MSG_CTRUNC)
		return CMSG_FIRSTHDR(&message) ? -EIO : -EPERM;
	return CMSG_FIRSTHDR(&message) ? 0 : -EIO;
}

#define FILE_ROW(HOOK, CHECK, ACCESS, ACTION)                                  \
	{                                                                      \
		.hook = HOOK, .check = CHECK, .access = ACCESS,                \
		.actions = LANDLOCK_ACTION_FS_##ACTION, .mode = FILE_MODE      \
	}

static const struct hook_row rows[] = {
	FILE_ROW("file_permission", "file: MAY_READ is READ", do_read, READ),
	FILE_ROW("file_permission", "file: MAY_WRITE is WRITE", do_write,
		 WRITE),
	{ .hook = "file_permission",
	  .check = "file: MAY_READ is READ (directory)",
	  .access = do_getdents,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = OLD_DIR_MODE },
	FILE_ROW("file_ioctl", "file: IOCTL", do_ioctl, IOCTL),
	FILE_ROW("file_lock", "file: LOCK (flock)", do_flock, LOCK),
	FILE_ROW("file_lock", "file: LOCK (fcntl)", do_fcntl_lock, LOCK),
	FILE_ROW("file_fcntl", "file: FCNTL", do_fcntl, FCNTL),
	FILE_ROW("file_receive", "file: GET (pidfd_getfd)", do_pidfd_getfd,
		 GET),
	{ .hook = "file_receive",
	  .check = "file: GET (SCM_RIGHTS)",
	  .prepare = prepare_message,
	  .access = do_receive,
	  .actions = LANDLOCK_ACTION_FS_GET,
	  .mode = FILE_MODE },
	/* Alone: inode_permission asks for READ and GET at once. */
	{ .hook = "file_open",
	  .check = "file: GET",
	  .access = do_open,
	  .actions = LANDLOCK_ACTION_FS_GET,
	  .exact = true,
	  .mode = FILE_MODE },
};

const struct hook_table hooks_file = {
	.name = "open files",
	.rows = rows,
	.row_count = sizeof(rows) / sizeof(*rows),
};
