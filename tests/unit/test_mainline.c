// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Rulesets of mainline Landlock when a system call fails: all of a profile is
 * enforced, or an error is returned.
 */
#include "mainline.h"
#include "path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "apply.h"
#include "mainline_abi.h"

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A system call that apply_profiles() makes, and how it may fail. */
static const struct {
	unsigned int call;
	int error;
} faults[] = {
	{ MAINLINE_NR_CREATE_RULESET, ENOMEM },
	{ MAINLINE_NR_CREATE_RULESET, EMFILE },
	{ MAINLINE_NR_CREATE_RULESET, ENFILE },
	{ MAINLINE_NR_ADD_RULE, ENOMEM },
	{ MAINLINE_NR_RESTRICT_SELF, ENOMEM },
	{ MAINLINE_NR_RESTRICT_SELF, E2BIG },
	{ SYS_openat, EMFILE },
	{ SYS_openat, ENFILE },
	{ SYS_openat, ENOMEM },
	{ SYS_openat, EACCES },
	{ SYS_newfstatat, ENOMEM },
	{ SYS_getdents64, ENOMEM },
	{ SYS_prctl, EINVAL },
};

static void inject(const unsigned int call, const int error)
{
	struct sock_filter instructions[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
		BPF_STMT(BPF_RET | BPF_K,
			 SECCOMP_RET_ERRNO | (unsigned int)error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { ARRAY_SIZE(instructions),
					   instructions };

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(
		syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter), 0);
}

static int notice_count;

static void count_notice(const struct report *const report)
{
	ck_assert_str_ne(report->cause, "");
	notice_count++;
}

/* /etc may be read but for one file of it; nothing else. */
static int apply(const enum profile_on_error on_error,
		 struct report *const report)
{
	struct profile_path paths[] = {
		{ (char[]){ "/etc" }, PROFILE_READ, false, { "a.ini", 2 } },
		{ (char[]){ "/etc/passwd" },
		  PROFILE_DENY,
		  false,
		  { "a.ini", 3 } },
	};
	const struct profile profile = {
		.section = (char[]){ "/a" },
		.on_error = on_error,
		.paths = paths,
		.path_count = ARRAY_SIZE(paths),
		.origin = { "a.ini", 1 },
	};
	const struct profile *profiles[] = { &profile };
	const struct lookup_result found = { .profiles = profiles,
					     .profile_count = 1 };
	const struct apply_options options = { .rule_directory = "/nonexistent",
					       .notice = count_notice };

	return apply_profiles(&found, &options, report);
}

static bool may_open(const char *const path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

START_TEST(without_a_fault_all_is_enforced)
{
	struct report report = { .line = 0 };
	const int error = apply(PROFILE_ON_ERROR_FAIL, &report);

	if (error == -EOPNOTSUPP) {
		puts("# not tested: this kernel has no Landlock");
		return;
	}
	ck_assert_int_eq(error, 0);
	ck_assert(may_open("/etc/group"));
	ck_assert(!may_open("/etc/passwd"));
	ck_assert(!may_open("/"));
}
END_TEST

START_TEST(a_fault_is_an_error_with_a_report)
{
	struct report report = { .line = 0 };

	inject(faults[_i].call, faults[_i].error);
	ck_assert_int_lt(apply(PROFILE_ON_ERROR_FAIL, &report), 0);
	ck_assert_str_ne(report.cause, "");
}
END_TEST

START_TEST(with_warn_a_fault_is_told)
{
	struct report report = { .line = 0 };

	notice_count = 0;
	inject(faults[_i].call, faults[_i].error);
	if (!apply(PROFILE_ON_ERROR_WARN, &report))
		ck_assert_int_gt(notice_count, 0);
}
END_TEST

static const struct {
	const char *path, *resolved;
	int error;
} resolutions[] = {
	{ "/", "/", 0 },
	{ "/proc", "/proc", 0 },
	{ "/nonexistent", "/nonexistent", -ENOENT },
	{ "/nonexistent/a/b", "/nonexistent/a/b", -ENOENT },
	{ "/proc/nonexistent/a", "/proc/nonexistent/a", -ENOENT },
	{ "/proc/self/root/nonexistent", "/nonexistent", -ENOENT },
	{ "/proc/version/a", "/proc/version/a", -ENOENT },
};

START_TEST(a_path_is_resolved_as_far_as_it_exists)
{
	char resolved[PATH_MAX];

	ck_assert_int_eq(path_resolve(resolutions[_i].path, resolved),
			 resolutions[_i].error);
	ck_assert_str_eq(resolved, resolutions[_i].resolved);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("mainline");
	TCase *const all = tcase_create("mainline");

	tcase_add_test(all, without_a_fault_all_is_enforced);
	tcase_add_loop_test(all, a_fault_is_an_error_with_a_report, 0,
			    ARRAY_SIZE(faults));
	tcase_add_loop_test(all, with_warn_a_fault_is_told, 0,
			    ARRAY_SIZE(faults));
	tcase_add_loop_test(all, a_path_is_resolved_as_far_as_it_exists, 0,
			    ARRAY_SIZE(resolutions));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
