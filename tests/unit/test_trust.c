// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Trust: a file is opened only if root or the user alone could have put it
 * there.
 */
#include "trust.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/xattr.h>

#include <asm/unistd.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "tree.h"
#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define NOBODY 65534

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
	{ "file writable by a group", 0, "/a/b/file", -1, 0664, -EPERM,
	  "/a/b/file may be written by others" },
	{ "file writable by all", 0, "/a/b/file", -1, 0646, -EPERM,
	  "/a/b/file may be written by others" },
	{ "directory writable by its group", 0, "/a/b", -1, 0775, -EPERM,
	  "/a/b may be written by others" },
	{ "first directory writable by all", 0, "/a", -1, 0777, -EPERM,
	  "/a may be written by others" },
	{ "root's in a sticky directory writable by all", 0, "/a", -1, 01777, 0,
	  "" },
	{ "root's in a sticky directory writable by a group", 0, "/a", -1,
	  01775, 0, "" },
	{ "sticky file writable by all", 0, "/a/b/file", -1, 01666, -EPERM,
	  "/a/b/file may be written by others" },
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
	fd = trust_open("/a/b/file", cases[_i].user, TRUST_CODE, &report);
	ck_assert_msg((fd < 0 ? fd : 0) == cases[_i].error, "%s: %d, %s",
		      cases[_i].name, fd, report.cause);
	ck_assert_msg(strncmp(report.cause, cases[_i].cause,
			      strlen(cases[_i].cause)) == 0,
		      "%s: %s", cases[_i].name, report.cause);
	ck_assert_str_eq(report.file, fd < 0 ? "/a/b/file" : "");
	ck_assert_int_eq(report.remedy[0] != '\0', fd < 0);
}
END_TEST

/* A link /l to @target; /a/b/file, /open/file (777) and /tmp/file (1777) are there. */
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
	{ "/tmp/file", "/l", 0, "" },
	{ "/tmp/../open/file", "/l", -EPERM,
	  "/tmp/../open may be written by others" },
};

START_TEST(links_are_followed_and_the_way_they_lead_is_checked)
{
	struct report report = { 0 };
	int fd;

	ck_assert_int_eq(symlink(links[_i].target, "/l"), 0);
	fd = trust_open(links[_i].path, 0, TRUST_CODE, &report);
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
	ck_assert_int_eq(trust_open("/l", 0, TRUST_CODE, &report), -EPERM);
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

	ck_assert_int_eq(trust_open(absent[_i], 0, TRUST_CODE, &report),
			 -ENOENT);
	ck_assert_str_eq(report.cause, "untouched");
}
END_TEST

START_TEST(only_a_regular_file_is_opened)
{
	struct report report = { 0 };

	ck_assert_int_eq(mkfifo("/a/fifo", 0644), 0);
	ck_assert_int_eq(trust_open("/a/fifo", 0, TRUST_CODE, &report),
			 -EINVAL);
	ck_assert_str_eq(report.cause, "/a/fifo is no regular file");
	ck_assert_int_eq(trust_open("/a/b", 0, TRUST_CODE, &report), -EINVAL);
	ck_assert_str_eq(report.cause, "/a/b is no regular file");
}
END_TEST

/* Who a directory, sticky and open to all, may hold entries of. */
static const struct {
	const char *path; /* given to the user below */
	int error;
} sticky[] = {
	{ "/tmp/file", -EPERM },
	{ "/tmp/d", -EPERM },
	{ "/tmp/l", -EPERM },
	{ "/tmp", -EPERM }, /* not root's: its owner may exchange all */
};

