// SPDX-License-Identifier: LGPL-2.1-or-later
/* In which order stacked rules are asked, and when no more of them are. */
#include "vm.h"

#include <stdio.h>
#include <string.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "instructions.h"

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))
#define LOCK LANDLOCK_SUBTYPE_EVENT_FS_LOCK
#define DENY (-1)

/* One lock, which is one question; nothing else here locks. */
static int try_lock(void)
{
	const int fd = memfd_create("order", MFD_CLOEXEC);

	return fd < 0 ? -EDOM : vm_result(flock(fd, LOCK_EX));
}

/* The order is seen in the trace: each rule prints its letter. */

#define TRACE_DIRECTORY VM_SCRATCH "/tracing"

/* A rule that traces "<letter>;" and returns @verdict. */
static int load_tracing(const char letter, const int verdict)
{
	const union bpf_prog_subtype subtype =
		vm_subtype(LOCK, LANDLOCK_SUBTYPE_ABILITY_DEBUG);
	const struct bpf_insn instructions[] = {
		STORE_IMM(BPF_DW, BPF_REG_10, -8, letter | ';' << 8),
		COPY(BPF_REG_1, BPF_REG_10),
		COMPUTE(BPF_ADD, BPF_REG_1, -8),
		SET(BPF_REG_2, 8),
		CALL(BPF_FUNC_trace_printk),
		SET(BPF_REG_0, verdict),
		EXIT,
	};
	const struct bpf_abi_prog_load attr =
		vm_prog_attr(instructions, ARRAY_SIZE(instructions), &subtype);
	const int fd = vm_prog_load(&attr);

	ck_assert_msg(fd >= 0, "cannot load a rule: %s", strerror(-fd));
	return fd;
}

static void clear_trace(void)
{
	int fd;

	vm_scratch();
	ck_assert_int_eq(mkdir(TRACE_DIRECTORY, 0700), 0);
	ck_assert_int_eq(mount("trace", TRACE_DIRECTORY, "tracefs", 0, NULL),
			 0);
	fd = open(TRACE_DIRECTORY "/trace", O_WRONLY | O_TRUNC | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	close(fd);
}

/* The letters that were traced since clear_trace(). */
static void read_trace(char *letters, const size_t letters_size)
{
	const char *const end = letters + letters_size - 1;
	FILE *const trace = fopen(TRACE_DIRECTORY "/trace", "re");
	char line[256];

	ck_assert_ptr_nonnull(trace);
	while (fgets(line, sizeof(line), trace)) {
		const char *const text = strstr(line, "bpf_trace_printk: ");

		if (text && letters < end)
			*letters++ = text[strlen("bpf_trace_printk: ")];
	}
	*letters = '\0';
	fclose(trace);
}

#define STACK_MAX 4

static const struct order {
	const char *rules; /* oldest first; a capital denies */
	const char *asked;
	int expected;
} orders[] = {
	{ "a", "a", 0 },	  { "abc", "cba", 0 },
	{ "Abc", "cbA", -EPERM }, { "aBc", "cB", -EPERM },
	{ "abC", "C", -EPERM },	  { "ABcd", "dcB", -EPERM },
};

struct stack {
	const struct order *order;
	int fds[STACK_MAX];
};

static int stack_and_lock(void *const argument)
{
	const struct stack *const stack = argument;
	size_t i;

	for (i = 0; stack->order->rules[i]; i++)
		if (vm_apply(stack->fds[i]))
			return -EDOM;
	return try_lock();
}

START_TEST(newer_rules_are_asked_first_and_a_denial_ends_it)
{
	const char *const rules = orders[_i].rules;
	struct stack stack = { .order = &orders[_i] };
	char asked[STACK_MAX + 2];
	int result;
	size_t i;

	for (i = 0; rules[i]; i++)
		stack.fds[i] =
			load_tracing(rules[i], rules[i] < 'a' ? DENY : 0);
	clear_trace();
	result = vm_child(stack_and_lock, &stack);
	read_trace(asked, sizeof(asked));
	ck_assert_msg(result == orders[_i].expected, "%s: %s", rules,
		      strerror(-result));
	ck_assert_str_eq(asked, orders[_i].asked);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("order");
	TCase *const tcase = tcase_create("order");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_loop_test(tcase,
			    newer_rules_are_asked_first_and_a_denial_ends_it, 0,
			    ARRAY_SIZE(orders));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
