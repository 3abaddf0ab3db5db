// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What rules deny is told: by a descriptor to who asked for it, by a tracepoint to
 * root; and whose rules a process is under, by /proc.
 */
#include "fsview.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define FLAG_DENIALS LANDLOCK_RULE_PREPEND_DENIALS
#define RING_RECORDS 256 /* more than are kept */

/* Room for any record. */
union record {
	struct landlock_rule_denial denial;
	char bytes[sizeof(struct landlock_rule_denial) + PATH_MAX + 8];
};

/* A descriptor, or a negative errno. */
static int prepend(const unsigned int flags, const int rule, const int view)
{
	const struct landlock_rule_prepend prepend = { .prog_fd = rule,
						       .view_fd = view };
	const long got = syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
				 flags, &prepend);

	return got < 0 ? -errno : (int)got;
}

/* A view that grants all but VM_SCRATCH/shut. */
static int make_view(void)
{
	const int view = fsview_make(2);

	fsview_put_elsewhere(view, FSVIEW_GRANT_ALL);
	ck_assert_int_eq(fsview_put_key(view,
					fsview_key(VM_SCRATCH "/shut", NULL),
					(struct landlock_fsview_value){
						.own = FS_PATHS_SEE }),
			 0);
	fsview_freeze(view);
	return view;
}

static void make_scene(void)
{
	vm_scratch();
	ck_assert_int_eq(mkdir("shut", 0755), 0);
	vm_file("shut/file");
	vm_file("open");
}

/* A child under a rule, and what tells of the rule's denials. */
struct told {
	int descriptor;
	pid_t child;
};

/*
 * Has a child do @function under @rule, with @view unless that is -1. The child gives
 * its descriptor away before.
 */
static struct told start(const int rule, const int view,
			 void (*const function)(void))
{
	int sockets[2];
	struct told told = { 0 };
	char byte = 0;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
	told.child = fork();
	ck_assert_int_ge(told.child, 0);
	if (!told.child) {
		int fd = vm_no_new_privs();

		if (!fd)
			fd = prepend(
				FLAG_DENIALS |
					(view < 0 ? 0
						  : LANDLOCK_RULE_PREPEND_VIEW),
				rule, view);
		if (fd < 0)
			_exit(-fd);
		if (!(fcntl(fd, F_GETFD) & FD_CLOEXEC))
			_exit(103);
		if (vm_pass(sockets[1], &fd, false))
			_exit(100);
		close(fd);
		/* Until it was taken. */
		if (read(sockets[1], &byte, 1) != 1)
			_exit(101);
		function();
		_exit(0);
	}
	close(sockets[1]);
	ck_assert_int_eq(vm_pass(sockets[0], &told.descriptor, true), 0);
	ck_assert_int_eq(write(sockets[0], &byte, 1), 1);
	close(sockets[0]);
	return told;
}

static void finish(const struct told *const told)
{
	int status;

	ck_assert_int_eq(waitpid(told->child, &status, 0), told->child);
	ck_assert_int_eq(status, 0);
}

/* One record, which has to be there or to come. */
static union record next(const struct told *const told)
{
	union record record;
	const ssize_t got = read(told->descriptor, &record, sizeof(record));

	ck_assert_msg(got >= (ssize_t)sizeof(record.denial), "read: %zd, %m",
		      got);
	ck_assert_int_eq(record.denial.size, got);
	ck_assert_uint_eq(record.denial.size % 8, 0);
	ck_assert_uint_eq(record.denial.reserved, 0);
	return record;
}

static void expect_end(const struct told *const told)
{
	struct pollfd poll_end = { .fd = told->descriptor, .events = POLLIN };
	union record record;

	ck_assert_int_eq(read(told->descriptor, &record, sizeof(record)), 0);
	ck_assert_int_eq(poll(&poll_end, 1, 0), 1);
	ck_assert(poll_end.revents & POLLHUP);
}

/* The only denial of a child that does @function under the view. */
static union record only_denial_of(void (*const function)(void))
{
	struct told told;
	union record record;