START_TEST(in_a_sticky_directory_only_what_is_roots_is_believed)
{
	static const char *const paths[] = { "/tmp/file", "/tmp/d/file",
					     "/tmp/l" };
	struct report report = { 0 };
	size_t i;
	int fd;

	ck_assert_int_eq(mkdir("/tmp/d", 0755), 0);
	tree_write("/tmp/d/file", "");
	ck_assert_int_eq(symlink("/a/b/file", "/tmp/l"), 0);
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		fd = trust_open(paths[i], TREE_USER, TRUST_CODE, &report);
		ck_assert_msg(fd >= 0, "%s: %s", paths[i], report.cause);
		close(fd);
	}
	if (!tree_give(sticky[_i].path, TREE_USER))
		return;
	i = (size_t)_i < ARRAY_SIZE(paths) ? (size_t)_i : 0;
	ck_assert_int_eq(trust_open(paths[i], TREE_USER, TRUST_CODE, &report),
			 sticky[_i].error);
	ck_assert_str_eq(
		report.remedy,
		"copy it to a directory that nobody else may write to");
}
END_TEST

/* As a user namespace shows what root owns that has no number there. */
START_TEST(owner_without_a_number_is_believed_of_a_profile_but_not_of_code)
{
	struct report report = { 0 };
	int fd;

	if (!tree_give("/a/b/file", NOBODY) || !tree_give("/a", NOBODY) ||
	    !tree_give("/", NOBODY))
		return;
	fd = trust_open("/a/b/file", 0, TRUST_PROFILE, &report);
	ck_assert_msg(fd >= 0, "%s", report.cause);
	ck_assert_int_eq(trust_open("/a/b/file", 0, TRUST_CODE, &report),
			 -EPERM);
	ck_assert_str_eq(report.cause,
			 "/ belongs to nobody, or to a user whom this user "
			 "namespace does not know, and is not believed");
	ck_assert_str_ne(report.remedy, "");
}
END_TEST

START_TEST(owner_without_a_number_may_not_let_others_write)
{
	struct report report = { 0 };

	if (!tree_give("/a/b", NOBODY))
		return;
	ck_assert_int_eq(chmod("/a/b", 01777), 0);
	ck_assert_int_eq(trust_open("/a/b/file", 0, TRUST_PROFILE, &report),
			 -EPERM);
	ck_assert_int_eq(chmod("/a/b", 0775), 0);
	ck_assert_int_eq(trust_open("/a/b/file", 0, TRUST_PROFILE, &report),
			 -EPERM);
}
END_TEST

static void write_proc(const char *const map, const char *const overflow)
{
	tree_directory("/proc/self");
	tree_directory("/proc/sys/kernel");
	tree_write("/proc/self/uid_map", map);
	tree_write("/proc/sys/kernel/overflowuid", overflow);
}

static const struct {
	const char *map;
	int error;
} maps[] = {
	{ "         0          0 4294967295\n", -EPERM },
	{ "         0       1000          1\n", 0 },
	{ "         0     100000      65536\n", 0 },
	{ "         0          0      65536\n", 0 },
	{ "      1000       1000          1\n", 0 },
	{ "         0       1000          1\n         1     100000      65536\n",
	  0 },
};

/* Where all numbers are users, nobody is one, and his files are his. */
START_TEST(nobody_is_another_user_outside_of_user_namespaces)
{
	struct report report;
	int fd;

	if (!tree_give("/a/b/file", NOBODY))
		return;
	write_proc(maps[_i].map, "65534\n");
	fd = trust_open("/a/b/file", 0, TRUST_PROFILE, &report);
	ck_assert_int_eq(fd < 0 ? fd : 0, maps[_i].error);
}
END_TEST

START_TEST(nobody_is_whom_the_kernel_says)
{
	struct report report;

	write_proc("", "12345\n");
	ck_assert(trust_is_nobody(12345));
	ck_assert(trust_is_nobody(65534));
	ck_assert(trust_is_nobody((uid_t)-1));
	ck_assert(!trust_is_nobody(1234));
	ck_assert(!trust_is_nobody(0));
	if (!tree_give("/a/b/file", 12345))
		return;
	ck_assert_int_eq(trust_open("/a/b/file", 12345, TRUST_CODE, &report),
			 -EPERM);
}
END_TEST

#define GROUP 4711
#define PASSWD "root:x:0:0::/:\nann:x:12345:4711::/:\nbob:x:12346:4712::/:\n"

