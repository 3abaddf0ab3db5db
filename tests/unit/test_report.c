// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reports: one line, whole or visibly cut, that nobody can forge.
 */
#include "report.h"
#include "../suite.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static void print(const struct report *const report, char *const text,
		  const size_t size)
{
	const int fd = memfd_create("report", MFD_CLOEXEC);
	ssize_t length;

	report_print(report, fd);
	length = pread(fd, text, size - 1, 0);
	ck_assert_int_ge(length, 0);
	text[length] = '\0';
	close(fd);
}

static const struct {
	struct report report;
	const char *line;
} cases[] = {
	{ { .cause = "cause" }, "landlock-shim: cause\n" },
	{ { .cause = "cause", .remedy = "remedy" },
	  "landlock-shim: cause; remedy\n" },
	{ { .file = "/f", .cause = "cause" }, "landlock-shim: /f: cause\n" },
	{ { .file = "/f", .line = 3, .cause = "cause" },
	  "landlock-shim: /f:3: cause\n" },
	{ { .file = "/f",
	    .line = 4294967295,
	    .key = "key",
	    .cause = "cause",
	    .remedy = "remedy" },
	  "landlock-shim: /f:4294967295: key: cause; remedy\n" },
	{ { .cause = "cause", .chain = "included by /a:1", .remedy = "remedy" },
	  "landlock-shim: cause (included by /a:1); remedy\n" },
	{ { .cause = "%s%n" }, "landlock-shim: %s%n\n" },
	{ { .file = "/f\nlandlock-shim: forged", .cause = "a\tb\033[2J\177" },
	  "landlock-shim: /f?landlock-shim: forged: a?b?[2J?\n" },
	{ { .cause = "\303\244\342\202\254\360\237\220\247" },
	  "landlock-shim: \303\244\342\202\254\360\237\220\247\n" },
	{ { .cause = "a\302\233b\233c" }, "landlock-shim: a\302?b?c\n" },
};

START_TEST(report_is_one_line_without_control_characters)
{
	char text[512];

	print(&cases[_i].report, text, sizeof(text));
	ck_assert_str_eq(text, cases[_i].line);
}
END_TEST

START_TEST(filling_names_the_includes_that_brought_a_line)
{
	const struct origin profile = { .file = "/p", .line = 1 };
	const struct origin outer = { .file = "/t\n",
				      .line = 2,
				      .included_by = &profile };
	const struct origin inner = { .file = "/u",
				      .line = 3,
				      .included_by = &outer };
	struct report report;
	char text[512];

	ck_assert_int_eq(report_fill_at(&report, -EPERM, &inner, "key", NULL,
					"cause %d", 5),
			 -EPERM);
	print(&report, text, sizeof(text));
	ck_assert_str_eq(text, "landlock-shim: /u:3: key: cause 5 "
			       "(included by /t?:2, by /p:1)\n");
	report_fill(&report, 0, "/f", 1, NULL, NULL, "other");
	ck_assert_str_eq(report.chain, "");
}
END_TEST

START_TEST(filling_copies_every_part_and_returns_the_error)
{
	char file[] = "/f";
	struct report report;

	errno = EXDEV;
	ck_assert_int_eq(report_fill(&report, -EPERM, file, 7, "key", "remedy",
				     "%s %d", "cause", 5),
			 -EPERM);
	ck_assert_int_eq(errno, EXDEV);
	file[1] = 'x';
	ck_assert_str_eq(report.file, "/f");
	ck_assert_uint_eq(report.line, 7);
	ck_assert_str_eq(report.key, "key");
	ck_assert_str_eq(report.remedy, "remedy");
	ck_assert_str_eq(report.cause, "cause 5");
}
END_TEST

START_TEST(filling_leaves_nothing_of_what_was_there_before)
{
	struct report report;

	memset(&report, 'x', sizeof(report));
	report_fill(&report, -EPERM, NULL, 0, NULL, NULL, "cause");
	ck_assert_str_eq(report.file, "");
	ck_assert_uint_eq(report.line, 0);
	ck_assert_str_eq(report.key, "");
	ck_assert_str_eq(report.remedy, "");
}
END_TEST

static void assert_cut(const char *const part, const size_t size)
{
	ck_assert_uint_eq(strlen(part), size - 1);
	ck_assert_str_eq(part + size - 4, "...");
	ck_assert_int_eq(part[size - 5], 'x');
}

START_TEST(text_that_does_not_fit_is_cut_visibly_and_the_line_still_ends)
{
	static char text[20000], line[20000];
	struct report report;

	memset(text, 'x', sizeof(text) - 1);
	report_fill(&report, 0, text, 4294967295, text, text, "%s", text);
	assert_cut(report.file, sizeof(report.file));
	assert_cut(report.key, sizeof(report.key));
	assert_cut(report.remedy, sizeof(report.remedy));
	assert_cut(report.cause, sizeof(report.cause));
	print(&report, line, sizeof(line));
	ck_assert_uint_gt(strlen(line),
			  sizeof(report) - sizeof(report.chain) - 16);
	ck_assert_str_eq(line + strlen(line) - 4, "...\n");
}
END_TEST

