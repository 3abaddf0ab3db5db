// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Asking a loader: the request arrives whole, the answer is taken for bytes, and
 * whatever the loader or the kernel does, nothing stays behind.
 *
 * The loader is this program, started by a link whose name says how to behave.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/filter.h>
#include <linux/seccomp.h>

#include "message.h"
#include "request.h"

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define RULE_NAME "ll0123456789a"
#define SENT_FDS 3

static const struct profile_parameter parameters[] = { { "sockets", "1" },
						       { "empty", "" } };
static const char texts[] = "/a/b.o\0sockets\0001\0empty\0";

/* --- the loader's side --- */

static struct protocol_answer answer;
static int object_fd = -1;

static void say(const void *const bytes, const size_t size, const size_t count)
{
	int fds[MESSAGE_FDS_MAX] = { 0 };
	size_t i;

	for (i = 0; i < count; i++)
		fds[i] = object_fd;
	message_send(STDIN_FILENO, bytes, size, fds, count);
}

static void be_silent(void)
{
}

static void be_killed(void)
{
	raise(SIGKILL);
}

static void be_short(void)
{
	say(&answer, sizeof(answer) - 1, 0);
}

/* As long as what a process says that could not become the loader. */
static void say_a_word(void)
{
	say(&answer, sizeof(int32_t), 0);
}

static void be_long(void)
{
	static const char bytes[sizeof(answer) + 1];

	say(bytes, sizeof(bytes), 0);
}

static void be_empty(void)
{
	say(&answer, sizeof(answer), 0);
}

static void answer_error(const int error, const uint32_t count,
			 const size_t fd_count)
{
	answer.error = error;
	answer.count = count;
	strcpy(answer.cause, "because");
	strcpy(answer.remedy, "mend it");
	say(&answer, sizeof(answer), fd_count);
}

static void be_positive(void)
{
	answer_error(EINVAL, 0, 0);
}

static void be_no_errno(void)
{
	answer_error(INT_MIN, 0, 0);
}

static void leave_cause_open(void)
{
	memset(answer.cause, 'x', sizeof(answer.cause));
	answer.error = -EINVAL;
	say(&answer, sizeof(answer), 0);
}

static void leave_remedy_open(void)
{
	memset(answer.remedy, 'x', sizeof(answer.remedy));
	answer.error = -EINVAL;
	say(&answer, sizeof(answer), 0);
}

static void count_high(void)
{
	answer_error(0, SENT_FDS + 1, SENT_FDS);
}

static void count_low(void)
{
	answer_error(0, SENT_FDS - 1, SENT_FDS);
}

static void count_wrapped(void)
{
	answer_error(0, UINT32_MAX, SENT_FDS);
}

static void fail_with_descriptors(void)
{
	answer_error(-EINVAL, SENT_FDS, SENT_FDS);
}

static void send_too_many(void)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE((MESSAGE_FDS_MAX + 1) * sizeof(int))];
	} control = { .header = { .cmsg_len = CMSG_LEN((MESSAGE_FDS_MAX + 1) *
						       sizeof(int)),
				  .cmsg_level = SOL_SOCKET,
				  .cmsg_type = SCM_RIGHTS } };
	struct iovec part = { &answer, sizeof(answer) };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	size_t i;

	answer.count = MESSAGE_FDS_MAX + 1;
	for (i = 0; i < answer.count; i++)
		memcpy(CMSG_DATA(&control.header) + i * sizeof(int), &object_fd,
		       sizeof(int));
	sendmsg(STDIN_FILENO, &message, 0);
}

static void refuse(void)
{
	answer_error(-EINVAL, 0, 0);
}

static void obey(void)
{
	answer_error(0, SENT_FDS, SENT_FDS);
}

static const struct {
	const char *name;
	void (*behave)(void);
	int result;
	const char *cause;
} loaders[] = {
	{ "silent", be_silent, -ELIBACC, "ended without an answer" },
	{ "killed", be_killed, -ELIBACC, "was ended by signal 9" },
	{ "short", be_short, -EPROTO, "makes no sense" },
	{ "word", say_a_word, -EPROTO, "makes no sense" },
	{ "long", be_long, -EMSGSIZE, "too long, or brings more" },
	{ "empty", be_empty, -EPROTO, "makes no sense" },
	{ "positive", be_positive, -EPROTO, "makes no sense" },
	{ "no-errno", be_no_errno, -EPROTO, "makes no sense" },
	{ "open-cause", leave_cause_open, -EPROTO, "makes no sense" },
	{ "open-remedy", leave_remedy_open, -EPROTO, "makes no sense" },
	{ "count-high", count_high, -EPROTO, "makes no sense" },
	{ "count-low", count_low, -EPROTO, "makes no sense" },
	{ "count-wrapped", count_wrapped, -EPROTO, "makes no sense" },
	{ "error-with-fds", fail_with_descriptors, -EPROTO, "makes no sense" },
	{ "too-many", send_too_many, -EMSGSIZE, "too long, or brings more" },
	{ "refuses", refuse, -EINVAL, "because" },
	{ "obeys", obey, SENT_FDS, "" },
};

