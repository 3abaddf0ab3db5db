// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a user without any capability may do: make views, take pinned rules. */
#include "fsview.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define USER 65534
#define OTHER_USER 65533
#define SWITCH "/proc/sys/kernel/unprivileged_bpf_disabled"
#define LIMIT "/sys/module/landlock_rule/parameters/view_entries"
#define PINS VM_SCRATCH "/pins"
#define PIN PINS "/rule"
#define SECRET VM_SCRATCH "/secret"

static void write_text(const char *const path, const char *const text)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);

	ck_assert_msg(fd >= 0, "%s: %m", path);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void switch_unprivileged_off(void)
{
	write_text(SWITCH, "2");
}

static int become(const uid_t user)
{
	if (setgroups(0, NULL) || setresgid(user, user, user) ||
	    setresuid(user, user, user))
		return -EDOM;
	return 0;
}

/* A view of any size as whoever calls this; or a negative errno. */
static int make(const uint32_t max_entries)
{
	union bpf_attr attr = fsview_attr(max_entries);

	return fsview_bpf(BPF_MAP_CREATE, &attr);
}

static int use_view(void *const argument)
{
	struct landlock_fsview_value value = { .access = 1, .own = 1 };
	struct landlock_fsview_key key = { .name = "name" };
	union bpf_attr freeze = { 0 };
	int err = become(USER), view;

	(void)argument;
	view = err ? err : make(2);
	if (view < 0)
		return view;
	key.fd = open("/", O_PATH | O_CLOEXEC);
	err = fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value, 0);
	if (!err)
		err = fsview_element(BPF_MAP_LOOKUP_ELEM, view, &key, &value,
				     0);
	if (!err)
		err = fsview_element(BPF_MAP_DELETE_ELEM, view, &key, NULL, 0);
	freeze.map_fd = (uint32_t)view;
	return err ?: fsview_bpf(BPF_MAP_FREEZE, &freeze);
}

/* Before ABI 3 -EPERM. */
START_TEST(a_view_is_anyones)
{
	switch_unprivileged_off();
	ck_assert_int_eq(vm_child(use_view, NULL), 0);
}
END_TEST

/* Returns the first other type of map that could be made, or 0. */
static int make_others(void *const argument)
{
	const int err = become(USER);
	uint32_t type;

	(void)argument;
	for (type = 1; type < 64 && !err; type++) {
		union bpf_attr attr = { .map_type = type,
					.key_size = 4,
					.value_size = 8,
					.max_entries = 4096 };
		union bpf_attr keyless = { .map_type = type,
					   .max_entries = 4096 };

		if (type != LANDLOCK_RULE_MAP_TYPE_FSVIEW &&
		    (fsview_bpf(BPF_MAP_CREATE, &attr) >= 0 ||
		     fsview_bpf(BPF_MAP_CREATE, &keyless) >= 0))
			return (int)type;
	}
	return err;
}

START_TEST(other_maps_are_not)
{
	switch_unprivileged_off();
	ck_assert_int_eq(vm_child(make_others, NULL), 0);
}
END_TEST

/* Bits of what was not refused. */
static int make_with_more(void *const argument)
{
	union bpf_attr interface = fsview_attr(1), types = fsview_attr(1);
	const int err = become(USER);
	int taken = 0;

	(void)argument;
	interface.map_ifindex = 1;
	types.btf_value_type_id = 1;
	taken |= (fsview_bpf(BPF_MAP_CREATE, &interface) != -EINVAL) << 0;
	taken |= (fsview_bpf(BPF_MAP_CREATE, &types) != -EINVAL) << 1;
	return err ?: taken;
}

START_TEST(a_view_has_no_types_and_no_device)
{
	ck_assert_int_eq(vm_child(make_with_more, NULL), 0);
}
END_TEST

static int load(void *const argument)
{
	return become(USER) ?: vm_prog_load(argument);
}

