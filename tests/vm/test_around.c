// SPDX-License-Identifier: LGPL-2.1-or-later
/* Ways around a view by calls that name no file as open(2) does. */
#include "fsview.h"
#include "ring.h"

#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/f2fs.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <linux/msdos_fs.h>
#include <mqueue.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define LOOK (FS_PATHS_SEE | FS_PATHS_READ)
#define ATTRIBUTE "user.test"

/* Opened before the view, as what a task was given. */
enum {
	DIRECTORY_FD = 100,
	FILE_FD,
	PATH_FD
};

/*
 * In /mnt: all/ with all, look/ to be looked at, none/ with nothing. Each has a file,
 * with an attribute, and a directory dir; none/ is open as the descriptors above.
 */
static int make_tree(void)
{
	static const struct {
		const char *name;
		uint64_t access;
	} parts[] = {
		{ "all", FSVIEW_ALL },
		{ "look", LOOK },
		{ "none", 0 },
	};
	const int view = fsview_make(8);
	char path[32];
	size_t i;

	vm_scratch();
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		ck_assert_int_eq(mkdir(parts[i].name, 0777), 0);
		snprintf(path, sizeof(path), "%s/dir", parts[i].name);
		ck_assert_int_eq(mkdir(path, 0777), 0);
		snprintf(path, sizeof(path), "%s/file", parts[i].name);
		vm_file(path);
		ck_assert_int_eq(setxattr(path, ATTRIBUTE, "1", 1, 0), 0);
		ck_assert_int_eq(fsview_put(view, parts[i].name, NULL,
					    parts[i].access),
				 0);
	}
	dup2(open("none", O_RDONLY | O_DIRECTORY), DIRECTORY_FD);
	dup2(open("none/file", O_RDONLY), FILE_FD);
	dup2(open("none/dir", O_PATH), PATH_FD);
	fsview_freeze(view);
	return view;
}

/* --- io_uring --- */

static int ask_ring(const struct io_uring_sqe *const entry)
{
	struct ring ring;
	const int error = ring_open(&ring);
	const int answer = error ? error : ring_do(&ring, entry);

	return answer < 0 ? answer : 0;
}

static int ring_getxattr(const char *const path)
{
	static char value[8];

	return ask_ring(&(struct io_uring_sqe){
		.opcode = IORING_OP_GETXATTR,
		.addr = (uintptr_t)ATTRIBUTE,
		.addr2 = (uintptr_t)value,
		.len = sizeof(value),
		.addr3 = (uintptr_t)path,
	});
}

static int ring_setxattr(const char *const path)
{
	return ask_ring(&(struct io_uring_sqe){
		.opcode = IORING_OP_SETXATTR,
		.addr = (uintptr_t)ATTRIBUTE,
		.addr2 = (uintptr_t) "2",
		.len = 1,
		.addr3 = (uintptr_t)path,
	});
}

static int ring_fgetxattr(const char *const path)
{
	static char value[8];

	(void)path;
	return ask_ring(&(struct io_uring_sqe){
		.opcode = IORING_OP_FGETXATTR,
		.fd = FILE_FD,
		.addr = (uintptr_t)ATTRIBUTE,
		.addr2 = (uintptr_t)value,
		.len = sizeof(value),
	});
}

static int ring_fsetxattr(const char *const path)
{
	(void)path;
	return ask_ring(&(struct io_uring_sqe){
		.opcode = IORING_OP_FSETXATTR,
		.fd = FILE_FD,
		.addr = (uintptr_t)ATTRIBUTE,
		.addr2 = (uintptr_t) "2",
		.len = 1,
	});
}

static int ring_stat(const char *const path)
{
	static struct statx status;

	return ask_ring(&(struct io_uring_sqe){
		.opcode = IORING_OP_STATX,
		.fd = AT_FDCWD,
		.addr = (uintptr_t)path,
		.len = STATX_MODE,
		.off = (uintptr_t)&status,
	});
}

static int ring_open_file(const char *const path)
{
	return ask_ring(&(struct io_uring_sqe){
		.opcode = IORING_OP_OPENAT,
		.fd = AT_FDCWD,
		.addr = (uintptr_t)path,
		.open_flags = O_RDONLY,
	});
}