/* Whose is group 4711?  ann's file, or a directory of hers, has it. */
static const struct {
	const char *passwd, *group;
	int error;
} groups[] = {
	{ PASSWD, "root:x:0:\nann:x:4711:\nbob:x:4712:\n", 0 },
	{ PASSWD, "ann:x:4711:ann\n", 0 },
	{ PASSWD, "ann:x:4711:", 0 },
	{ PASSWD "ann2:x:12345:4711::/:\n", "ann:x:4711:\n", 0 },
	{ PASSWD, "ann:x:4711:bob\n", -EPERM },
	{ PASSWD, "ann:x:4711:ann,bob\n", -EPERM },
	{ PASSWD, "ann:x:4711:ann,,bob\n", -EPERM },
	{ PASSWD, "ann:x:4711:annie\n", -EPERM },
	{ PASSWD, "users:x:4711:\n", -EPERM },
	{ PASSWD, "ann:x:4711:\nstaff:x:4711:bob\n", -EPERM },
	{ PASSWD, "ann:x:4712:\n", -EPERM },
	{ PASSWD, "ann:x:4711\n", -EPERM },
	{ PASSWD, "", -EPERM },
	{ PASSWD, NULL, -EPERM },
	{ NULL, "ann:x:4711:\n", -EPERM },
	{ PASSWD "eve:x:666:4711::/:\n", "ann:x:4711:\n", -EPERM },
	{ "ann:x:12345:100::/:\n", "ann:x:4711:\n", -EPERM },
	{ "ann:x:12345:4711junk::/:\n", "ann:x:4711:\n", -EPERM },
	{ "ann:x:12345:99999994711::/:\n", "ann:x:4711:\n", -EPERM },
	{ "ann:x\n", "ann:x:4711:\n", -EPERM },
	{ "\n\n:::\n" PASSWD, "\n:\nann:x:4711:\n", 0 },
};

START_TEST(private_group_of_the_user_counts_as_the_user)
{
	static const char *const paths[] = { "/a/b/file", "/a/b" };
	size_t i;

	tree_directory("/etc");
	if (groups[_i].passwd)
		tree_write("/etc/passwd", groups[_i].passwd);
	if (groups[_i].group)
		tree_write("/etc/group", groups[_i].group);
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		struct report report = { 0 };
		struct stat before;
		int fd;

		ck_assert_int_eq(stat(paths[i], &before), 0);
		if (chown(paths[i], TREE_USER, GROUP)) {
			puts("# needs root, not tested: groups");
			fflush(stdout);
			return;
		}
		ck_assert_int_eq(chmod(paths[i], before.st_mode | 020), 0);
		fd = trust_open("/a/b/file", TREE_USER, TRUST_CODE, &report);
		ck_assert_msg((fd < 0 ? fd : 0) == groups[_i].error, "%s: %s",
			      paths[i], report.cause);
		ck_assert_int_eq(trust_open("/a/b/file", 0, TRUST_CODE,
					    &report),
				 -EPERM);
		ck_assert_int_eq(chown(paths[i], 0, 0), 0);
		ck_assert_int_eq(chmod(paths[i], before.st_mode), 0);
	}
}
END_TEST

START_TEST(private_group_is_no_leave_for_everyone)
{
	static const char *const paths[] = { "/a/b", "/a/b/file" };
	struct report report;
	size_t i;

	tree_directory("/etc");
	tree_write("/etc/passwd", PASSWD);
	tree_write("/etc/group", "root:x:0:\n");
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		ck_assert_int_eq(chmod(paths[i], 0777), 0);
		ck_assert_int_eq(trust_open("/a/b/file", 0, TRUST_CODE,
					    &report),
				 -EPERM);
		ck_assert_int_eq(chmod(paths[i], 0755), 0);
	}
}
END_TEST

