/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * System calls that fail while a profile is applied.
 */
#ifndef LANDLOCK_SHIM_TESTS_FAULT_H
#define LANDLOCK_SHIM_TESTS_FAULT_H

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "apply.h"

#include "suite.h"

/* A system call, and how it fails. */
struct fault {
	unsigned int call;
	int error;
	bool only;	       /* with this argument: */
	unsigned int argument; /* its number, from 0 */
	unsigned int value;    /* its lower 32 bits */
};

/* From now on, the call fails. */
static void inject(const struct fault *const fault)
{
	struct sock_filter instructions[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, fault->call, 0, 4),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, args) +
				 8 * fault->argument),
		BPF_JUMP(BPF_JMP | BPF_JA, !fault->only, 0, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, fault->value, 0, 1),
		BPF_STMT(BPF_RET | BPF_K,
			 SECCOMP_RET_ERRNO | (unsigned int)fault->error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = {
		sizeof(instructions) / sizeof(*instructions), instructions
	};

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
static int apply(const char *const rule_directory,
		 const enum profile_on_error on_error,
		 struct report *const report)
{
	struct profile_path paths[] = {
		{ .path = "/etc",
		  .access = PROFILE_READ,
		  .origin = { .file = "a.ini", .line = 2 } },
		{ .path = "/etc/passwd",
		  .access = PROFILE_DENY,
		  .origin = { .file = "a.ini", .line = 3 } },
	};
	const struct profile profile = {
		.section = "/a",
		.on_error = on_error,
		.paths = paths,
		.path_count = sizeof(paths) / sizeof(*paths),
		.origin = { "a.ini", 1 },
	};
	struct lookup_match match = { .profile = &profile };
	const struct lookup_result found = { .matches = &match,
					     .match_count = 1 };
	const struct apply_options options = { .rule_directory = rule_directory,
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

/* For START_TEST: a fault never lets a program start less restricted, unsaid. */
static void check_fault(const struct fault *const fault,
			const char *const rule_directory)
{
	struct report report = { .line = 0 };

	inject(fault);
	ck_assert_int_lt(apply(rule_directory, PROFILE_ON_ERROR_FAIL, &report),
			 0);
	ck_assert_str_ne(report.cause, "");
}

static void check_fault_with_warn(const struct fault *const fault,
				  const char *const rule_directory)
{
	struct report report = { .line = 0 };

	notice_count = 0;
	inject(fault);
	if (!apply(rule_directory, PROFILE_ON_ERROR_WARN, &report))
		ck_assert_int_gt(notice_count, 0);
}

#endif
