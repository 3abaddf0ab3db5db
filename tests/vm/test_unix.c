// SPDX-License-Identifier: LGPL-2.1-or-later
/* Sockets by path: who may connect or send to one under a view. */
#include "fsview.h"
#include "ring.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define NO_CONNECT (FSVIEW_ALL & ~FS_PATHS_CONNECT)

static struct sockaddr_un address_of(const char *const path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	return address;
}

static int bind_to(const int fd, const char *const path)
{
	const struct sockaddr_un address = address_of(path);

	return vm_result(
		bind(fd, (const struct sockaddr *)&address, sizeof(address)));
}

/* A socket of @type that takes what comes to @path; or a negative errno. */
static int serve(const int type, const char *const path)
{
	const int fd = socket(AF_UNIX, type, 0);
	int error = fd < 0 ? -errno : bind_to(fd, path);

	if (!error && type != SOCK_DGRAM)
		error = vm_result(listen(fd, 8));
	if (error)
		close(fd);
	return error ? error : fd;
}

static int connect_as(const int type, const char *const path)
{
	const struct sockaddr_un address = address_of(path);
	const int fd = socket(AF_UNIX, type, 0);
	const int error = vm_result(connect(
		fd, (const struct sockaddr *)&address, sizeof(address)));

	close(fd);
	return error;
}

/* --- each way to it --- */

static int connect_stream(void *const path)
{
	return connect_as(SOCK_STREAM, path);
}

static int connect_seqpacket(void *const path)
{
	return connect_as(SOCK_SEQPACKET, path);
}

static int connect_dgram(void *const path)
{
	return connect_as(SOCK_DGRAM, path);
}

static int send_to(void *const path)
{
	const struct sockaddr_un address = address_of(path);
	const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	return vm_result(sendto(fd, "x", 1, 0,
				(const struct sockaddr *)&address,
				sizeof(address)));
}

struct message {
	struct sockaddr_un address;
	struct iovec text;
	struct mmsghdr header;
};

static void make_message(struct message *const message, const char *const path)
{
	static char text[] = "x";

	*message = (struct message){
		.address = address_of(path),
		.text = { text, 1 },
	};
	message->header.msg_hdr = (struct msghdr){
		.msg_name = &message->address,
		.msg_namelen = sizeof(message->address),
		.msg_iov = &message->text,
		.msg_iovlen = 1,
	};
}

static int send_message(void *const path)
{
	const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct message message;

	make_message(&message, path);
	return vm_result(sendmsg(fd, &message.header.msg_hdr, 0));
}

static int send_messages(void *const path)
{
	const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct message message;

	make_message(&message, path);
	return vm_result(sendmmsg(fd, &message.header, 1, 0));
}

/* After one that is allowed, to whom nothing was asked. */
static int send_messages_elsewhere(void *const path)
{
	const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct mmsghdr headers[2];
	struct message messages[2];
	int sent;

	make_message(&messages[0], "granted/dgram");
	make_message(&messages[1], path);
	headers[0] = messages[0].header;
	headers[1] = messages[1].header;
	sent = sendmmsg(fd, headers, 2, 0);
	if (sent != 1)
		return sent == 2 ? 0 : -errno;
	return vm_result(sendmmsg(fd, &headers[1], 1, 0));
}

static int connect_again(void *const path)
{
	const struct sockaddr_un first = address_of("granted/dgram");
	const struct sockaddr_un second = address_of(path);
	const int fd = socket(AF_UNIX, SOCK_DGRAM, 0);

	if (connect(fd, (const struct sockaddr *)&first, sizeof(first)))
		return -EDOM;
	return vm_result(
		connect(fd, (const struct sockaddr *)&second, sizeof(second)));
}

static int by_ring(const struct io_uring_sqe entry)
{
	struct ring ring;
	int result = ring_open(&ring);

	if (!result)
		result = ring_do(&ring, &entry);
	return result < 0 ? result : 0;
}

