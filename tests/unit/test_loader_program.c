// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * landlock-loader as it is built: one answer to whatever it is asked, never a
 * crash, not a word to a terminal.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "features.h"
#include "loader/protocol.h"
#include "message.h"

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* What this program is built beside. */
static void built_path(const char *const name, char path[const PATH_MAX])
{
	const ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 64);
	int up;

	ck_assert_int_gt(length, 0);
	path[length] = '\0';
	for (up = 0; up < 3; up++)
		*strrchr(path, '/') = '\0';
	strcat(path, name);
}

struct exchange {
	int status; /* of wait(2) */
	ssize_t size;
	struct protocol_answer answer;
	int fds[MESSAGE_FDS_MAX];
	size_t fd_count;
	off_t said; /* to its standard output and error, in bytes */
};

static void start(const int socket, const int output)
{
	static char *const nothing[] = { NULL };
	char path[PATH_MAX];

	built_path("/landlock-loader", path);
	dup2(socket, 0);
	dup2(output, 1);
	dup2(output, 2);
	execve(path, (char *[]){ (char[]){ "landlock-loader" }, NULL },
	       nothing);
	_exit(127);
}

/* Sends @size bytes (0: nothing) with @fd_count descriptors at @fds. */
static struct exchange exchange(const void *const bytes, const size_t size,
				const int *const fds, const size_t fd_count)
{
	const int output = memfd_create("output", MFD_CLOEXEC);
	struct exchange result = { 0 };
	int sockets[2];
	pid_t child;

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
				    sockets),
			 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (!child)
		start(sockets[1], output);
	close(sockets[1]);
	if (size)
		ck_assert_int_eq(message_send(sockets[0], bytes, size, fds,
					      fd_count),
				 0);
	shutdown(sockets[0], SHUT_WR);
	result.size = message_receive(sockets[0], &result.answer,
				      sizeof(result.answer), result.fds,
				      &result.fd_count);
	ck_assert_int_eq(waitpid(child, &result.status, 0), child);
	result.said = lseek(output, 0, SEEK_END);
	close(sockets[0]);
	close(output);
	return result;
}

static const struct {
	uint32_t parameter_count;
	int32_t text_bytes; /* beyond those that are there */
	const char *name;   /* 16 bytes */
	const char *text;
	size_t text_size;
	size_t fd_count;
	const char *cause;
} requests[] = {
#define NAME "ll0123456789a\0\0"
#define TEXT(text) text, sizeof(text) - 1
	{ 0, 0, NAME, TEXT(""), 1, "a path without an end" },
	{ 0, 0, NAME, TEXT("/a.o"), 1, "a path without an end" },
	{ 0, 1, NAME, TEXT("/a.o\0"), 1, "another length" },
	{ 0, -1, NAME, TEXT("/a.o\0"), 1, "another length" },
	{ 0, INT32_MAX, NAME, TEXT("/a.o\0"), 1, "another length" },
	{ 0, INT32_MIN, NAME, TEXT("/a.o\0"), 1, "another length" },
	{ 0, 0, "0123456789abcdef", TEXT("/a.o\0"), 1, "a name without" },
	{ 0, 0, NAME, TEXT("/a.o\0x\0"), 1, "more texts" },
	{ 0, 0, NAME, TEXT("/a.o\0x"), 1, "more texts" },
	{ 1, 0, NAME, TEXT("/a.o\0"), 1, "fewer parameters" },
	{ 1, 0, NAME, TEXT("/a.o\0x\0"), 1, "fewer parameters" },
	{ 1, 0, NAME, TEXT("/a.o\0x\0y"), 1, "fewer parameters" },
	{ 1, 0, NAME, TEXT("/a.o\0x\0y\0z\0"), 1, "more texts" },
	{ 2, 0, NAME, TEXT("/a.o\0xxx\0y\0"), 1, "fewer parameters" },
	{ UINT32_MAX, 0, NAME, TEXT("/a.o\0x\0y\0"), 1, "fewer parameters" },
	{ 1U << 31, 0, NAME, TEXT("/a.o\0x\0y\0"), 1, "fewer parameters" },
	{ 0, 0, NAME, TEXT("/a.o\0"), 0, "no descriptor" },
	{ 0, 0, NAME, TEXT("/a.o\0"), 2, "more than one" },
	{ 0, 0, NAME, TEXT("/a.o\0"), MESSAGE_FDS_MAX, "more than one" },
	/* These make sense, and the object is looked at: an empty one. */
	{ 0, 0, NAME, TEXT("/a.o\0"), 1, "/a.o is too short for an ELF file" },
	{ 0, 0, NAME, TEXT("\0"), 1, " is too short for an ELF file" },
	{ 1, 0, NAME, TEXT("/a.o\0x\0\0"), 1, "/a.o is too short" },
	{ 2, 0, NAME, TEXT("/a.o\0\0\0\0\0"), 1, "/a.o is too short" },
};

/* Returns the size of the request at @bytes. */
static size_t make_request(const size_t index, char *const bytes)
{
	struct protocol_request *const head = (struct protocol_request *)bytes;

	head->parameter_count = requests[index].parameter_count;
	head->text_bytes = (uint32_t)requests[index].text_size +
			   (uint32_t)requests[index].text_bytes;
	memcpy(head->name, requests[index].name, sizeof(head->name));
	memcpy(head->text, requests[index].text, requests[index].text_size);
	return sizeof(*head) + requests[index].text_size;
}

