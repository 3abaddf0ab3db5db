// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Each shipped rule object, with and without its parameters: what it denies and
 * what it leaves alone. All rules of an object are applied.
 */
#include "hooks.h"

#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/fs.h>

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))
#define SOCKET_NAME "socket"

static int file_of(const void *const scene)
{
	return ((const struct scene *)scene)->file_fd;
}

static void prepare_socket(struct scene *const scene)
{
	const struct sockaddr_un address = {
		.sun_family = AF_UNIX,
		.sun_path = SOCKET_NAME,
	};
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&address,
			      sizeof(address)),
			 0);
	ck_assert_int_eq(listen(fd, 8), 0);
	scene->extra_fd = fd;
}

static void prepare_lock(struct scene *const scene)
{
	ck_assert_int_eq(flock(scene->file_fd, LOCK_EX), 0);
}

/* Before the rule: what is asked is the request, not the opening. */
static void prepare_terminal(struct scene *const scene)
{
	scene->extra_fd = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	ck_assert_int_ge(scene->extra_fd, 0);
}

static void prepare_socket_pair(struct scene *const scene)
{
	int ends[2];

	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	scene->extra_fd = ends[0];
}

static int do_connect(void *const scene)
{
	const struct sockaddr_un address = {
		.sun_family = AF_UNIX,
		.sun_path = SOCKET_NAME,
	};
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)scene;
	if (fd < 0)
		return -errno;
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)))
		return -errno;
	return vm_result(write(fd, "x", 1));
}

static int do_write_socket(void *const scene)
{
	return vm_result(
		write(((const struct scene *)scene)->extra_fd, "x", 1));
}

static int do_write(void *const scene)
{
	return vm_result(write(file_of(scene), "x", 1));
}

static int do_read(void *const scene)
{
	char byte;

	return vm_result(read(file_of(scene), &byte, 1));
}

static int do_get_flags(void *const scene)
{
	int flags;

	return vm_result(ioctl(file_of(scene), FS_IOC_GETFLAGS, &flags));
}

static int do_set_flags(void *const scene)
{
	int flags = FS_NODUMP_FL;

	return vm_result(ioctl(file_of(scene), FS_IOC_SETFLAGS, &flags));
}

/* In a child: what is run replaces who runs it. */
static int do_execute(void *const scene)
{
	int status;
	const pid_t child = vfork();

	(void)scene;
	if (child < 0)
		return -errno;
	if (!child) {
		execl("/bin/true", "true", NULL);
		_exit(errno);
	}
	if (waitpid(child, &status, 0) != child)
		return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -ECHILD;
}

static int do_map_executable(void *const scene)
{
	return mmap(NULL, FILE_BYTES, PROT_READ | PROT_EXEC, MAP_PRIVATE,
		    file_of(scene), 0) == MAP_FAILED
		       ? -errno
		       : 0;
}

static int do_search(void *const scene)
{
	(void)scene;
	return vm_result(access("old/file", F_OK));
}

static int do_create(void *const scene)
{
	(void)scene;
	return vm_result(open("absent", O_WRONLY | O_CREAT, 0600));
}

/* Mind: of what exists, O_CREAT makes nothing. */
static int do_create_existing(void *const scene)
{
	(void)scene;
	return vm_result(open("file", O_WRONLY | O_CREAT, 0600));
}

static int do_link(void *const scene)
{
	(void)scene;
	return vm_result(link("file", "absent"));
}

static int do_rename(void *const scene)
{
	(void)scene;
	return vm_result(
		renameat2(AT_FDCWD, "old/file", AT_FDCWD, "new/file", 0));
}

static int do_tmpfile(void *const scene)
{
	(void)scene;
	return vm_result(open(".", O_TMPFILE | O_RDWR, 0600));
}

static int do_unlink(void *const scene)
{
	(void)scene;
	return vm_result(unlink("file"));
}

static int terminal_ioctl(const void *const scene, const unsigned long request)
{
	char argument[128] = "x";

	return vm_result(ioctl(((const struct scene *)scene)->extra_fd, request,
			       argument));
}

static int do_tiocsti(void *const scene)
{
	return terminal_ioctl(scene, TIOCSTI);
}