static int connect_by_ring(void *const path)
{
	const struct sockaddr_un address = address_of(path);

	return by_ring((struct io_uring_sqe){
		.opcode = IORING_OP_CONNECT,
		.fd = socket(AF_UNIX, SOCK_STREAM, 0),
		.addr = (uintptr_t)&address,
		.off = sizeof(address),
	});
}

static int send_by_ring(void *const path)
{
	const struct sockaddr_un address = address_of(path);

	return by_ring((struct io_uring_sqe){
		.opcode = IORING_OP_SEND,
		.fd = socket(AF_UNIX, SOCK_DGRAM, 0),
		.addr = (uintptr_t) "x",
		.len = 1,
		.addr2 = (uintptr_t)&address,
		.addr_len = sizeof(address),
	});
}

static int send_message_by_ring(void *const path)
{
	struct message message;

	make_message(&message, path);
	return by_ring((struct io_uring_sqe){
		.opcode = IORING_OP_SENDMSG,
		.fd = socket(AF_UNIX, SOCK_DGRAM, 0),
		.addr = (uintptr_t)&message.header.msg_hdr,
		.len = 1,
	});
}

static const struct {
	const char *name;
	vm_function_t *reach;
	const char *socket;
} accesses[] = {
	{ "connect, stream", connect_stream, "stream" },
	{ "connect, seqpacket", connect_seqpacket, "seqpacket" },
	{ "connect, dgram", connect_dgram, "dgram" },
	{ "connect again", connect_again, "dgram" },
	{ "sendto", send_to, "dgram" },
	{ "sendmsg", send_message, "dgram" },
	{ "sendmmsg", send_messages, "dgram" },
	{ "sendmmsg, the second", send_messages_elsewhere, "dgram" },
	{ "io_uring, connect", connect_by_ring, "stream" },
	{ "io_uring, send", send_by_ring, "dgram" },
	{ "io_uring, sendmsg", send_message_by_ring, "dgram" },
};

/*
 * In /mnt: granted/ with all; open/ with all but to connect; outside/ with
 * nothing. In each a socket of each type, made by this process.
 */
static void make_sockets(void)
{
	static const char *const directories[] = { "granted", "open",
						   "outside" };
	static const struct {
		const char *name;
		int type;
	} types[] = {
		{ "stream", SOCK_STREAM },
		{ "seqpacket", SOCK_SEQPACKET },
		{ "dgram", SOCK_DGRAM },
	};
	char path[64];
	size_t i, j;

	vm_scratch();
	for (i = 0; i < ARRAY_SIZE(directories); i++) {
		ck_assert_int_eq(mkdir(directories[i], 0755), 0);
		for (j = 0; j < ARRAY_SIZE(types); j++) {
			snprintf(path, sizeof(path), "%s/%s", directories[i],
				 types[j].name);
			ck_assert_int_ge(serve(types[j].type, path), 0);
		}
	}
}

static int make_view(void)
{
	const int view = fsview_make(16);

	ck_assert_int_eq(fsview_put(view, "granted", NULL, FSVIEW_ALL), 0);
	ck_assert_int_eq(fsview_put(view, "open", NULL, NO_CONNECT), 0);
	return view;
}

static int make_frozen_view(void)
{
	const int view = make_view();

	fsview_freeze(view);
	return view;
}

START_TEST(each_way_to_a_socket_is_judged)
{
	char granted[64], open[64], outside[64];
	int view;

	make_sockets();
	view = make_frozen_view();
	snprintf(granted, sizeof(granted), "granted/%s", accesses[_i].socket);
	snprintf(open, sizeof(open), "open/%s", accesses[_i].socket);
	snprintf(outside, sizeof(outside), "outside/%s", accesses[_i].socket);
	ck_assert_int_eq(vm_child(accesses[_i].reach, outside), 0);
	ck_assert_int_eq(fsview_child(view, accesses[_i].reach, granted), 0);
	ck_assert_int_eq(fsview_child(view, accesses[_i].reach, open), -EACCES);
	ck_assert_int_eq(fsview_child(view, accesses[_i].reach, outside),
			 -EACCES);
}
END_TEST

