// SPDX-License-Identifier: LGPL-2.1-or-later
/* Views of the file system: the map, and where a rule finds what it grants. */
#include "fsview.h"

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* --- the map --- */

static const struct {
	const char *name;
	uint32_t key_size, value_size, entries, flags;
	int expected;
} maps[] = {
	{ "small key", 4, 16, 1, 0, -EINVAL },
	{ "small value", 264, 8, 1, 0, -EINVAL },
	{ "no entry", 264, 16, 0, 0, -EINVAL },
	{ "a flag", 264, 16, 1, BPF_F_NO_PREALLOC, -EINVAL },
	{ "too many entries", 264, 16, (1U << 20) + 1, 0, -E2BIG },
	{ "most entries", 264, 16, 1U << 20, 0, 0 },
};

START_TEST(a_map_is_of_the_documented_form)
{
	union bpf_attr attr = fsview_attr(16);
	int map;

	attr.key_size = maps[_i].key_size;
	attr.value_size = maps[_i].value_size;
	attr.max_entries = maps[_i].entries;
	attr.map_flags = maps[_i].flags;
	map = fsview_bpf(BPF_MAP_CREATE, &attr);
	ck_assert_msg((map < 0 ? map : 0) == maps[_i].expected, "%s: %s",
		      maps[_i].name, strerror(-map));
	close(map);
}
END_TEST

static const struct {
	const char *name;
	const char *path; /* NULL: no descriptor; "": a pipe */
	const char *entry;
	uint64_t access, flags;
	uint32_t key_flags;
	int expected;
} updates[] = {
	{ "a directory", "/mnt", "", 1, BPF_ANY, 0, 0 },
	{ "a name", "/mnt", "name", 1, BPF_ANY, 0, 0 },
	{ "a file", "/mnt/file", "", 1, BPF_NOEXIST, 0, 0 },
	{ "what is not there", "/mnt/file", "", 1, BPF_EXIST, 0, -ENOENT },
	{ "a name in a file", "/mnt/file", "name", 1, BPF_ANY, 0, -ENOTDIR },
	{ "a path for a name", "/mnt", "a/b", 1, BPF_ANY, 0, -EINVAL },
	{ "..", "/mnt", "..", 1, BPF_ANY, 0, -EINVAL },
	{ "a bit too high", "/mnt", "", 1ULL << 62, BPF_ANY, 0, -EINVAL },
	{ "the highest bit", "/mnt", "", 1ULL << 61, BPF_ANY, 0, 0 },
	{ "reserved", "/mnt", "", 1, BPF_ANY, 1, -EINVAL },
	{ "an unknown flag", "/mnt", "", 1, BPF_F_LOCK, 0, -EINVAL },
	{ "a pipe", "", "", 1, BPF_ANY, 0, -EINVAL },
	{ "nothing open", NULL, "", 1, BPF_ANY, 0, -EBADF },
};

START_TEST(an_update_ends_as_documented)
{
	struct landlock_fsview_value value = { updates[_i].access, 0 };
	struct landlock_fsview_key key = { .fd = 1000,
					   .flags = updates[_i].key_flags };
	int ends[2], result;

	vm_scratch();
	vm_file("file");
	ck_assert_int_eq(pipe(ends), 0);
	if (updates[_i].path)
		key.fd = updates[_i].path[0] ? open(updates[_i].path, O_PATH)
					     : ends[0];
	snprintf(key.name, sizeof(key.name), "%s", updates[_i].entry);
	result = fsview_element(BPF_MAP_UPDATE_ELEM, fsview_make(16), &key,
				&value, updates[_i].flags);
	ck_assert_msg(result == updates[_i].expected, "%s: %s",
		      updates[_i].name, strerror(-result));
}
END_TEST

START_TEST(entries_are_found_changed_and_deleted_by_descriptor)
{
	struct landlock_fsview_value value = { 5, 6 }, found;
	struct landlock_fsview_key key = { 0 };
	union bpf_attr next = { 0 };
	const int view = fsview_make(16);

	vm_scratch();
	key.fd = open(".", O_PATH);
	ck_assert_int_eq(fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &found,
					0),
			 -ENOENT);
	ck_assert_int_eq(
		fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value, 0), 0);
	value.access = 7;
	ck_assert_int_eq(fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value,
					BPF_NOEXIST),
			 -EEXIST);
	ck_assert_int_eq(fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value,
					BPF_EXIST),
			 0);
	ck_assert_int_eq(
		fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &found, 0), 0);
	ck_assert_uint_eq(found.access, 7);
	ck_assert_uint_eq(found.own, 6);
	ck_assert_int_eq(
		fsview_element(BPF_MAP_DELETE_ELEM, view, &key, NULL, 0), 0);
	ck_assert_int_eq(fsview_element(BPF_MAP_DELETE_ELEM, view, &key, NULL,
					0),
			 -ENOENT);
	next = (union bpf_attr){ .map_fd = (uint32_t)view,
				 .next_key = (uintptr_t)&key };
	ck_assert_int_eq(fsview_bpf(BPF_MAP_GET_NEXT_KEY, &next), -EOPNOTSUPP);
}
END_TEST

