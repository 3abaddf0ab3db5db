// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules that are attached to a cgroup: whom they hold, and that nobody gets out. */
#include "fsview.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <grp.h>
#include <linux/sched.h>
#include <pty.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))

#define ROOT "/sys/fs/cgroup"
#define OUTSIDE ROOT "/outside"
#define HELD ROOT "/held"
#define BELOW HELD "/below"
#define OTHER ROOT "/other"

#define FILE_PATH VM_SCRATCH "/file"
#define USER 65534

/* What earlier tests left goes first: their processes are gone by then. */
static void make_cgroups(void)
{
	static const char *const paths[] = { BELOW, HELD, OTHER, OUTSIDE };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(paths); i++)
		ck_assert_msg(!rmdir(paths[i]) || errno == ENOENT, "%s: %m",
			      paths[i]);
	for (i = ARRAY_SIZE(paths); i--;)
		ck_assert_msg(!mkdir(paths[i], 0755), "%s: %m", paths[i]);
}

static void begin(void)
{
	vm_scratch();
	vm_file(FILE_PATH);
	make_cgroups();
}

static int attach_fd(const int prog, const int view, const int cgroup)
{
	const struct landlock_rule_prepend prepend = { prog, view, cgroup };

	return vm_result(
		syscall(SYS_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
			LANDLOCK_RULE_PREPEND_CGROUP |
				(view < 0 ? 0 : LANDLOCK_RULE_PREPEND_VIEW),
			&prepend));
}

static int attach(const int prog, const int view, const char *const cgroup)
{
	const int fd = open(cgroup, O_PATH | O_CLOEXEC);
	const int err = fd < 0 ? -EDOM : attach_fd(prog, view, fd);

	close(fd);
	return err;
}

/* Moves the process @pid, or with 0 the caller. */
static int move(const pid_t pid, const char *const cgroup)
{
	char path[64], text[16];
	int fd, err;

	snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup);
	snprintf(text, sizeof(text), "%d", pid);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	err = vm_result(write(fd, text, strlen(text)));
	close(fd);
	return err;
}

#define DENY_ALL (-1)