/* --- where it is --- */

static void put(const int view, const char *const path, const char *const name,
		const uint64_t access)
{
	ck_assert_int_eq(fsview_put(view, path, name, access), 0);
}

static void put_nothing(const int view)
{
	(void)view;
}

static void put_socket(const int view)
{
	put(view, "outside/stream", NULL, FS_PATHS_CONNECT);
}

static void put_denied_socket(const int view)
{
	put(view, "granted/stream", NULL, NO_CONNECT);
}

static void put_name(const int view)
{
	put(view, "outside", "later", FS_PATHS_CONNECT);
}

static void put_denied_name(const int view)
{
	put(view, "granted", "later", NO_CONNECT);
}

static void put_elsewhere(const int view)
{
	fsview_put_elsewhere(
		view, (struct landlock_fsview_value){ FS_PATHS_CONNECT, 0 });
}

static void nothing(void)
{
}

static void serve_later(void)
{
	ck_assert_int_ge(serve(SOCK_STREAM, "outside/later"), 0);
	ck_assert_int_ge(serve(SOCK_STREAM, "granted/later"), 0);
}

static void serve_anew(void)
{
	ck_assert_int_eq(unlink("outside/stream"), 0);
	ck_assert_int_ge(serve(SOCK_STREAM, "outside/stream"), 0);
}

static void rename_out(void)
{
	ck_assert_int_eq(rename("granted/stream", "outside/moved"), 0);
}

static void rename_in(void)
{
	ck_assert_int_eq(rename("outside/stream", "granted/moved"), 0);
}

static void link_in(void)
{
	ck_assert_int_eq(link("outside/stream", "granted/link"), 0);
}

static void symlink_in(void)
{
	ck_assert_int_eq(symlink("../outside/stream", "granted/symlink"), 0);
}

static void bind_in(void)
{
	ck_assert_int_eq(mkdir("granted/bound", 0755), 0);
	ck_assert_int_eq(mount("outside", "granted/bound", NULL, MS_BIND, NULL),
			 0);
}

static void bind_out(void)
{
	ck_assert_int_eq(mount("granted", "outside", NULL, MS_BIND, NULL), 0);
}

static void bind_socket(void)
{
	close(open("granted/bound", O_CREAT | O_WRONLY, 0644));
	ck_assert_int_eq(mount("outside/stream", "granted/bound", NULL, MS_BIND,
			       NULL),
			 0);
}

static void hold_outside(void)
{
	ck_assert_int_eq(dup2(open("outside/stream", O_PATH), 100), 100);
}

static void hold_granted(void)
{
	ck_assert_int_eq(dup2(open("granted/stream", O_PATH), 100), 100);
}

/* What the view says besides, what is done then, what is connected to. */
static const struct {
	const char *name;
	void (*put)(int view);
	void (*before)(void);
	const char *path;
	int expected;
} ways[] = {
	{ "below what is granted", put_nothing, nothing, "granted/stream", 0 },
	{ "outside", put_nothing, nothing, "outside/stream", -EACCES },
	{ "granted itself", put_socket, nothing, "outside/stream", 0 },
	{ "denied itself", put_denied_socket, nothing, "granted/stream",
	  -EACCES },
	{ "granted, made anew", put_socket, serve_anew, "outside/stream",
	  -EACCES },
	{ "by name", put_name, serve_later, "outside/later", 0 },
	{ "denied by name", put_denied_name, serve_later, "granted/later",
	  -EACCES },
	{ "elsewhere", put_elsewhere, nothing, "outside/stream", 0 },
	{ "dot dot", put_nothing, nothing, "granted/../outside/stream",
	  -EACCES },
	{ "renamed out", put_nothing, rename_out, "outside/moved", -EACCES },
	{ "renamed in", put_nothing, rename_in, "granted/moved", 0 },
	{ "granted, renamed", put_socket, rename_in, "granted/moved", 0 },
	{ "the name by which it is used", put_nothing, link_in, "granted/link",
	  0 },
	{ "and its other one", put_nothing, link_in, "outside/stream",
	  -EACCES },
	{ "a symbolic link", put_nothing, symlink_in, "granted/symlink",
	  -EACCES },
	{ "bound in", put_nothing, bind_in, "granted/bound/stream", 0 },
	{ "bound over", put_nothing, bind_out, "outside/stream", 0 },
	{ "a bound socket", put_nothing, bind_socket, "granted/bound", 0 },
	{ "held", put_nothing, hold_outside, "/proc/self/fd/100", -EACCES },
	{ "held and granted", put_nothing, hold_granted, "/proc/self/fd/100",
	  0 },
	{ "of another root", put_nothing, nothing,
	  "/proc/self/root" VM_SCRATCH "/outside/stream", -EACCES },
	/* As without rules. */
	{ "not there", put_nothing, nothing, "outside/absent", -ENOENT },
	{ "no socket", put_nothing, nothing, "outside", -ECONNREFUSED },
	{ "another type", put_nothing, nothing, "outside/dgram", -EPROTOTYPE },
};