	make_scene();
	told = start(fsview_load_rule(), make_view(), function);
	finish(&told);
	record = next(&told);
	ck_assert_int_eq(record.denial.pid, told.child);
	expect_end(&told);
	return record;
}

static void read_shut(void)
{
	fsview_read("shut/file");
}

/* Reads a single record: several would come in one read. */
START_TEST(a_denial_by_path_is_told_with_its_path)
{
	const union record record = only_denial_of(read_shut);

	ck_assert_uint_eq(record.denial.event, LANDLOCK_SUBTYPE_EVENT_FS_PATH);
	ck_assert_uint_eq(record.denial.arg2,
			  LANDLOCK_ACTION_FS_READ | LANDLOCK_ACTION_FS_GET);
	ck_assert_uint_eq(record.denial.lost, 0);
	ck_assert_uint_eq(record.denial.flags, 0);
	ck_assert_uint_gt(record.denial.size, sizeof(record.denial));
	ck_assert_str_eq(record.denial.path, VM_SCRATCH "/shut/file");
}
END_TEST

static void make_in_shut(void)
{
	mkdir("shut/new", 0755);
}

START_TEST(of_what_is_made_the_directory_is_told_if_it_is_denied)
{
	const union record record = only_denial_of(make_in_shut);

	ck_assert_uint_eq(record.denial.arg2, LANDLOCK_ACTION_FS_WRITE);
	ck_assert_str_eq(record.denial.path, VM_SCRATCH "/shut");
}
END_TEST

static void move_out_of_shut(void)
{
	rename("shut/file", "moved");
}

START_TEST(a_refused_move_is_told_once)
{
	only_denial_of(move_out_of_shut);
}
END_TEST

static void allowed(void)
{
	fsview_read("open");
}

START_TEST(what_is_allowed_is_not_told)
{
	const int rule = fsview_load_rule();
	struct told told;

	make_scene();
	told = start(rule, make_view(), allowed);
	finish(&told);
	expect_end(&told);
}
END_TEST

static void get_flags(void)
{
	fcntl(open("open", O_RDONLY), F_GETFL);
}

START_TEST(commands_are_told_by_their_argument)
{
	const int rule = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_FCNTL, 1);
	struct told told;
	union record record;

	make_scene();
	told = start(rule, -1, get_flags);
	finish(&told);
	record = next(&told);
	ck_assert_uint_eq(record.denial.event, LANDLOCK_SUBTYPE_EVENT_FS_FCNTL);
	ck_assert_uint_eq(record.denial.arg2, F_GETFL);
	ck_assert_uint_eq(record.denial.size, sizeof(record.denial));
	expect_end(&told);
}
END_TEST

static void read_in_a_chroot(void)
{
	if (chroot("shut") || chdir("/"))
		_exit(102);
	fsview_read("/file");
}

START_TEST(the_path_is_the_tasks_own)
{
	/* The directory itself can be seen. */
	const union record record = only_denial_of(read_in_a_chroot);

	ck_assert_str_eq(record.denial.path, "/file");
}
END_TEST

