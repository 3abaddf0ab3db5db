// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Trust: a file is opened only if root or the user alone could have put it
 * there.
 */
#include "trust.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/xattr.h>

#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* One thing changed in a tree that is believed: /a/b/file, all of root's. */
static const struct {
	const char *name;
	uid_t user;	  /* whom trust_open() is told to believe */
	const char *path; /* what is changed, or NULL */
	int owner;	  /* its new owner, or -1 */
	mode_t mode;	  /* its new mode, or 0 */
	int error;
	const char *cause;
} cases[] = {
	{ "as it is", 0, NULL, -1, 0, 0, "" },
	{ "as it is, for a user", TREE_USER, NULL, -1, 0, 0, "" },
	{ "file writable by its group", 0, "/a/b/file", -1, 0664, -EPERM,
	  "/a/b/file may be written by others" },
	{ "file writable by all", 0, "/a/b/file", -1, 0646, -EPERM,
	  "/a/b/file may be written by others" },
	{ "directory writable by its group", 0, "/a/b", -1, 0775, -EPERM,
	  "/a/b may be written by others" },
	{ "first directory writable by all", 0, "/a", -1, 0777, -EPERM,
	  "/a may be written by others" },
	{ "sticky directory writable by all", 0, "/a", -1, 01777, -EPERM,
	  "/a may be written by others" },
	{ "root directory writable by all", 0, "/", -1, 0757, -EPERM,
	  "/ may be written by others" },
	{ "file of another user", 0, "/a/b/file", TREE_OTHER, 0, -EPERM,
	  "/a/b/file belongs to another user" },
	{ "directory of another user", 0, "/a", TREE_OTHER, 0, -EPERM,
	  "/a belongs to another user" },
	{ "file of the user", TREE_USER, "/a/b/file", TREE_USER, 0, 0, "" },
	{ "directory of the user", TREE_USER, "/a/b", TREE_USER, 0, 0, "" },
	{ "file of a user who is not the user", TREE_USER, "/a/b/file",
	  TREE_OTHER, 0, -EPERM, "/a/b/file belongs to another user" },
	{ "file of root as seen without root", 0, "/a/b/file", 65534, 0, -EPERM,
	  "/a/b/file belongs to nobody, or to a user whom this user namespace "
	  "does not know" },
};

START_TEST(only_what_none_but_root_and_the_user_could_write_is_opened)
{
	struct report report = { 0 };
	int fd;

	if (cases[_i].path) {
		if (cases[_i].owner >= 0 &&
		    !tree_give(cases[_i].path, (uid_t)cases[_i].owner))
			return;
		if (cases[_i].mode)
			ck_assert_int_eq(chmod(cases[_i].path, cases[_i].mode),
					 0);
	}
	fd = trust_open("/a/b/file", cases[_i].user, &report);
	ck_assert_msg((fd < 0 ? fd : 0) == cases[_i].error, "%s: %d, %s",
		      cases[_i].name, fd, report.cause);
	ck_assert_msg(strncmp(report.cause, cases[_i].cause,
			      strlen(cases[_i].cause)) == 0,
		      "%s: %s", cases[_i].name, report.cause);
	ck_assert_str_eq(report.file, fd < 0 ? "/a/b/file" : "");
	ck_assert_int_eq(report.remedy[0] != '\0', fd < 0);
}
END_TEST

/* A link /l to @target; /a/b/file and /open/file (mode 777) are there. */
static const struct {
	const char *target;
	const char *path;
	int error;
	const char *cause;
} links[] = {
	{ "/a/b/file", "/l", 0, "" },
	{ "a/b/file", "/l", 0, "" },
	{ "/a/b", "/l/file", 0, "" },
	{ "a/../a/./b//", "/l/file", 0, "" },
	{ "/", "/l/a/b/file", 0, "" },
	{ "..", "/l/a/b/file", 0, "" },
	{ "l", "/l/x", -ELOOP, "" },
	{ "/nothing", "/l", -EINVAL, "/nothing does not exist" },
	{ "/open", "/l/file", -EPERM, "/open may be written by others" },
	{ "/open/file", "/l", -EPERM, "/open may be written by others" },
	{ "/open/../a/b/file", "/l", -EPERM, "/open may be written by others" },
	{ "/a/b", "/l", -EINVAL, "/a/b is no regular file" },
	{ "/", "/l", -EINVAL, "/ is no regular file" },
};

START_TEST(links_are_followed_and_the_way_they_lead_is_checked)
{
	struct report report = { 0 };
	int fd;

	ck_assert_int_eq(symlink(links[_i].target, "/l"), 0);
	fd = trust_open(links[_i].path, 0, &report);
	ck_assert_msg((fd < 0 ? fd : 0) == links[_i].error, "%s: %d, %s",
		      links[_i].target, fd, report.cause);
	ck_assert_msg(strncmp(report.cause, links[_i].cause,
			      strlen(links[_i].cause)) == 0,
		      "%s: %s", links[_i].target, report.cause);
}
END_TEST