START_TEST(a_socket_is_where_its_path_is)
{
	int view, result;

	make_sockets();
	view = make_view();
	ways[_i].put(view);
	fsview_freeze(view);
	ways[_i].before();
	result = fsview_child(view, connect_stream,
			      (char *)(uintptr_t)ways[_i].path);
	ck_assert_msg(result == ways[_i].expected, "%s: %s", ways[_i].name,
		      strerror(-result));
}
END_TEST

static int rename_to_granted(void *const argument)
{
	(void)argument;
	return vm_result(rename("open/stream", "granted/moved"));
}

static int link_to_granted(void *const argument)
{
	(void)argument;
	return vm_result(link("open/stream", "granted/link"));
}

static int rename_over_granted(void *const argument)
{
	(void)argument;
	return vm_result(rename("open/stream", "granted/stream"));
}

static int rename_from_granted(void *const argument)
{
	(void)argument;
	return vm_result(rename("granted/stream", "open/moved"));
}

static int rename_directory_to_granted(void *const argument)
{
	(void)argument;
	return vm_result(rename("open/sub", "granted/sub"));
}

static const struct {
	const char *name;
	vm_function_t *move;
	int expected;
} moves[] = {
	{ "rename", rename_to_granted, -EXDEV },
	{ "link", link_to_granted, -EXDEV },
	{ "rename over", rename_over_granted, -EXDEV },
	{ "rename of a directory", rename_directory_to_granted, -EXDEV },
	{ "rename to where there is less", rename_from_granted, 0 },
};

START_TEST(no_socket_is_moved_to_where_it_could_be_connected_to)
{
	int view;

	make_sockets();
	ck_assert_int_eq(mkdir("open/sub", 0755), 0);
	view = make_frozen_view();
	ck_assert_int_eq(fsview_child(view, moves[_i].move, NULL),
			 moves[_i].expected);
}
END_TEST

static int bind_outside(void *const argument)
{
	const int fd = serve(SOCK_STREAM, argument);

	return fd < 0 ? fd : 0;
}

START_TEST(a_socket_is_bound_only_where_something_may_be_made)
{
	char outside[] = "outside/new", open[] = "open/new";
	int view;

	make_sockets();
	view = make_frozen_view();
	ck_assert_int_eq(fsview_child(view, bind_outside, outside), -EACCES);
	ck_assert_int_eq(fsview_child(view, bind_outside, open), 0);
}
END_TEST

/* --- made inside --- */

/* @function in a child of this one, which is under what this one is under. */
static int in_child(vm_function_t *const function, void *const argument)
{
	const pid_t child = fork();
	int status;

	if (!child)
		_exit(-function(argument));
	if (child < 0 || waitpid(child, &status, 0) != child ||
	    !WIFEXITED(status))
		return -EDOM;
	return -WEXITSTATUS(status);
}