START_TEST(a_view_is_full_at_max_entries)
{
	const int view = fsview_make(16);
	char name[16];
	int i;

	vm_scratch();
	for (i = 0; i < 16; i++) {
		snprintf(name, sizeof(name), "%d", i);
		ck_assert_int_eq(fsview_put(view, ".", name, 1), 0);
	}
	ck_assert_int_eq(fsview_put(view, ".", "one more", 1), -E2BIG);
	ck_assert_int_eq(fsview_put(view, ".", "3", 2), 0);
}
END_TEST

START_TEST(no_program_uses_a_view)
{
	const int view = fsview_make(16);
	const struct bpf_insn instructions[] = {
		{ .code = BPF_LD | BPF_DW | BPF_IMM,
		  .dst_reg = BPF_REG_1,
		  .src_reg = BPF_PSEUDO_MAP_FD,
		  .imm = view },
		{ 0 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	const union bpf_prog_subtype subtype =
		vm_subtype(LANDLOCK_SUBTYPE_EVENT_FS, 0);
	const struct bpf_abi_prog_load rule =
		vm_prog_attr(instructions, ARRAY_SIZE(instructions), &subtype);
	union bpf_attr filter = {
		.prog_type = BPF_PROG_TYPE_SOCKET_FILTER,
		.insns = (uintptr_t)instructions,
		.insn_cnt = ARRAY_SIZE(instructions),
		.license = (uintptr_t) "GPL",
	};

	ck_assert_int_eq(vm_prog_load(&rule), -EINVAL);
	ck_assert_int_eq(fsview_bpf(BPF_PROG_LOAD, &filter), -EINVAL);
}
END_TEST

static int bind_map(const int program, const int map)
{
	union bpf_attr attr = {
		.prog_bind_map = { .prog_fd = (uint32_t)program,
				   .map_fd = (uint32_t)map },
	};

	return fsview_bpf(BPF_PROG_BIND_MAP, &attr);
}

static int bind_as_user(void *const argument)
{
	const int *const pair = argument;

	return setuid(65534) ? -EDOM : bind_map(pair[0], pair[1]);
}

/* Or what anyone makes would stay for as long as what root has pinned for all. */
START_TEST(nobody_hangs_a_map_on_a_rule)
{
	union bpf_attr array = {
		.map_type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.value_size = 4,
		.max_entries = 1,
	};
	int pair[] = { vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0),
		       fsview_make(1) };

	ck_assert_int_eq(bind_map(pair[0], pair[1]), -EINVAL);
	pair[1] = fsview_bpf(BPF_MAP_CREATE, &array);
	ck_assert_int_ge(pair[1], 0);
	ck_assert_int_eq(vm_child(bind_as_user, pair), -EPERM);
	ck_assert_int_eq(bind_map(pair[0], pair[1]), 0);
}
END_TEST

/* --- applied --- */

START_TEST(the_kernel_tells_its_abi)
{
	ck_assert_int_eq((int)syscall(__NR_seccomp,
				      SECCOMP_PREPEND_LANDLOCK_RULE,
				      LANDLOCK_RULE_PREPEND_ABI, NULL),
			 LANDLOCK_ABI);
}
END_TEST

START_TEST(only_a_frozen_view_is_applied_and_to_a_rule_on_paths)
{
	const int rule = fsview_load_rule(), view = fsview_make(16);
	const int other = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS, 0);

	ck_assert_int_eq(fsview_prepend(rule, view), -EBUSY);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_put(view, "/", NULL, 1), -EPERM);
	ck_assert_int_eq(fsview_prepend(other, view), -EINVAL);
	ck_assert_int_eq(fsview_prepend(rule, rule), -EINVAL);
	ck_assert_int_eq(fsview_prepend(rule, 1000), -EBADF);
}
END_TEST