/* A rule that denies @actions, where a path is known. */
static int load_paths(const int actions)
{
	const struct bpf_insn instructions[] = {
		{ .code = BPF_LDX | BPF_MEM | BPF_DW,
		  .src_reg = BPF_REG_1,
		  .off = offsetof(struct landlock_context, arg2) },
		{ .code = BPF_ALU64 | BPF_AND | BPF_K, .imm = actions },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return vm_load_instructions(instructions, ARRAY_SIZE(instructions),
				    LANDLOCK_SUBTYPE_EVENT_FS_PATH);
}

static int load_deny(const uint32_t event)
{
	return event == LANDLOCK_SUBTYPE_EVENT_FS_PATH
		       ? load_paths(DENY_ALL)
		       : vm_load_verdict(event, 1);
}

struct inside {
	const char *cgroup;
	vm_function_t *function;
	void *argument;
};

static int enter(void *const argument)
{
	const struct inside *const inside = argument;

	return move(0, inside->cgroup) ?: inside->function(inside->argument);
}

/* Runs @function in a child that is in @cgroup. */
static int child_in(const char *const cgroup, vm_function_t *const function,
		    void *const argument)
{
	struct inside inside = { cgroup, function, argument };

	return vm_child(enter, &inside);
}

static const struct sockaddr_un listening = { AF_UNIX, VM_SCRATCH "/socket" };

static void listen_there(void)
{
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	ck_assert_int_eq(bind(fd, (const struct sockaddr *)&listening,
			      sizeof(listening)),
			 0);
	ck_assert_int_eq(listen(fd, 8), 0);
}

/* Something for each event, that a rule which denies all of it refuses. */

static int use_open(void *const argument)
{
	(void)argument;
	return fsview_read(FILE_PATH);
}

static int use_lock(void *const argument)
{
	(void)argument;
	return vm_result(flock(*(int *)argument, LOCK_SH));
}

static int use_fcntl(void *const argument)
{
	return vm_result(fcntl(*(int *)argument, F_GETFL));
}

static int use_ioctl(void *const argument)
{
	int count;

	return vm_result(ioctl(*(int *)argument, FIONREAD, &count));
}

static int use_stat(void *const argument)
{
	struct stat status;

	(void)argument;
	return vm_result(stat(FILE_PATH, &status));
}

static int use_rename(void *const argument)
{
	(void)argument;
	return vm_result(rename(FILE_PATH, FILE_PATH "2"))
		       ?: vm_result(rename(FILE_PATH "2", FILE_PATH));
}

static int use_link(void *const argument)
{
	(void)argument;
	return vm_result(link(FILE_PATH, FILE_PATH "2"))
		       ?: vm_result(unlink(FILE_PATH "2"));
}

static int use_mkdir(void *const argument)
{
	(void)argument;
	return vm_result(mkdir(VM_SCRATCH "/new", 0700))
		       ?: vm_result(rmdir(VM_SCRATCH "/new"));
}

static int use_chmod(void *const argument)
{
	(void)argument;
	return vm_result(chmod(FILE_PATH, 0755));
}

static int use_mount(void *const argument)
{
	(void)argument;
	return vm_result(mount("vm", VM_SCRATCH, "tmpfs", 0, NULL))
		       ?: vm_result(umount(VM_SCRATCH));
}

static int use_connect(void *const argument)
{
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int err;

	(void)argument;
	err = vm_result(connect(fd, (const struct sockaddr *)&listening,
				sizeof(listening)));
	close(fd);
	return err;
}

static const struct use {
	const char *name;
	uint32_t event;
	vm_function_t *function;
	int refusal;
} uses[] = {
	{ "open", LANDLOCK_SUBTYPE_EVENT_FS, use_open, -EPERM },
	{ "stat", LANDLOCK_SUBTYPE_EVENT_FS, use_stat, -EPERM },
	{ "mount", LANDLOCK_SUBTYPE_EVENT_FS, use_mount, -EPERM },
	{ "ioctl", LANDLOCK_SUBTYPE_EVENT_FS, use_ioctl, -EPERM },
	{ "ioctl's command", LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, use_ioctl,
	  -EPERM },
	{ "lock's command", LANDLOCK_SUBTYPE_EVENT_FS_LOCK, use_lock, -EPERM },
	{ "fcntl's command", LANDLOCK_SUBTYPE_EVENT_FS_FCNTL, use_fcntl,
	  -EPERM },
	{ "open by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_open, -EACCES },
	{ "stat by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_stat, -EACCES },
	{ "chmod by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_chmod, -EACCES },
	{ "mkdir by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_mkdir, -EACCES },
	{ "link by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_link, -EACCES },
	{ "rename by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_rename,
	  -EACCES },
	{ "connect by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_connect,
	  -EACCES },
	{ "mount by path", LANDLOCK_SUBTYPE_EVENT_FS_PATH, use_mount, -EPERM },
};

/* Before there were any, and for whom there are none, all is allowed. */
START_TEST(everything_is_asked)
{
	const struct use *const use = &uses[_i];
	int file;

	begin();
	listen_there();
	file = open(FILE_PATH, O_RDWR | O_CLOEXEC);
	ck_assert_int_ge(file, 0);
	ck_assert_int_eq(child_in(HELD, use->function, &file), 0);
	ck_assert_int_eq(attach(load_deny(use->event), -1, HELD), 0);
	ck_assert_int_eq(child_in(HELD, use->function, &file), use->refusal);
	ck_assert_int_eq(child_in(BELOW, use->function, &file), use->refusal);
	ck_assert_int_eq(child_in(OTHER, use->function, &file), 0);
	ck_assert_int_eq(use->function(&file), 0);
}
END_TEST

static int become(const uid_t user)
{
	if (setgroups(0, NULL) || setresgid(user, user, user) ||
	    setresuid(user, user, user))
		return -EDOM;
	return 0;
}

/* A child that does what it is told, until its pipe is closed. */
struct servant {
	pid_t pid;
	int order, answer;
};

static struct servant hire_as(const uid_t user, const bool no_new_privs)
{
	struct servant servant;
	int order[2], answer[2];
	char byte;

	ck_assert_int_eq(pipe2(order, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(answer, O_CLOEXEC), 0);
	servant.pid = fork();
	ck_assert_int_ge(servant.pid, 0);
	if (!servant.pid) {
		close(order[1]);
		if ((user && become(user)) ||
		    (no_new_privs && vm_no_new_privs()))
			_exit(1);
		while (read(order[0], &byte, 1) == 1) {
			const int result = fsview_read(FILE_PATH);

			if (write(answer[1], &result, sizeof(result)) < 0)
				break;
		}
		_exit(0);
	}
	close(order[0]);
	close(answer[1]);
	servant.order = order[1];
	servant.answer = answer[0];
	return servant;
}

static struct servant hire(void)
{
	return hire_as(0, false);
}

/* Has it open the file, by path. */
static int tell(const struct servant *const servant)
{
	int result;

	ck_assert_int_eq(write(servant->order, "", 1), 1);
	ck_assert_int_eq(read(servant->answer, &result, sizeof(result)),
			 sizeof(result));
	return result;
}

static void dismiss(const struct servant *const servant)
{
	close(servant->order);
	close(servant->answer);
	ck_assert_int_eq(waitpid(servant->pid, NULL, 0), servant->pid);
}

START_TEST(who_enters_is_held_until_he_leaves)
{
	struct servant servant;

	begin();
	servant = hire();
	ck_assert_int_eq(move(servant.pid, HELD), 0);
	ck_assert_int_eq(tell(&servant), 0);
	ck_assert_int_eq(attach(load_paths(DENY_ALL), -1, HELD), 0);
	ck_assert_int_eq(tell(&servant), -EACCES);
	ck_assert_int_eq(move(servant.pid, OTHER), 0);
	ck_assert_int_eq(tell(&servant), 0);
	ck_assert_int_eq(move(servant.pid, BELOW), 0);
	ck_assert_int_eq(tell(&servant), -EACCES);
	dismiss(&servant);
}
END_TEST

/* What a task has of its own and what each of its cgroups has are all asked. */
START_TEST(views_add_up)
{
	static const char *const granted[][3] = {
		{ VM_SCRATCH "/a", VM_SCRATCH "/b", VM_SCRATCH "/c" },
		{ VM_SCRATCH "/b", VM_SCRATCH "/c", VM_SCRATCH "/d" },
		{ VM_SCRATCH "/c", VM_SCRATCH "/d", VM_SCRATCH "/a" },
	};
	static const char *const cgroups[] = { HELD, BELOW };
	static const char *const files[] = { "/a", "/b", "/c", "/d" };
	static const bool allowed[] = { false, false, true, false };
	int views[3];
	size_t i, j;

	begin();
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		char path[32];

		snprintf(path, sizeof(path), VM_SCRATCH "%s", files[i]);
		vm_file(path);
	}
	for (i = 0; i < 3; i++) {
		views[i] = fsview_make(3);
		for (j = 0; j < 3; j++)
			ck_assert_int_eq(fsview_put(views[i], granted[i][j],
						    NULL, FSVIEW_ALL),
					 0);
		fsview_freeze(views[i]);
	}
	ck_assert_int_eq(attach(fsview_load_rule(), views[0], cgroups[0]), 0);
	ck_assert_int_eq(attach(fsview_load_rule(), views[1], cgroups[1]), 0);
	for (i = 0; i < ARRAY_SIZE(files); i++) {
		char path[32];
		pid_t child;
		int status;

		snprintf(path, sizeof(path), VM_SCRATCH "%s", files[i]);
		child = fork();
		if (!child) {
			if (move(0, BELOW) || vm_no_new_privs() ||
			    fsview_prepend(fsview_load_rule(), views[2]))
				_exit(2);
			_exit(fsview_read(path) == 0);
		}
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(WEXITSTATUS(status), allowed[i]);
	}
}
END_TEST

static int leave(void *const argument)
{
	return move(0, argument);
}

static int clone_into(void *const argument)
{
	const int fd = open(argument, O_PATH | O_CLOEXEC);
	struct clone_args args = { .flags = CLONE_INTO_CGROUP,
				   .exit_signal = SIGCHLD,
				   .cgroup = (__u64)fd };
	const long pid = syscall(SYS_clone3, &args, sizeof(args));

	if (!pid)
		_exit(0);
	if (pid < 0)
		return -errno;
	return vm_result(waitpid((pid_t)pid, NULL, 0));
}

static const struct {
	const char *to;
	int result;
} ways_out[] = {
	{ OTHER, -EPERM },
	{ ROOT, -EPERM },
	{ HELD, 0 },
	{ BELOW, 0 },
};

/* Not even root: who is held gets himself, and others, only further in. */
START_TEST(who_is_held_gets_nobody_out)
{
	char *const to = (char *)(uintptr_t)ways_out[_i].to;

	begin();
	ck_assert_int_eq(child_in(HELD, leave, to), 0);
	ck_assert_int_eq(child_in(HELD, clone_into, to), 0);
	ck_assert_int_eq(
		attach(vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 1), -1,
		       HELD),
		0);
	ck_assert_int_eq(child_in(HELD, leave, to), ways_out[_i].result);
	ck_assert_int_eq(child_in(HELD, clone_into, to), ways_out[_i].result);
}
END_TEST

static pid_t moved;

static int move_other(void *const argument)
{
	return move(moved, argument);
}

START_TEST(who_is_held_moves_no_other_out)
{
	const struct servant servant = hire();

	begin();
	moved = servant.pid;
	ck_assert_int_eq(move(moved, HELD), 0);
	ck_assert_int_eq(
		attach(vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 1), -1,
		       HELD),
		0);
	ck_assert_int_eq(child_in(BELOW, move_other, OTHER), -EPERM);
	ck_assert_int_eq(child_in(HELD, move_other, BELOW), 0);
	dismiss(&servant);
}
END_TEST

/* Who holds may look only at whom the same holds. */
static int look(void *const argument)
{
	(void)argument;
	if (ptrace(PTRACE_ATTACH, moved, NULL, NULL))
		return -errno;
	waitpid(moved, NULL, 0);
	ptrace(PTRACE_DETACH, moved, NULL, NULL);
	return 0;
}

static const struct {
	const char *tracer, *tracee;
	int result;
} looks[] = {
	{ OTHER, HELD, 0 },	  { HELD, OTHER, -EPERM }, { HELD, HELD, 0 },
	{ HELD, BELOW, 0 },	  { BELOW, HELD, 0 },	   { BELOW, BELOW, 0 },
	{ BELOW, OTHER, -EPERM },
};

START_TEST(who_is_held_looks_at_nobody_outside)
{
	const struct servant servant = hire();

	begin();
	moved = servant.pid;
	ck_assert_int_eq(move(moved, looks[_i].tracee), 0);
	ck_assert_int_eq(child_in(looks[_i].tracer, look, NULL), 0);
	ck_assert_int_eq(
		attach(vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 0), -1,
		       HELD),
		0);
	ck_assert_int_eq(child_in(looks[_i].tracer, look, NULL),
			 looks[_i].result);
	dismiss(&servant);
}
END_TEST

/* Not a task in the outer cgroup alone, though that is held as well. */
START_TEST(who_is_held_below_looks_at_nobody_above)
{
	const struct servant servant = hire();

	begin();
	moved = servant.pid;
	ck_assert_int_eq(move(moved, HELD), 0);
	ck_assert_int_eq(
		attach(vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 0), -1,
		       BELOW),
		0);
	ck_assert_int_eq(child_in(BELOW, look, NULL), -EPERM);
	ck_assert_int_eq(child_in(HELD, look, NULL), 0);
	dismiss(&servant);
}
END_TEST

/* Delegation */

struct user {
	int prog;
	const char *cgroup;
	bool no_new_privs;
};

static int attach_as_user(void *const argument)
{
	const struct user *const user = argument;

	if (become(USER))
		return -EDOM;
	if (user->no_new_privs && vm_no_new_privs())
		return -EDOM;
	return attach(user->prog, -1, user->cgroup);
}

static int attached_by_user(const char *const cgroup, const bool no_new_privs)
{
	struct user user = { load_paths(DENY_ALL), cgroup, no_new_privs };

	return vm_child(attach_as_user, &user);
}

static void delegate(const char *const cgroup)
{
	char procs[64];

	snprintf(procs, sizeof(procs), "%s/cgroup.procs", cgroup);
	ck_assert_int_eq(chown(cgroup, USER, USER), 0);
	ck_assert_int_eq(chown(procs, USER, USER), 0);
}

START_TEST(who_may_write_it_may_attach)
{
	begin();
	ck_assert_int_eq(attached_by_user(HELD, true), -EACCES);
	delegate(HELD);
	ck_assert_int_eq(attached_by_user(HELD, false), -EPERM);
	ck_assert_int_eq(attached_by_user(HELD, true), 0);
	ck_assert_int_eq(attached_by_user(BELOW, true), -EACCES);
}
END_TEST

/* Or a user's rule would hold what root runs there. */
static const struct {
	const char *name;
	uid_t user;
	bool no_new_privs;
	bool may; /* be held */
} persons[] = {
	{ "root", 0, false, false },
	{ "root with no_new_privs", 0, true, false },
	{ "a user", USER, false, false },
	{ "a user with no_new_privs", USER, true, true },
};

/* Or a user's rule would hold what root runs there. */
START_TEST(a_users_rule_holds_no_one_with_privileges)
{
	const bool may = persons[_i].may;
	struct servant servant;

	begin();
	delegate(HELD);
	servant = hire_as(persons[_i].user, persons[_i].no_new_privs);
	ck_assert_int_eq(tell(&servant), 0);
	ck_assert_int_eq(move(servant.pid, BELOW), 0);
	ck_assert_int_eq(attached_by_user(HELD, true), may ? 0 : -EPERM);
	ck_assert_int_eq(tell(&servant), may ? -EACCES : 0);
	ck_assert_int_eq(move(servant.pid, OTHER), 0);
	ck_assert_int_eq(attached_by_user(HELD, true), 0);
	ck_assert_int_eq(move(servant.pid, HELD), may ? 0 : -EPERM);
	ck_assert_int_eq(move(servant.pid, BELOW), may ? 0 : -EPERM);
	ck_assert_int_eq(tell(&servant), may ? -EACCES : 0);
	ck_assert_int_eq(vm_child(clone_into, BELOW), -EPERM);
	dismiss(&servant);
}
END_TEST

#define ANOTHER (USER - 1)

struct listener {
	struct user user;
	int through;
};

static int attach_and_listen(void *const argument)
{
	const struct listener *const listener = argument;
	const struct landlock_rule_prepend prepend = {
		.prog_fd = listener->user.prog,
		.cgroup_fd = open(listener->user.cgroup, O_PATH | O_CLOEXEC),
	};
	int denials;

	if (become(USER) || vm_no_new_privs())
		return -EDOM;
	denials = (int)syscall(SYS_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
			       LANDLOCK_RULE_PREPEND_CGROUP |
				       LANDLOCK_RULE_PREPEND_DENIALS,
			       &prepend);
	return denials < 0 ? -errno
			   : vm_pass(listener->through, &denials, false);
}

/* The process that the next record is of, or 0 where there is none. */
static int told_of(const int denials)
{
	struct {
		struct landlock_rule_denial denial;
		char path[4096 + 8];
	} record;

	return read(denials, &record, sizeof(record)) > 0
		       ? (int)record.denial.pid
		       : 0;
}

START_TEST(of_others_who_are_held_a_user_is_told_nothing)
{
	struct servant own, others;
	struct listener listener = {
		.user = { load_paths(DENY_ALL), HELD, true },
	};
	int sockets[2], denials;

	begin();
	delegate(HELD);
	own = hire_as(USER, true);
	others = hire_as(ANOTHER, true);
	ck_assert_int_eq(move(own.pid, HELD), 0);
	ck_assert_int_eq(move(others.pid, HELD), 0);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
	listener.through = sockets[1];
	ck_assert_int_eq(vm_child(attach_and_listen, &listener), 0);
	ck_assert_int_eq(vm_pass(sockets[0], &denials, true), 0);
	ck_assert_int_eq(fcntl(denials, F_SETFL, O_NONBLOCK), 0);
	ck_assert_int_eq(tell(&others), -EACCES);
	ck_assert_int_eq(told_of(denials), 0);
	ck_assert_int_eq(tell(&own), -EACCES);
	ck_assert_int_eq(told_of(denials), own.pid);
	/* The later one holds what the earlier one is told by. */
	dismiss(&others);
	dismiss(&own);
}
END_TEST

START_TEST(roots_rule_in_front_leaves_a_users_bound)
{
	struct servant servant;

	begin();
	delegate(HELD);
	ck_assert_int_eq(attached_by_user(HELD, true), 0);
	ck_assert_int_eq(attach(load_paths(DENY_ALL), -1, HELD), 0);
	servant = hire();
	ck_assert_int_eq(move(servant.pid, HELD), -EPERM);
	dismiss(&servant);
}
END_TEST

/* What can't be held */

START_TEST(errors)
{
	const int prog = load_paths(DENY_ALL);
	int fd;

	begin();
	ck_assert_int_eq(attach_fd(prog, -1, -1), -EBADF);
	ck_assert_int_eq(attach(prog, -1, "/proc"), -EBADF);
	ck_assert_int_eq(attach(prog, -1, HELD "/cgroup.procs"), -EBADF);
	ck_assert_int_eq(attach(prog, -1, ROOT), -EINVAL);
	ck_assert_int_eq(attach(-1, -1, HELD), -EBADF);
	ck_assert_int_eq(attach(prog, fsview_make(1), HELD), -EBUSY);

	fd = open(OTHER, O_PATH | O_CLOEXEC);
	ck_assert_int_eq(rmdir(OTHER), 0);
	ck_assert_int_eq(attach_fd(prog, -1, fd), -ENOENT);

	ck_assert_int_eq(mount(ROOT, VM_SCRATCH, NULL, MS_BIND, NULL), 0);
	ck_assert_int_eq(mount(NULL, VM_SCRATCH, NULL,
			       MS_REMOUNT | MS_BIND | MS_RDONLY, NULL),
			 0);
	ck_assert_int_eq(attach(prog, -1, VM_SCRATCH "/held"), -EROFS);
	ck_assert_int_eq(attach(prog, -1, HELD), 0);
}
END_TEST

static int attach_to_held(void *const argument)
{
	return attach(*(int *)argument, -1, HELD);
}

/* Who may not write there by his own rules holds nobody there. */
START_TEST(who_is_in_a_sandbox_holds_nobody_outside)
{
	const int view = fsview_make(1), granting = fsview_make(2);
	int prog = load_paths(DENY_ALL);

	begin();
	ck_assert_int_eq(fsview_put(view, HELD, NULL, FS_PATHS_READ), 0);
	fsview_freeze(view);
	ck_assert_int_eq(fsview_child(view, attach_to_held, &prog), -EACCES);
	ck_assert_int_eq(child_in(HELD, use_open, NULL), 0);
	ck_assert_int_eq(fsview_put(granting, HELD, NULL, FSVIEW_ALL), 0);
	fsview_freeze(granting);
	ck_assert_int_eq(fsview_child(granting, attach_to_held, &prog), 0);
	ck_assert_int_eq(child_in(HELD, use_open, NULL), -EACCES);
}
END_TEST

START_TEST(what_is_mounted_over_it_does_not_count)
{
	const int prog = load_paths(DENY_ALL);

	begin();
	ck_assert_int_eq(
		mount(FILE_PATH, HELD "/cgroup.procs", NULL, MS_BIND, NULL), 0);
	ck_assert_int_eq(attach(prog, -1, HELD), -EACCES);
	ck_assert_int_eq(umount(HELD "/cgroup.procs"), 0);
	ck_assert_int_eq(mount(OTHER "/cgroup.procs", HELD "/cgroup.procs",
			       NULL, MS_BIND, NULL),
			 0);
	ck_assert_int_eq(attach(prog, -1, HELD), -EACCES);
}
END_TEST

START_TEST(as_many_as_a_task_may_have)
{
	const int prog = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 0);
	int i;

	begin();
	for (i = 0; i < LANDLOCK_RULE_MAX_STACK; i++)
		ck_assert_int_eq(attach(prog, -1, HELD), 0);
	ck_assert_int_eq(attach(prog, -1, HELD), -E2BIG);
	ck_assert_int_eq(attach(prog, -1, BELOW), 0);
}
END_TEST

/* A cgroup of the same name is another one. */
START_TEST(rules_go_with_their_cgroup)
{
	int i;

	begin();
	for (i = 0; i < 20; i++) {
		ck_assert_int_eq(attach(load_paths(DENY_ALL), -1, BELOW), 0);
		ck_assert_int_eq(child_in(BELOW, use_open, NULL), -EACCES);
		ck_assert_int_eq(rmdir(BELOW), 0);
		ck_assert_int_eq(mkdir(BELOW, 0755), 0);
		ck_assert_int_eq(child_in(BELOW, use_open, NULL), 0);
	}
}
END_TEST

/* A device that was opened before is no more asked about than other files. */

static int ioctl_after_enter(void *const argument)
{
	return move(0, HELD) ?: use_ioctl(argument);
}

static int open_and_ioctl(void *const argument)
{
	int fd = open(argument, O_RDONLY | O_NOCTTY | O_CLOEXEC);

	return fd < 0 ? -EDOM : use_ioctl(&fd);
}

START_TEST(a_device_is_judged_where_it_was_opened)
{
	int master, slave;
	char name[64];

	begin();
	ck_assert_int_eq(openpty(&master, &slave, name, NULL, NULL), 0);
	ck_assert_int_eq(child_in(HELD, open_and_ioctl, name), 0);
	ck_assert_int_eq(attach(load_paths(LANDLOCK_ACTION_FS_IOCTL), -1, HELD),
			 0);
	ck_assert_int_eq(vm_child(ioctl_after_enter, &slave), 0);
	ck_assert_int_eq(child_in(HELD, open_and_ioctl, name), -EACCES);
	ck_assert_int_eq(child_in(OTHER, open_and_ioctl, name), 0);
}
END_TEST

/* Rules come, and tasks are moved, while others are asked. */
START_TEST(while_tasks_are_asked)
{
	enum {
		WORKERS = 3,
		ROUNDS = 40
	};
	const int prog = load_paths(0);
	pid_t workers[WORKERS];
	int i;

	begin();
	for (i = 0; i < WORKERS; i++) {
		workers[i] = fork();
		ck_assert_int_ge(workers[i], 0);
		if (!workers[i]) {
			while (!use_open(NULL) && !use_stat(NULL))
				;
			_exit(1);
		}
	}
	for (i = 0; i < ROUNDS; i++) {
		ck_assert_int_eq(
			move(workers[i % WORKERS], i & 1 ? BELOW : OTHER), 0);
		ck_assert_int_eq(attach(prog, -1, i & 2 ? HELD : BELOW), 0);
	}
	/* Each ends by being denied, wherever it was. */
	ck_assert_int_eq(attach(load_paths(DENY_ALL), -1, HELD), 0);
	for (i = 0; i < WORKERS; i++) {
		int status;

		ck_assert_int_eq(move(workers[i], BELOW), 0);
		ck_assert_int_eq(waitpid(workers[i], &status, 0), workers[i]);
		ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 1);
	}
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("cgroup");
	TCase *const tcase = tcase_create("cgroup");
	size_t i;

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	fsview_share_rule(tcase);
	for (i = 0; i < ARRAY_SIZE(uses); i++)
		vm_add_row(tcase, everything_is_asked->fn, (int)i, "asked: %s",
			   uses[i].name);
	tcase_add_test(tcase, who_enters_is_held_until_he_leaves);
	tcase_add_test(tcase, views_add_up);
	for (i = 0; i < ARRAY_SIZE(ways_out); i++)
		vm_add_row(tcase, who_is_held_gets_nobody_out->fn, (int)i,
			   "way out: %s", ways_out[i].to);
	tcase_add_test(tcase, who_is_held_moves_no_other_out);
	for (i = 0; i < ARRAY_SIZE(looks); i++)
		vm_add_row(tcase, who_is_held_looks_at_nobody_outside->fn,
			   (int)i, "%s looks at %s", looks[i].tracer,
			   looks[i].tracee);
	tcase_add_test(tcase, who_is_held_below_looks_at_nobody_above);
	tcase_add_test(tcase, who_may_write_it_may_attach);
	tcase_add_test(tcase, of_others_who_are_held_a_user_is_told_nothing);
	for (i = 0; i < ARRAY_SIZE(persons); i++)
		vm_add_row(tcase, a_users_rule_holds_no_one_with_privileges->fn,
			   (int)i, "a user's rule and %s", persons[i].name);
	tcase_add_test(tcase, roots_rule_in_front_leaves_a_users_bound);
	tcase_add_test(tcase, errors);
	tcase_add_test(tcase, who_is_in_a_sandbox_holds_nobody_outside);
	tcase_add_test(tcase, what_is_mounted_over_it_does_not_count);
	tcase_add_test(tcase, as_many_as_a_task_may_have);
	tcase_add_test(tcase, rules_go_with_their_cgroup);
	tcase_add_test(tcase, a_device_is_judged_where_it_was_opened);
	tcase_add_test(tcase, while_tasks_are_asked);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