static int ring_unlink(const char *const path)
{
	return ask_ring(&(struct io_uring_sqe){
		.opcode = IORING_OP_UNLINKAT,
		.fd = AT_FDCWD,
		.addr = (uintptr_t)path,
	});
}

/* --- watching --- */

static int watch_inotify(const char *const path)
{
	return vm_result(inotify_add_watch(inotify_init1(IN_CLOEXEC), path,
					   IN_ALL_EVENTS));
}

static int watch_inotify_descriptor(const char *const path)
{
	char again[32];

	(void)path;
	snprintf(again, sizeof(again), "/proc/self/fd/%d", PATH_FD);
	return watch_inotify(again);
}

static int mark(const char *const path, const unsigned int flags)
{
	const int group = fanotify_init(FAN_CLASS_NOTIF, O_RDONLY);

	return vm_result(group < 0 ? group
				   : fanotify_mark(group, FAN_MARK_ADD | flags,
						   FAN_OPEN | FAN_ACCESS,
						   AT_FDCWD, path));
}

static int watch_fanotify(const char *const path)
{
	return mark(path, 0);
}

static int watch_mount(const char *const path)
{
	return mark(path, FAN_MARK_MOUNT);
}

static int watch_file_system(const char *const path)
{
	return mark(path, FAN_MARK_FILESYSTEM);
}

/* --- what a descriptor without a right to it can do --- */

static int change_flags(const int fd)
{
	int flags = FS_NODUMP_FL;

	if (fd < 0)
		return -errno;
	return vm_result(ioctl(fd, FS_IOC_SETFLAGS, &flags));
}

static int flags_by_third_mode(const char *const path)
{
	return change_flags(open(path, O_ACCMODE));
}

static int flags_by_reader(const char *const path)
{
	return change_flags(open(path, O_RDONLY));
}

static int attributes_by_reader(const char *const path)
{
	struct fsxattr attributes = { .fsx_xflags = FS_XFLAG_NODUMP };

	return vm_result(
		ioctl(open(path, O_RDONLY), FS_IOC_FSSETXATTR, &attributes));
}

static int open_third_mode(const char *const path)
{
	return vm_result(open(path, O_ACCMODE));
}

static int truncate_by_reader(const char *const path)
{
	return vm_result(open(path, O_RDONLY | O_TRUNC));
}

/* --- not by path --- */

static int queue(const char *const path)
{
	const mqd_t made = mq_open("/landlock", O_CREAT | O_RDWR, 0600, NULL);

	(void)path;
	if (made == (mqd_t)-1)
		return -errno;
	return vm_result(mq_unlink("/landlock"));
}

static const struct use {
	const char *name;
	int (*function)(const char *path);
	const char *path;
	int expected;
} uses[] = {
	{ "getxattr by io_uring", ring_getxattr, "none/file", -EACCES },
	{ "granted", ring_getxattr, "look/file", 0 },
	{ "setxattr by io_uring", ring_setxattr, "look/file", -EACCES },
	{ "outside", ring_setxattr, "none/file", -EACCES },
	{ "granted", ring_setxattr, "all/file", 0 },
	{ "fgetxattr by io_uring", ring_fgetxattr, "", -EACCES },
	{ "fsetxattr by io_uring", ring_fsetxattr, "", -EACCES },
	{ "statx by io_uring", ring_stat, "none/file", -EACCES },
	{ "granted", ring_stat, "look/file", 0 },
	{ "openat by io_uring", ring_open_file, "none/file", -EACCES },
	{ "granted", ring_open_file, "look/file", 0 },
	{ "unlinkat by io_uring", ring_unlink, "look/file", -EACCES },
	{ "granted", ring_unlink, "all/file", 0 },

	{ "inotify", watch_inotify, "none/dir", -EACCES },
	{ "of a file", watch_inotify, "none/file", -EACCES },
	{ "of a descriptor", watch_inotify_descriptor, "", -EACCES },
	{ "granted", watch_inotify, "look/dir", 0 },
	{ "fanotify", watch_fanotify, "none/dir", -EACCES },
	{ "granted", watch_fanotify, "look/dir", 0 },
	{ "fanotify of a mount", watch_mount, "look/dir", -EPERM },
	{ "of a file system", watch_file_system, "all/dir", -EPERM },

	{ "access mode 3", open_third_mode, "look/file", -EACCES },
	{ "granted", open_third_mode, "all/file", 0 },
	{ "flags by access mode 3", flags_by_third_mode, "look/file", -EACCES },
	{ "granted", flags_by_third_mode, "all/file", 0 },
	{ "flags by a reader", flags_by_reader, "look/file", -EACCES },
	{ "of a directory", flags_by_reader, "look/dir", -EACCES },
	{ "granted", flags_by_reader, "all/dir", 0 },
	{ "fsxattr by a reader", attributes_by_reader, "look/file", -EACCES },
	{ "truncation by a reader", truncate_by_reader, "look/file", -EACCES },
	{ "granted", truncate_by_reader, "all/file", 0 },

	{ "a message queue", queue, "", 0 },
};