START_TEST(rules_are_roots)
{
	static const struct bpf_insn allow[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	const union bpf_prog_subtype subtype =
		vm_subtype(LANDLOCK_SUBTYPE_EVENT_FS, 0);
	struct bpf_abi_prog_load attr = vm_prog_attr(allow, 2, &subtype);
	int fd;

	fd = vm_prog_load(&attr);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(vm_child(load, &attr), -EPERM);
}
END_TEST

/* A pin of fs_paths, with @mode, in a directory of root's. */
static void pin(const mode_t mode)
{
	const int rule = fsview_load_rule();
	union bpf_attr attr = { .pathname = (uintptr_t)PIN,
				.bpf_fd = (uint32_t)rule };

	vm_scratch();
	ck_assert(!mkdir(PINS, 0755));
	ck_assert_int_eq(mount("vm", PINS, "bpf", 0, "mode=0755"), 0);
	ck_assert_int_eq(fsview_bpf(BPF_OBJ_PIN, &attr), 0);
	ck_assert(!chmod(PIN, mode));
	close(rule);
	vm_file(SECRET);
}

static int get(const uint32_t flags)
{
	union bpf_attr attr = { .pathname = (uintptr_t)PIN,
				.file_flags = flags };

	return fsview_bpf(BPF_OBJ_GET, &attr);
}

/* Takes the pin and holds itself by a view that denies the secret. */
static int hold_itself(void *const argument)
{
	struct landlock_fsview_value value = { .access = FSVIEW_ALL,
					       .own = FSVIEW_ALL };
	struct landlock_fsview_key key = { .fd = LANDLOCK_FSVIEW_ELSEWHERE };
	int err = become(USER), rule, view;
	union bpf_attr freeze = { 0 };

	(void)argument;
	rule = err ? err : get(BPF_F_RDONLY);
	view = rule < 0 ? rule : make(1);
	if (view < 0)
		return view;
	err = fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value, 0);
	key.fd = open(SECRET, O_PATH | O_CLOEXEC);
	value = (struct landlock_fsview_value){ 0 };
	if (!err)
		err = fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &value,
				     0);
	freeze.map_fd = (uint32_t)view;
	if (!err)
		err = fsview_bpf(BPF_MAP_FREEZE, &freeze);
	if (!err)
		err = vm_no_new_privs();
	if (!err)
		err = fsview_read(SECRET);
	if (!err)
		err = fsview_prepend(rule, view);
	if (err)
		return err == -EACCES ? -EDOM : err;
	return fsview_read("/") ?: fsview_read(SECRET);
}

START_TEST(a_user_holds_himself_by_a_pinned_rule)
{
	switch_unprivileged_off();
	pin(0444);
	ck_assert_int_eq(vm_child(hold_itself, NULL), -EACCES);
}
END_TEST

static int get_as_user(void *const argument)
{
	const uint32_t *const flags = argument;
	const int err = become(USER);
	const int rule = err ? err : get(*flags);

	return rule < 0 ? rule : 0;
}

START_TEST(a_pin_is_taken_by_who_may_read_it)
{
	uint32_t read_only = BPF_F_RDONLY, any = 0;

	pin(0444);
	ck_assert_int_eq(vm_child(get_as_user, &read_only), 0);
	ck_assert_int_eq(vm_child(get_as_user, &any), -EACCES);
	ck_assert(!chmod(PIN, 0400));
	ck_assert_int_eq(vm_child(get_as_user, &read_only), -EACCES);
}
END_TEST

/* Bits of what a user can do with a pinned rule beside applying it. */
static int misuse(void *const argument)
{
	static struct bpf_prog_info info;
	union bpf_attr run = { 0 }, ask = { 0 }, attach = { 0 };
	const int err = become(USER);
	static char instructions[256];
	const int rule = err ? err : get(BPF_F_RDONLY);
	int done = 0;

	(void)argument;
	if (rule < 0)
		return rule;
	run.test.prog_fd = (uint32_t)rule;
	attach.attach_bpf_fd = (uint32_t)rule;
	attach.target_fd = (uint32_t)open("/", O_RDONLY | O_CLOEXEC);
	info.xlated_prog_insns = (uintptr_t)instructions;
	info.xlated_prog_len = sizeof(instructions);
	ask.info.bpf_fd = (uint32_t)rule;
	ask.info.info = (uintptr_t)&info;
	ask.info.info_len = sizeof(info);
	done |= (fsview_bpf(BPF_PROG_TEST_RUN, &run) >= 0) << 0;
	done |= (fsview_bpf(BPF_PROG_ATTACH, &attach) >= 0) << 1;
	if (fsview_bpf(BPF_OBJ_GET_INFO_BY_FD, &ask) >= 0)
		done |= !!info.xlated_prog_len << 2;
	done |= !unlink(PIN) << 3;
	done |= !rename(PIN, PINS "/other") << 4;
	done |= !chmod(PIN, 0666) << 5;
	return done;
}