static union {
	struct protocol_request head; /* aligns */
	char bytes[sizeof(struct protocol_request) + PROTOCOL_TEXT_MAX + 1];
} request;

static void open_empty(int fds[const MESSAGE_FDS_MAX])
{
	size_t i;

	for (i = 0; i < MESSAGE_FDS_MAX; i++)
		fds[i] = memfd_create("object", MFD_CLOEXEC);
}

static void check_refusal(const struct exchange *const exchange,
			  const char *const cause)
{
	ck_assert_int_eq(exchange->status, 0);
	ck_assert_int_eq(exchange->size, sizeof(exchange->answer));
	ck_assert_int_lt(exchange->answer.error, 0);
	ck_assert_uint_eq(exchange->answer.count, 0);
	ck_assert_uint_eq(exchange->fd_count, 0);
	ck_assert_int_eq(exchange->said, 0);
	ck_assert_msg(strstr(exchange->answer.cause, cause), "%s",
		      exchange->answer.cause);
}

START_TEST(a_request_that_makes_no_sense_is_answered)
{
	int fds[MESSAGE_FDS_MAX];
	struct exchange result;

	open_empty(fds);
	result =
		exchange(request.bytes, make_request((size_t)_i, request.bytes),
			 fds, requests[_i].fd_count);
	check_refusal(&result, requests[_i].cause);
}
END_TEST

START_TEST(a_request_of_any_length_is_answered)
{
	static const size_t sizes[] = { 1, sizeof(struct protocol_request) - 1,
					sizeof(request.bytes) - 1,
					sizeof(request.bytes) };
	static const char *const causes[] = { "too short", "too short",
					      "another length", "too long" };
	int fds[MESSAGE_FDS_MAX];
	struct exchange result;
	size_t i;

	open_empty(fds);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		result = exchange(request.bytes, sizes[i], fds, 1);
		check_refusal(&result, causes[i]);
	}
}
END_TEST

START_TEST(without_a_request_it_ends)
{
	const struct exchange result = exchange(NULL, 0, NULL, 0);

	ck_assert_int_eq(result.size, 0);
	ck_assert(WIFEXITED(result.status));
	ck_assert_int_eq(WEXITSTATUS(result.status), 2);
	ck_assert_int_eq(result.said, 0);
}
END_TEST

static int open_pipe(void)
{
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	return ends[0];
}

static int open_directory(void)
{
	return open("/", O_RDONLY | O_CLOEXEC);
}

static int open_path(void)
{
	return open("/proc/self/exe", O_PATH | O_CLOEXEC);
}

static int open_writable(void)
{
	return open("/dev/null", O_WRONLY | O_CLOEXEC);
}

static int (*const oddities[])(void) = { open_pipe, open_directory, open_path,
					 open_writable };

START_TEST(an_object_of_any_kind_is_answered)
{
	const int fd = oddities[_i]();
	struct exchange result;

	memcpy(request.head.text, "/a.o", 5);
	request.head.text_bytes = 5;
	result = exchange(request.bytes, sizeof(request.head) + 5, &fd, 1);
	check_refusal(&result, "/a.o");
}
END_TEST

/* A good object depends on the kernel, and on the right to load rules. */
START_TEST(a_good_request_is_done)
{
	static const char text[] = "the.o\0sockets\0001";
	char path[PATH_MAX];
	struct exchange result;
	int fd;

	built_path("/rules/fs_readonly.o", path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	memcpy(request.head.text, text, sizeof(text));
	request.head.text_bytes = sizeof(text);
	request.head.parameter_count = 1;
	result = exchange(request.bytes, sizeof(request.head) + sizeof(text),
			  &fd, 1);
	if (features_rules() != FEATURES_RULES_ON) {
		check_refusal(&result, "Landlock rules");
		ck_assert_int_eq(result.answer.error, -EOPNOTSUPP);
	} else if (geteuid()) {
		check_refusal(&result, "the.o");
		ck_assert_int_eq(result.answer.error, -EPERM);
	} else {
		ck_assert_int_eq(result.answer.error, 0);
		ck_assert_uint_gt(result.fd_count, 0);
		ck_assert_uint_eq(result.fd_count, result.answer.count);
	}
}
END_TEST

/* The same bytes each time the test runs. */
START_TEST(bytes_at_random_are_answered)
{
	uint32_t state = 1;
	int fds[MESSAGE_FDS_MAX], i;

	open_empty(fds);
	for (i = 0; i < 200; i++) {
		const size_t index = (size_t)i % ARRAY_SIZE(requests);
		const size_t size = make_request(index, request.bytes);
		struct exchange result;

		state = state * 1664525 + 1013904223;
		request.bytes[(state >> 8) % size] = (char)(state >> 24);
		result = exchange(request.bytes, size, fds, 1);
		check_refusal(&result, "");
	}
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("loader program");
	TCase *const all = tcase_create("requests");

	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all, a_request_that_makes_no_sense_is_answered, 0,
			    ARRAY_SIZE(requests));
	tcase_add_test(all, a_request_of_any_length_is_answered);
	tcase_add_test(all, without_a_request_it_ends);
	tcase_add_loop_test(all, an_object_of_any_kind_is_answered, 0,
			    ARRAY_SIZE(oddities));
	tcase_add_test(all, a_good_request_is_done);
	tcase_add_test(all, bytes_at_random_are_answered);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