/* Requests that other file systems have than this one. */
#define EXT4_SETVERSION _IOW('f', 4, long)
#define EXT4_SETVERSION_32 _IOW('f', 4, int)
#define BTRFS_SET_RECEIVED_32 _IOC(_IOC_READ | _IOC_WRITE, 0x94, 37, 192)
#define OCFS2_REFLINK _IOC(_IOC_WRITE, 'o', 4, 24)
#define BCACHEFS_CREATE _IOC(_IOC_WRITE, 0xbc, 16, 32)
#define BCACHEFS_DESTROY _IOC(_IOC_WRITE, 0xbc, 17, 32)
#define BCACHEFS_REINHERIT _IOR(0xbc, 64, void *)
#define CEPH_SET_LAYOUT _IOC(_IOC_WRITE, 0x97, 2, 40)

static const struct request {
	const char *name;
	unsigned long command;
	const char *path;
	int expected; /* -ENOTTY: allowed, as tmpfs knows none of them */
} requests[] = {
	{ "EXT4_IOC_SETVERSION", EXT4_SETVERSION, "look/file", -EACCES },
	{ "granted", EXT4_SETVERSION, "all/file", -ENOTTY },
	{ "EXT4_IOC32_SETVERSION", EXT4_SETVERSION_32, "look/file", -EACCES },
	{ "FAT_IOCTL_SET_ATTRIBUTES", FAT_IOCTL_SET_ATTRIBUTES, "look/file",
	  -EACCES },
	{ "granted", FAT_IOCTL_SET_ATTRIBUTES, "all/file", -ENOTTY },
	{ "F2FS_IOC_SET_PIN_FILE", F2FS_IOC_SET_PIN_FILE, "look/file",
	  -EACCES },
	{ "SET_RECEIVED_SUBVOL", BTRFS_IOC_SET_RECEIVED_SUBVOL, "look/dir",
	  -EACCES },
	{ "granted", BTRFS_IOC_SET_RECEIVED_SUBVOL, "all/dir", -ENOTTY },
	{ "its 32 bits", BTRFS_SET_RECEIVED_32, "look/dir", -EACCES },
	{ "SUBVOL_CREATE", BTRFS_IOC_SUBVOL_CREATE, "look/dir", -EACCES },
	{ "granted", BTRFS_IOC_SUBVOL_CREATE, "all/dir", -ENOTTY },
	{ "SUBVOL_CREATE_V2", BTRFS_IOC_SUBVOL_CREATE_V2, "look/dir", -EACCES },
	/* A copy of what a view may deny, or at another place than it knows. */
	{ "SNAP_CREATE", BTRFS_IOC_SNAP_CREATE, "all/dir", -EACCES },
	{ "SNAP_CREATE_V2", BTRFS_IOC_SNAP_CREATE_V2, "all/dir", -EACCES },
	{ "SNAP_DESTROY", BTRFS_IOC_SNAP_DESTROY, "all/dir", -EACCES },
	{ "SNAP_DESTROY_V2", BTRFS_IOC_SNAP_DESTROY_V2, "all/dir", -EACCES },
	{ "OCFS2_IOC_REFLINK", OCFS2_REFLINK, "all/file", -EACCES },
	{ "BCH_IOCTL_SUBVOLUME_CREATE", BCACHEFS_CREATE, "all/dir", -EACCES },
	{ "BCH_IOCTL_SUBVOLUME_DESTROY", BCACHEFS_DESTROY, "all/dir", -EACCES },
	{ "BCHFS_IOC_REINHERIT_ATTRS", BCACHEFS_REINHERIT, "all/dir", -EACCES },
	{ "CEPH_IOC_SET_LAYOUT", CEPH_SET_LAYOUT, "look/file", -EACCES },
	{ "granted", CEPH_SET_LAYOUT, "all/file", -ENOTTY },
	{ "what only asks", FIONREAD, "look/file", 0 },
};

