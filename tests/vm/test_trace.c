// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What is asked for one access, in which order and how often.
 *
 * For the hooks that no denial can tell apart, this is the proof that they ask.
 */
#include "hooks.h"
#include "trace.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/xattr.h>
#include <unistd.h>

#define EXEC LANDLOCK_ACTION_FS_EXEC
#define WRITE LANDLOCK_ACTION_FS_WRITE
#define READ LANDLOCK_ACTION_FS_READ
#define NEW LANDLOCK_ACTION_FS_NEW
#define GET LANDLOCK_ACTION_FS_GET
#define REMOVE LANDLOCK_ACTION_FS_REMOVE

static int do_link(void *const scene)
{
	(void)scene;
	return vm_result(link("file", "new/absent"));
}

static int do_unlink(void *const scene)
{
	(void)scene;
	return vm_result(unlink("old/file"));
}

static int do_mkdir(void *const scene)
{
	(void)scene;
	return vm_result(mkdir("new/absent", 0700));
}

static int do_rename(void *const scene)
{
	(void)scene;
	return vm_result(rename("old/file", "new/absent"));
}

static int do_open(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_RDWR));
}

static int do_exist(void *const scene)
{
	(void)scene;
	return vm_result(access("file", F_OK));
}

/* All checks of an access but those of the path walk: EXEC of a directory. */
static const struct order {
	const char *name;
	vm_function_t *access;
	size_t count;
	struct trace_check checks[8];
} orders[] = {
	{ "mkdir",
	  do_mkdir,
	  3,
	  { { WRITE | EXEC, NEW_DIR_MODE },
	    { WRITE, NEW_DIR_MODE },
	    { NEW, ABSENT } } },
	{ "unlink",
	  do_unlink,
	  3,
	  { { WRITE | EXEC, OLD_DIR_MODE },
	    { WRITE, OLD_DIR_MODE },
	    { REMOVE, OLD_FILE_MODE } } },
	{ "link",
	  do_link,
	  4,
	  { { WRITE | EXEC, NEW_DIR_MODE },
	    { READ, FILE_MODE },
	    { WRITE, NEW_DIR_MODE },
	    { NEW, ABSENT } } },
	{ "rename",
	  do_rename,
	  6,
	  { { WRITE | EXEC, OLD_DIR_MODE },
	    { WRITE | EXEC, NEW_DIR_MODE },
	    { WRITE, OLD_DIR_MODE },
	    { REMOVE, OLD_FILE_MODE },
	    { WRITE, NEW_DIR_MODE },
	    { NEW, ABSENT } } },
	{ "open",
	  do_open,
	  2,
	  { { READ | WRITE | GET, FILE_MODE }, { GET, FILE_MODE } } },
	/* MAY_ACCESS alone is no action. */
	{ "access F_OK", do_exist, 0, { { 0, 0 } } },
};

static void test_order(const int index)
{
	const struct order *const order = &orders[index];
	struct trace_check checks[TRACE_MAX];
	struct scene scene;
	size_t count, i, met = 0;
	int result;

	hooks_scene(&scene);
	count = trace_access(order->access, &scene, &result, checks);
	ck_assert_int_eq(result, 0);

	for (i = 0; i < count; i++) {
		if (checks[i].actions == EXEC && S_ISDIR(checks[i].mode))
			continue;
		/* protected_hardlinks asks this, or not, as it is set. */
		if (order->access == do_link &&
		    checks[i].actions == (READ | WRITE))
			continue;
		ck_assert_msg(met < order->count &&
				      checks[i].actions ==
					      order->checks[met].actions &&
				      checks[i].mode == order->checks[met].mode,
			      "%s: check %zu asks %#lx of mode %#o",
			      order->name, met, (long)checks[i].actions,
			      checks[i].mode);
		met++;
	}
	ck_assert_msg(met == order->count, "%s: %zu checks instead of %zu",
		      order->name, met, order->count);
}

static int get_attribute(void *const name)
{
	char value[8];

	return vm_result(getxattr("file", name, value, sizeof(value)));
}

static int set_attribute(void *const name)
{
	return vm_result(setxattr("under", name, "1", 1, 0));
}

/*
 * The kernel hands "security." names to the LSMs after the hook for all names;
 * "trusted." ones it does not.
 */
START_TEST(inode_getsecurity_asks_after_inode_getxattr)
{
	static char trusted[] = "trusted.vm", security[] = "security.vm";
	struct trace_check checks[TRACE_MAX];
	struct scene scene;
	size_t count;
	int result;

	hooks_scene(&scene);
	ck_assert_int_eq(setxattr("file", trusted, "1", 1, 0), 0);
	ck_assert_int_eq(setxattr("file", security, "1", 1, 0), 0);

	count = trace_access(get_attribute, trusted, &result, checks);
	ck_assert_int_eq(result, 0);
	ck_assert_uint_eq(trace_count(checks, count, READ, FILE_MODE), 1);

	count = trace_access(get_attribute, security, &result, checks);
	ck_assert_int_eq(result, 0);
	ck_assert_uint_eq(trace_count(checks, count, READ, FILE_MODE), 2);
}
END_TEST

/* Only asked where the file system itself has no extended attributes. */
START_TEST(inode_setsecurity_asks_after_inode_setxattr)
{
	static char trusted[] = "trusted.vm", security[] = "security.vm";
	struct trace_check checks[TRACE_MAX];
	struct scene scene;
	size_t count;
	int result;

	hooks_scene(&scene);
	ck_assert_int_eq(mount("vm", "under", "ramfs", 0, "mode=0754"), 0);

	count = trace_access(set_attribute, trusted, &result, checks);
	ck_assert_int_eq(result, -EOPNOTSUPP);
	ck_assert_uint_eq(trace_count(checks, count, WRITE, MOUNTED_MODE), 1);

	count = trace_access(set_attribute, security, &result, checks);
	ck_assert_int_eq(result, -EOPNOTSUPP);
	ck_assert_uint_eq(trace_count(checks, count, WRITE, MOUNTED_MODE), 2);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("trace");
	TCase *const tcase = tcase_create("checks");
	size_t i;

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	for (i = 0; i < sizeof(orders) / sizeof(*orders); i++)
		vm_add_row(tcase, test_order, (int)i,
			   "%s is asked in the order of its hooks",
			   orders[i].name);
	tcase_add_test(tcase, inode_getsecurity_asks_after_inode_getxattr);
	tcase_add_test(tcase, inode_setsecurity_asks_after_inode_setxattr);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
