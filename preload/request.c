// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Starts the loader, asks it, waits for its end.
 *
 * There are two new processes.  execve(2) gives whoever calls it the exit signal
 * SIGCHLD, whatever it was cloned with, and a program that has that signal blocked
 * would find one pending that it has no child for.  So the loader is the child of
 * a keeper, which executes nothing, and by whose end this process gets no signal.
 */
#include "request.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "arena.h"
#include "message.h"
#include "system.h"

/* The kernel's size of a set of signals, whatever the C library's is. */
#define SIGNALS_BYTES 8
#define STATUS_NOT_STARTED 127
/* As a shell puts the end by a signal into an exit status. */
#define STATUS_SIGNAL 128
#define REINSTALL "install landlock-shim again"
#define LIMIT_FILES "raise the limit of open files (RLIMIT_NOFILE)"

_Static_assert(MESSAGE_FDS_MAX >= PROTOCOL_RULES_MAX, "an answer fits");

/* Why the loader cannot be started, and what to do about it. */
static const struct {
	int error;
	const char *remedy;
} start_errors[] = {
	{ -EAGAIN, "raise the limit of processes (RLIMIT_NPROC)" },
	{ -ENOMEM, NULL },
	{ -EMFILE, LIMIT_FILES },
	{ -ENFILE, NULL },
	{ -ENOSYS, NULL },
	{ -EACCES, REINSTALL ", or have the loader started before a sandbox "
			     "that does not let it be executed" },
	{ -EPERM, "start the program outside of what forbids it" },
};

static int fail_to_start(struct report *const report, const int error,
			 const char *const loader)
{
	const char *remedy = REINSTALL;
	size_t i;

	for (i = 0; i < sizeof(start_errors) / sizeof(*start_errors); i++)
		if (start_errors[i].error == error)
			remedy = start_errors[i].remedy;
	return report_fill(report,
			   error == -ENOENT || error == -EACCES ||
					   error == -ENOEXEC
				   ? -ELIBACC
				   : error,
			   NULL, 0, NULL, remedy, "cannot start %s: %s", loader,
			   report_error_text(error));
}

/* fork(2) without a signal at the end, and without what a C library adds. */
static long clone_process(void)
{
	return SYSTEM_CALL(clone, 0, 0, 0, 0, 0);
}

/* In a new process: the errno says to this one's parent why nothing comes. */
static void __attribute__((noreturn)) give_up(const int socket, const int error)
{
	const int32_t word = error;

	message_send(socket, &word, sizeof(word), NULL, 0);
	system_exit(STATUS_NOT_STARTED);
}

/*
 * Executes the loader with nothing but the socket.  What is open for the program
 * (it may be a pipe whose end is waited for) and its mask of signals are not for
 * the loader; what it ignores stays ignored.
 */
static void __attribute__((noreturn))
become_loader(const char *const loader, const int socket)
{
	static const char *const arguments[] = { "landlock-loader", NULL };
	static const char *const environment[] = { NULL };
	const uint64_t no_signals = 0;
	long error = 0;

	SYSTEM_CALL(rt_sigprocmask, SIG_SETMASK, &no_signals, 0, SIGNALS_BYTES);
	if (socket)
		error = SYSTEM_CALL(dup3, socket, 0, 0);
	else
		error = SYSTEM_CALL(fcntl, socket, F_SETFD, 0);
	if (error < 0)
		give_up(socket, (int)error);
	/* All else is marked to be closed, but for what the program was given. */
	if (SYSTEM_CALL(close_range, 1, ~0U, 0) < 0) {
		SYSTEM_CALL(close, 1);
		SYSTEM_CALL(close, 2);
	}
	error = SYSTEM_CALL(execve, loader, arguments, environment);
	give_up(0, (int)error);
}

/* Between this process and the loader; its exit status is the loader's. */
static void __attribute__((noreturn))
keep_loader(const char *const loader, const int socket)
{
	const long child = clone_process();
	int status = 0;
	long error;

	if (!child)
		become_loader(loader, socket);
	if (child < 0)
		give_up(socket, (int)child);
	do
		error = SYSTEM_CALL(wait4, child, &status, __WALL, 0);
	while (error == -EINTR);
	/* -ECHILD where SIGCHLD is ignored: it has ended, unknown how. */
	system_exit(error < 0		  ? 0
		    : WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status)
					  : WEXITSTATUS(status));
}

/* Returns the process's id and our end of the socket, or a negative errno. */
static int start(const char *const loader, int *const socket)
{
	int sockets[2];
	long keeper = SYSTEM_CALL(socketpair, AF_UNIX,
				  SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets);

	if (keeper < 0)
		return (int)keeper;
	keeper = clone_process();
	if (!keeper) {
		system_close(sockets[0]);
		keep_loader(loader, sockets[1]);
	}
	system_close(sockets[1]);
	if (keeper < 0)
		system_close(sockets[0]);
	else
		*socket = sockets[0];
	return (int)keeper;
}

