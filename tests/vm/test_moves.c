// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a move or another name gains under a view, and how ways up are walked. */
#include "fsview.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "instructions.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define LOOK (FS_PATHS_SEE | FS_PATHS_READ)
#define CHANGE (LOOK | FS_PATHS_CHANGE)

/* An entry that grants @access beneath it and @own on itself. */
static void grant(const int view, const char *const path,
		  const char *const name, const uint64_t access,
		  const uint64_t own)
{
	const struct landlock_fsview_value value = { access, own };

	ck_assert_int_eq(fsview_put_key(view, fsview_key(path, name), value),
			 0);
}

/* An entry that adds to what the way up grants, on itself and beneath it. */
static void add(const int view, const char *const path, const char *const name,
		const uint64_t access)
{
	grant(view, path, name, access | LANDLOCK_FSVIEW_ADDS, access);
}

static void directory(const char *const path)
{
	ck_assert_msg(!mkdir(path, 0755), "%s: %m", path);
}

/*
 * In /mnt, which may be looked at:
 *
 *	free/		all may be done; free/script is granted exec by its inode
 *	work/		may be changed; work/script is granted exec by its inode,
 *			work/named by its name, work/bin beneath it
 *	work/shell/	the directory itself is granted all, its content nothing
 *	work/closed/	the same, by its name
 *	twice/		looked at, with a hard link twice/file of work/file, which
 *			is granted to be looked at: less than its directory
 */
static int make_tree(void)
{
	const int view = fsview_make(32);

	vm_scratch();
	directory("free");
	directory("work");
	directory("work/shell");
	directory("work/closed");
	directory("work/bin");
	directory("twice");
	vm_file("free/file");
	vm_file("free/script");
	vm_file("work/file");
	vm_file("work/other");
	vm_file("work/script");
	vm_file("work/shell/file");
	vm_file("work/bin/tool");
	ck_assert_int_eq(link("work/file", "twice/file"), 0);
	grant(view, ".", NULL, LOOK, LOOK);
	add(view, "free", NULL, CHANGE | FS_PATHS_EXEC);
	add(view, "free/script", NULL, FSVIEW_ALL);
	add(view, "work", NULL, CHANGE);
	add(view, "work/script", NULL, LOOK | FS_PATHS_EXEC);
	add(view, "work", "named", LOOK | FS_PATHS_EXEC);
	add(view, "work/bin", NULL, LOOK | FS_PATHS_EXEC);
	grant(view, "work/shell", NULL, 0, FSVIEW_ALL);
	grant(view, "work", "closed", 0, FSVIEW_ALL);
	add(view, "twice/file", NULL, LOOK);
	fsview_freeze(view);
	return view;
}

static int move(const char *const from, const char *const to)
{
	return vm_result(rename(from, to));
}

static int exchange(const char *const from, const char *const to)
{
	return vm_result(
		renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE));
}

static int white_out(const char *const from, const char *const to)
{
	return vm_result(
		renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_WHITEOUT));
}

static int share(const char *const from, const char *const to)
{
	return vm_result(link(from, to));
}

static int execute(const char *const path, const char *const to)
{
	const int fd = (int)syscall(__NR_openat, AT_FDCWD, path, O_PATH);
	char *const none[] = { NULL };

	(void)to;
	if (fd < 0)
		return -errno;
	/* The file is empty: where exec is allowed, it is none that can run. */
	syscall(__NR_execveat, fd, "", none, none, AT_EMPTY_PATH);
	return errno == ENOEXEC ? 0 : -errno;
}

static int change(const char *const path, const char *const to)
{
	(void)to;
	return vm_result(open(path, O_WRONLY));
}

static int move_and_execute(const char *const from, const char *const to)
{
	const int error = move(from, to);

	return error ? error : execute(to, NULL);
}

static int move_and_change_in(const char *const from, const char *const to)
{
	char file[64];
	const int error = move(from, to);

	snprintf(file, sizeof(file), "%s/file", to);
	return error ? error : change(file, NULL);
}