START_TEST(text_that_just_fits_is_not_cut)
{
	struct report report;
	char key[sizeof(report.key)];

	memset(key, 'x', sizeof(key) - 1);
	key[sizeof(key) - 1] = '\0';
	report_fill(&report, 0, NULL, 0, key, NULL, "cause");
	ck_assert_str_eq(report.key, key);
}
END_TEST

START_TEST(printing_to_a_closed_descriptor_leaves_errno_alone)
{
	const struct report report = { .cause = "cause" };
	const int fd = open("/", O_PATH | O_CLOEXEC);

	close(fd);
	errno = EXDEV;
	report_print(&report, fd);
	ck_assert_int_eq(errno, EXDEV);
}
END_TEST

/* Which of the two an error is decides what to do about it. */
START_TEST(errors_that_sound_alike_are_told_apart)
{
	ck_assert_str_eq(report_error_text(-ENOENT),
			 "No such file or directory");
	ck_assert_str_eq(report_error_text(-ENOSYS),
			 "Function not implemented (ENOSYS)");
	ck_assert_str_eq(report_error_text(-EOPNOTSUPP),
			 "Operation not supported (EOPNOTSUPP)");
	ck_assert_str_eq(report_error_text(-EPERM),
			 "Operation not permitted (EPERM)");
	ck_assert_str_eq(report_error_text(-4000), "Unknown error");
}
END_TEST

START_TEST(text_of_an_error_is_the_c_librarys)
{
	int error;

	for (error = 1; error < 134; error++) {
		const char *const text = report_error_text(-error);
		const char *const theirs = strerror(error);

		if (strcmp(text, "Unknown error"))
			ck_assert_msg(!strncmp(text, theirs, strlen(theirs)),
				      "%s, %s", text, theirs);
	}
}
END_TEST

static void open_dead_pipe(int pipe_fds[2])
{
	ck_assert_int_eq(pipe2(pipe_fds, O_CLOEXEC), 0);
	close(pipe_fds[0]);
}

START_TEST(pipe_that_nobody_reads_sends_no_signal)
{
	const struct report report = { .cause = "cause" };
	sigset_t blocked, pending;
	int pipe_fds[2];

	open_dead_pipe(pipe_fds);
	report_print(&report, pipe_fds[1]);
	ck_assert_int_eq(sigpending(&pending), 0);
	ck_assert(!sigismember(&pending, SIGPIPE));
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, NULL, &blocked), 0);
	ck_assert(!sigismember(&blocked, SIGPIPE));
}
END_TEST

START_TEST(signal_that_was_pending_before_stays_so)
{
	const struct report report = { .cause = "cause" };
	sigset_t set;
	int pipe_fds[2];

	open_dead_pipe(pipe_fds);
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, &set, NULL), 0);
	ck_assert_int_eq(raise(SIGPIPE), 0);
	report_print(&report, pipe_fds[1]);
	ck_assert_int_eq(sigpending(&set), 0);
	ck_assert(sigismember(&set, SIGPIPE));
	ck_assert_int_eq(sigprocmask(SIG_BLOCK, NULL, &set), 0);
	ck_assert(sigismember(&set, SIGPIPE));
}
END_TEST

START_TEST(without_memory_the_cause_is_said_all_the_same)
{
	const struct rlimit none = { .rlim_cur = 0, .rlim_max = RLIM_INFINITY };
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };
	struct report report = { .file = "/f", .cause = "\033[2Jcause" };
	char text[1024];

	ck_assert_int_eq(setrlimit(RLIMIT_AS, &none), 0);
	print(&report, text, sizeof(text));
	memset(report.cause, 'x', sizeof(report.cause) - 1);
	ck_assert_str_eq(text, "landlock-shim: ?[2Jcause\n");
	print(&report, text, sizeof(text));
	ck_assert_uint_eq(strlen(text), 512);
	ck_assert_str_eq(text + 507, "x...\n");
	ck_assert_int_eq(setrlimit(RLIMIT_AS, &all), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("report");
	TCase *const tcase = tcase_create("line");

	tcase_add_loop_test(tcase,
			    report_is_one_line_without_control_characters, 0,
			    ARRAY_SIZE(cases));
	tcase_add_test(tcase, filling_names_the_includes_that_brought_a_line);
	tcase_add_test(tcase, filling_copies_every_part_and_returns_the_error);
	tcase_add_test(tcase, filling_leaves_nothing_of_what_was_there_before);
	tcase_add_test(
		tcase,
		text_that_does_not_fit_is_cut_visibly_and_the_line_still_ends);
	tcase_add_test(tcase, text_that_just_fits_is_not_cut);
	tcase_add_test(tcase,
		       printing_to_a_closed_descriptor_leaves_errno_alone);
	tcase_add_test(tcase, errors_that_sound_alike_are_told_apart);
	tcase_add_test(tcase, text_of_an_error_is_the_c_librarys);
	tcase_add_test(tcase, pipe_that_nobody_reads_sends_no_signal);
	tcase_add_test(tcase, signal_that_was_pending_before_stays_so);
	tcase_add_test(tcase, without_memory_the_cause_is_said_all_the_same);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
