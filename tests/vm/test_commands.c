// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The events that carry a command, for 64-bit and 32-bit system calls, and the
 * objects that no event tells of.
 */
#include "hooks.h"

#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))

static int file_of(const void *const scene)
{
	return ((const struct scene *)scene)->file_fd;
}

static int do_fionread(void *const scene)
{
	int readable;

	return vm_result(ioctl(file_of(scene), FIONREAD, &readable));
}

static int do_fioclex(void *const scene)
{
	return vm_result(ioctl(file_of(scene), FIOCLEX));
}

/* The kernel's command has 32 bits: what is above must not hide it. */
static int do_fioclex_high_bits(void *const scene)
{
	return vm_result(ioctl(file_of(scene), FIOCLEX | 1UL << 32));
}

/* ioctl(2) of a 32-bit program, which is number 54 there. */
static int ioctl32(const int fd, const unsigned int command)
{
	long result = 54;

	__asm__ volatile("int $0x80"
			 : "+a"(result)
			 : "b"(fd), "c"(command), "d"(0)
			 : "memory", "r8", "r9", "r10", "r11");
	return (int)result;
}

static int do_fioclex32(void *const scene)
{
	return ioctl32(file_of(scene), FIOCLEX);
}

static int do_fionclex32(void *const scene)
{
	return ioctl32(file_of(scene), FIONCLEX);
}

static int do_flock_shared(void *const scene)
{
	return vm_result(flock(file_of(scene), LOCK_SH));
}

static int do_flock_exclusive(void *const scene)
{
	return vm_result(flock(file_of(scene), LOCK_EX));
}

static int do_flock_unlock(void *const scene)
{
	return vm_result(flock(file_of(scene), LOCK_UN));
}

static int setlk(const int fd, const short type)
{
	struct flock lock = { .l_type = type, .l_whence = SEEK_SET };

	return vm_result(fcntl(fd, F_SETLK, &lock));
}

static int do_setlk_read(void *const scene)
{
	return setlk(file_of(scene), F_RDLCK);
}

static int do_setlk_write(void *const scene)
{
	return setlk(file_of(scene), F_WRLCK);
}

static int do_lease(void *const scene)
{
	return vm_result(fcntl(file_of(scene), F_SETLEASE, F_WRLCK));
}

static int do_getfd(void *const scene)
{
	return vm_result(fcntl(file_of(scene), F_GETFD));
}

static int do_getfl(void *const scene)
{
	return vm_result(fcntl(file_of(scene), F_GETFL));
}

#define IOCTL LANDLOCK_SUBTYPE_EVENT_FS_IOCTL
#define LOCK LANDLOCK_SUBTYPE_EVENT_FS_LOCK
#define FCNTL LANDLOCK_SUBTYPE_EVENT_FS_FCNTL

static const struct command {
	const char *name;
	uint32_t event;
	unsigned int command; /* denied */
	vm_function_t *denied;
	vm_function_t *other; /* same call, another command */
} commands[] = {
	{ "ioctl", IOCTL, FIOCLEX, do_fioclex, do_fionread },
	{ "ioctl, bits above", IOCTL, FIOCLEX, do_fioclex_high_bits,
	  do_fionread },
	{ "32-bit ioctl", IOCTL, FIOCLEX, do_fioclex32, do_fionclex32 },
	{ "flock shared", LOCK, F_RDLCK, do_flock_shared, do_flock_exclusive },
	{ "flock exclusive", LOCK, F_WRLCK, do_flock_exclusive,
	  do_flock_shared },
	{ "flock unlock", LOCK, F_UNLCK, do_flock_unlock, do_flock_shared },
	{ "fcntl read lock", LOCK, F_RDLCK, do_setlk_read, do_setlk_write },
	{ "fcntl write lock", LOCK, F_WRLCK, do_setlk_write, do_setlk_read },
	{ "lease", LOCK, F_WRLCK, do_lease, do_setlk_read },
	{ "fcntl", FCNTL, F_GETFD, do_getfd, do_getfl },
	{ "fcntl of a lock", FCNTL, F_SETLK, do_setlk_read, do_getfl },
};

