// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is mounted elsewhere is asked about, where it is and where it comes to: who is
 * granted to mount in one place can't bring there what is in another.
 */
#include "fsview.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define MOUNT 1 /* of mount_as_granted.bpf.c */

/*
 * In /mnt: in/, where all may be mounted, and out/, where nothing may. In each a
 * file system fs, with a directory dir, and a directory low.
 */
static void make_tree(void)
{
	static const char *const parts[] = { "in", "out" };
	char path[32];
	size_t i;

	vm_scratch();
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		ck_assert_int_eq(mkdir(parts[i], 0755), 0);
		snprintf(path, sizeof(path), "%s/low", parts[i]);
		ck_assert_int_eq(mkdir(path, 0755), 0);
		snprintf(path, sizeof(path), "%s/at", parts[i]);
		ck_assert_int_eq(mkdir(path, 0755), 0);
		snprintf(path, sizeof(path), "%s/fs", parts[i]);
		ck_assert_int_eq(mkdir(path, 0755), 0);
		ck_assert_int_eq(mount("vm", path, "tmpfs", 0, NULL), 0);
		snprintf(path, sizeof(path), "%s/fs/dir", parts[i]);
		ck_assert_int_eq(mkdir(path, 0755), 0);
	}
}

/* --- ways to mount; each takes what it is about, and mounts at in/at --- */

static int mount_new(const char *const at)
{
	return vm_result(mount("vm", at, "tmpfs", 0, NULL));
}

static int bind_from(const char *const from)
{
	return vm_result(mount(from, "in/at", NULL, MS_BIND, NULL));
}

static int bind_to(const char *const at)
{
	return vm_result(mount("in/low", at, NULL, MS_BIND, NULL));
}

static int move_from(const char *const from)
{
	return vm_result(mount(from, "in/at", NULL, MS_MOVE, NULL));
}

static int move_to(const char *const at)
{
	return vm_result(mount("in/fs", at, NULL, MS_MOVE, NULL));
}

static int move_mount_from(const char *const from)
{
	return vm_result(
		syscall(SYS_move_mount, AT_FDCWD, from, AT_FDCWD, "in/at", 0));
}

static int clone_from(const char *const from)
{
	return vm_result(syscall(SYS_open_tree, AT_FDCWD, from,
				 OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC));
}

static int set_attributes(const char *const at)
{
	struct mount_attr attributes = { .attr_set = MOUNT_ATTR_NODEV };

	return vm_result(syscall(SYS_mount_setattr, AT_FDCWD, at, 0,
				 &attributes, sizeof(attributes)));
}

static int unmount(const char *const at)
{
	return vm_result(umount2(at, MNT_DETACH));
}

/* A layer can't be that of another, which an upper one would be. */
static int overlay_over(const char *const lower)
{
	char options[64];

	snprintf(options, sizeof(options), "lowerdir=%s:in/fs/dir", lower);
	return vm_result(mount("vm", "in/at", "overlay", 0, options));
}

static int overlay_with_upper(const char *const file_system)
{
	char options[96], work[32];

	snprintf(work, sizeof(work), "%s/work", file_system);
	mkdir(work, 0755);
	snprintf(options, sizeof(options),
		 "lowerdir=in/low,upperdir=%s/dir,workdir=%s", file_system,
		 work);
	return vm_result(mount("vm", "in/at", "overlay", 0, options));
}

static int add_layer(const char *const lower)
{
	const int context = (int)syscall(SYS_fsopen, "overlay", 0);

	return context < 0 ? -EDOM
			   : vm_result(syscall(SYS_fsconfig, context,
					       FSCONFIG_SET_STRING, "lowerdir+",
					       lower, 0));
}

/* It needs no place: what is granted elsewhere counts. */
static int mount_nowhere(const char *const type)
{
	const int context = (int)syscall(SYS_fsopen, type, 0);

	if (context < 0 ||
	    syscall(SYS_fsconfig, context, FSCONFIG_CMD_CREATE, NULL, NULL, 0))
		return -EDOM;
	return vm_result(syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, 0));
}

/* The root comes to be below what is the new one. */
static int pivot_to(const char *const at)
{
	char old[32];

	snprintf(old, sizeof(old), "%s/dir", at);
	return vm_result(syscall(SYS_pivot_root, at, old));
}