static const struct use {
	const char *name;
	int (*function)(const char *from, const char *to);
	const char *from, *to;
	int expected;
} uses[] = {
	/* What is below a directory gains as well. */
	{ "a directory whose content is denied by its name", move,
	  "work/closed", "free/open", -EXDEV },
	{ "the same to another name", move, "work/closed", "work/open",
	  -EXDEV },
	{ "the same exchanged", exchange, "work/closed", "free/script",
	  -EXDEV },
	{ "the same exchanged, the other way", exchange, "free/script",
	  "work/closed", -EXDEV },
	{ "a directory whose content is denied by its inode", move,
	  "work/shell", "free/shell", 0 },
	{ "where it stays denied", move_and_change_in, "work/shell",
	  "free/shell", -EACCES },
	{ "a directory with what its own entry grants", move, "work/bin",
	  "work/bin2", 0 },
	{ "a directory to where more is granted", move, "work/bin", "free/bin",
	  0 },
	/* A move of a file. */
	{ "a file to where more is granted", move, "work/other", "free/other",
	  -EXDEV },
	{ "a link to where more is granted", share, "work/other", "free/other",
	  -EXDEV },
	{ "a file to where less is granted", move, "free/file", "work/free",
	  0 },
	{ "a link to where less is granted", share, "free/file", "work/free",
	  0 },
	{ "a file exchanged with a granted one", exchange, "work/other",
	  "free/file", -EXDEV },
	{ "a name that grants more", move, "work/other", "work/named", -EXDEV },
	{ "a link at a name that grants more", share, "work/other",
	  "work/named", -EXDEV },
	/* What is replaced lends its entry to nobody. */
	{ "over a file that is granted more", move, "work/other", "work/script",
	  0 },
	{ "which then is not granted it", move_and_execute, "work/other",
	  "work/script", -EACCES },
	{ "a file that is granted more takes it along", move_and_execute,
	  "work/script", "work/renamed", 0 },
	/* A grant adds. */
	{ "exec by the inode", execute, "work/script", NULL, 0 },
	{ "and writing by the directory", change, "work/script", NULL, 0 },
	{ "nothing taken by another path's grant", change, "work/file", NULL,
	  0 },
	{ "nor given", change, "twice/file", NULL, -EACCES },
	{ "beneath a directory that adds", execute, "work/bin/tool", NULL, 0 },
	{ "and what is above it", change, "work/bin/tool", NULL, 0 },
	{ "a denial decides", change, "work/shell/file", NULL, -EACCES },
	/* A whiteout is an entry that is made. */
	{ "a whiteout where entries are made", white_out, "work/other",
	  "work/gone", 0 },
};

static int use(void *const argument)
{
	const struct use *const it = argument;

	return it->function(it->from, it->to);
}

START_TEST(a_move_gains_nothing_and_a_grant_adds)
{
	struct use it = uses[_i];
	const int result = fsview_child(make_tree(), use, &it);

	ck_assert_msg(result == it.expected, "%s: %s", it.name,
		      strerror(-result));
}
END_TEST

START_TEST(a_whiteout_asks_to_be_made)
{
	const int view = fsview_make(4);
	struct use it = { "", white_out, "dir/file", "dir/other", 0 };

	vm_scratch();
	directory("dir");
	vm_file("dir/file");
	grant(view, "dir", NULL, FSVIEW_ALL, FSVIEW_ALL);
	/* It may be removed, but not be made. */
	grant(view, "dir", "file", LOOK, LOOK | FS_PATHS_REMOVE);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child(view, use, &it), -EACCES);
}
END_TEST

/* --- verdicts --- */

static int read_file(void *const path)
{
	return fsview_read(path);
}

/* Returns what the rule's compare_view says of a bit that nothing grants. */
START_TEST(a_verdict_counts_above_bit_31)
{
	const struct bpf_insn high[] = {
		LOAD(BPF_DW, BPF_REG_1, BPF_REG_1,
		     offsetof(struct landlock_context, arg1)),
		SET64(BPF_REG_2, 0, 0, 1 << 8),
		CALL(BPF_FUNC_handle_fs_compare_view),
		EXIT,
	};
	union bpf_prog_subtype subtype =
		vm_subtype(LANDLOCK_SUBTYPE_EVENT_FS_PATH, 0);
	struct bpf_abi_prog_load attr =
		vm_prog_attr(high, ARRAY_SIZE(high), &subtype);
	char path[] = "file";
	int rule;

	vm_scratch();
	vm_file("file");
	subtype.landlock_rule.abi = 2;
	rule = vm_prog_load(&attr);
	ck_assert_int_ge(rule, 0);
	ck_assert_int_eq(vm_child_under(rule, read_file, path), -EACCES);
}
END_TEST

/* As the compiler makes it of a rule that returns what it was told. */
START_TEST(a_rule_returns_all_bits)
{
	const int rule = vm_load_rule("high_bit",
				      LANDLOCK_SUBTYPE_EVENT_FS_PATH, NULL, 0);
	char path[] = "file";

	vm_scratch();
	vm_file("file");
	ck_assert_int_eq(vm_child_under(rule, read_file, path), -EACCES);
}
END_TEST

/* --- ways up --- */

#define DEEP 300

