/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the tests inside the virtual machine share: bring a rule into the
 * kernel, apply it, try something under it.
 *
 * These tests need root on a kernel with Landlock rules; elsewhere they fail.
 * A rule can't be taken off again: apply one only in a child of the test.
 *
 * Functions that say "or fails the test" use Check's assertions: call them in
 * the test itself, not in a child function given to vm_child().
 */
#ifndef LANDLOCK_SHIM_TESTS_VM_H
#define LANDLOCK_SHIM_TESTS_VM_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/bpf.h>
#include <linux/landlock_rule.h>

#include "loader/bpf_abi.h"
#include "loader/load.h"

#include "../suite.h"

/*
 * When a test is taken for hung, not for slow: below what tests/run allows a program
 * to be silent, so that it is named.
 */
#define VM_TIMEOUT_SECONDS 450

/* A system call's result as an errno: 0, or the negative errno of a failure. */
static inline int vm_result(long result)
{
	return result < 0 ? -errno : 0;
}

/*
 * A GPL rule made of @instructions with @subtype, for a test to vary before it
 * calls vm_prog_load(). Both are referred to, not copied.
 */
struct bpf_abi_prog_load vm_prog_attr(const struct bpf_insn *instructions,
				      size_t instruction_count,
				      const union bpf_prog_subtype *subtype);

/* bpf(BPF_PROG_LOAD): a descriptor (O_CLOEXEC), or a negative errno. */
int vm_prog_load(const struct bpf_abi_prog_load *attr);

/* A subtype of ABI 1 without option. */
union bpf_prog_subtype vm_subtype(uint32_t event, uint64_t ability);

/* A GPL rule made of @instructions for @event: its descriptor, or fails the test. */
int vm_load_instructions(const struct bpf_insn *instructions, size_t count,
			 uint32_t event);

/*
 * Loads a rule of @event that returns @verdict (0 allows all) whatever it is
 * asked. Returns its descriptor, or fails the test.
 */
int vm_load_verdict(uint32_t event, int verdict);

/*
 * Loads the object NAME.o of tests/vm/rules or, where that has none, of rules,
 * with @parameters set. Returns the number of rules, or fails the test.
 */
int vm_load_object(const char *name, const struct loader_parameter *parameters,
		   size_t parameter_count,
		   struct loader_rule rules[PROTOCOL_RULES_MAX]);

/*
 * The descriptor of the rule for @event out of vm_load_object(); the others
 * are closed. Fails the test when the object has not exactly one.
 */
int vm_load_rule(const char *name, uint32_t event,
		 const struct loader_parameter *parameters,
		 size_t parameter_count);

/* Sets no_new_privs. Returns 0 or a negative errno. */
int vm_no_new_privs(void);

/*
 * seccomp(SECCOMP_PREPEND_LANDLOCK_RULE) on this thread, nothing else before.
 * Returns 0 or a negative errno.
 */
int vm_prepend(int prog_fd);

/* vm_no_new_privs() and vm_prepend(). */
int vm_apply(int prog_fd);

/*
 * Sends, or receives, the descriptor @fd through the socket @through. Returns 0 or a
 * negative errno.
 */
int vm_pass(int through, int *fd, bool receive);

/* Runs in a child: returns 0 or a negative errno, asserts nothing. */
typedef int vm_function_t(void *argument);

/*
 * Runs @function in a forked child and returns what it returned. Fails the
 * test when the child ends without a result (killed by a signal, exited).
 */
int vm_child(vm_function_t *function, void *argument);

/*
 * vm_child() under the rule @prog_fd, or under none if it is -1. Fails the
 * test when the rule can't be applied.
 */
int vm_child_under(int prog_fd, vm_function_t *function, void *argument);

/* The directory that vm_scratch() makes. */
#define VM_SCRATCH "/mnt"

/*
 * Puts this process into a mount namespace of its own, where VM_SCRATCH is an
 * empty tmpfs and the working directory, and clears the umask. Ends with the
 * process. Fails the test when it can't.
 */
void vm_scratch(void);

/* Makes the file @path, empty and executable, or fails the test. */
void vm_file(const char *path);

/*
 * Adds a test named by @format that calls @function with @index: for rows of a
 * table, each named for what it proves. Aborts when there is no memory.
 */
void vm_add_row(TCase *tcase, TFun function, int index, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