static int serve_and_connect(void *const argument)
{
	const int fd = serve(SOCK_STREAM, "open/new");

	(void)argument;
	return fd < 0 ? fd : connect_as(SOCK_STREAM, "open/new");
}

static int serve_and_send(void *const argument)
{
	const int fd = serve(SOCK_DGRAM, "open/new");
	char path[] = "open/new";

	(void)argument;
	return fd < 0 ? fd : send_to(path);
}

static int serve_and_connect_in_child(void *const argument)
{
	const int fd = serve(SOCK_STREAM, "open/new");
	char path[] = "open/new";

	(void)argument;
	return fd < 0 ? fd : in_child(connect_stream, path);
}

static int serve_by_ring(void *const argument)
{
	struct ring ring;
	int fd = ring_open(&ring), error;

	(void)argument;
	if (fd)
		return fd;
	fd = ring_do(&ring, &(struct io_uring_sqe){
				    .opcode = IORING_OP_SOCKET,
				    .fd = AF_UNIX,
				    .off = SOCK_DGRAM,
			    });
	if (fd < 0)
		return fd;
	error = bind_to(fd, "open/new");
	return error ? error : connect_as(SOCK_DGRAM, "open/new");
}

static int bind_pair(void *const argument)
{
	int ends[2], error;

	(void)argument;
	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, ends))
		return -errno;
	error = bind_to(ends[0], "open/new");
	if (!error && connect_as(SOCK_DGRAM, "open/new") != -EPERM)
		error = -EBADE;
	return error;
}

static int connect_replaced(void *const argument)
{
	const int fd = serve(SOCK_STREAM, "open/new");

	(void)argument;
	if (fd < 0)
		return fd;
	if (rename("open/new", "open/stream"))
		return -errno;
	return connect_as(SOCK_STREAM, "open/stream");
}

static int connect_beside(void *const argument)
{
	const int error = serve_and_connect(argument);

	return error ? error : connect_as(SOCK_STREAM, "open/stream");
}

static const struct {
	const char *name;
	vm_function_t *function;
	int expected;
} insides[] = {
	{ "connect", serve_and_connect, 0 },
	{ "send", serve_and_send, 0 },
	{ "connect, in a child", serve_and_connect_in_child, 0 },
	{ "made by io_uring", serve_by_ring, 0 },
	{ "an end of a pair, whose peer is the other", bind_pair, 0 },
	{ "in the place of one outside", connect_replaced, 0 },
	{ "not the one beside it", connect_beside, -EACCES },
};

START_TEST(what_is_made_inside_is_reached_from_inside)
{
	make_sockets();
	ck_assert_int_eq(fsview_child(make_frozen_view(), insides[_i].function,
				      NULL),
			 insides[_i].expected);
}
END_TEST

/* A sandbox in a sandbox, or beside it. */
struct sandbox {
	int rule, view;
};

static int enter(const struct sandbox *const sandbox)
{
	const int error = vm_no_new_privs();

	return error ? error : fsview_prepend(sandbox->rule, sandbox->view);
}

/*
 * Serves @path in a sandbox of its own that ends, with its last task, before this
 * returns: the socket is left, in the descriptors that the two share.
 */