#define REFUSES (ARRAY_SIZE(loaders) - 2)
#define OBEYS (ARRAY_SIZE(loaders) - 1)

/* Did what we were given arrive, and nothing else? */
static bool is_as_asked(void)
{
	static union {
		struct protocol_request head;
		char bytes[4096];
	} request;
	int fds[MESSAGE_FDS_MAX];
	size_t fd_count;
	const ssize_t size = message_receive(STDIN_FILENO, &request,
					     sizeof(request), fds, &fd_count);

	object_fd = fds[0];
	return fd_count == 1 && !environ[0] &&
	       size == (ssize_t)(sizeof(request.head) + sizeof(texts)) &&
	       request.head.parameter_count == ARRAY_SIZE(parameters) &&
	       request.head.text_bytes == sizeof(texts) &&
	       !strcmp(request.head.name, RULE_NAME) &&
	       !memcmp(request.head.text, texts, sizeof(texts));
}

static int be_loader(const char *const started_as)
{
	const char *const name = strrchr(started_as, '/') + 1;
	size_t i;

	/* One that does not even read leaves its request behind. */
	if (!strcmp(name, "unread"))
		return 0;
	if (!is_as_asked())
		return EXIT_FAILURE;
	for (i = 0; i < ARRAY_SIZE(loaders); i++)
		if (!strcmp(name, loaders[i].name))
			loaders[i].behave();
	return 0;
}

/* --- the shim's side --- */

static char directory[] = "/tmp/test_request.XXXXXX";
static char loader[sizeof(directory) + 32];

static void make_directory(void)
{
	ck_assert_ptr_nonnull(mkdtemp(directory));
}

static void remove_directory(void)
{
	unlink(loader);
	rmdir(directory);
}

static void make_loader(const char *const name)
{
	char self[PATH_MAX];
	const ssize_t length =
		readlink("/proc/self/exe", self, sizeof(self) - 1);

	ck_assert_int_gt(length, 0);
	self[length] = '\0';
	snprintf(loader, sizeof(loader), "%s/%s", directory, name);
	ck_assert_int_eq(symlink(self, loader), 0);
}