static void test_command(const int index)
{
	static const uint32_t events[] = { IOCTL, LOCK, FCNTL };
	const struct command *const row = &commands[index];
	char command[16];
	const struct loader_parameter parameter = { "command", command };
	struct scene scene;
	size_t i;

	snprintf(command, sizeof(command), "%u", row->command);
	hooks_scene(&scene);
	ck_assert_int_eq(vm_child(row->denied, &scene), 0);
	ck_assert_int_eq(vm_child(row->other, &scene), 0);

	for (i = 0; i < COUNT(events); i++) {
		const int prog_fd =
			vm_load_rule("deny_command", events[i], &parameter, 1);
		const int expected = events[i] == row->event ? -EPERM : 0;
		int result = vm_child_under(prog_fd, row->other, &scene);

		ck_assert_msg(result == 0, "%s, event %u: other command: %s",
			      row->name, events[i], strerror(-result));
		result = vm_child_under(prog_fd, row->denied, &scene);
		ck_assert_msg(result == expected, "%s, event %u: %s", row->name,
			      events[i], strerror(-result));
	}
}

static const struct action {
	const char *name;
	uint64_t action;
	vm_function_t *access;
} actions[] = {
	{ "32-bit ioctl", LANDLOCK_ACTION_FS_IOCTL, do_fioclex32 },
	{ "ioctl", LANDLOCK_ACTION_FS_IOCTL, do_fioclex },
	{ "flock", LANDLOCK_ACTION_FS_LOCK, do_flock_shared },
	{ "fcntl", LANDLOCK_ACTION_FS_FCNTL, do_getfd },
};

static void test_action(const int index)
{
	const struct action *const row = &actions[index];
	char action[24];
	const struct loader_parameter parameter = { "actions", action };
	struct scene scene;
	int prog_fd;

	snprintf(action, sizeof(action), "%lu", row->action);
	hooks_scene(&scene);
	ck_assert_int_eq(vm_child(row->access, &scene), 0);
	prog_fd = vm_load_rule("deny_action", LANDLOCK_SUBTYPE_EVENT_FS,
			       &parameter, 1);
	ck_assert_int_eq(vm_child_under(prog_fd, row->access, &scene), -EPERM);
}

static int use_eventfd(void *const fd)
{
	const eventfd_t value = 1;
	eventfd_t sum;
	int err = vm_result(eventfd_write(*(const int *)fd, value));

	if (!err)
		err = vm_result(eventfd_read(*(const int *)fd, &sum));
	if (!err)
		err = vm_result(fcntl(*(const int *)fd, F_GETFD));
	return err ? err : vm_result(ioctl(*(const int *)fd, FIOCLEX));
}

static int use_pipe(void *const fds)
{
	return vm_result(write(((const int *)fds)[1], "", 1));
}

static const uint32_t all_events[] = { LANDLOCK_SUBTYPE_EVENT_FS, IOCTL, LOCK,
				       FCNTL };

/* No name leads to an anonymous inode: no rule is asked about it. */
static void test_private(const int index)
{
	const int prog_fd = vm_load_verdict(all_events[index], 1);
	int fd = eventfd(0, EFD_CLOEXEC), fds[2];

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(vm_child_under(prog_fd, use_eventfd, &fd), 0);

	/* A pipe, which has no name either, is not private. */
	ck_assert_int_eq(pipe(fds), 0);
	ck_assert_int_eq(vm_child_under(prog_fd, use_pipe, fds),
			 all_events[index] == LANDLOCK_SUBTYPE_EVENT_FS ? -EPERM
									: 0);
}

int main(void)
{
	Suite *const suite = suite_create("commands");
	TCase *const tcase = tcase_create("events");
	size_t i;

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	for (i = 0; i < COUNT(commands); i++)
		vm_add_row(tcase, test_command, (int)i,
			   "%s: one command is denied, by its event alone",
			   commands[i].name);
	for (i = 0; i < COUNT(actions); i++)
		vm_add_row(tcase, test_action, (int)i,
			   "%s: the action is denied", actions[i].name);
	for (i = 0; i < COUNT(all_events); i++)
		vm_add_row(tcase, test_private, (int)i,
			   "event %u: a private inode is not judged",
			   all_events[i]);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