static int serve_and_leave(const struct sandbox *const sandbox,
			   const char *const path)
{
	const pid_t child = (pid_t)syscall(SYS_clone, CLONE_FILES | SIGCHLD, 0,
					   NULL, NULL, 0);
	int status;

	if (!child) {
		if (enter(sandbox))
			_exit(2);
		_exit(serve(SOCK_STREAM, path) < 0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status)
		return -EDOM;
	return 0;
}

static int outer_to_inner(void *const argument)
{
	const int error = serve_and_leave(argument, "open/new");

	return error ? error : connect_as(SOCK_STREAM, "open/new");
}

static int inner_to_outer(void *const argument)
{
	const int fd = serve(SOCK_STREAM, "open/new");
	const int error = fd < 0 ? fd : enter(argument);

	return error ? error : connect_as(SOCK_STREAM, "open/new");
}

static int inner_to_beside(void *const argument)
{
	int error = serve_and_leave(argument, "open/new");

	if (!error)
		error = enter(argument);
	return error ? error : connect_as(SOCK_STREAM, "open/new");
}

static int bound_inside_made_before(void *const argument)
{
	const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	int error = enter(argument);

	if (!error)
		error = bind_to(fd, "open/new");
	if (!error)
		error = vm_result(listen(fd, 1));
	return error ? error : connect_as(SOCK_STREAM, "open/new");
}

static const struct {
	const char *name;
	vm_function_t *function;
	int expected;
} nestings[] = {
	{ "the outer reaches the inner", outer_to_inner, 0 },
	{ "the inner does not reach the outer", inner_to_outer, -EACCES },
	{ "nor one beside it", inner_to_beside, -EACCES },
	{ "made before and bound inside", bound_inside_made_before, -EACCES },
};

START_TEST(each_rule_asks_who_made_the_socket)
{
	struct sandbox inner;

	make_sockets();
	inner.rule = fsview_load_rule();
	inner.view = make_frozen_view();
	ck_assert_int_eq(fsview_child(make_frozen_view(), nestings[_i].function,
				      &inner),
			 nestings[_i].expected);
}
END_TEST

START_TEST(what_is_made_inside_is_reached_from_outside)
{
	struct sandbox sandbox;
	char path[] = "open/new";

	make_sockets();
	sandbox.rule = fsview_load_rule();
	sandbox.view = make_frozen_view();
	ck_assert_int_eq(serve_and_leave(&sandbox, path), 0);
	ck_assert_int_eq(vm_child(connect_stream, path), 0);
	/* The same rule and view, applied by another, are another sandbox. */
	ck_assert_int_eq(fsview_child(sandbox.view, connect_stream, path),
			 -EACCES);
}
END_TEST

/* --- not by path --- */

#define SENT 100
#define STREAM 101
#define DGRAM 102

static int use_connected(void *const argument)
{
	const struct sockaddr_un address = address_of("outside/dgram");

	(void)argument;
	if (send(STREAM, "x", 1, 0) != 1 || send(DGRAM, "x", 1, 0) != 1)
		return -errno;
	if (sendto(DGRAM, "x", 1, 0, (const struct sockaddr *)&address,
		   sizeof(address)) == 1)
		return -EBADE;
	return -errno;
}

static int connected(const int type, const char *const path, const int as)
{
	const struct sockaddr_un address = address_of(path);
	const int fd = socket(AF_UNIX, type, 0);
	const int error = vm_result(connect(
		fd, (const struct sockaddr *)&address, sizeof(address)));

	return error ? error : vm_result(dup2(fd, as));
}

START_TEST(what_was_connected_before_stays_so)
{
	make_sockets();
	ck_assert_int_eq(connected(SOCK_STREAM, "outside/stream", STREAM), 0);
	ck_assert_int_eq(connected(SOCK_DGRAM, "outside/dgram", DGRAM), 0);
	ck_assert_int_eq(fsview_child(make_frozen_view(), use_connected, NULL),
			 -EACCES);
}
END_TEST

static int use_received(void *const argument)
{
	int fd = -1;
	const int error = vm_pass(SENT, &fd, true);

	(void)argument;
	return error ? error : vm_result(send(fd, "x", 1, 0));
}

START_TEST(what_others_connected_may_be_used)
{
	int ends[2], fd = STREAM;

	make_sockets();
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	ck_assert_int_eq(connected(SOCK_STREAM, "outside/stream", STREAM), 0);
	ck_assert_int_eq(vm_pass(ends[0], &fd, false), 0);
	close(STREAM);
	ck_assert_int_eq(dup2(ends[1], SENT), SENT);
	ck_assert_int_eq(fsview_child(make_frozen_view(), use_received, NULL),
			 0);
}
END_TEST

static int connect_abstract(void *const argument)
{
	const struct sockaddr_un address = { .sun_family = AF_UNIX,
					     .sun_path = "\0landlock" };

	(void)argument;
	return vm_result(connect(socket(AF_UNIX, SOCK_STREAM, 0),
				 (const struct sockaddr *)&address,
				 sizeof(address)));
}

START_TEST(sockets_without_a_path_are_not_asked_about)
{
	const struct sockaddr_un address = { .sun_family = AF_UNIX,
					     .sun_path = "\0landlock" };
	const int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	make_sockets();
	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address,
			      sizeof(address)),
			 0);
	ck_assert_int_eq(listen(fd, 1), 0);
	ck_assert_int_eq(
		fsview_child(make_frozen_view(), connect_abstract, NULL), 0);
}
END_TEST

