// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What io_uring's kernel threads do for a task is judged by the task's rules.
 *
 * They are created from the task that submits and inherit its rules like any
 * thread; and like any thread, one that was there before keeps what it had.
 */
#include "ring.h"
#include "vm.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int ring_open_root(const struct ring *const ring)
{
	const struct io_uring_sqe entry = {
		.opcode = IORING_OP_OPENAT,
		.fd = AT_FDCWD,
		.addr = (uintptr_t) "/",
		.open_flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC,
	};
	const int answer = ring_do(ring, &entry);

	return answer < 0 ? answer : 0;
}

static int open_by_new_ring(void *const argument)
{
	struct ring ring;
	const int err = ring_open(&ring);

	(void)argument;
	return err ? -ERANGE : ring_open_root(&ring);
}

START_TEST(a_worker_may_without_rules)
{
	ck_assert_int_eq(vm_child(open_by_new_ring, NULL), 0);
}
END_TEST

/* Denies to open directories; a ring needs other things, of other types. */
static int load_deny_directories(void)
{
	static const struct loader_parameter parameters[] = {
		{ "actions", "16" },
		{ "mode_mask", "61440" },
		{ "mode_value", "16384" },
	};

	_Static_assert(LANDLOCK_ACTION_FS_GET == 16 && S_IFMT == 61440 &&
			       S_IFDIR == 16384,
		       "the parameters' values");
	return vm_load_rule("deny_action", LANDLOCK_SUBTYPE_EVENT_FS,
			    parameters,
			    sizeof(parameters) / sizeof(*parameters));
}

START_TEST(a_worker_is_under_the_rules_of_its_task)
{
	const int deny = load_deny_directories();

	ck_assert_int_eq(vm_child_under(deny, open_by_new_ring, NULL), -EPERM);
}
END_TEST

/* The ring is the task's own; the worker comes with the first request. */
static int open_by_ring_from_before(void *const argument)
{
	struct ring ring;
	int err = ring_open(&ring);

	if (!err)
		err = vm_apply(*(const int *)argument);
	return err ? -ERANGE : ring_open_root(&ring);
}

START_TEST(a_ring_from_before_the_rule_is_no_way_round_it)
{
	int deny = load_deny_directories();

	ck_assert_int_eq(vm_child(open_by_ring_from_before, &deny), -EPERM);
}
END_TEST

/*
 * With room for one worker only: it tells that it is done before it is free, and
 * for a request that comes in between there would be another.
 */
static int ring_keep_one_worker(const struct ring *const ring)
{
	unsigned int bounded_and_unbounded[] = { 1, 1 };

	return syscall(SYS_io_uring_register, ring->fd,
		       IORING_REGISTER_IOWQ_MAX_WORKERS, bounded_and_unbounded,
		       2)
		       ? -errno
		       : 0;
}

static int open_by_worker_from_before(void *const argument)
{
	struct ring ring;
	int err = ring_open(&ring);

	if (!err)
		err = ring_keep_one_worker(&ring);
	if (!err)
		err = ring_open_root(&ring);
	if (!err)
		err = vm_apply(*(const int *)argument);
	return err ? -ERANGE : ring_open_root(&ring);
}

/*
 * As documented for all threads: a rule binds the calling one and what it
 * creates from then on. The shim comes before any program's first thread.
 */
START_TEST(a_worker_from_before_the_rule_keeps_what_it_had)
{
	int deny = load_deny_directories();

	ck_assert_int_eq(vm_child(open_by_worker_from_before, &deny), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("workers");
	TCase *const tcase = tcase_create("workers");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_test(tcase, a_worker_may_without_rules);
	tcase_add_test(tcase, a_worker_is_under_the_rules_of_its_task);
	tcase_add_test(tcase, a_ring_from_before_the_rule_is_no_way_round_it);
	tcase_add_test(tcase, a_worker_from_before_the_rule_keeps_what_it_had);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