/* A program may hide the request behind bits that the kernel cuts off. */
static int do_tiocsti_high_bits(void *const scene)
{
	return terminal_ioctl(scene, TIOCSTI | 1UL << 32);
}

static int do_tioclinux(void *const scene)
{
	return terminal_ioctl(scene, TIOCLINUX);
}

static int do_tcgets(void *const scene)
{
	return terminal_ioctl(scene, TCGETS);
}

static int do_lock_shared(void *const scene)
{
	return vm_result(flock(file_of(scene), LOCK_SH));
}

static int do_lock_exclusive(void *const scene)
{
	return vm_result(flock(file_of(scene), LOCK_EX));
}

static int do_unlock(void *const scene)
{
	return vm_result(flock(file_of(scene), LOCK_UN));
}

static int do_set_owner(void *const scene)
{
	return vm_result(fcntl(file_of(scene), F_SETOWN, getpid()));
}

static int do_set_signal(void *const scene)
{
	return vm_result(fcntl(file_of(scene), F_SETSIG, 9));
}

static int do_notify(void *const scene)
{
	return vm_result(fcntl(((const struct scene *)scene)->dir_fd, F_NOTIFY,
			       DN_CREATE));
}

static int do_set_flags_of_descriptor(void *const scene)
{
	return vm_result(fcntl(file_of(scene), F_SETFL, O_NONBLOCK));
}

static int do_set_owner_of_socket(void *const scene)
{
	int pid = getpid();

	return vm_result(ioctl(((const struct scene *)scene)->extra_fd,
			       FIOSETOWN, &pid));
}

static const struct row {
	const char *object;
	const char *parameter; /* name of the one set to value, or NULL */
	const char *value;
	const char *name;
	void (*prepare)(struct scene *scene);
	vm_function_t *access;
	int result; /* 0 or -EPERM */
} rows[] = {
	{ "fs_readonly", NULL, NULL, "connect to a socket", prepare_socket,
	  do_connect, -EPERM },
	{ "fs_readonly", "sockets", "1", "connect to a socket", prepare_socket,
	  do_connect, 0 },
	{ "fs_readonly", NULL, NULL, "write to a socket", prepare_socket_pair,
	  do_write_socket, -EPERM },
	{ "fs_readonly", "sockets", "1", "write to a socket",
	  prepare_socket_pair, do_write_socket, 0 },
	{ "fs_readonly", "sockets", "1", "write to a file", NULL, do_write,
	  -EPERM },
	{ "fs_readonly", NULL, NULL, "get the flags of a file", NULL,
	  do_get_flags, 0 },
	{ "fs_readonly", NULL, NULL, "set the flags of a file", NULL,
	  do_set_flags, -EPERM },
	{ "deny_exec", NULL, NULL, "run a program", NULL, do_execute, -EPERM },
	{ "deny_exec", NULL, NULL, "map a library", NULL, do_map_executable,
	  0 },
	{ "deny_exec", "libraries", "0", "run a program", NULL, do_execute,
	  -EPERM },
	{ "deny_exec", "libraries", "0", "map a library", NULL,
	  do_map_executable, -EPERM },
	{ "deny_exec", "libraries", "0", "search a directory", NULL, do_search,
	  0 },
	{ "deny_create", NULL, NULL, "make a file", NULL, do_create, -EPERM },
	{ "deny_create", NULL, NULL, "open an existing file", NULL,
	  do_create_existing, 0 },
	{ "deny_create", NULL, NULL, "link a file", NULL, do_link, -EPERM },
	{ "deny_create", NULL, NULL, "rename a file", NULL, do_rename, -EPERM },
	{ "deny_create", NULL, NULL, "make a file without a name", NULL,
	  do_tmpfile, 0 },
	{ "deny_create", NULL, NULL, "remove a file", NULL, do_unlink, 0 },
	{ "deny_tty_injection", NULL, NULL, "TIOCSTI", prepare_terminal,
	  do_tiocsti, -EPERM },
	{ "deny_tty_injection", NULL, NULL, "TIOCSTI and more bits",
	  prepare_terminal, do_tiocsti_high_bits, -EPERM },
	{ "deny_tty_injection", NULL, NULL, "TIOCLINUX", prepare_terminal,
	  do_tioclinux, -EPERM },
	{ "deny_tty_injection", NULL, NULL, "TCGETS", prepare_terminal,
	  do_tcgets, 0 },
	{ "deny_file_lock", NULL, NULL, "lock shared", NULL, do_lock_shared,
	  -EPERM },
	{ "deny_file_lock", NULL, NULL, "lock exclusively", NULL,
	  do_lock_exclusive, -EPERM },
	{ "deny_file_lock", "shared", "1", "lock shared", NULL, do_lock_shared,
	  0 },
	{ "deny_file_lock", "shared", "1", "lock exclusively", NULL,
	  do_lock_exclusive, -EPERM },
	{ "deny_file_lock", NULL, NULL, "unlock", prepare_lock, do_unlock, 0 },
	{ "deny_file_signal", NULL, NULL, "set the owner", NULL, do_set_owner,
	  -EPERM },
	{ "deny_file_signal", NULL, NULL, "set the signal", NULL, do_set_signal,
	  -EPERM },
	{ "deny_file_signal", NULL, NULL, "watch a directory", NULL, do_notify,
	  -EPERM },
	{ "deny_file_signal", NULL, NULL, "set the owner of a socket",
	  prepare_socket_pair, do_set_owner_of_socket, -EPERM },
	{ "deny_file_signal", NULL, NULL, "set the status flags", NULL,
	  do_set_flags_of_descriptor, 0 },
	{ "landlock1", NULL, NULL, "write to a file", NULL, do_write, 0 },
	{ "landlock1", NULL, NULL, "read a file", NULL, do_read, 0 },
	{ "landlock1", NULL, NULL, "make a file", NULL, do_create, 0 },
	{ "landlock1", NULL, NULL, "lock exclusively", NULL, do_lock_exclusive,
	  0 },
	{ "landlock1", NULL, NULL, "set the owner", NULL, do_set_owner, 0 },
	{ "landlock1", NULL, NULL, "get the flags of a file", NULL,
	  do_get_flags, 0 },
	{ "landlock1", NULL, NULL, "run a program", NULL, do_execute, 0 },
};