/* umask 002 for root, whose group nobody else is in. */
START_TEST(private_group_of_root_counts_as_root)
{
	struct report report;

	tree_directory("/etc");
	tree_write("/etc/passwd", PASSWD);
	tree_write("/etc/group", "root:x:0:\n");
	ck_assert_int_eq(chmod("/a/b", 0775), 0);
	ck_assert_int_eq(chmod("/a/b/file", 0664), 0);
	ck_assert_int_ge(trust_open("/a/b/file", 0, TRUST_CODE, &report), 0);
	tree_write("/etc/group", "root:x:0:bob\n");
	ck_assert_int_eq(trust_open("/a/b/file", 0, TRUST_CODE, &report),
			 -EPERM);
}
END_TEST

/* One more entry of an ACL on what is group-writable for a private group. */
static const struct {
	uint16_t tag, permissions;
	uint32_t id;
	int error;
} acls[] = {
	{ 0x02, 6, TREE_OTHER, -EPERM }, { 0x02, 4, TREE_OTHER, 0 },
	{ 0x02, 6, TREE_USER, 0 },	 { 0x02, 6, 0, 0 },
	{ 0x08, 6, 4712, -EPERM },	 { 0x08, 4, 4712, 0 },
};

struct acl {
	uint32_t version;
	struct {
		uint16_t tag, permissions;
		uint32_t id;
	} entries[5];
};

/* user::rw- group::rw- mask::rw- other::r--, and one more in its order. */
static struct acl make_acl(const uint16_t tag, const uint16_t permissions,
			   const uint32_t id)
{
	const size_t place = tag == 0x02 ? 1 : 2;
	struct acl acl = { .version = 2,
			   .entries[0] = { 0x01, 6, UINT32_MAX } };

	acl.entries[place == 1 ? 2 : 1].tag = 0x04;
	acl.entries[place == 1 ? 2 : 1].permissions = 6;
	acl.entries[place == 1 ? 2 : 1].id = UINT32_MAX;
	acl.entries[place].tag = tag;
	acl.entries[place].permissions = permissions;
	acl.entries[place].id = id;
	acl.entries[3].tag = 0x10;
	acl.entries[3].permissions = 6;
	acl.entries[3].id = UINT32_MAX;
	acl.entries[4].tag = 0x20;
	acl.entries[4].permissions = 4;
	acl.entries[4].id = UINT32_MAX;
	return acl;
}

START_TEST(acl_that_lets_another_write_is_refused)
{
	const struct acl acl =
		make_acl(acls[_i].tag, acls[_i].permissions, acls[_i].id);
	static const char *const paths[] = { "/a/b/file", "/a/b" };
	size_t i;

	tree_directory("/etc");
	tree_write("/etc/passwd", PASSWD);
	tree_write("/etc/group", "ann:x:4711:\n");
	for (i = 0; i < ARRAY_SIZE(paths); i++) {
		struct report report = { 0 };
		int fd;

		if (chown(paths[i], TREE_USER, GROUP) ||
		    setxattr(paths[i], "system.posix_acl_access", &acl,
			     sizeof(acl), 0)) {
			ck_assert_msg(errno == EOPNOTSUPP || errno == EINVAL,
				      "%m");
			puts("# not tested: tmpfs has no ACLs here");
			fflush(stdout);
			return;
		}
		fd = trust_open("/a/b/file", TREE_USER, TRUST_CODE, &report);
		ck_assert_msg((fd < 0 ? fd : 0) == acls[_i].error, "%s: %s",
			      paths[i], report.cause);
		ck_assert_int_eq(
			removexattr(paths[i], "system.posix_acl_access"), 0);
		ck_assert_int_eq(chmod(paths[i], i ? 0755 : 0644), 0);
	}
}
END_TEST

/* Seen: "chmod go-w" for /tmp. */
static const struct {
	const char *path;
	mode_t mode;
	int owner;
	const char *remedy;
} remedies[] = {
	{ "/a/b/file", 0666, 0, "chmod go-w it" },
	{ "/a/b/file", 0644, TREE_OTHER, "make a copy of your own" },
	{ "/a", 0777, 0,
	  "copy it to a directory that nobody else may write to" },
	{ "/a", 0757, TREE_USER,
	  "copy it to a directory that nobody else may write to" },
	{ "/a", 0755, TREE_OTHER,
	  "copy it to a directory that nobody else may write to" },
	{ "/a", 0775, TREE_USER, "chmod g-w it" },
	{ "/", 0775, 0,
	  "let root alone write there, or keep the file in a directory where "
	  "that is so" },
};