/* Goes DEEP directories down from the working directory, and makes them. */
static int go_down(const int make)
{
	int i;

	for (i = 0; i < DEEP; i++)
		if ((make && mkdir("d", 0755)) || chdir("d"))
			return -errno;
	return 0;
}

static int read_deep(void *const path)
{
	return go_down(0) ?: fsview_read(path);
}

static int make_deep(void)
{
	const int view = fsview_make(8);

	vm_scratch();
	directory("top");
	ck_assert_int_eq(chdir("top"), 0);
	ck_assert_int_eq(go_down(1), 0);
	vm_file("granted");
	vm_file("denied");
	grant(view, "/mnt/top", NULL, LOOK, LOOK);
	grant(view, ".", "denied", 0, 0);
	ck_assert_int_eq(chdir("/mnt/top"), 0);
	fsview_freeze(view);
	return view;
}

START_TEST(a_long_way_is_walked_to_its_end)
{
	const int view = make_deep();
	char granted[] = "granted", denied[] = "denied";

	ck_assert_int_eq(fsview_child(view, read_deep, granted), 0);
	ck_assert_int_eq(fsview_child(view, read_deep, denied), -EACCES);
}
END_TEST

static int read_elsewhere(void *const path)
{
	(void)path;
	return chdir("../outside") ? -errno : read_deep((char[]){ "file" });
}

START_TEST(a_long_way_ends_elsewhere)
{
	const int view = make_deep();

	directory("/mnt/outside");
	ck_assert_int_eq(chdir("/mnt/outside"), 0);
	ck_assert_int_eq(go_down(1), 0);
	vm_file("file");
	ck_assert_int_eq(chdir("/mnt/top"), 0);
	ck_assert_int_eq(fsview_child(view, read_elsewhere, NULL), -EACCES);
}
END_TEST

/* As many rules as a task can have, each with a view of its own. */
struct stacked {
	int rule;
	int views[64];
	const char *path;
};

static int under_all(void *const argument)
{
	const struct stacked *const stacked = argument;
	size_t i;
	int error = vm_no_new_privs();

	for (i = 0; i < ARRAY_SIZE(stacked->views) && !error; i++)
		error = fsview_prepend(stacked->rule, stacked->views[i]);
	return error ?: fsview_read(stacked->path);
}

START_TEST(each_of_many_views_counts)
{
	struct stacked stacked = { .rule = fsview_load_rule() };
	size_t i;

	vm_scratch();
	directory("granted");
	vm_file("granted/file");
	vm_file("granted/denied");
	for (i = 0; i < ARRAY_SIZE(stacked.views); i++) {
		const int view = stacked.views[i] = fsview_make(4);

		grant(view, "granted", NULL, LOOK, LOOK);
		if (i == (size_t)_i)
			grant(view, "granted/denied", NULL, 0, 0);
		fsview_freeze(view);
	}
	stacked.path = "granted/file";
	ck_assert_int_eq(vm_child(under_all, &stacked), 0);
	stacked.path = "granted/denied";
	ck_assert_int_eq(vm_child(under_all, &stacked), -EACCES);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("moves");
	TCase *const moves = tcase_create("moves");
	TCase *const verdicts = tcase_create("verdicts");
	TCase *const ways = tcase_create("ways up");
	size_t i;

	for (i = 0; i < ARRAY_SIZE(uses); i++)
		vm_add_row(moves, a_move_gains_nothing_and_a_grant_adds->fn,
			   (int)i, "%s", uses[i].name);
	tcase_add_test(moves, a_whiteout_asks_to_be_made);
	tcase_add_test(verdicts, a_verdict_counts_above_bit_31);
	tcase_add_test(verdicts, a_rule_returns_all_bits);
	tcase_add_test(ways, a_long_way_is_walked_to_its_end);
	tcase_add_test(ways, a_long_way_ends_elsewhere);
	vm_add_row(ways, each_of_many_views_counts->fn, 0, "the oldest view");
	vm_add_row(ways, each_of_many_views_counts->fn, 31, "one in between");
	vm_add_row(ways, each_of_many_views_counts->fn, 63, "the newest view");
	tcase_set_timeout(moves, VM_TIMEOUT_SECONDS);
	fsview_share_rule(moves);
	tcase_set_timeout(verdicts, VM_TIMEOUT_SECONDS);
	fsview_share_rule(verdicts);
	tcase_set_timeout(ways, VM_TIMEOUT_SECONDS);
	fsview_share_rule(ways);
	suite_add_tcase(suite, moves);
	suite_add_tcase(suite, verdicts);
	suite_add_tcase(suite, ways);
	return run_suite(suite);
}
