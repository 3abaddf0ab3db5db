// SPDX-License-Identifier: LGPL-2.1-or-later
/* What seccomp(SECCOMP_PREPEND_LANDLOCK_RULE) asks for, refuses and leaves. */
#include "vm.h"

#include <sched.h>
#include <stdbool.h>
#include <string.h>

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "instructions.h"

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))
#define EVENT_FS LANDLOCK_SUBTYPE_EVENT_FS
#define EVENT_LAST LANDLOCK_SUBTYPE_EVENT_FS_FCNTL
#define DENY (-1)

/* What stands behind the third argument. */
enum argument {
	ARGUMENT_NULL,
	ARGUMENT_UNMAPPED,
	ARGUMENT_NEGATIVE,
	ARGUMENT_CLOSED,
	ARGUMENT_O_PATH,
	ARGUMENT_FILE,
	ARGUMENT_MAP,
	ARGUMENT_SOCKET_FILTER,
	ARGUMENT_RULE,
	ARGUMENT_OTHER_EVENT,
	ARGUMENT_COUNT,
};

/* Who asks. */
enum caller {
	CALLER_ADMIN,
	CALLER_NOBODY,
	CALLER_NAMESPACE_ADMIN, /* CAP_SYS_ADMIN over its own namespace */
};

struct attempt {
	const char *name;
	unsigned int flags;
	enum caller caller;
	bool no_new_privs;
	enum argument argument;
	bool full; /* with LANDLOCK_RULE_MAX_STACK rules for FS before */
	int expected;
};

#define NOBODY CALLER_NOBODY, false
#define NOBODY_NNP CALLER_NOBODY, true
#define ADMIN CALLER_ADMIN, false

/* In the order of the checks: a row also fails each of those after its own. */
static const struct attempt attempts[] = {
	{ "flags 8", 8, NOBODY, ARGUMENT_NULL, true, -EINVAL },
	{ "two flags", LANDLOCK_RULE_PREPEND_VIEW | LANDLOCK_RULE_PREPEND_ABI,
	  NOBODY, ARGUMENT_NULL, true, -EINVAL },
	{ "a view, unprivileged", LANDLOCK_RULE_PREPEND_VIEW, NOBODY,
	  ARGUMENT_NULL, false, -EPERM },
	{ "denials, unprivileged", LANDLOCK_RULE_PREPEND_DENIALS, NOBODY,
	  ARGUMENT_NULL, false, -EPERM },
	{ "a cgroup, unprivileged", LANDLOCK_RULE_PREPEND_CGROUP, NOBODY,
	  ARGUMENT_NULL, false, -EPERM },
	{ "denials, and the ABI",
	  LANDLOCK_RULE_PREPEND_DENIALS | LANDLOCK_RULE_PREPEND_ABI, NOBODY,
	  ARGUMENT_NULL, true, -EINVAL },
	{ "the ABI, of something", LANDLOCK_RULE_PREPEND_ABI, NOBODY,
	  ARGUMENT_RULE, true, -EINVAL },
	{ "all flags", UINT32_MAX, ADMIN, ARGUMENT_RULE, false, -EINVAL },
	{ "a view, at no address", LANDLOCK_RULE_PREPEND_VIEW, NOBODY_NNP,
	  ARGUMENT_NULL, true, -EFAULT },
	{ "no_new_privs, NULL", 0, NOBODY, ARGUMENT_NULL, true, -EPERM },
	{ "no_new_privs, rule", 0, NOBODY, ARGUMENT_RULE, false, -EPERM },
	{ "NULL", 0, NOBODY_NNP, ARGUMENT_NULL, true, -EFAULT },
	{ "NULL by the admin", 0, ADMIN, ARGUMENT_NULL, false, -EFAULT },
	{ "unmapped", 0, NOBODY_NNP, ARGUMENT_UNMAPPED, true, -EFAULT },
	{ "-1", 0, NOBODY_NNP, ARGUMENT_NEGATIVE, true, -EBADF },
	{ "closed", 0, NOBODY_NNP, ARGUMENT_CLOSED, true, -EBADF },
	{ "O_PATH", 0, NOBODY_NNP, ARGUMENT_O_PATH, true, -EBADF },
	{ "a file", 0, NOBODY_NNP, ARGUMENT_FILE, true, -EINVAL },
	{ "a map", 0, NOBODY_NNP, ARGUMENT_MAP, true, -EINVAL },
	{ "socket filter", 0, NOBODY_NNP, ARGUMENT_SOCKET_FILTER, true,
	  -EINVAL },
	{ "full", 0, NOBODY_NNP, ARGUMENT_RULE, true, -E2BIG },
	{ "full for the admin", 0, ADMIN, ARGUMENT_RULE, true, -E2BIG },
	{ "full for another event", 0, NOBODY_NNP, ARGUMENT_OTHER_EVENT, true,
	  0 },
	{ "nobody with no_new_privs", 0, NOBODY_NNP, ARGUMENT_RULE, false, 0 },
	{ "admin", 0, ADMIN, ARGUMENT_RULE, false, 0 },
	{ "admin with no_new_privs", 0, CALLER_ADMIN, true, ARGUMENT_RULE,
	  false, 0 },
	{ "admin of a user namespace", 0, CALLER_NAMESPACE_ADMIN, false,
	  ARGUMENT_RULE, false, 0 },
};