static int do_request(void *const argument)
{
	static char nothing[4096];
	const struct request *const it = argument;

	return vm_result(ioctl(open(it->path, O_RDONLY), it->command, nothing));
}

START_TEST(each_request_is_judged)
{
	struct request it = requests[_i];
	const int result = fsview_child(make_tree(), do_request, &it);

	ck_assert_msg(result == it.expected, "%s %s: %s", it.name, it.path,
		      strerror(-result));
}
END_TEST

static int use(void *const argument)
{
	const struct use *const it = argument;

	return it->function(it->path);
}

START_TEST(each_way_is_judged)
{
	struct use it = uses[_i];
	const int result = fsview_child(make_tree(), use, &it);

	ck_assert_msg(result == it.expected, "%s %s: %s", it.name, it.path,
		      strerror(-result));
}
END_TEST

static int use_queue(void *const argument)
{
	(void)argument;
	return queue("");
}

/* mq_open(3) goes by no path, but its file system may be mounted, and denied. */
START_TEST(queues_are_denied_where_their_file_system_is)
{
	const int view = fsview_make(2);

	vm_scratch();
	ck_assert_int_eq(mount("vm", ".", "mqueue", 0, NULL), 0);
	fsview_put_elsewhere(view, FSVIEW_GRANT_ALL);
	ck_assert_int_eq(fsview_put(view, VM_SCRATCH, NULL, 0), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child(view, use_queue, NULL), -EACCES);
}
END_TEST

/* --- pins --- */

static int get_pin(const char *const path, const uint32_t flags)
{
	union bpf_attr attr = {
		.pathname = (uintptr_t)path,
		.file_flags = flags,
	};

	return fsview_bpf(BPF_OBJ_GET, &attr);
}

static int get_to_read(void *const path)
{
	const int fd = get_pin(path, BPF_F_RDONLY);

	return fd < 0 ? fd : 0;
}

static int get_to_change(void *const path)
{
	const int fd = get_pin(path, 0);

	return fd < 0 ? fd : 0;
}

START_TEST(a_pin_is_opened_as_its_path_is_granted)
{
	const int view = fsview_make(4);
	union bpf_attr pin = { .bpf_fd = (uint32_t)fsview_load_rule() };
	char look[] = "look/pin", none[] = "none/pin";

	vm_scratch();
	ck_assert_int_eq(mkdir("look", 0755), 0);
	ck_assert_int_eq(mkdir("none", 0755), 0);
	ck_assert_int_eq(mount("none", "look", "bpf", 0, NULL), 0);
	ck_assert_int_eq(mount("none", "none", "bpf", 0, NULL), 0);
	pin.pathname = (uintptr_t)look;
	ck_assert_int_eq(fsview_bpf(BPF_OBJ_PIN, &pin), 0);
	pin.pathname = (uintptr_t)none;
	ck_assert_int_eq(fsview_bpf(BPF_OBJ_PIN, &pin), 0);
	ck_assert_int_eq(fsview_put(view, "look", NULL, LOOK), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child(view, get_to_read, look), 0);
	ck_assert_int_eq(fsview_child(view, get_to_change, look), -EACCES);
	ck_assert_int_eq(fsview_child(view, get_to_read, none), -EACCES);
}
END_TEST

/* --- by rules of other events --- */

static int deny_get(void)
{
	static const struct loader_parameter parameters[] = {
		{ "actions", "16" },
		{ "mode_mask", "61440" },
		{ "mode_value", "32768" },
	};

	_Static_assert(LANDLOCK_ACTION_FS_GET == 16 && S_IFMT == 61440 &&
			       S_IFREG == 32768,
		       "the parameters' values");
	return vm_load_rule("deny_action", LANDLOCK_SUBTYPE_EVENT_FS,
			    parameters, ARRAY_SIZE(parameters));
}

