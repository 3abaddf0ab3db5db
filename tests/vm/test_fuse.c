// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a file system in user space decides by itself is asked about before: when a
 * file is truncated, and which inode has a name.
 */
#include "fsview.h"

#include <fcntl.h>
#include <linux/fuse.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK (FS_PATHS_SEE | FS_PATHS_READ)
#define AT "at"

/* What the server saw; shared with it. */
struct seen {
	unsigned int truncations;
	unsigned int lookups;
};

static struct seen *seen;
static pid_t server;

/* The root is a directory, all else are files, all writable. */
static struct fuse_attr attributes_of(const uint64_t node)
{
	return (struct fuse_attr){
		.ino = node,
		.mode = node == FUSE_ROOT_ID ? S_IFDIR | 0777 : S_IFREG | 0666,
		.nlink = 1,
		.size = node == FUSE_ROOT_ID ? 0 : 4,
		.blksize = 4096,
	};
}

union answer {
	struct fuse_init_out init;
	struct fuse_entry_out entry;
	struct fuse_attr_out attributes;
	struct fuse_open_out open;
};

/* Each name is there, and each time another file has it. Returns the size, or -1. */
static int answer_to(const struct fuse_in_header *const question,
		     const void *const argument, union answer *const answer)
{
	const struct fuse_open_in *const open = argument;

	memset(answer, 0, sizeof(*answer));
	switch (question->opcode) {
	case FUSE_INIT:
		answer->init = (struct fuse_init_out){
			.major = FUSE_KERNEL_VERSION,
			.minor = FUSE_KERNEL_MINOR_VERSION,
			.flags = FUSE_ATOMIC_O_TRUNC,
			.max_write = 4096,
		};
		return sizeof(answer->init);
	case FUSE_LOOKUP:
		answer->entry.nodeid = FUSE_ROOT_ID + ++seen->lookups;
		answer->entry.attr = attributes_of(answer->entry.nodeid);
		return sizeof(answer->entry);
	case FUSE_GETATTR:
	case FUSE_SETATTR:
		answer->attributes.attr = attributes_of(question->nodeid);
		return sizeof(answer->attributes);
	case FUSE_OPEN:
		seen->truncations += !!(open->flags & O_TRUNC);
		return sizeof(answer->open);
	case FUSE_RELEASE:
	case FUSE_FLUSH:
		return 0;
	default:
		return -1;
	}
}

static void serve(const int device)
{
	static _Alignas(8) char question[1 << 16];
	const struct fuse_in_header *const head = (const void *)question;

	while (read(device, question, sizeof(question)) > 0) {
		struct {
			struct fuse_out_header head;
			union answer answer;
		} reply = { .head.unique = head->unique };
		const int size = answer_to(head, head + 1, &reply.answer);

		if (head->opcode == FUSE_FORGET ||
		    head->opcode == FUSE_BATCH_FORGET)
			continue;
		reply.head.error = size < 0 ? -ENOSYS : 0;
		reply.head.len = (uint32_t)sizeof(reply.head) +
				 (size < 0 ? 0 : (uint32_t)size);
		if (write(device, &reply, reply.head.len) < 0)
			break;
	}
	_exit(0);
}

/* Mounts the file system at AT in an empty VM_SCRATCH. */
static void begin(void)
{
	char options[96];
	int device;

	vm_scratch();
	ck_assert_int_eq(mkdir(AT, 0755), 0);
	device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(device, 0);
	snprintf(options, sizeof(options),
		 "fd=%d,rootmode=40000,user_id=0,group_id=0", device);
	ck_assert_int_eq(mount("vm", AT, "fuse", 0, options), 0);
	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
		    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(seen, MAP_FAILED);
	server = fork();
	ck_assert_int_ge(server, 0);
	if (!server)
		serve(device);
	close(device);
}

static void end(void)
{
	ck_assert_int_eq(umount2(AT, MNT_DETACH), 0);
	kill(server, SIGKILL);
	ck_assert_int_eq(waitpid(server, NULL, 0), server);
}

static int view_of(const uint64_t access)
{
	const int view = fsview_make(4);

	ck_assert_int_eq(fsview_put(view, AT, NULL, access), 0);
	return view;
}

static int truncate_at_open(void *const path)
{
	return vm_result(open(path, O_RDONLY | O_TRUNC));
}

START_TEST(a_file_is_not_truncated_before_it_is_asked_about)
{
	char path[] = AT "/file";
	int look, all;

	begin();
	look = view_of(LOOK);
	all = view_of(FSVIEW_ALL);
	fsview_freeze(look);
	fsview_freeze(all);
	ck_assert_int_eq(fsview_child_reads(look, path), 0);
	ck_assert_int_eq(fsview_child(look, truncate_at_open, path), -EACCES);
	ck_assert_uint_eq(seen->truncations, 0);
	ck_assert_int_eq(fsview_child(all, truncate_at_open, path), 0);
	ck_assert_uint_eq(seen->truncations, 1);
	end();
}
END_TEST

START_TEST(a_name_is_denied_whatever_inode_has_it)
{
	unsigned int lookups;
	int view;

	begin();
	view = view_of(LOOK);
	ck_assert_int_eq(fsview_put(view, AT, "shut", 0), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child_reads(view, AT "/shut"), -EACCES);
	lookups = seen->lookups;
	ck_assert_int_eq(fsview_child_reads(view, AT "/shut"), -EACCES);
	ck_assert_uint_gt(seen->lookups, lookups);
	ck_assert_int_eq(fsview_child_reads(view, AT "/file"), 0);
	end();
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("fuse");
	TCase *const tcase = tcase_create("fuse");

	tcase_add_test(tcase, a_file_is_not_truncated_before_it_is_asked_about);
	tcase_add_test(tcase, a_name_is_denied_whatever_inode_has_it);
	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	fsview_share_rule(tcase);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