/* Descriptors that root made, for whoever the child becomes. */
struct attempt_fds {
	const struct attempt *attempt;
	int allow;
	int fds[ARGUMENT_COUNT];
};

static int become(const enum caller caller)
{
	switch (caller) {
	case CALLER_ADMIN:
		return 0;
	case CALLER_NOBODY:
		return vm_result(setresuid(65534, 65534, 65534));
	case CALLER_NAMESPACE_ADMIN:
		if (setresuid(65534, 65534, 65534))
			return -errno;
		return vm_result(unshare(CLONE_NEWUSER));
	}
	return -EDOM;
}

static int try_attempt(void *const data)
{
	const struct attempt_fds *const given = data;
	const struct attempt *const attempt = given->attempt;
	const int *argument = &given->fds[attempt->argument];
	size_t i;

	for (i = 0; attempt->full && i < LANDLOCK_RULE_MAX_STACK; i++)
		if (vm_prepend(given->allow))
			return -EDOM;
	if (become(attempt->caller) ||
	    (attempt->no_new_privs && vm_no_new_privs()))
		return -EDOM;

	if (attempt->argument == ARGUMENT_NULL)
		argument = NULL;
	if (attempt->argument == ARGUMENT_UNMAPPED)
		argument = (const int *)8;
	return vm_result(syscall(SYS_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
				 attempt->flags, argument));
}

static int load_socket_filter(void)
{
	static const struct bpf_insn allow[] = { SET(BPF_REG_0, 0), EXIT };
	struct bpf_abi_prog_load attr =
		vm_prog_attr(allow, ARRAY_SIZE(allow), NULL);
	int fd;

	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	attr.prog_subtype_size = 0;
	fd = vm_prog_load(&attr);
	ck_assert_int_ge(fd, 0);
	return fd;
}

static int create_map(void)
{
	const union bpf_attr attr = {
		.map_type = BPF_MAP_TYPE_ARRAY,
		.key_size = 4,
		.value_size = 4,
		.max_entries = 1,
	};
	const long fd = syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof(attr));

	ck_assert_int_ge(fd, 0);
	return (int)fd;
}

START_TEST(an_attempt_ends_as_documented)
{
	const struct attempt_fds given = {
		.attempt = &attempts[_i],
		.allow = vm_load_verdict(EVENT_FS, 0),
		.fds = {
			[ARGUMENT_NEGATIVE] = -1,
			[ARGUMENT_CLOSED] = 1000,
			[ARGUMENT_O_PATH] = open("/", O_PATH),
			[ARGUMENT_FILE] = open("/", O_RDONLY),
			[ARGUMENT_MAP] = create_map(),
			[ARGUMENT_SOCKET_FILTER] = load_socket_filter(),
			[ARGUMENT_RULE] = vm_load_verdict(EVENT_FS, 0),
			[ARGUMENT_OTHER_EVENT] = vm_load_verdict(EVENT_LAST, 0),
		},
	};
	int result;

	ck_assert_int_ge(given.fds[ARGUMENT_O_PATH], 0);
	ck_assert_int_ge(given.fds[ARGUMENT_FILE], 0);
	result = vm_child(try_attempt, (void *)&given);
	ck_assert_msg(result == attempts[_i].expected, "%s: %s",
		      attempts[_i].name, strerror(-result));
}
END_TEST

static int open_root(void *const argument)
{
	(void)argument;
	return vm_result(open("/", O_RDONLY | O_CLOEXEC));
}

static int refused_then_open(void *const argument)
{
	const int *const fd = argument;

	if (setresuid(65534, 65534, 65534) || vm_prepend(*fd) != -EPERM)
		return -EDOM;
	return open_root(NULL);
}

START_TEST(a_refused_rule_is_not_enforced)
{
	int fd = vm_load_verdict(EVENT_FS, DENY);

	ck_assert_int_eq(vm_child(refused_then_open, &fd), 0);
	ck_assert_int_eq(vm_child_under(fd, open_root, NULL), -EPERM);
}
END_TEST