START_TEST(remedy_harms_nobody)
{
	struct report report;

	ck_assert_int_eq(chmod(remedies[_i].path, remedies[_i].mode), 0);
	if (remedies[_i].owner &&
	    !tree_give(remedies[_i].path, (uid_t)remedies[_i].owner))
		return;
	ck_assert_int_eq(trust_open("/a/b/file", TREE_USER, TRUST_CODE,
				    &report),
			 -EPERM);
	ck_assert_str_eq(report.remedy, remedies[_i].remedy);
}
END_TEST

/* As where man(1) filters the system calls of what it starts. */
START_TEST(way_is_walked_where_a_filter_knows_no_o_path)
{
	struct sock_filter filter[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_PATH, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { ARRAY_SIZE(filter), filter };
	struct report report = { 0 };

	ck_assert_int_eq(symlink("a/b", "/l"), 0);
	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program),
			 0);
	ck_assert_int_eq(open("/a", O_PATH), -1);
	ck_assert_msg(trust_open("/l/file", 0, TRUST_CODE, &report) >= 0, "%s",
		      report.cause);
}
END_TEST

START_TEST(descriptor_reads_and_does_not_survive_exec)
{
	struct report report;
	char text[16] = "";
	const int fd = trust_open("/a/b/file", 0, TRUST_CODE, &report);

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
		const int fd = trust_open(paths[i], 0, TRUST_CODE, &report);
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
	ck_assert_int_ge(trust_open("/a/b/file", 0, TRUST_CODE, &report), 0);
	ck_assert_str_eq(report.cause, "");
}
END_TEST

/*
 * Asked for after /a/b/file, for root and as code.  /a/b has links as well: "link" to
 * file, "out" to /open/file, and a file of everybody's; /open/file is believed by none.
 */
static const struct {
	const char *path;
	uid_t user;
	enum trust_use use;
	int error;
} siblings[] = {
	{ "/a/b/second", 0, TRUST_CODE, 0 },
	{ "/a/b/second", TREE_USER, TRUST_CODE, 0 },
	{ "/a/b/second", 0, TRUST_PROFILE, 0 },
	{ "/a/b/none", 0, TRUST_CODE, -ENOENT },
	{ "/a/b/everybodys", 0, TRUST_CODE, -EPERM },
	{ "/a/b/c/file", 0, TRUST_CODE, 0 },
	{ "/a/b/c", 0, TRUST_CODE, -EINVAL },
	{ "/a/b/link", 0, TRUST_CODE, 0 },
	{ "/a/b/up", 0, TRUST_CODE, 0 },
	{ "/a/b/out", 0, TRUST_CODE, -EPERM },
	{ "/a/b2/file", 0, TRUST_CODE, -EPERM },
	{ "/open/file", 0, TRUST_CODE, -EPERM },
};

static ssize_t read_file(const int fd, char *const text, const size_t size)
{
	const ssize_t bytes = read(fd, text, size);

	close(fd);
	return bytes;
}