START_TEST(a_pinned_rule_is_good_for_nothing_else)
{
	pin(0444);
	ck_assert_int_eq(vm_child(misuse, NULL), 0);
}
END_TEST

/* Room for ten entries a user, in views that this process leaves at its end. */
#define SHARE 10

static void limit(void)
{
	char text[16];

	snprintf(text, sizeof(text), "%d", SHARE);
	write_text(LIMIT, text);
}

static void unlimit(void)
{
	write_text(LIMIT, "262144");
}

/* What was freed is given back by a worker. */
static int make_soon(const uint32_t max_entries)
{
	int view, tries;

	for (tries = 0; tries < 1000; tries++) {
		view = make(max_entries);
		if (view != -EDQUOT)
			break;
		usleep(10000);
	}
	return view;
}

static int use_up(void *const argument)
{
	int err = become(USER), view;

	(void)argument;
	if (err || make(SHARE + 1) != -EDQUOT)
		return -EDOM;
	view = make_soon(SHARE - 1);
	if (view < 0)
		return view;
	/* An empty view counts by what it has room for. */
	if (make(2) != -EDQUOT)
		return -ERANGE;
	if (make(1) < 0)
		return -EILSEQ;
	if (make(1) != -EDQUOT)
		return -ENFILE;
	close(view);
	view = make_soon(SHARE - 1);
	return view < 0 ? view : 0;
}

START_TEST(entries_are_counted_by_user)
{
	limit();
	ck_assert_int_eq(vm_child(use_up, NULL), 0);
}
END_TEST

static int make_all(void *const argument)
{
	const uid_t *const user = argument;
	const int err = become(*user);
	const int view = err ? err : make_soon(SHARE);

	return view < 0 ? view : 0;
}

static int make_beside(void *const argument)
{
	uid_t user = USER;

	(void)argument;
	/* Its descriptor stays open. */
	if (setresuid(USER, USER, 0) || make_soon(SHARE) < 0)
		return -EDOM;
	if (setresuid(0, 0, 0))
		return -EDOM;
	user = OTHER_USER;
	return make_all(&user);
}

START_TEST(users_do_not_share)
{
	limit();
	ck_assert_int_eq(vm_child(make_beside, NULL), 0);
}
END_TEST

START_TEST(root_is_not_counted)
{
	limit();
	close(fsview_make(SHARE + 1));
}
END_TEST

/* In a namespace of his own a user has any id, and CAP_SYS_ADMIN. */
static int make_in_namespace(void *const argument)
{
	int err = become(USER), view;

	(void)argument;
	view = err ? err : make_soon(SHARE);
	if (view < 0)
		return view;
	if (unshare(CLONE_NEWUSER))
		return -errno;
	view = make(1);
	return view < 0 ? view : 0;
}

START_TEST(a_user_namespace_is_no_way_around)
{
	limit();
	ck_assert_int_eq(vm_child(make_in_namespace, NULL), -EDQUOT);
}
END_TEST

static void add(Suite *const suite, TCase *const tcase)
{
	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	suite_add_tcase(suite, tcase);
}

int main(void)
{
	Suite *const suite = suite_create("unprivileged");
	TCase *const views = tcase_create("views");
	TCase *const pins = tcase_create("pins");
	TCase *const quota = tcase_create("quota");

	tcase_add_test(views, a_view_is_anyones);
	tcase_add_test(views, other_maps_are_not);
	tcase_add_test(views, a_view_has_no_types_and_no_device);
	tcase_add_test(views, rules_are_roots);
	tcase_add_test(pins, a_user_holds_himself_by_a_pinned_rule);
	tcase_add_test(pins, a_pin_is_taken_by_who_may_read_it);
	tcase_add_test(pins, a_pinned_rule_is_good_for_nothing_else);
	tcase_add_checked_fixture(quota, NULL, unlimit);
	tcase_add_test(quota, entries_are_counted_by_user);
	tcase_add_test(quota, users_do_not_share);
	tcase_add_test(quota, root_is_not_counted);
	tcase_add_test(quota, a_user_namespace_is_no_way_around);
	add(suite, views);
	add(suite, pins);
	add(suite, quota);
	return run_suite(suite);
}