/* An access under all rules of an object. */
struct attempt {
	const struct loader_rule *rules;
	int rule_count;
	vm_function_t *access;
	struct scene *scene;
};

static int do_attempt(void *const argument)
{
	const struct attempt *const attempt = argument;
	int i, err;

	for (i = 0; i < attempt->rule_count; i++) {
		err = vm_apply(attempt->rules[i].prog_fd);
		if (err)
			return err == -EPERM ? -EIO : err;
	}
	return attempt->access(attempt->scene);
}

static int run(const struct row *const row,
	       const struct loader_rule *const rules, const int rule_count)
{
	struct scene scene;
	struct attempt attempt = {
		.rules = rules,
		.rule_count = rule_count,
		.access = row->access,
		.scene = &scene,
	};

	hooks_scene(&scene);
	if (row->prepare)
		row->prepare(&scene);
	return vm_child(do_attempt, &attempt);
}

static void test_rule(const int index)
{
	const struct row *const row = &rows[index];
	const struct loader_parameter parameter = { row->parameter,
						    row->value };
	struct loader_rule rules[PROTOCOL_RULES_MAX];
	const int rule_count = vm_load_object(row->object, &parameter,
					      row->parameter ? 1 : 0, rules);
	const int without = run(row, NULL, 0);
	const int with = run(row, rules, rule_count);

	/* A terminal may refuse a request by itself, for another reason. */
	ck_assert_msg(without != -EPERM && (!without || row->result),
		      "without the rule: %s", strerror(-without));
	ck_assert_msg(with == row->result, "%s", strerror(-with));
}

int main(void)
{
	Suite *const suite = suite_create("rules");
	TCase *const tcase = tcase_create("verdicts");
	size_t i;

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	for (i = 0; i < COUNT(rows); i++)
		vm_add_row(tcase, test_rule, (int)i, "%s%s%s%s%s: %s, %s",
			   rows[i].object, rows[i].parameter ? " " : "",
			   rows[i].parameter ? rows[i].parameter : "",
			   rows[i].parameter ? "=" : "",
			   rows[i].parameter ? rows[i].value : "", rows[i].name,
			   rows[i].result ? "denied" : "allowed");
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
