// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The hook of descriptors sent through binder: this process is the context
 * manager, a child sends it a descriptor in a transaction of one way.
 */
#include "hooks.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <unistd.h>

#include <linux/android/binder.h>
#include <linux/android/binderfs.h>

#define DEVICE "under/vm"
#define BUFFER_BYTES 65536

/* Left open for as long as the process lives: it is who receives. */
static void prepare_manager(struct scene *const scene)
{
	struct binderfs_device device = { .name = "vm" };
	struct flat_binder_object manager = {
		.flags = FLAT_BINDER_FLAG_ACCEPTS_FDS,
	};
	int control_fd;

	ck_assert_int_eq(mount("vm", "under", "binder", 0, NULL), 0);
	control_fd = open("under/binder-control", O_RDONLY | O_CLOEXEC);
	ck_assert_int_ge(control_fd, 0);
	ck_assert_int_eq(ioctl(control_fd, BINDER_CTL_ADD, &device), 0);
	close(control_fd);

	scene->extra_fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(scene->extra_fd, 0);
	scene->memory = mmap(NULL, BUFFER_BYTES, PROT_READ, MAP_PRIVATE,
			     scene->extra_fd, 0);
	ck_assert_ptr_ne(scene->memory, MAP_FAILED);
	ck_assert_int_eq(ioctl(scene->extra_fd, BINDER_SET_CONTEXT_MGR_EXT,
			       &manager),
			 0);
}

/* Why the driver refused the last transaction of this thread. */
static int refusal(const int binder_fd)
{
	struct binder_extended_error error = { .id = 0 };

	if (ioctl(binder_fd, BINDER_GET_EXTENDED_ERROR, &error))
		return -errno;
	return error.param < 0 ? error.param : -EIO;
}

static int do_transfer(void *const scene)
{
	const struct binder_fd_object object = {
		.hdr.type = BINDER_TYPE_FD,
		.fd = (uint32_t)((const struct scene *)scene)->file_fd,
	};
	const binder_size_t offset = 0;
	struct {
		uint32_t command;
		struct binder_transaction_data data;
	} __attribute__((packed)) const request = {
		.command = BC_TRANSACTION,
		.data = {
			.flags = TF_ONE_WAY | TF_ACCEPT_FDS,
			.data_size = sizeof(object),
			.offsets_size = sizeof(offset),
			.data.ptr.buffer = (uintptr_t)&object,
			.data.ptr.offsets = (uintptr_t)&offset,
		},
	};
	/* Below the size of a transaction, the driver answers nothing. */
	uint32_t answers[64];
	struct binder_write_read exchange = {
		.write_size = sizeof(request),
		.write_buffer = (uintptr_t)&request,
		.read_size = sizeof(answers),
		.read_buffer = (uintptr_t)answers,
	};
	const int binder_fd = open(DEVICE, O_RDWR | O_CLOEXEC);
	size_t i;

	if (binder_fd < 0)
		return -errno;
	if (ioctl(binder_fd, BINDER_WRITE_READ, &exchange))
		return -errno;
	for (i = 0; i < exchange.read_consumed / sizeof(*answers); i++) {
		if (answers[i] == BR_TRANSACTION_COMPLETE)
			return 0;
		if (answers[i] != BR_NOOP)
			return refusal(binder_fd);
	}
	return -EIO;
}

static const struct hook_row rows[] = {
	{ .hook = "binder_transfer_file",
	  .check = "file: READ",
	  .prepare = prepare_manager,
	  .access = do_transfer,
	  .actions = LANDLOCK_ACTION_FS_READ,
	  .mode = FILE_MODE },
};

const struct hook_table hooks_binder = {
	.name = "binder",
	.rows = rows,
	.row_count = sizeof(rows) / sizeof(*rows),
};
