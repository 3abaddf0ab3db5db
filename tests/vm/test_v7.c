// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What version 7 of the Landlock patches tested in 2017, by behaviour: the rule
 * fs_readonly, and a rule that denies GET. (Its tests of ptrace(2) and
 * seccomp(2) are in test_ptrace.c and test_seccomp.c.)
 */
#include "hooks.h"

#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))

static void prepare_mounted(struct scene *const scene)
{
	(void)scene;
	ck_assert_int_eq(mount("vm", "under", "tmpfs", 0, NULL), 0);
}

static void prepare_mapping(struct scene *const scene, const int flags)
{
	scene->memory =
		mmap(NULL, FILE_BYTES, PROT_READ, flags, scene->file_fd, 0);
	ck_assert_ptr_ne(scene->memory, MAP_FAILED);
}

static void prepare_shared(struct scene *const scene)
{
	prepare_mapping(scene, MAP_SHARED);
}

static void prepare_private(struct scene *const scene)
{
	prepare_mapping(scene, MAP_PRIVATE);
}

static void prepare_fifo(struct scene *const scene)
{
	ck_assert_int_eq(mkfifo("fifo", 0600), 0);
	/* So that it can be opened for writing without waiting. */
	scene->extra_fd = open("fifo", O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(scene->extra_fd, 0);
}

static int do_tmpfile(void *const scene)
{
	(void)scene;
	return vm_result(open(".", O_TMPFILE | O_RDWR, 0600));
}

static int do_open_read_write(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_RDWR));
}

static int do_open_write(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_WRONLY));
}

static int do_open_create(void *const scene)
{
	(void)scene;
	return vm_result(open("absent", O_RDONLY | O_CREAT, 0600));
}

static int do_open_read(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_RDONLY));
}

static int do_write(void *const scene)
{
	return vm_result(write(((const struct scene *)scene)->file_fd, "x", 1));
}

static int do_read(void *const scene)
{
	char byte;

	return vm_result(
		read(((const struct scene *)scene)->file_fd, &byte, 1));
}

static int do_unlink(void *const scene)
{
	(void)scene;
	return vm_result(unlink("file"));
}

static int do_rmdir(void *const scene)
{
	(void)scene;
	return vm_result(rmdir("old/sub"));
}

static int do_bind_mount(void *const scene)
{
	(void)scene;
	return vm_result(mount("old", "under", NULL, MS_BIND, NULL));
}

static int do_umount(void *const scene)
{
	(void)scene;
	return vm_result(umount("under"));
}

static int map(const struct scene *const scene, const int prot, const int flags)
{
	return mmap(NULL, FILE_BYTES, prot, flags, scene->file_fd, 0) ==
			       MAP_FAILED
		       ? -errno
		       : 0;
}

static int do_map_shared(void *const scene)
{
	return map(scene, PROT_READ | PROT_WRITE, MAP_SHARED);
}

static int do_map_private(void *const scene)
{
	return map(scene, PROT_READ | PROT_WRITE, MAP_PRIVATE);
}

static int do_mprotect(void *const scene)
{
	return vm_result(mprotect(((const struct scene *)scene)->memory,
				  FILE_BYTES, PROT_READ | PROT_WRITE));
}

static int do_device(void *const scene)
{
	const int fd = open("/dev/null", O_WRONLY);

	(void)scene;
	return fd < 0 ? -errno : vm_result(write(fd, "x", 1));
}

static int do_fifo(void *const scene)
{
	const int fd = open("fifo", O_WRONLY);

	(void)scene;
	return fd < 0 ? -errno : vm_result(write(fd, "x", 1));
}

/* Without a rule, all of it is allowed. */
static const struct readonly {
	const char *name;
	void (*prepare)(struct scene *scene);
	vm_function_t *access;
	int result; /* under fs_readonly */
} readonly[] = {
	{ "open with O_TMPFILE", NULL, do_tmpfile, -EPERM },
	{ "open with O_RDWR", NULL, do_open_read_write, -EPERM },
	{ "open with O_WRONLY", NULL, do_open_write, -EPERM },
	{ "open with O_CREAT", NULL, do_open_create, -EPERM },
	{ "open with O_RDONLY", NULL, do_open_read, 0 },
	{ "write to what is open", NULL, do_write, -EPERM },
	{ "read from what is open", NULL, do_read, 0 },
	{ "unlink", NULL, do_unlink, -EPERM },
	{ "rmdir", NULL, do_rmdir, -EPERM },
	{ "bind mount", NULL, do_bind_mount, -EPERM },
	{ "umount", prepare_mounted, do_umount, -EPERM },
	{ "mmap shared and writable", NULL, do_map_shared, -EPERM },
	{ "mmap private and writable", NULL, do_map_private, 0 },
	{ "mprotect to shared and writable", prepare_shared, do_mprotect,
	  -EPERM },
	{ "mprotect to private and writable", prepare_private, do_mprotect, 0 },
	{ "write to a character device", NULL, do_device, 0 },
	{ "write to a FIFO", prepare_fifo, do_fifo, 0 },
};

static void test_readonly(const int index)
{
	const struct readonly *const row = &readonly[index / 2];
	const bool under_rule = index % 2;
	const int prog_fd =
		under_rule ? vm_load_rule("fs_readonly",
					  LANDLOCK_SUBTYPE_EVENT_FS, NULL, 0)
			   : -1;
	const int expected = under_rule ? row->result : 0;
	struct scene scene;
	int result;

	hooks_scene(&scene);
	if (row->prepare)
		row->prepare(&scene);
	result = vm_child_under(prog_fd, row->access, &scene);
	ck_assert_msg(result == expected, "%s: %s instead of %s", row->name,
		      strerror(-result), strerror(-expected));
}

/* Nothing can be opened; what was opened before can be mapped. */
static int use_without_get(void *const scene)
{
	const int opened = do_open_read(scene);

	if (opened != -EPERM)
		return opened ? opened : -EIO;
	return map(scene, PROT_READ, MAP_SHARED);
}

static int use_without_get_twice(void *const scene)
{
	const int err = use_without_get(scene);
	int status;
	pid_t child;

	if (err)
		return err;
	child = fork();
	if (child < 0)
		return -errno;
	if (!child)
		_exit(use_without_get(scene) ? 1 : 0);
	if (waitpid(child, &status, 0) != child)
		return -errno;
	return status ? -ECHILD : 0;
}

START_TEST(rule_against_get_denies_open_but_not_what_is_open)
{
	static const struct loader_parameter get = { "actions", "16" };
	struct scene scene;
	int prog_fd;

	_Static_assert(LANDLOCK_ACTION_FS_GET == 16, "the parameter's value");
	hooks_scene(&scene);
	ck_assert_int_eq(vm_child(do_open_read, &scene), 0);
	prog_fd =
		vm_load_rule("deny_action", LANDLOCK_SUBTYPE_EVENT_FS, &get, 1);
	ck_assert_int_eq(vm_child_under(prog_fd, use_without_get_twice, &scene),
			 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("v7");
	TCase *const tcase = tcase_create("behaviour");
	size_t i;

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	for (i = 0; i < 2 * COUNT(readonly); i++)
		vm_add_row(tcase, test_readonly, (int)i, "%s: %s, %s",
			   readonly[i / 2].name,
			   i % 2 && readonly[i / 2].result ? "denied"
							   : "allowed",
			   i % 2 ? "under fs_readonly" : "without a rule");
	tcase_add_test(tcase,
		       rule_against_get_denies_open_but_not_what_is_open);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