START_TEST(without_a_view_nothing_is_granted)
{
	const int rule = fsview_load_rule();

	vm_scratch();
	vm_file("file");
	ck_assert_int_eq(vm_apply(rule), 0);
	ck_assert_int_eq(vm_result(open("file", O_RDONLY)), -EACCES);
}
END_TEST

/* --- where --- */

/*
 * In /mnt: granted/ with all, but for granted/denied (by inode and name) and
 * granted/named (by name alone); outside/ with nothing; granted/denied/again
 * with all.
 */
static int make_tree(void)
{
	const int view = fsview_make(16);

	vm_scratch();
	ck_assert_int_eq(mkdir("granted", 0755), 0);
	ck_assert_int_eq(mkdir("granted/denied", 0755), 0);
	ck_assert_int_eq(mkdir("granted/denied/again", 0755), 0);
	ck_assert_int_eq(mkdir("outside", 0755), 0);
	vm_file("granted/file");
	vm_file("granted/denied/file");
	vm_file("granted/denied/again/file");
	vm_file("outside/file");
	ck_assert_int_eq(fsview_put(view, "granted", NULL, FSVIEW_ALL), 0);
	ck_assert_int_eq(fsview_put(view, "granted/denied", NULL, 0), 0);
	ck_assert_int_eq(fsview_put(view, "granted", "denied", 0), 0);
	ck_assert_int_eq(fsview_put(view, "granted", "named", 0), 0);
	ck_assert_int_eq(
		fsview_put(view, "granted/denied/again", NULL, FSVIEW_ALL), 0);
	fsview_freeze(view);
	return view;
}

static void nothing(void)
{
}

static void rename_denied(void)
{
	ck_assert_int_eq(rename("granted/denied", "granted/moved"), 0);
}

static void replace_denied(void)
{
	rename_denied();
	ck_assert_int_eq(mkdir("granted/denied", 0755), 0);
	vm_file("granted/denied/file");
}

static void make_named(void)
{
	ck_assert_int_eq(mkdir("granted/named", 0755), 0);
	vm_file("granted/named/file");
}

static void rename_named(void)
{
	make_named();
	ck_assert_int_eq(rename("granted/named", "granted/unnamed"), 0);
}

static void move_granted(void)
{
	ck_assert_int_eq(rename("granted", "outside/granted"), 0);
}

static void move_in(void)
{
	ck_assert_int_eq(rename("outside", "granted/outside"), 0);
}

static void link_denied(void)
{
	ck_assert_int_eq(link("granted/denied/file", "granted/link"), 0);
}

static void bind(const char *const from, const char *const to)
{
	mkdir(to, 0755);
	ck_assert_msg(!mount(from, to, NULL, MS_BIND, NULL), "%s: %m", to);
}

static void bind_granted(void)
{
	bind("granted", "outside/bound");
}

static void bind_denied(void)
{
	bind("granted/denied", "outside/bound");
}

static void bind_outside(void)
{
	bind("outside", "granted/bound");
}

static void bind_over_denied(void)
{
	bind("outside", "granted/denied");
}

static void bind_over_granted(void)
{
	bind("outside", "granted");
}

static void bind_file(void)
{
	vm_file("granted/bound");
	ck_assert_int_eq(
		mount("outside/file", "granted/bound", NULL, MS_BIND, NULL), 0);
}

static void mount_inside(void)
{
	ck_assert_int_eq(mkdir("granted/tmpfs", 0755), 0);
	ck_assert_int_eq(mount("none", "granted/tmpfs", "tmpfs", 0, NULL), 0);
	vm_file("granted/tmpfs/file");
}

static void mount_overlay(void)
{
	ck_assert_int_eq(mkdir("over", 0755), 0);
	ck_assert_int_eq(mount("none", "over", "overlay", 0,
			       "lowerdir=/mnt/outside:/mnt/granted"),
			 0);
}

static void overlay_inside(void)
{
	ck_assert_int_eq(mkdir("granted/over", 0755), 0);
	ck_assert_int_eq(mount("none", "granted/over", "overlay", 0,
			       "lowerdir=/mnt/outside:/mnt/granted/denied"),
			 0);
}