START_TEST(link_of_another_user_is_refused)
{
	struct report report = { 0 };

	ck_assert_int_eq(symlink("/a/b/file", "/l"), 0);
	if (!tree_give("/l", TREE_OTHER))
		return;
	ck_assert_int_eq(trust_open("/l", 0, &report), -EPERM);
	ck_assert_str_eq(report.cause,
			 "/l belongs to another user and is not believed");
}
END_TEST

static const char *const absent[] = {
	"/none",
	"/a/none",
	"/none/b/file",
	"/a/b/file/none",
};

START_TEST(absent_file_is_no_matter_for_a_report)
{
	struct report report = { .cause = "untouched" };

	ck_assert_int_eq(trust_open(absent[_i], 0, &report), -ENOENT);
	ck_assert_str_eq(report.cause, "untouched");
}
END_TEST

START_TEST(only_a_regular_file_is_opened)
{
	struct report report = { 0 };

	ck_assert_int_eq(mkfifo("/a/fifo", 0644), 0);
	ck_assert_int_eq(trust_open("/a/fifo", 0, &report), -EINVAL);
	ck_assert_str_eq(report.cause, "/a/fifo is no regular file");
	ck_assert_int_eq(trust_open("/a/b", 0, &report), -EINVAL);
	ck_assert_str_eq(report.cause, "/a/b is no regular file");
}
END_TEST

START_TEST(acl_that_lets_another_write_is_refused)
{
	/* user::rw- user:12346:rw- group::r-- mask::rw- other::r-- */
	static const struct {
		uint32_t version;
		struct {
			uint16_t tag, permissions;
			uint32_t id;
		} entries[5];
	} acl = { 2,
		  { { 0x01, 6, UINT32_MAX },
		    { 0x02, 6, TREE_OTHER },
		    { 0x04, 4, UINT32_MAX },
		    { 0x10, 6, UINT32_MAX },
		    { 0x20, 4, UINT32_MAX } } };
	struct report report = { 0 };

	if (setxattr("/a/b/file", "system.posix_acl_access", &acl, sizeof(acl),
		     0)) {
		ck_assert_msg(errno == EOPNOTSUPP || errno == EINVAL, "%m");
		puts("# not tested: tmpfs has no ACLs for this user here");
		fflush(stdout);
		return;
	}
	ck_assert_int_eq(trust_open("/a/b/file", 0, &report), -EPERM);
}
END_TEST

START_TEST(descriptor_reads_and_does_not_survive_exec)
{
	struct report report;
	char text[16] = "";
	const int fd = trust_open("/a/b/file", 0, &report);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(fcntl(fd, F_GETFD), FD_CLOEXEC);
	ck_assert_int_eq(read(fd, text, sizeof(text)), 4);
	ck_assert_str_eq(text, "text");
}
END_TEST

/* The lowest free descriptor shows a leak of any. */
START_TEST(no_other_descriptor_stays_open)
{
	static const char *const paths[] = {
		"/a/b/file", "/a/b", "/none", "/open/file", "/l", "/l2/x",
	};
	struct report report;
	size_t i;
	const int before = open("/", O_PATH);

	close(before);
	ck_assert_int_eq(symlink("/a/b/file", "/l"), 0);
	ck_assert_int_eq(symlink("/l2", "/l2"), 0);
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		const int fd = trust_open(paths[i], 0, &report);
		int after;

		if (fd >= 0)
			close(fd);
		after = open("/", O_PATH);
		ck_assert_msg(after == before, "%s", paths[i]);
		close(after);
	}
}
END_TEST

START_TEST(descriptor_zero_is_one_like_others)
{
	struct report report = { 0 };

	close(0);
	close(1);
	ck_assert_int_ge(trust_open("/a/b/file", 0, &report), 0);
	ck_assert_str_eq(report.cause, "");
}
END_TEST

static void make_tree(void)
{
	tree_enter();
	tree_directory("/a/b");
	tree_write("/a/b/file", "text");
	tree_directory("/open");
	tree_write("/open/file", "text");
	ck_assert_int_eq(chmod("/open", 0777), 0);
}

int main(void)
{
	Suite *const suite = suite_create("trust");
	TCase *const tcase = tcase_create("tree");

	tcase_add_checked_fixture(tcase, make_tree, NULL);
	tcase_add_loop_test(
		tcase,
		only_what_none_but_root_and_the_user_could_write_is_opened, 0,
		ARRAY_SIZE(cases));
	tcase_add_loop_test(tcase,
			    links_are_followed_and_the_way_they_lead_is_checked,
			    0, ARRAY_SIZE(links));
	tcase_add_test(tcase, link_of_another_user_is_refused);
	tcase_add_loop_test(tcase, absent_file_is_no_matter_for_a_report, 0,
			    ARRAY_SIZE(absent));
	tcase_add_test(tcase, only_a_regular_file_is_opened);
	tcase_add_test(tcase, acl_that_lets_another_write_is_refused);
	tcase_add_test(tcase, descriptor_reads_and_does_not_survive_exec);
	tcase_add_test(tcase, no_other_descriptor_stays_open);
	tcase_add_test(tcase, descriptor_zero_is_one_like_others);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