/* The only reference to the program is then the rule itself. */
static int close_then_open(void *const argument)
{
	const int *const fd = argument;

	if (setresuid(65534, 65534, 65534) || vm_apply(*fd))
		return -EDOM;
	close(*fd);
	return open_root(NULL);
}

START_TEST(a_rule_outlives_its_descriptor)
{
	int fd = vm_load_verdict(EVENT_FS, DENY);

	ck_assert_int_eq(vm_child(close_then_open, &fd), -EPERM);
}
END_TEST

static int fill_every_event(void *const argument)
{
	const int *const fds = argument;
	unsigned int event, i;

	for (event = EVENT_FS; event <= EVENT_LAST; event++) {
		for (i = 0; i < LANDLOCK_RULE_MAX_STACK; i++)
			if (vm_prepend(fds[event]))
				return -EDOM;
		if (vm_prepend(fds[event]) != -E2BIG)
			return -ERANGE;
	}
	return open_root(NULL);
}

START_TEST(each_event_has_room_for_as_many_rules)
{
	int fds[EVENT_LAST + 1];
	unsigned int event;

	for (event = EVENT_FS; event <= EVENT_LAST; event++)
		fds[event] = vm_load_verdict(event, 0);
	ck_assert_int_eq(vm_child(fill_every_event, fds), 0);
}
END_TEST

/* A denying rule, then as many that allow as fit, then one too many. */
static int fill_and_overflow(void *const argument)
{
	const int *const fds = argument;
	unsigned int i;

	for (i = 0; i < LANDLOCK_RULE_MAX_STACK; i++)
		if (vm_prepend(fds[i > 0]))
			return -EDOM;
	if (vm_prepend(fds[1]) != -E2BIG)
		return -ERANGE;
	return open_root(NULL);
}

START_TEST(the_oldest_of_a_full_stack_is_still_asked)
{
	int fds[] = {
		vm_load_verdict(EVENT_FS, DENY),
		vm_load_verdict(EVENT_FS, 0),
	};

	ck_assert_int_eq(vm_child(fill_and_overflow, fds), -EPERM);
}
END_TEST

static int prepend_neighbour(void *const argument)
{
	return vm_result(syscall(SYS_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE + 1,
				 0, argument));
}

START_TEST(the_operation_beside_it_stays_unknown)
{
	int fd = vm_load_verdict(EVENT_FS, 0);

	ck_assert_int_eq(vm_child_under(fd, prepend_neighbour, &fd), -EINVAL);
}
END_TEST

/* A filter that answers seccomp(2) with @answer and lets all else pass. */
static int filter_seccomp(const uint32_t answer)
{
	struct sock_filter instructions[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, answer),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { ARRAY_SIZE(instructions),
					   instructions };

	return vm_no_new_privs()
		       ?: vm_result(syscall(SYS_seccomp,
					    SECCOMP_SET_MODE_FILTER, 0,
					    &filter));
}

static int prepend_behind_a_filter(void *const argument)
{
	const int err = filter_seccomp(SECCOMP_RET_ALLOW)
				?: vm_prepend(*(const int *)argument);

	return err ? -ERANGE : open_root(NULL);
}

START_TEST(a_filter_and_a_rule_go_together)
{
	int deny = vm_load_verdict(EVENT_FS, DENY);

	ck_assert_int_eq(vm_child(prepend_behind_a_filter, &deny), -EPERM);
}
END_TEST

static int prepend_against_a_filter(void *const argument)
{
	if (filter_seccomp(SECCOMP_RET_ERRNO | EACCES) ||
	    vm_prepend(*(const int *)argument) != -EACCES)
		return -ERANGE;
	return open_root(NULL);
}

START_TEST(a_filter_may_refuse_the_operation)
{
	int deny = vm_load_verdict(EVENT_FS, DENY);

	ck_assert_int_eq(vm_child(prepend_against_a_filter, &deny), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("seccomp");
	TCase *const tcase = tcase_create("seccomp");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_loop_test(tcase, an_attempt_ends_as_documented, 0,
			    ARRAY_SIZE(attempts));
	tcase_add_test(tcase, a_refused_rule_is_not_enforced);
	tcase_add_test(tcase, a_rule_outlives_its_descriptor);
	tcase_add_test(tcase, each_event_has_room_for_as_many_rules);
	tcase_add_test(tcase, the_oldest_of_a_full_stack_is_still_asked);
	tcase_add_test(tcase, the_operation_beside_it_stays_unknown);
	tcase_add_test(tcase, a_filter_and_a_rule_go_together);
	tcase_add_test(tcase, a_filter_may_refuse_the_operation);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