/* What is done before the sandbox begins, what is opened, and the answer. */
static const struct {
	const char *name;
	void (*before)(void);
	const char *path;
	int expected;
} ways[] = {
	{ "granted", nothing, "granted/file", 0 },
	{ "outside", nothing, "outside/file", -EACCES },
	{ "the nearest decides", nothing, "granted/denied/file", -EACCES },
	{ "and the one below it", nothing, "granted/denied/again/file", 0 },
	{ "dot dot", nothing, "granted/denied/../file", 0 },
	{ "dot dot out", nothing, "granted/../outside/file", -EACCES },
	{ "an inode keeps what it is", rename_denied, "granted/moved/file",
	  -EACCES },
	{ "a name stays denied", replace_denied, "granted/denied/file",
	  -EACCES },
	{ "a name is denied later", make_named, "granted/named/file", -EACCES },
	{ "but not what had it", rename_named, "granted/unnamed/file", 0 },
	{ "a hierarchy moves", move_granted, "outside/granted/file", 0 },
	{ "into a hierarchy", move_in, "granted/outside/file", 0 },
	{ "the name by which it is used", link_denied, "granted/link", 0 },
	{ "bound elsewhere", bind_granted, "outside/bound/file", 0 },
	{ "denied, bound elsewhere", bind_denied, "outside/bound/file",
	  -EACCES },
	{ "bound into it", bind_outside, "granted/bound/file", 0 },
	{ "bound over what is denied", bind_over_denied, "granted/denied/file",
	  -EACCES },
	{ "bound over what is granted", bind_over_granted, "granted/file",
	  -EACCES },
	{ "a bound file", bind_file, "granted/bound", 0 },
	{ "mounted in it", mount_inside, "granted/tmpfs/file", 0 },
	{ "an overlay is its own", mount_overlay, "over/file", -EACCES },
	{ "an overlay in it", overlay_inside, "granted/over/file", 0 },
	{ "the kernel's own", nothing, "/proc/self/fd/100", 0 },
};

START_TEST(a_path_is_granted_what_is_nearest_above_it)
{
	const int view = make_tree();
	int ends[2], result;

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_int_eq(dup2(ends[0], 100), 100);
	ways[_i].before();
	result = fsview_child_reads(view, ways[_i].path);
	ck_assert_msg(result == ways[_i].expected, "%s: %s", ways[_i].name,
		      strerror(-result));
}
END_TEST

static int unlink_and_reopen(void *const path)
{
	char again[64];
	const int fd = open(path, O_RDWR);

	if (fd < 0 || unlink(path))
		return -errno;
	snprintf(again, sizeof(again), "/proc/self/fd/%d", fd);
	return fsview_read(again);
}

static int open_to_write(void *const path)
{
	return vm_result(open(path, O_RDWR));
}

/* What an overlay does in its layers, such as to copy a file up, is its own. */
START_TEST(an_overlay_is_judged_and_not_its_layers)
{
	const int view = fsview_make(16);
	char path[] = "merged/file", layer[] = "upper/file";

	vm_scratch();
	ck_assert_int_eq(mkdir("lower", 0755), 0);
	ck_assert_int_eq(mkdir("upper", 0755), 0);
	ck_assert_int_eq(mkdir("work", 0755), 0);
	ck_assert_int_eq(mkdir("merged", 0755), 0);
	vm_file("lower/file");
	ck_assert_int_eq(mount("none", "merged", "overlay", 0,
			       "lowerdir=/mnt/lower,upperdir=/mnt/upper,"
			       "workdir=/mnt/work"),
			 0);
	ck_assert_int_eq(fsview_put(view, "lower", NULL, 0), 0);
	ck_assert_int_eq(fsview_put(view, "lower/file", NULL, 0), 0);
	ck_assert_int_eq(fsview_put(view, "upper", NULL, 0), 0);
	ck_assert_int_eq(fsview_put(view, "merged", NULL, FSVIEW_ALL), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child(view, open_to_write, path), 0);
	ck_assert_int_eq(fsview_child(view, open_to_write, layer), -EACCES);
}
END_TEST

START_TEST(an_unlinked_file_is_where_it_was)
{
	const int view = make_tree();
	char path[] = "granted/file", again[64];
	int fd;

	ck_assert_int_eq(fsview_child(view, unlink_and_reopen, path), 0);
	fd = open("outside/file", O_RDONLY);
	ck_assert_int_eq(unlink("outside/file"), 0);
	snprintf(again, sizeof(again), "/proc/self/fd/%d", fd);
	ck_assert_int_eq(fsview_child_reads(view, again), -EACCES);
}
END_TEST