START_TEST(sibling_is_believed_as_if_it_were_the_first)
{
	struct report report = { 0 };
	char first[16] = "", text[16] = "";
	int fd, alone, before;

	tree_write("/a/b/second", "second");
	tree_write("/a/b/everybodys", "");
	ck_assert_int_eq(chmod("/a/b/everybodys", 0666), 0);
	tree_directory("/a/b/c");
	tree_write("/a/b/c/file", "below");
	tree_directory("/a/b2");
	tree_write("/a/b2/file", "");
	ck_assert_int_eq(chmod("/a/b2", 0777), 0);
	ck_assert_int_eq(symlink("file", "/a/b/link"), 0);
	ck_assert_int_eq(symlink("../b/c/../file", "/a/b/up"), 0);
	ck_assert_int_eq(symlink("/open/file", "/a/b/out"), 0);
	alone = trust_open(siblings[_i].path, siblings[_i].user,
			   siblings[_i].use, &report);
	ck_assert_int_eq(alone < 0 ? alone : 0, siblings[_i].error);
	read_file(alone, text, sizeof(text));
	before = open("/", O_PATH);
	close(before);

	fd = trust_open_sibling("/a/b/file", 0, TRUST_CODE, &report);
	ck_assert_int_eq(read_file(fd, first, sizeof(first)), 4);
	memset(first, 0, sizeof(first));
	fd = trust_open_sibling(siblings[_i].path, siblings[_i].user,
				siblings[_i].use, &report);
	ck_assert_msg((fd < 0 ? fd : 0) == siblings[_i].error, "%s: %d, %s",
		      siblings[_i].path, fd, report.cause);
	read_file(fd, first, sizeof(first));
	ck_assert_str_eq(first, text);
	/* The next one is found, whatever this one was. */
	fd = trust_open_sibling("/a/b/file", 0, TRUST_CODE, &report);
	ck_assert_int_eq(read_file(fd, first, sizeof(first)), 4);
	trust_end();
	fd = open("/", O_PATH);
	ck_assert_int_eq(fd, before);
}
END_TEST

START_TEST(siblings_are_of_one_directory_whoever_exchanges_it)
{
	struct report report = { 0 };
	char text[16] = "";
	int fd;

	tree_write("/a/b/second", "second");
	fd = trust_open_sibling("/a/b/file", 0, TRUST_CODE, &report);
	ck_assert_int_ge(fd, 0);
	close(fd);
	ck_assert_int_eq(rename("/a/b", "/a/was"), 0);
	tree_directory("/a/b");
	tree_write("/a/b/second", "another");
	fd = trust_open_sibling("/a/b/second", 0, TRUST_CODE, &report);
	ck_assert_int_eq(read_file(fd, text, sizeof(text)), 6);
	trust_end();
	fd = trust_open_sibling("/a/b/second", 0, TRUST_CODE, &report);
	ck_assert_int_eq(read_file(fd, text, sizeof(text)), 7);
	trust_end();
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
	tree_directory("/tmp");
	tree_write("/tmp/file", "text");
	ck_assert_int_eq(chmod("/tmp", 01777), 0);
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
	tcase_add_loop_test(
		tcase, in_a_sticky_directory_only_what_is_roots_is_believed, 0,
		ARRAY_SIZE(sticky));
	tcase_add_test(
		tcase,
		owner_without_a_number_is_believed_of_a_profile_but_not_of_code);
	tcase_add_test(tcase, owner_without_a_number_may_not_let_others_write);
	tcase_add_loop_test(tcase,
			    nobody_is_another_user_outside_of_user_namespaces,
			    0, ARRAY_SIZE(maps));
	tcase_add_test(tcase, nobody_is_whom_the_kernel_says);
	tcase_add_loop_test(tcase, private_group_of_the_user_counts_as_the_user,
			    0, ARRAY_SIZE(groups));
	tcase_add_test(tcase, private_group_of_root_counts_as_root);
	tcase_add_test(tcase, private_group_is_no_leave_for_everyone);
	tcase_add_loop_test(tcase, acl_that_lets_another_write_is_refused, 0,
			    ARRAY_SIZE(acls));
	tcase_add_loop_test(tcase, remedy_harms_nobody, 0,
			    ARRAY_SIZE(remedies));
	tcase_add_test(tcase, way_is_walked_where_a_filter_knows_no_o_path);
	tcase_add_test(tcase, descriptor_reads_and_does_not_survive_exec);
	tcase_add_test(tcase, no_other_descriptor_stays_open);
	tcase_add_test(tcase, descriptor_zero_is_one_like_others);
	tcase_add_loop_test(tcase, sibling_is_believed_as_if_it_were_the_first,
			    0, ARRAY_SIZE(siblings));
	tcase_add_test(tcase,
		       siblings_are_of_one_directory_whoever_exchanges_it);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