static size_t open_descriptors(void)
{
	size_t count = 0;
	int fd;

	for (fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static struct report report;

static int ask(int rule_fds[const PROTOCOL_RULES_MAX])
{
	const struct profile_rule rule = {
		.parameters = (struct profile_parameter *)parameters,
		.parameter_count = ARRAY_SIZE(parameters),
	};
	const int object = memfd_create("object", MFD_CLOEXEC);
	int result;

	ck_assert_int_ge(object, 0);
	result = request_rules(loader, object, "/a/b.o", &rule, RULE_NAME,
			       rule_fds, &report);
	close(object);
	return result;
}

/* Asks, and holds that nothing but what is returned is there afterwards. */
static int ask_cleanly(void)
{
	const size_t before = open_descriptors();
	int fds[PROTOCOL_RULES_MAX], i;
	const int result = ask(fds);

	for (i = 0; i < result; i++) {
		ck_assert_int_eq(fcntl(fds[i], F_GETFD), FD_CLOEXEC);
		close(fds[i]);
	}
	ck_assert_uint_eq(open_descriptors(), before);
	ck_assert_int_eq(waitpid(-1, NULL, __WALL), -1);
	ck_assert_int_eq(errno, ECHILD);
	if (result < 0)
		ck_assert_str_ne(report.cause, "");
	return result;
}

START_TEST(whatever_the_loader_says_is_judged)
{
	make_loader(loaders[_i].name);
	ck_assert_int_eq(ask_cleanly(), loaders[_i].result);
	ck_assert_msg(strstr(report.cause, loaders[_i].cause), "%s",
		      report.cause);
	if (_i == REFUSES)
		ck_assert_str_eq(report.remedy, "mend it");
}
END_TEST

START_TEST(a_loader_that_does_not_read_is_told)
{
	make_loader("unread");
	ck_assert_int_eq(ask_cleanly(), -ELIBACC);
	ck_assert_ptr_nonnull(strstr(report.cause, "ended without an answer"));
}
END_TEST

START_TEST(a_missing_loader_is_told_each_time)
{
	int i;

	/* It may be gone before or after the request is sent. */
	snprintf(loader, sizeof(loader), "%s/missing", directory);
	for (i = 0; i < 100; i++) {
		ck_assert_int_eq(ask_cleanly(), -ELIBACC);
		ck_assert_msg(strstr(report.cause, "No such file"), "%s",
			      report.cause);
		ck_assert_ptr_nonnull(strstr(report.remedy, "install"));
	}
}
END_TEST

static int signal_count;

static void count_signal(const int number)
{
	(void)number;
	signal_count++;
}

START_TEST(no_signal_comes_of_its_end)
{
	sigset_t blocked, pending;

	make_loader("obeys");
	signal(SIGCHLD, count_signal);
	ck_assert_int_eq(ask_cleanly(), SENT_FDS);
	ck_assert_int_eq(signal_count, 0);
	sigfillset(&blocked);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	ck_assert_int_eq(ask_cleanly(), SENT_FDS);
	sigpending(&pending);
	ck_assert_int_eq(sigismember(&pending, SIGCHLD), 0);
}
END_TEST

START_TEST(it_works_with_its_end_ignored)
{
	make_loader("obeys");
	signal(SIGCHLD, SIG_IGN);
	ck_assert_int_eq(ask_cleanly(), SENT_FDS);
}
END_TEST

START_TEST(it_works_with_descriptors_0_to_2_closed)
{
	int fds[PROTOCOL_RULES_MAX], saved[3], result, i;

	make_loader("obeys");
	for (i = 0; i < 3; i++) {
		saved[i] = fcntl(i, F_DUPFD_CLOEXEC, 10);
		close(i);
	}
	result = ask(fds);
	for (i = 0; i < 3; i++)
		dup2(saved[i], i);
	ck_assert_int_eq(result, SENT_FDS);
}
END_TEST

/* Only the descriptors that come do not fit: none of them stays. */
START_TEST(an_answer_that_does_not_fit_leaves_nothing)
{
	struct rlimit limit;
	int low;

	make_loader("obeys");
	low = dup(0);
	close(low);
	getrlimit(RLIMIT_NOFILE, &limit);
	/* The object, two sockets of which one is closed again, one more. */
	limit.rlim_cur = (rlim_t)low + 4;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert_int_eq(ask_cleanly(), -EMSGSIZE);
	limit.rlim_cur = (rlim_t)low + 2;
	ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	ck_assert_int_eq(ask_cleanly(), -EMFILE);
	ck_assert_ptr_nonnull(strstr(report.remedy, "RLIMIT_NOFILE"));
}
END_TEST

START_TEST(parameters_that_no_message_holds_are_refused)
{
	char *const value = malloc(PROTOCOL_TEXT_MAX + 1);
	struct profile_parameter parameter = { "x", value };
	const struct profile_rule rule = { .parameters = &parameter,
					   .parameter_count = 1 };
	int fds[PROTOCOL_RULES_MAX];

	memset(value, '1', PROTOCOL_TEXT_MAX);
	value[PROTOCOL_TEXT_MAX] = '\0';
	ck_assert_int_eq(request_rules("/loader", 0, "/a/b.o", &rule, RULE_NAME,
				       fds, &report),
			 -E2BIG);
	free(value);
}
END_TEST

static const struct {
	unsigned int call;
	int error;
	int result;
	const char *cause;
} faults[] = {
	{ SYS_socketpair, EMFILE, -EMFILE, "Too many open files" },
	{ SYS_clone, EAGAIN, -EAGAIN, "temporarily unavailable" },
	{ SYS_clone, ENOMEM, -ENOMEM, "Cannot allocate memory" },
	{ SYS_clone, ENOSYS, -ENOSYS, "ENOSYS" },
	{ SYS_execve, EACCES, -ELIBACC, "Permission denied" },
	{ SYS_execve, EPERM, -EPERM, "EPERM" },
	{ SYS_dup3, EMFILE, -EMFILE, "Too many open files" },
	{ SYS_sendmsg, EPERM, -EPERM, "cannot be asked" },
	{ SYS_recvmsg, EPERM, -EPERM, "cannot be asked" },
	{ SYS_close_range, ENOSYS, SENT_FDS, "" },
	{ SYS_rt_sigprocmask, EPERM, SENT_FDS, "" },
};

START_TEST(each_system_call_may_fail)
{
	const struct sock_filter instructions[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, faults[_i].call, 0, 1),
		BPF_STMT(BPF_RET | BPF_K,
			 SECCOMP_RET_ERRNO | (__u32)faults[_i].error),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { ARRAY_SIZE(instructions),
					   (struct sock_filter *)instructions };

	make_loader("obeys");
	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(
		syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter), 0);
	ck_assert_int_eq(ask_cleanly(), faults[_i].result);
	ck_assert_msg(strstr(report.cause, faults[_i].cause), "%s",
		      report.cause);
}
END_TEST

int main(const int argc, char **const argv)
{
	Suite *suite;
	TCase *all;

	if (argc == 1 && !strcmp(argv[0], "landlock-loader"))
		return be_loader((const char *)getauxval(AT_EXECFN));

	suite = suite_create("request");
	all = tcase_create("request");
	tcase_add_checked_fixture(all, make_directory, remove_directory);
	tcase_add_loop_test(all, whatever_the_loader_says_is_judged, 0,
			    ARRAY_SIZE(loaders));
	tcase_add_test(all, a_loader_that_does_not_read_is_told);
	tcase_add_test(all, a_missing_loader_is_told_each_time);
	tcase_add_test(all, no_signal_comes_of_its_end);
	tcase_add_test(all, it_works_with_its_end_ignored);
	tcase_add_test(all, it_works_with_descriptors_0_to_2_closed);
	tcase_add_test(all, an_answer_that_does_not_fit_leaves_nothing);
	tcase_add_test(all, parameters_that_no_message_holds_are_refused);
	tcase_add_loop_test(all, each_system_call_may_fail, 0,
			    ARRAY_SIZE(faults));
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