/* Returns the exit status of the loader, or a negative errno. */
static int await(const int keeper)
{
	int status = 0;
	long error;

	do
		error = SYSTEM_CALL(wait4, keeper, &status, __WALL, 0);
	while (error == -EINTR);
	if (error < 0)
		return (int)error;
	return WIFSIGNALED(status) ? STATUS_SIGNAL + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

static char *append(char *const end, const char *const text)
{
	const size_t size = strlen(text) + 1;

	memcpy(end, text, size);
	return end + size;
}

/* The request, in the arena.  Returns 0 or a negative errno. */
static int make_request(const char *const path,
			const struct profile_rule *const rule,
			const char *const name,
			struct protocol_request **const out, size_t *const size,
			struct report *const report)
{
	size_t text_bytes = strlen(path) + 1, i;
	struct protocol_request *request;
	char *end;

	for (i = 0; i < rule->parameter_count; i++)
		text_bytes += strlen(rule->parameters[i].name) + 1 +
			      strlen(rule->parameters[i].value) + 1;
	if (text_bytes > PROTOCOL_TEXT_MAX)
		return report_fill(report, -E2BIG, NULL, 0, NULL,
				   "give it fewer or shorter ones",
				   "%s: parameters of %zu bytes, of %d at most",
				   path, text_bytes, PROTOCOL_TEXT_MAX);
	*size = sizeof(*request) + text_bytes;
	request = arena_take(1, *size);
	if (!request)
		return report_no_memory(report);
	request->parameter_count = (uint32_t)rule->parameter_count;
	request->text_bytes = (uint32_t)text_bytes;
	memcpy(request->name, name, strlen(name) + 1);
	end = append(request->text, path);
	for (i = 0; i < rule->parameter_count; i++) {
		end = append(end, rule->parameters[i].name);
		end = append(end, rule->parameters[i].value);
	}
	*out = request;
	return 0;
}

/* What the loader said, taken for bytes.  Returns as request_rules(). */
static int judge(const void *const bytes, const size_t size, const int *fds,
		 const size_t fd_count, int rule_fds[const PROTOCOL_RULES_MAX],
		 struct report *const report)
{
	const struct protocol_answer *const answer = bytes;
	size_t i;

	if (size != sizeof(*answer) ||
	    !memchr(answer->cause, '\0', sizeof(answer->cause)) ||
	    !memchr(answer->remedy, '\0', sizeof(answer->remedy)) ||
	    answer->error > 0 || answer->error < -4095 ||
	    answer->count != fd_count || !answer->error != !!fd_count ||
	    fd_count > PROTOCOL_RULES_MAX)
		return report_fill(report, -EPROTO, NULL, 0, NULL, REINSTALL,
				   "the loader gave an answer that makes no "
				   "sense");
	if (answer->error)
		return report_fill(report, answer->error, NULL, 0, NULL,
				   answer->remedy, "%s", answer->cause);
	for (i = 0; i < fd_count; i++)
		rule_fds[i] = fds[i];
	return (int)fd_count;
}

/* The loader said nothing, as @error of the socket or its exit status tells. */
static int fail_in_silence(const char *const loader, const int error,
			   const int status, struct report *const report)
{
	if (status > STATUS_SIGNAL)
		return report_fill(report, -ELIBACC, NULL, 0, NULL, REINSTALL,
				   "%s was ended by signal %d", loader,
				   status - STATUS_SIGNAL);
	if (error == -EMSGSIZE)
		return report_fill(report, error, NULL, 0, NULL, LIMIT_FILES,
				   "the answer of %s is too long, or brings "
				   "more descriptors than may be open",
				   loader);
	if (error)
		return report_fill(report, error, NULL, 0, NULL, NULL,
				   "%s cannot be asked: %s", loader,
				   report_error_text(error));
	return report_fill(report, -ELIBACC, NULL, 0, NULL, REINSTALL,
			   "%s ended without an answer", loader);
}

/*
 * Whose other side is gone, with something unread, fails once before it gives what
 * was said.
 */
static bool is_gone(const long error)
{
	return error == -ECONNRESET || error == -EPIPE || error == -ENOTCONN ||
	       error == -ECONNREFUSED;
}

int request_rules(const char *const loader, const int object_fd,
		  const char *const path, const struct profile_rule *const rule,
		  const char *const name,
		  int rule_fds[const PROTOCOL_RULES_MAX],
		  struct report *const report)
{
	struct protocol_answer *const answer = arena_take(1, sizeof(*answer));
	int fds[MESSAGE_FDS_MAX], socket = -1, keeper, status, sent, result;
	struct protocol_request *request = NULL;
	size_t size = 0, fd_count = 0;
	ssize_t got;

	if (!answer)
		return report_no_memory(report);
	result = make_request(path, rule, name, &request, &size, report);
	if (result)
		return result;
	keeper = start(loader, &socket);
	if (keeper < 0)
		return fail_to_start(report, keeper, loader);

	/* The loader waits for no more than this: it ends, whatever happens. */
	sent = message_send(socket, request, size, &object_fd, 1);
	SYSTEM_CALL(shutdown, socket, SHUT_WR);
	got = message_receive(socket, answer, sizeof(*answer), fds, &fd_count);
	if (is_gone(got))
		got = message_receive(socket, answer, sizeof(*answer), fds,
				      &fd_count);
	system_close(socket);
	status = await(keeper);

	if (got == sizeof(int32_t) && status == STATUS_NOT_STARTED)
		result =
			fail_to_start(report, *(const int32_t *)answer, loader);
	else if (got > 0)
		result = judge(answer, (size_t)got, fds, fd_count, rule_fds,
			       report);
	else
		result = fail_in_silence(loader,
					 got && !is_gone(got)	  ? (int)got
					 : sent && !is_gone(sent) ? sent
								  : 0,
					 status, report);
	if (result < 0)
		while (fd_count)
			system_close(fds[--fd_count]);
	return result;
}