/* From one ring to another, both of the task. */
static int send_by_ring(void *const argument)
{
	const int file = *(const int *)argument;
	struct ring from, to;
	int error = ring_open(&from);

	if (!error)
		error = ring_open(&to);
	if (!error)
		error = vm_result(syscall(__NR_io_uring_register, from.fd,
					  IORING_REGISTER_FILES, &file, 1));
	if (!error)
		error = vm_result(syscall(__NR_io_uring_register, to.fd,
					  IORING_REGISTER_FILES,
					  &(const int){ -1 }, 1));
	if (error)
		return -ERANGE;
	error = ring_do(&from, &(struct io_uring_sqe){
				       .opcode = IORING_OP_MSG_RING,
				       .fd = to.fd,
				       .addr = IORING_MSG_SEND_FD,
				       .addr3 = 0,
				       .file_index = 1,
			       });
	return error < 0 ? error : 0;
}

START_TEST(a_file_that_a_ring_is_sent_is_received)
{
	int file;

	vm_scratch();
	vm_file("file");
	file = open("file", O_RDONLY);
	ck_assert_int_eq(vm_child_under(-1, send_by_ring, &file), 0);
	ck_assert_int_eq(vm_child_under(deny_get(), send_by_ring, &file),
			 -EPERM);
}
END_TEST

static int make_subvolume(void *const argument)
{
	static struct btrfs_ioctl_vol_args arguments = { .name = "new" };

	(void)argument;
	return vm_result(
		ioctl(DIRECTORY_FD, BTRFS_IOC_SUBVOL_CREATE, &arguments));
}

START_TEST(a_subvolume_is_a_new_entry)
{
	vm_scratch();
	dup2(open(".", O_RDONLY | O_DIRECTORY), DIRECTORY_FD);
	ck_assert_int_eq(vm_child_under(-1, make_subvolume, NULL), -ENOTTY);
	ck_assert_int_eq(vm_child_under(vm_load_rule("deny_create",
						     LANDLOCK_SUBTYPE_EVENT_FS,
						     NULL, 0),
					make_subvolume, NULL),
			 -EPERM);
}
END_TEST

/* --- descriptors that go around --- */

#define DEVICE "/dev/zero"

static int give_device(void *const through)
{
	int device = open(DEVICE, O_RDONLY);

	return device < 0 ? -errno : vm_pass(*(int *)through, &device, false);
}

/* By who holds it now, who is under no rule, as by who opened it. */
START_TEST(a_device_is_under_the_rules_that_it_was_opened_under)
{
	const int view = fsview_make(4);
	int sockets[2], device;

	vm_scratch();
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
	ck_assert_int_eq(fsview_put(view, "/dev", NULL, LOOK), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child(view, give_device, &sockets[1]), 0);
	ck_assert_int_eq(vm_pass(sockets[0], &device, true), 0);
	ck_assert_int_eq(vm_result(ioctl(device, _IO('l', 1), 0)), -EACCES);
	ck_assert_int_eq(
		vm_result(ioctl(open(DEVICE, O_RDONLY), _IO('l', 1), 0)),
		-ENOTTY);
}
END_TEST

/* --- handles --- */

struct handle {
	struct file_handle head;
	unsigned char bytes[MAX_HANDLE_SZ];
	int directory;
};

static int open_handle(void *const argument)
{
	struct handle *const handle = argument;

	return vm_result(
		open_by_handle_at(handle->directory, &handle->head, O_RDONLY));
}

/*
 * Nobody knows where a file is that no name was looked up of, and so not that it is
 * beneath the mount: here an overlay, whose file systems below know it by number.
 */
