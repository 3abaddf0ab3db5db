// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whom a rule binds: what is created after it, nobody else. */
#include "vm.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include <fcntl.h>
#include <sched.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))
#define LOCK LANDLOCK_SUBTYPE_EVENT_FS_LOCK
#define FCNTL LANDLOCK_SUBTYPE_EVENT_FS_FCNTL
#define DENY (-1)

/*
 * What is tried under rules: neither is done by the C library, the dynamic
 * linker or Check behind a test's back.
 */

static int try_file(const bool lock)
{
	const int fd = memfd_create("inherit", MFD_CLOEXEC);
	int result;

	if (fd < 0)
		return -EDOM;
	result = vm_result(lock ? flock(fd, LOCK_EX) : fcntl(fd, F_GETSIG));
	close(fd);
	return result;
}

static int try_lock(void *const argument)
{
	(void)argument;
	return try_file(true);
}

static int try_fcntl(void *const argument)
{
	(void)argument;
	return try_file(false);
}

/* An exit status for a result, and back: the rules deny neither. */

static int status_of(const int result)
{
	return -result;
}

static int wait_result(const pid_t child)
{
	int status;

	if (child < 0 || waitpid(child, &status, __WALL) != child ||
	    !WIFEXITED(status))
		return -ECHILD;
	return -WEXITSTATUS(status);
}

/* Ways from one task to another, that is then to try to lock. */

static int by_fork(void)
{
	const pid_t child = fork();

	if (!child)
		_exit(status_of(try_lock(NULL)));
	return wait_result(child);
}

static int by_grandchild(void)
{
	const pid_t child = fork();

	if (!child)
		_exit(status_of(by_fork()));
	return wait_result(child);
}

static int by_vfork(void)
{
	const pid_t child = vfork();

	if (!child)
		_exit(status_of(try_lock(NULL)));
	return wait_result(child);
}

static int clone_entry(void *const argument)
{
	return status_of(try_lock(argument));
}

static int by_clone(const int flags)
{
	static _Alignas(16) char stack[65536];

	return wait_result(clone(clone_entry, stack + sizeof(stack),
				 flags | SIGCHLD, NULL));
}

static int by_shared_memory(void)
{
	return by_clone(CLONE_VM);
}

static int by_new_namespaces(void)
{
	return by_clone(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS);
}

static void *thread_entry(void *const argument)
{
	*(int *)argument = try_lock(NULL);
	return NULL;
}

static int by_thread(void)
{
	pthread_t thread;
	int result = -EDOM;

	if (pthread_create(&thread, NULL, thread_entry, &result) ||
	    pthread_join(thread, NULL))
		return -EDOM;
	return result;
}

/* main() of this program does the rest. */
#define TRY_LOCK_OPTION "--try-lock"

static int exec_self(void)
{
	execl("/proc/self/exe", "inherit", TRY_LOCK_OPTION, NULL);
	return -EDOM;
}

static int by_exec(void)
{
	const pid_t child = fork();

	if (!child)
		_exit(status_of(exec_self()));
	return wait_result(child);
}

static void *exec_entry(void *const argument)
{
	(void)argument;
	_exit(status_of(exec_self()));
}

static int by_exec_of_a_thread(void)
{
	const pid_t child = fork();
	pthread_t thread;

	if (!child) {
		if (pthread_create(&thread, NULL, exec_entry, NULL))
			_exit(EDOM);
		for (;;)
			pause();
	}
	return wait_result(child);
}

static const struct {
	const char *name;
	int (*try_lock)(void);
} ways[] = {
	{ "fork", by_fork },
	{ "fork of a fork", by_grandchild },
	{ "vfork", by_vfork },
	{ "clone, memory shared", by_shared_memory },
	{ "clone into new namespaces", by_new_namespaces },
	{ "new thread", by_thread },
	{ "exec", by_exec },
	{ "exec of a new thread", by_exec_of_a_thread },
};

static int go(void *const argument)
{
	const size_t *const way = argument;

	return ways[*way].try_lock();
}

START_TEST(a_rule_binds_what_is_created_later)
{
	size_t way = (size_t)_i;
	const int allowed = vm_child(go, &way);
	const int denied =
		vm_child_under(vm_load_verdict(LOCK, DENY), go, &way);

	ck_assert_msg(!allowed, "%s without a rule: %s", ways[_i].name,
		      strerror(-allowed));
	ck_assert_msg(denied == -EPERM, "%s: %s", ways[_i].name,
		      strerror(-denied));
}
END_TEST

/* Two threads that take turns: the one applies, then the other tries. */
struct turns {
	pthread_barrier_t barrier;
	int fd;
	bool thread_applies;
	int in_thread;
};

static void *take_turns(void *const argument)
{
	struct turns *const turns = argument;
	const int applied = turns->thread_applies ? vm_apply(turns->fd) : 0;

	pthread_barrier_wait(&turns->barrier);
	pthread_barrier_wait(&turns->barrier);
	turns->in_thread = applied ? applied : try_lock(NULL);
	return NULL;
}

/* 0 if only who applied the rule is denied. */
static int apply_in_one_thread(void *const argument)
{
	struct turns *const turns = argument;
	pthread_t thread;
	int here;

	if (pthread_barrier_init(&turns->barrier, NULL, 2) ||
	    pthread_create(&thread, NULL, take_turns, turns))
		return -EDOM;
	pthread_barrier_wait(&turns->barrier);
	if (!turns->thread_applies && vm_apply(turns->fd))
		return -EDOM;
	pthread_barrier_wait(&turns->barrier);
	here = try_lock(NULL);
	if (pthread_join(thread, NULL))
		return -EDOM;

	if (turns->thread_applies)
		return turns->in_thread == -EPERM && !here ? 0 : -ERANGE;
	return here == -EPERM && !turns->in_thread ? 0 : -ERANGE;
}

