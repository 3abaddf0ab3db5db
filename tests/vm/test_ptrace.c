// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who may look into whom, by the rules that each of the two is under. */
#include "vm.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))

/*
 * Rules that allow all: what is tested is having them. One letter is one rule,
 * applied from left to right; the same letter twice is the same program twice.
 */
enum rule {
	RULE_A, /* of event FS */
	RULE_B, /* of event FS */
	RULE_L, /* of event FS_LOCK */
	RULE_COUNT,
};

static const char letters[] = "ABL";

/* Rules before the fork, which both have, and those of each after it. */
struct relation {
	const char *common;
	const char *tracer;
	const char *tracee;
	bool allowed;
};

static const struct relation relations[] = {
	{ "", "", "", true },	   { "", "", "A", true },
	{ "", "A", "", false },	   { "", "A", "A", false },
	{ "", "A", "B", false },   { "", "A", "L", false },
	{ "", "A", "AB", false },  { "A", "", "", true },
	{ "A", "", "A", true },	   { "A", "", "B", true },
	{ "A", "", "L", true },	   { "A", "A", "", false },
	{ "A", "B", "", false },   { "A", "L", "", false },
	{ "A", "B", "B", false },  { "A", "B", "L", false },
	{ "A", "L", "BL", false }, { "AB", "", "", true },
	{ "AL", "", "", true },	   { "AL", "", "BLAL", true },
	{ "AL", "B", "L", false },
};

/* The two processes of a test share this. */
struct stage {
	int fds[RULE_COUNT];
	const struct relation *relation;
	const struct method *method;
	int ready[2]; /* from the tracee */
	int go[2];    /* from the tracer */
	int result;   /* of what the tracee does itself */
	char secret;  /* somewhere to be looked at */
};

/* A way to look into another process, and how it is refused. */
struct method {
	const char *name;
	int (*look)(struct stage *stage, pid_t tracee);
	int refusal;
};

static int look_attach(struct stage *const stage, const pid_t tracee)
{
	(void)stage;
	return vm_result(ptrace(PTRACE_ATTACH, tracee, NULL, NULL));
}

static int look_seize(struct stage *const stage, const pid_t tracee)
{
	(void)stage;
	return vm_result(ptrace(PTRACE_SEIZE, tracee, NULL, NULL));
}

/* Done by the tracee before it is looked at. */
static int look_traceme(struct stage *const stage, const pid_t tracee)
{
	(void)tracee;
	return stage->result;
}

static int look_readv(struct stage *const stage, const pid_t tracee)
{
	char copy;
	const struct iovec local = { &copy, sizeof(copy) };
	const struct iovec remote = { &stage->secret, sizeof(copy) };

	return vm_result(process_vm_readv(tracee, &local, 1, &remote, 1, 0));
}

static int look_writev(struct stage *const stage, const pid_t tracee)
{
	char value = 1;
	const struct iovec local = { &value, sizeof(value) };
	const struct iovec remote = { &stage->secret, sizeof(value) };

	return vm_result(process_vm_writev(tracee, &local, 1, &remote, 1, 0));
}

static int look_pidfd_getfd(struct stage *const stage, const pid_t tracee)
{
	const int pidfd = (int)syscall(SYS_pidfd_open, tracee, 0);

	(void)stage;
	return pidfd < 0 ? -EDOM
			 : vm_result(syscall(SYS_pidfd_getfd, pidfd, 0, 0));
}

static int look_proc(const pid_t tracee, const char *const name,
		     const int flags)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)tracee, name);
	return vm_result(open(path, flags | O_CLOEXEC));
}

static int look_memory(struct stage *const stage, const pid_t tracee)
{
	(void)stage;
	return look_proc(tracee, "mem", O_RDWR);
}

static int look_environment(struct stage *const stage, const pid_t tracee)
{
	(void)stage;
	return look_proc(tracee, "environ", O_RDONLY);
}

static int look_root(struct stage *const stage, const pid_t tracee)
{
	(void)stage;
	return look_proc(tracee, "root", O_RDONLY);
}

/* proc(5) says EACCES where it asks whether one may trace. */
static const struct method methods[] = {
	{ "PTRACE_ATTACH", look_attach, -EPERM },
	{ "PTRACE_SEIZE", look_seize, -EPERM },
	{ "PTRACE_TRACEME", look_traceme, -EPERM },
	{ "process_vm_readv", look_readv, -EPERM },
	{ "process_vm_writev", look_writev, -EPERM },
	{ "pidfd_getfd", look_pidfd_getfd, -EPERM },
	{ "/proc/PID/mem", look_memory, -EACCES },
	{ "/proc/PID/environ", look_environment, -EACCES },
	{ "/proc/PID/root", look_root, -EACCES },
};

static int apply(const struct stage *const stage, const char *rules)
{
	for (; *rules; rules++)
		if (vm_prepend(stage->fds[strchr(letters, *rules) - letters]))
			return -EDOM;
	return 0;
}

static void be_tracee(struct stage *const stage)
{
	char byte = 0;

	if (apply(stage, stage->relation->tracee) ||
	    read(stage->go[0], &byte, 1) != 1)
		_exit(1);
	if (stage->method->look == look_traceme)
		stage->result =
			vm_result(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
	if (write(stage->ready[1], &byte, 1) != 1)
		_exit(1);
	for (;;)
		pause();
}

/* The tracer is the parent; as root, so that nothing but rules hinders it. */
static int look(void *const argument)
{
	struct stage *const stage = argument;
	pid_t tracee;
	int result;
	char byte = 0;

	if (apply(stage, stage->relation->common))
		return -EDOM;
	tracee = fork();
	if (!tracee)
		be_tracee(stage);
	if (tracee < 0)
		return -EDOM;

	if (apply(stage, stage->relation->tracer) ||
	    write(stage->go[1], &byte, 1) != 1 ||
	    read(stage->ready[0], &byte, 1) != 1)
		result = -EDOM;
	else
		result = stage->method->look(stage, tracee);
	kill(tracee, SIGKILL);
	waitpid(tracee, NULL, __WALL);
	return result;
}

static struct stage *set_stage(const struct relation *const relation,
			       const struct method *const method)
{
	struct stage *const stage =
		mmap(NULL, sizeof(*stage), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(stage, MAP_FAILED);
	stage->relation = relation;
	stage->method = method;
	stage->fds[RULE_A] = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS, 0);
	stage->fds[RULE_B] = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS, 0);
	stage->fds[RULE_L] = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 0);
	ck_assert_int_eq(pipe2(stage->ready, O_CLOEXEC), 0);
	ck_assert_int_eq(pipe2(stage->go, O_CLOEXEC), 0);
	return stage;
}

START_TEST(one_looks_only_into_who_is_as_restricted)
{
	const size_t row = (size_t)_i / ARRAY_SIZE(methods);
	const struct relation *const relation = &relations[row];
	const struct method *const method =
		&methods[(size_t)_i % ARRAY_SIZE(methods)];
	const int expected = relation->allowed ? 0 : method->refusal;
	const int result = vm_child(look, set_stage(relation, method));

	ck_assert_msg(result == expected,
		      "%s, common '%s', tracer '%s', tracee '%s': %s",
		      method->name, relation->common, relation->tracer,
		      relation->tracee, strerror(-result));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("ptrace");
	TCase *const tcase = tcase_create("ptrace");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_loop_test(tcase, one_looks_only_into_who_is_as_restricted, 0,
			    ARRAY_SIZE(relations) * ARRAY_SIZE(methods));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