/* --- without a view --- */

/* Denies what is LANDLOCK_ACTION_FS_CONNECT and nothing else. */
static int load_deny_connect(void)
{
	const struct bpf_insn instructions[] = {
		{ .code = BPF_LDX | BPF_MEM | BPF_DW,
		  .dst_reg = BPF_REG_2,
		  .src_reg = BPF_REG_1,
		  .off = offsetof(struct landlock_context, arg2) },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K,
		  .dst_reg = BPF_REG_0,
		  .imm = 1 },
		{ .code = BPF_JMP | BPF_JEQ | BPF_K,
		  .dst_reg = BPF_REG_2,
		  .off = 1,
		  .imm = LANDLOCK_ACTION_FS_CONNECT },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K,
		  .dst_reg = BPF_REG_0,
		  .imm = 0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return vm_load_instructions(instructions, ARRAY_SIZE(instructions),
				    LANDLOCK_SUBTYPE_EVENT_FS_PATH);
}

static int open_socket(void *const argument)
{
	(void)argument;
	return vm_result(open("outside/stream", O_PATH));
}

START_TEST(a_rule_without_a_view_is_asked_too)
{
	char path[] = "outside/stream";
	int rule;

	make_sockets();
	rule = load_deny_connect();
	ck_assert_int_eq(vm_child_under(rule, open_socket, NULL), 0);
	ck_assert_int_eq(vm_child_under(rule, connect_stream, path), -EACCES);
	ck_assert_int_eq(vm_child_under(rule, serve_and_connect, NULL), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("unix");
	TCase *const all = tcase_create("unix");
	size_t i;

	tcase_set_timeout(all, VM_TIMEOUT_SECONDS);
	fsview_share_rule(all);
	for (i = 0; i < ARRAY_SIZE(accesses); i++)
		vm_add_row(all, each_way_to_a_socket_is_judged->fn, (int)i,
			   "%s", accesses[i].name);
	for (i = 0; i < ARRAY_SIZE(ways); i++)
		vm_add_row(all, a_socket_is_where_its_path_is->fn, (int)i, "%s",
			   ways[i].name);
	for (i = 0; i < ARRAY_SIZE(moves); i++)
		vm_add_row(all,
			   no_socket_is_moved_to_where_it_could_be_connected_to
				   ->fn,
			   (int)i, "%s", moves[i].name);
	tcase_add_test(all, a_socket_is_bound_only_where_something_may_be_made);
	for (i = 0; i < ARRAY_SIZE(insides); i++)
		vm_add_row(all, what_is_made_inside_is_reached_from_inside->fn,
			   (int)i, "%s", insides[i].name);
	for (i = 0; i < ARRAY_SIZE(nestings); i++)
		vm_add_row(all, each_rule_asks_who_made_the_socket->fn, (int)i,
			   "%s", nestings[i].name);
	tcase_add_test(all, what_is_made_inside_is_reached_from_outside);
	tcase_add_test(all, what_was_connected_before_stays_so);
	tcase_add_test(all, what_others_connected_may_be_used);
	tcase_add_test(all, sockets_without_a_path_are_not_asked_about);
	tcase_add_test(all, a_rule_without_a_view_is_asked_too);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