START_TEST(a_detached_mount_is_elsewhere)
{
	const int view = make_tree();
	char path[64];
	int fd;

	mount_inside();
	fd = open("granted/tmpfs/file", O_RDONLY);
	ck_assert_int_eq(umount2("granted/tmpfs", MNT_DETACH), 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	ck_assert_int_eq(fsview_child_reads(view, path), -EACCES);
}
END_TEST

START_TEST(a_view_pins_no_file_system)
{
	const int view = fsview_make(16);

	vm_scratch();
	ck_assert_int_eq(mkdir("granted", 0755), 0);
	ck_assert_int_eq(mkdir("granted/tmpfs", 0755), 0);
	ck_assert_int_eq(mount("none", "granted/tmpfs", "tmpfs", 0, NULL), 0);
	vm_file("granted/tmpfs/file");
	ck_assert_int_eq(fsview_put(view, "granted/tmpfs", NULL, FSVIEW_ALL),
			 0);
	ck_assert_int_eq(
		fsview_put(view, "granted/tmpfs/file", NULL, FSVIEW_ALL), 0);
	ck_assert_int_eq(fsview_put(view, "granted/tmpfs", "name", 0), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child_reads(view, "granted/tmpfs/file"), 0);
	ck_assert_int_eq(umount("granted/tmpfs"), 0);
	/* Mounted again, it is another file system. */
	ck_assert_int_eq(mount("none", "granted/tmpfs", "tmpfs", 0, NULL), 0);
	vm_file("granted/tmpfs/file");
	ck_assert_int_eq(fsview_child_reads(view, "granted/tmpfs/file"),
			 -EACCES);
	ck_assert_int_eq(umount("granted/tmpfs"), 0);
}
END_TEST

/* Renames and mounts go on while another process walks. */
static int walk_on(void *const argument)
{
	int i, denied = 0;

	(void)argument;
	for (i = 0; i < 2000; i++) {
		const int granted = fsview_read("granted/a/b/c/file");

		/* Moved meanwhile, it is not found; it is never refused. */
		if (granted && granted != -ENOENT)
			return granted;
		if (!fsview_read("granted/denied/file"))
			denied++;
	}
	return denied ? -EBADE : 0;
}

START_TEST(a_walk_sees_a_tree_that_held_still)
{
	const int view = make_tree();
	pid_t mover;

	ck_assert_int_eq(mkdir("granted/a", 0755), 0);
	ck_assert_int_eq(mkdir("granted/a/b", 0755), 0);
	ck_assert_int_eq(mkdir("granted/a/b/c", 0755), 0);
	vm_file("granted/a/b/c/file");
	mover = fork();
	if (!mover) {
		for (;;) {
			rename("granted/a/b", "granted/x");
			rename("granted/x", "granted/a/b");
			mount("granted/a", "outside", NULL, MS_BIND, NULL);
			umount("outside");
		}
	}
	ck_assert_int_eq(fsview_child(view, walk_on, NULL), 0);
	kill(mover, 9);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("fsview");
	TCase *const map = tcase_create("map");
	TCase *const applied = tcase_create("applied");
	TCase *const where = tcase_create("where");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(maps); i++)
		vm_add_row(map, a_map_is_of_the_documented_form->fn, (int)i,
			   "%s", maps[i].name);
	for (i = 0; i < ARRAY_SIZE(updates); i++)
		vm_add_row(map, an_update_ends_as_documented->fn, (int)i, "%s",
			   updates[i].name);
	tcase_add_test(map,
		       entries_are_found_changed_and_deleted_by_descriptor);
	tcase_add_test(map, a_view_is_full_at_max_entries);
	tcase_add_test(map, no_program_uses_a_view);
	tcase_add_test(map, nobody_hangs_a_map_on_a_rule);
	tcase_add_test(applied, the_kernel_tells_its_abi);
	tcase_add_test(applied,
		       only_a_frozen_view_is_applied_and_to_a_rule_on_paths);
	tcase_add_test(applied, without_a_view_nothing_is_granted);
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		vm_add_row(where,
			   a_path_is_granted_what_is_nearest_above_it->fn,
			   (int)i, "%s", ways[i].name);
	tcase_add_test(where, an_overlay_is_judged_and_not_its_layers);
	tcase_add_test(where, an_unlinked_file_is_where_it_was);
	tcase_add_test(where, a_detached_mount_is_elsewhere);
	tcase_add_test(where, a_view_pins_no_file_system);
	tcase_add_test(where, a_walk_sees_a_tree_that_held_still);
	tcase_set_timeout(map, VM_TIMEOUT_SECONDS);
	fsview_share_rule(map);
	tcase_set_timeout(applied, VM_TIMEOUT_SECONDS);
	fsview_share_rule(applied);
	tcase_set_timeout(where, VM_TIMEOUT_SECONDS);
	fsview_share_rule(where);
	suite_add_tcase(suite, map);
	suite_add_tcase(suite, applied);
	suite_add_tcase(suite, where);
	return run_suite(suite);
}
