/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A private, empty root directory for tests that ask who could have written a
 * file: on the machine's own, nothing below /tmp is ever believed.
 */
#ifndef LANDLOCK_SHIM_TESTS_TREE_H
#define LANDLOCK_SHIM_TESTS_TREE_H

#include <check.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* A user who owns nothing of the system. */
#define TREE_USER 12345
#define TREE_OTHER 12346

static inline void tree_write(const char *const path, const char *const text)
{
	const int fd =
		open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	ck_assert_msg(fd >= 0, "%s: %m", path);
	ck_assert_int_eq(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
}

/*
 * Checked fixture: gives the test's process a root of its own. Without being
 * root, in a user namespace, where it is; other users then have no number.
 */
static inline void tree_enter(void)
{
	const uid_t user = geteuid();
	const gid_t group = getegid();
	char map[32];

	if (user) {
		ck_assert_msg(unshare(CLONE_NEWUSER) == 0,
			      "no user namespace, run this as root: %m");
		snprintf(map, sizeof(map), "0 %u 1", user);
		tree_write("/proc/self/uid_map", map);
		tree_write("/proc/self/setgroups", "deny");
		snprintf(map, sizeof(map), "0 %u 1", group);
		tree_write("/proc/self/gid_map", map);
	}
	ck_assert_msg(unshare(CLONE_NEWNS) == 0, "%m");
	ck_assert_int_eq(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), 0);
	ck_assert_int_eq(mount("tree", "/mnt", "tmpfs", 0, "mode=755"), 0);
	ck_assert_int_eq(chroot("/mnt"), 0);
	ck_assert_int_eq(chdir("/"), 0);
	umask(022);
}

/*
 * Gives @path to @owner. False, said aloud, where the test's user namespace
 * knows no such user: that much cannot be tested without being root.
 */
static inline bool tree_give(const char *const path, const uid_t owner)
{
	if (lchown(path, owner, (gid_t)-1) == 0)
		return true;
	printf("# needs root, not tested: %s of user %u\n", path, owner);
	fflush(stdout);
	return false;
}

/* Makes a directory with its parents. */
static inline void tree_directory(const char *const path)
{
	char part[256];
	const char *slash = path;

	while (slash) {
		slash = strchr(slash + 1, '/');
		snprintf(part, sizeof(part), "%.*s",
			 slash ? (int)(slash - path) : (int)strlen(path), path);
		mkdir(part, 0755);
	}
	ck_assert_int_eq(access(path, X_OK), 0);
}

#endif