static void deny_many(void)
{
	int i;

	for (i = 0; i < 4; i++)
		if (!fork()) {
			for (i = 0; i < RING_RECORDS; i++)
				fsview_read("shut/file");
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
}

START_TEST(what_does_not_fit_is_counted)
{
	const int rule = fsview_load_rule();
	struct told told;
	union record record;
	size_t count = 0, lost = 0;

	make_scene();
	told = start(rule, make_view(), deny_many);
	finish(&told);
	for (;;) {
		const ssize_t got = read(told.descriptor, &record,
					 sizeof(record.denial) + 32);

		ck_assert_int_ge(got, 0);
		if (!got)
			break;
		lost += record.denial.lost;
		count += record.denial.event != 0;
	}
	ck_assert_uint_gt(lost, 0);
	ck_assert_uint_gt(count, 16);
	ck_assert_uint_eq(count + lost, 4 * RING_RECORDS);
	expect_end(&told);
}
END_TEST

static void sleep_and_deny(void)
{
	usleep(100000);
	fsview_read("shut/file");
	usleep(100000);
}

START_TEST(a_reader_waits_polls_or_is_told_to_try_again)
{
	const int rule = fsview_load_rule();
	struct told told;
	struct pollfd waits = { .events = POLLIN };
	union record record;
	char small[sizeof(struct landlock_rule_denial)];

	make_scene();
	/* Nobody waits for the child: with its exit it is gone. */
	signal(SIGCHLD, SIG_IGN);
	told = start(rule, make_view(), sleep_and_deny);
	waits.fd = told.descriptor;
	ck_assert_int_eq(fcntl(told.descriptor, F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(
		vm_result(read(told.descriptor, &record, sizeof(record))),
		-EAGAIN);
	ck_assert_int_eq(poll(&waits, 1, -1), 1);
	ck_assert(waits.revents & POLLIN);
	ck_assert_int_eq(vm_result(read(told.descriptor, small, sizeof(small))),
			 -EINVAL);
	ck_assert_int_eq(fcntl(told.descriptor, F_SETFL, 0), 0);
	next(&told);
	/* Waits for the end. */
	expect_end(&told);
}
END_TEST

/* Whoever closed the descriptor is not written to; the child notices nothing. */
START_TEST(a_reader_may_go)
{
	const int rule = fsview_load_rule();
	struct told told;

	make_scene();
	told = start(rule, make_view(), deny_many);
	close(told.descriptor);
	finish(&told);
}
END_TEST

static int two_rules(void *const view)
{
	const int rule = fsview_load_rule();
	union record record;
	int err = vm_no_new_privs(), older, newer;

	if (err)
		return err;
	older = prepend(FLAG_DENIALS | LANDLOCK_RULE_PREPEND_VIEW, rule,
			*(int *)view);
	newer = prepend(FLAG_DENIALS | LANDLOCK_RULE_PREPEND_VIEW, rule,
			*(int *)view);
	if (older < 0 || newer < 0)
		return -ENOTSUP;
	fcntl(older, F_SETFL, O_NONBLOCK);
	fsview_read("shut/file");
	if (read(newer, &record, sizeof(record)) <= 0)
		return 1;
	return read(older, &record, sizeof(record)) < 0 && errno == EAGAIN ? 0
									   : 2;
}

START_TEST(of_two_rules_the_newer_tells)
{
	int view;

	make_scene();
	view = make_view();
	ck_assert_int_eq(vm_child(two_rules, &view), 0);
}
END_TEST

static int try_flags(void *const argument)
{
	const int rule = *(int *)argument;
	const int err = vm_no_new_privs();
	int fd;

	if (err)
		return err;
	if (prepend(1U << 8, rule, -1) != -EINVAL ||
	    prepend(FLAG_DENIALS | LANDLOCK_RULE_PREPEND_ABI, rule, -1) !=
		    -EINVAL)
		return 1;
	if (prepend(FLAG_DENIALS, -1, -1) != -EBADF)
		return 2;
	/* No descriptor is left over. */
	fd = dup(rule);
	close(fd);
	return prepend(FLAG_DENIALS | LANDLOCK_RULE_PREPEND_VIEW, rule, -1) ==
				       -EBADF &&
			       dup(rule) == fd
		       ? 0
		       : 3;
}

START_TEST(wrong_flags_and_descriptors_are_refused)
{
	int rule = fsview_load_rule();

	ck_assert_int_eq(vm_child(try_flags, &rule), 0);
}
END_TEST

/* The tracepoint */

#define TRACING "/sys/kernel/tracing"

static void write_to(const char *const path, const char *const text)
{
	const int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);

	ck_assert_msg(fd >= 0 && write(fd, text, strlen(text)) ==
					 (ssize_t)strlen(text),
		      "%s: %m", path);
	close(fd);
}

START_TEST(a_tracepoint_tells_of_any_rule)
{
	const int rule = fsview_load_rule();
	char line[4096];
	bool found = false;
	struct told told;
	FILE *trace;

	make_scene();
	mount("tracing", TRACING, "tracefs", 0, NULL);
	write_to(TRACING "/trace", "");
	write_to(TRACING "/events/landlock_rule/landlock_rule_denied/enable",
		 "1");
	told = start(rule, make_view(), read_shut);
	finish(&told);
	write_to(TRACING "/events/landlock_rule/landlock_rule_denied/enable",
		 "0");
	trace = fopen(TRACING "/trace", "re");
	ck_assert_ptr_nonnull(trace);
	while (fgets(line, sizeof(line), trace))
		found |= strstr(line, "landlock_rule_denied: rule=") &&
			 strstr(line, "path=" VM_SCRATCH "/shut/file");
	fclose(trace);
	ck_assert(found);
}
END_TEST

/* /proc */

static ssize_t read_rules(const pid_t pid, char *const text, const size_t size)
{
	char path[64];
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/attr/landlock_rule/current",
		 (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	got = read(fd, text, size - 1);
	got = got < 0 ? -errno : got;
	close(fd);
	text[got < 0 ? 0 : got] = '\0';
	return got;
}

static void wait_for_end(void)
{
	pause();
}

static int as_other(void *const pid)
{
	char text[256];

	if (setresuid(60002, 60002, 60002))
		return -errno;
	return (int)read_rules(*(pid_t *)pid, text, sizeof(text));
}

static int as_sandboxed(void *const pid)
{
	char text[256];

	return (int)read_rules(*(pid_t *)pid, text, sizeof(text));
}

START_TEST(proc_tells_the_rules_of_a_process_to_its_owner)
{
	const int rule = fsview_load_rule();
	const int allow = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS, 0);
	unsigned int event, id, view;
	char text[1024], tag[17], name[17];
	struct told told;
	pid_t self = getpid();

	make_scene();
	ck_assert_int_eq(read_rules(self, text, sizeof(text)), 0);
	told = start(rule, make_view(), wait_for_end);
	ck_assert_int_gt(read_rules(told.child, text, sizeof(text)), 0);
	ck_assert_msg(sscanf(text, "%u %u %16[0-9a-f] %16s %u\n", &event, &id,
			     tag, name, &view) == 5,
		      "%s", text);
	ck_assert_uint_eq(event, LANDLOCK_SUBTYPE_EVENT_FS_PATH);
	ck_assert_uint_eq(strlen(tag), 16);
	ck_assert_int_eq(vm_child(as_other, &told.child), -EACCES);
	/* Nor to who is under rules that the other is not under. */
	ck_assert_int_eq(vm_child_under(allow, as_sandboxed, &self), -EACCES);
	kill(told.child, SIGKILL);
	waitpid(told.child, NULL, 0);
	ck_assert_int_lt(read_rules(told.child, text, sizeof(text)), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("denials");
	TCase *const tcase = tcase_create("denials");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	fsview_share_rule(tcase);
	tcase_add_test(tcase, a_denial_by_path_is_told_with_its_path);
	tcase_add_test(tcase,
		       of_what_is_made_the_directory_is_told_if_it_is_denied);
	tcase_add_test(tcase, a_refused_move_is_told_once);
	tcase_add_test(tcase, what_is_allowed_is_not_told);
	tcase_add_test(tcase, commands_are_told_by_their_argument);
	tcase_add_test(tcase, the_path_is_the_tasks_own);
	tcase_add_test(tcase, what_does_not_fit_is_counted);
	tcase_add_test(tcase, a_reader_waits_polls_or_is_told_to_try_again);
	tcase_add_test(tcase, a_reader_may_go);
	tcase_add_test(tcase, of_two_rules_the_newer_tells);
	tcase_add_test(tcase, wrong_flags_and_descriptors_are_refused);
	tcase_add_test(tcase, a_tracepoint_tells_of_any_rule);
	tcase_add_test(tcase, proc_tells_the_rules_of_a_process_to_its_owner);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