START_TEST(a_rule_does_not_bind_a_sibling_thread)
{
	struct turns turns = {
		.fd = vm_load_verdict(LOCK, DENY),
		.thread_applies = _i,
	};

	ck_assert_int_eq(vm_child(apply_in_one_thread, &turns), 0);
}
END_TEST

/* Parent and child under a common rule, of which one then adds another. */
struct family {
	int common;   /* denies fcntl */
	int addition; /* denies locks */
	bool child_adds;
};

/* 0 if both are under the common rule and only one under the addition. */
static int add_after_fork(void *const argument)
{
	const struct family *const family = argument;
	int ready[2], parent, child_result;
	char byte = 0;
	pid_t child;

	if (vm_apply(family->common) || pipe2(ready, O_CLOEXEC))
		return -EDOM;

	child = fork();
	if (!child) {
		close(ready[1]);
		if (family->child_adds && vm_prepend(family->addition))
			_exit(EDOM);
		/* Until the parent, too, has done what it does. */
		if (read(ready[0], &byte, 1) != 1 || try_fcntl(NULL) != -EPERM)
			_exit(EDOM);
		_exit(status_of(try_lock(NULL)));
	}

	parent = family->child_adds ? 0 : vm_prepend(family->addition);
	if (write(ready[1], &byte, 1) != 1)
		return -EDOM;
	child_result = wait_result(child);
	if (parent || try_fcntl(NULL) != -EPERM)
		return -EDOM;
	parent = try_lock(NULL);

	if (family->child_adds)
		return child_result == -EPERM && !parent ? 0 : -ERANGE;
	return parent == -EPERM && !child_result ? 0 : -ERANGE;
}

START_TEST(a_rule_added_after_fork_binds_only_who_added_it)
{
	struct family family = {
		.common = vm_load_verdict(FCNTL, DENY),
		.addition = vm_load_verdict(LOCK, DENY),
		.child_adds = _i,
	};

	ck_assert_int_eq(vm_child(add_after_fork, &family), 0);
}
END_TEST

/*
 * Stress: threads that prepend and fork children that prepend, look into each
 * other and exit, all at once. What may break is found by the kernel's own
 * checkers; here, each must end under the rules that it has.
 */

#define STRESS_THREADS 6
#define STRESS_FORKS 12

struct stress {
	int allow;
	int deny;
};

/* A system call on another thread that asks whether one may trace it. */
static int look_into(const pid_t thread)
{
	void *list;
	size_t size;

	return vm_result(syscall(SYS_get_robust_list, thread, &list, &size));
}

static int stress_child(const struct stress *const stress, const pid_t creator)
{
	unsigned int i;

	if (try_lock(NULL))
		return -EDOM;
	for (i = 0; i < 3; i++) {
		if (vm_prepend(stress->allow) || by_thread())
			return -EDOM;
		/* Who lacks this rule, and prepends others meanwhile. */
		if (look_into(creator) != -EPERM)
			return -ERANGE;
	}
	return vm_prepend(stress->deny) ? -EDOM : by_thread();
}

static void *stress_thread(void *const argument)
{
	const struct stress *const stress = argument;
	const pid_t self = gettid();
	pid_t children[STRESS_FORKS];
	intptr_t failed = 0;
	size_t i;

	for (i = 0; i < STRESS_FORKS; i++) {
		failed |= vm_prepend(stress->allow);
		children[i] = fork();
		if (!children[i])
			_exit(status_of(stress_child(stress, self)));
	}
	for (i = 0; i < STRESS_FORKS; i++)
		failed |= wait_result(children[i]) != -EPERM;
	failed |= try_lock(NULL);
	return (void *)failed;
}

static int stress(void *const argument)
{
	struct stress *const stress = argument;
	pthread_t threads[STRESS_THREADS];
	bool failed = vm_no_new_privs();
	void *thread_failed;
	size_t i;

	for (i = 0; i < STRESS_THREADS; i++)
		if (pthread_create(&threads[i], NULL, stress_thread, stress))
			return -EDOM;
	for (i = 0; i < STRESS_THREADS; i++)
		failed |= pthread_join(threads[i], &thread_failed) ||
			  thread_failed;
	return failed ? -ERANGE : try_lock(NULL);
}

START_TEST(many_that_prepend_fork_and_exit_keep_their_rules)
{
	struct stress data = {
		.allow = vm_load_verdict(LOCK, 0),
		.deny = vm_load_verdict(LOCK, DENY),
	};

	ck_assert_int_eq(vm_child(stress, &data), 0);
}
END_TEST

int main(const int argc, char *const argv[])
{
	Suite *const suite = suite_create("inherit");
	TCase *const tcase = tcase_create("inherit");

	if (argc == 2 && !strcmp(argv[1], TRY_LOCK_OPTION))
		return status_of(try_lock(NULL));

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_loop_test(tcase, a_rule_binds_what_is_created_later, 0,
			    ARRAY_SIZE(ways));
	tcase_add_loop_test(tcase, a_rule_does_not_bind_a_sibling_thread, 0, 2);
	tcase_add_loop_test(
		tcase, a_rule_added_after_fork_binds_only_who_added_it, 0, 2);
	tcase_add_test(tcase, many_that_prepend_fork_and_exit_keep_their_rules);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
