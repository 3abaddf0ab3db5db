// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the loader says of each object that it can't load, on any kernel. */
#include "loader/load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "features.h"

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* What the loader is given to read. */
enum object {
	OBJECT_EMPTY,
	OBJECT_TEXT,
	OBJECT_CUT,
	OBJECT_NO_BPF, /* an ELF file of this machine: the test itself */
	OBJECT_HUGE,
	OBJECT_DIRECTORY,
	OBJECT_RULE, /* fs_readonly.o, with the parameter bool sockets */
};

static const struct {
	enum object object;
	struct loader_parameter parameter;
	int error;
	const char *cause;
} refusals[] = {
	{ OBJECT_EMPTY, { NULL, NULL }, -ENOEXEC, "too short" },
	{ OBJECT_TEXT, { NULL, NULL }, -ENOEXEC, "too short" },
	{ OBJECT_CUT, { NULL, NULL }, -ENOEXEC, "cut short" },
	{ OBJECT_NO_BPF, { NULL, NULL }, -ENOEXEC, "another machine" },
	{ OBJECT_HUGE, { NULL, NULL }, -ENOEXEC, "too large" },
	{ OBJECT_DIRECTORY, { NULL, NULL }, -EISDIR, "cannot be read" },
	{ OBJECT_RULE,
	  { "socket", "1" },
	  -EINVAL,
	  "there is no parameter socket" },
	{ OBJECT_RULE,
	  { "LICENSE", "1" },
	  -EINVAL,
	  "there is no parameter LICENSE" },
	{ OBJECT_RULE, { "", "1" }, -EINVAL, "there is no parameter" },
	{ OBJECT_RULE, { "sockets", "maybe" }, -EINVAL, "sockets=maybe: not" },
	{ OBJECT_RULE, { "sockets", "" }, -EINVAL, "sockets=: not" },
	{ OBJECT_RULE, { "sockets", "2" }, -EINVAL, "sockets=2: not" },
};

/* The rule that is built beside this test. */
static int open_rule(void)
{
	char path[4096];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 64);
	int up;

	ck_assert_int_gt(length, 0);
	path[length] = '\0';
	for (up = 0; up < 3; up++)
		*strrchr(path, '/') = '\0';
	strcat(path, "/rules/fs_readonly.o");
	return open(path, O_RDONLY | O_CLOEXEC);
}

static int open_bytes(const void *const bytes, const size_t size)
{
	const int fd = memfd_create("object", MFD_CLOEXEC);

	ck_assert_int_eq(write(fd, bytes, size), (ssize_t)size);
	return fd;
}

static int open_object(const enum object object)
{
	static const char text[] = "[/usr/bin/bash]\nrule = fs_readonly.o\n";
	char start[100];
	int fd;

	switch (object) {
	case OBJECT_EMPTY:
		return open_bytes("", 0);
	case OBJECT_TEXT:
		return open_bytes(text, sizeof(text));
	case OBJECT_CUT:
		fd = open_rule();
		ck_assert_int_eq(read(fd, start, sizeof(start)), sizeof(start));
		close(fd);
		return open_bytes(start, sizeof(start));
	case OBJECT_NO_BPF:
		return open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	case OBJECT_HUGE:
		fd = open_bytes("", 0);
		ck_assert_int_eq(ftruncate(fd, (off_t)1 << 40), 0);
		return fd;
	case OBJECT_DIRECTORY:
		return open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	case OBJECT_RULE:
		return open_rule();
	}
	return -1;
}

static int load(const enum object object,
		const struct loader_parameter *const parameter,
		struct loader_rule rules[const PROTOCOL_RULES_MAX],
		struct report *const report)
{
	const int fd = open_object(object);
	int result;

	ck_assert_int_ge(fd, 0);
	result = loader_load(fd, "the.o", parameter, !!parameter, NULL, rules,
			     report);
	close(fd);
	return result;
}

START_TEST(a_refusal_names_object_and_cause)
{
	const struct loader_parameter *const parameter =
		&refusals[_i].parameter;
	struct loader_rule rules[PROTOCOL_RULES_MAX];
	struct report report = { .line = 0 };
	const int result =
		load(refusals[_i].object, parameter->name ? parameter : NULL,
		     rules, &report);

	ck_assert_int_eq(result, refusals[_i].error);
	ck_assert_str_eq(report.file, "");
	ck_assert_msg(strstr(report.cause, "the.o"), "%s", report.cause);
	ck_assert_msg(strstr(report.cause, refusals[_i].cause), "%s",
		      report.cause);
}
END_TEST

/* The same object is right: only the kernel, or the right, may be missing. */
START_TEST(a_good_object_depends_on_the_kernel)
{
	static const struct loader_parameter parameter = { "sockets", "1" };
	struct loader_rule rules[PROTOCOL_RULES_MAX];
	struct report report = { .line = 0 };
	int result = load(OBJECT_RULE, &parameter, rules, &report);

	if (features_rules() != FEATURES_RULES_ON) {
		ck_assert_int_eq(result, -EOPNOTSUPP);
		ck_assert_str_ne(report.remedy, "");
	} else if (geteuid()) {
		ck_assert_int_eq(result, -EPERM);
	} else {
		ck_assert_int_gt(result, 0);
		while (result)
			close(rules[--result].prog_fd);
	}
}
END_TEST

static size_t open_descriptors(void)
{
	size_t count = 0;
	int fd;

	for (fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

START_TEST(a_failure_leaves_no_descriptor)
{
	const size_t before = open_descriptors();
	struct loader_rule rules[PROTOCOL_RULES_MAX];
	struct report report = { .line = 0 };

	if (features_rules() == FEATURES_RULES_ON)
		return;
	load(OBJECT_RULE, NULL, rules, &report);
	ck_assert_uint_eq(open_descriptors(), before);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("loader");
	TCase *const all = tcase_create("loader");

	tcase_add_loop_test(all, a_refusal_names_object_and_cause, 0,
			    ARRAY_SIZE(refusals));
	tcase_add_test(all, a_good_object_depends_on_the_kernel);
	tcase_add_test(all, a_failure_leaves_no_descriptor);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