static const struct use {
	const char *name;
	int (*function)(const char *path);
	const char *path;
	int expected;
} uses[] = {
	{ "a new one", mount_new, "in/at", 0 },
	{ "a new one outside", mount_new, "out/at", -EPERM },
	{ "a bind mount", bind_from, "in/low", 0 },
	{ "of what is outside", bind_from, "out/low", -EPERM },
	{ "to outside", bind_to, "out/at", -EPERM },
	{ "moved", move_from, "in/fs", 0 },
	{ "moved from outside", move_from, "out/fs", -EPERM },
	{ "moved to outside", move_to, "out/at", -EPERM },
	{ "moved by move_mount", move_mount_from, "in/fs", 0 },
	{ "from outside", move_mount_from, "out/fs", -EPERM },
	{ "cloned", clone_from, "in/fs", 0 },
	{ "cloned outside", clone_from, "out/fs", -EPERM },
	{ "attributes", set_attributes, "in/fs", 0 },
	{ "attributes outside", set_attributes, "out/fs", -EPERM },
	{ "unmounted", unmount, "in/fs", 0 },
	{ "unmounted outside", unmount, "out/fs", -EPERM },
	{ "a lower layer", overlay_over, "in/low", 0 },
	{ "a lower layer outside", overlay_over, "out/low", -EPERM },
	{ "an upper layer", overlay_with_upper, "in/fs", 0 },
	{ "an upper layer outside", overlay_with_upper, "out/fs", -EPERM },
	{ "a layer by fsconfig", add_layer, "in/low", 0 },
	{ "outside by fsconfig", add_layer, "out/low", -EPERM },
	{ "nowhere", mount_nowhere, "tmpfs", -EPERM },
	{ "a new root", pivot_to, "in/fs", -EPERM },
};

static int use(void *const argument)
{
	const struct use *const it = argument;

	return it->function(it->path);
}

static int use_under(const int view, struct use it)
{
	const int rule = vm_load_rule("mount_as_granted",
				      LANDLOCK_SUBTYPE_EVENT_FS_PATH, NULL, 0);

	fsview_freeze(view);
	return fsview_child_under(rule, view, use, &it);
}

START_TEST(each_way_is_asked_about_both_places)
{
	const int view = fsview_make(2);
	int result;

	make_tree();
	ck_assert_int_eq(fsview_put(view, "in", NULL, MOUNT), 0);
	result = use_under(view, uses[_i]);
	ck_assert_msg(result == uses[_i].expected, "%s: %s", uses[_i].name,
		      strerror(-result));
}
END_TEST

/* Whatever is granted: what is mounted where decides what a path is. */
START_TEST(the_shims_rule_refuses_each_way)
{
	const int view = fsview_make(2);
	struct use it = uses[_i];
	int result;

	make_tree();
	ck_assert_int_eq(fsview_put(view, "in", NULL, FSVIEW_ALL), 0);
	fsview_freeze(view);
	result = fsview_child(view, use, &it);
	ck_assert_msg(result == -EPERM, "%s: %s", it.name, strerror(-result));
}
END_TEST

START_TEST(what_is_nowhere_is_elsewhere)
{
	const int view = fsview_make(1);

	make_tree();
	fsview_put_elsewhere(view,
			     (struct landlock_fsview_value){ MOUNT, MOUNT });
	ck_assert_int_eq(use_under(view,
				   (struct use){ .function = mount_nowhere,
						 .path = "tmpfs" }),
			 0);
}
END_TEST

/* Each of the three that pivot_root(2) is about: root, new root, and where to. */
static const struct {
	const char *name, *denied;
	int expected;
} roots[] = {
	{ "all granted", NULL, 0 },
	{ "the root", "/", -EPERM },
	{ "the new root", "in/fs", -EPERM },
	{ "where the old one comes to", "in/fs/dir", -EPERM },
};

START_TEST(a_root_is_asked_about_as_what_it_is_changed_for)
{
	const struct landlock_fsview_value all = { MOUNT, MOUNT },
					   not_itself = { MOUNT, 0 };
	const int view = fsview_make(4);
	int result;

	make_tree();
	ck_assert_int_eq(fsview_put_key(view, fsview_key("/", NULL), all), 0);
	if (roots[_i].denied)
		ck_assert_int_eq(
			fsview_put_key(view, fsview_key(roots[_i].denied, NULL),
				       not_itself),
			0);
	result = use_under(view, (struct use){ .function = pivot_to,
					       .path = "in/fs" });
	ck_assert_msg(result == roots[_i].expected, "%s: %s", roots[_i].name,
		      strerror(-result));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("mounts");
	TCase *const tcase = tcase_create("mounts");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(uses); i++) {
		vm_add_row(tcase, each_way_is_asked_about_both_places->fn,
			   (int)i, "%s", uses[i].name);
		vm_add_row(tcase, the_shims_rule_refuses_each_way->fn, (int)i,
			   "%s, by fs_paths", uses[i].name);
	}
	tcase_add_test(tcase, what_is_nowhere_is_elsewhere);
	for (i = 0; i < ARRAY_SIZE(roots); i++)
		vm_add_row(tcase,
			   a_root_is_asked_about_as_what_it_is_changed_for->fn,
			   (int)i, "pivot_root, %s", roots[i].name);
	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	fsview_share_rule(tcase);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