START_TEST(a_file_by_handle_is_elsewhere)
{
	struct handle handle = { .head.handle_bytes = MAX_HANDLE_SZ };
	const int strict = fsview_make(4), elsewhere = fsview_make(4),
		  shut = fsview_make(4);
	int mount_id, fd;

	vm_scratch();
	ck_assert_int_eq(mkdir("low", 0755), 0);
	ck_assert_int_eq(mkdir("low/shut", 0755), 0);
	ck_assert_int_eq(mkdir("up", 0755), 0);
	ck_assert_int_eq(mkdir("work", 0755), 0);
	ck_assert_int_eq(mkdir("at", 0755), 0);
	vm_file("low/shut/file");
	ck_assert_int_eq(mount("vm", "at", "overlay", 0,
			       "lowerdir=low,upperdir=up,workdir=work,"
			       "index=on,nfs_export=on"),
			 0);
	ck_assert_int_eq(name_to_handle_at(AT_FDCWD, "at/shut/file",
					   &handle.head, &mount_id, 0),
			 0);
	ck_assert_int_eq(fsview_put(strict, "/", NULL, LOOK), 0);
	ck_assert_int_eq(fsview_put(strict, "at/shut", NULL, 0), 0);
	fsview_freeze(strict);
	fsview_put_elsewhere(elsewhere,
			     (struct landlock_fsview_value){ LOOK, LOOK });
	fsview_freeze(elsewhere);
	fsview_put_elsewhere(shut,
			     (struct landlock_fsview_value){ LOOK, LOOK });
	ck_assert_int_eq(fsview_put(shut, "at", NULL, 0), 0);
	fsview_freeze(shut);
	handle.directory = open("at", O_RDONLY | O_DIRECTORY);
	/* Where a name is known, it is granted what is granted there. */
	ck_assert_int_eq(fsview_child(strict, open_handle, &handle), -EACCES);
	fd = open("/proc/sys/vm/drop_caches", O_WRONLY);
	ck_assert_int_eq(write(fd, "2", 1), 1);
	close(fd);
	ck_assert_int_eq(fsview_child(strict, open_handle, &handle), -EACCES);
	ck_assert_int_eq(fsview_child(shut, open_handle, &handle), -EACCES);
	ck_assert_int_eq(fsview_child(elsewhere, open_handle, &handle), 0);
}
END_TEST

#define COMMAND 4711

/* /dev/null takes any command of io_uring, and does nothing. */
static int command_by_ring(void *const argument)
{
	const struct io_uring_sqe entry = {
		.opcode = IORING_OP_URING_CMD,
		.fd = *(const int *)argument,
		.cmd_op = COMMAND,
	};
	struct ring ring;

	return ring_open(&ring) ? -ERANGE : ring_do(&ring, &entry);
}

START_TEST(a_command_of_io_uring_is_an_ioctl)
{
	static const struct loader_parameter parameters[] = {
		{ "command", "4711" },
	};
	const int deny =
		vm_load_rule("deny_command", LANDLOCK_SUBTYPE_EVENT_FS_IOCTL,
			     parameters, ARRAY_SIZE(parameters));
	int null = open("/dev/null", O_RDWR);

	ck_assert_int_eq(vm_child_under(-1, command_by_ring, &null), 0);
	ck_assert_int_eq(vm_child_under(deny, command_by_ring, &null), -EPERM);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("around");
	TCase *const ways = tcase_create("ways");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(uses); i++)
		vm_add_row(ways, each_way_is_judged->fn, (int)i, "%s, %s",
			   uses[i].name, uses[i].path);
	for (i = 0; i < ARRAY_SIZE(requests); i++)
		vm_add_row(ways, each_request_is_judged->fn, (int)i, "%s, %s",
			   requests[i].name, requests[i].path);
	tcase_add_test(ways, queues_are_denied_where_their_file_system_is);
	tcase_add_test(ways, a_pin_is_opened_as_its_path_is_granted);
	tcase_add_test(ways, a_file_that_a_ring_is_sent_is_received);
	tcase_add_test(ways, a_command_of_io_uring_is_an_ioctl);
	tcase_add_test(ways, a_subvolume_is_a_new_entry);
	tcase_add_test(ways,
		       a_device_is_under_the_rules_that_it_was_opened_under);
	tcase_add_test(ways, a_file_by_handle_is_elsewhere);
	tcase_set_timeout(ways, VM_TIMEOUT_SECONDS);
	fsview_share_rule(ways);
	suite_add_tcase(suite, ways);
	return run_suite(suite);
}
