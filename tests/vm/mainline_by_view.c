// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Gives programs that call mainline Landlock a view instead: a library to preload,
 * which takes the place of syscall(2).
 *
 * The kernel's own calls still check the arguments, so that what is wrong fails as
 * it should; landlock_restrict_self(2) alone is not made, but applies the paths
 * that were added as a view, with the rule mainline_rights. What the ruleset does
 * not handle is granted anywhere.
 *
 * Built for mainline's tests: it keeps no more than a few rulesets, and has to be
 * loaded by root, once, before these drop their capabilities.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/bpf.h>
#include <linux/landlock_rule.h>
#include <sys/syscall.h>

#include "mainline_abi.h"
#include "request.h"

#define RULESETS 16
#define RULES 64
#define OF_ITSELF                                                              \
	(MAINLINE_FS_OF_FILES | MAINLINE_FS_READ_DIR | MAINLINE_FS_REFER)
#define RULE_FD 900

static struct ruleset {
	int fd;
	uint64_t handled;
	size_t count;
	struct {
		int fd; /* until it was applied once, so that it can be unmounted */
		uint64_t allowed;
		char path[PATH_MAX];
	} rules[RULES];
} rulesets[RULESETS];
static size_t next_ruleset;

static long (*next_syscall)(long number, ...);
static int rule_fd = -1;

static __attribute__((constructor)) void load_rule(void)
{
	const struct profile_rule rule = { .object = MAINLINE_RIGHTS };
	int fds[PROTOCOL_RULES_MAX];
	struct report report;
	int object;

	*(void **)&next_syscall = dlsym(RTLD_NEXT, "syscall");
	object = open(MAINLINE_RIGHTS, O_RDONLY | O_CLOEXEC);
	if (object < 0 ||
	    request_rules(LANDLOCK_PKGLIBDIR "/landlock-loader", object,
			  MAINLINE_RIGHTS, &rule, "", fds, &report) != 1)
		return; /* started by a test: it has its sandbox already */
	rule_fd = fcntl(fds[0], F_DUPFD_CLOEXEC, RULE_FD);
	close(fds[0]);
	close(object);
}

static struct ruleset *find(const long fd)
{
	size_t i;

	for (i = 0; i < RULESETS; i++)
		if (rulesets[i].fd == (int)fd && fd > 0)
			return &rulesets[i];
	return NULL;
}

static void remember(const int fd,
		     const struct mainline_ruleset_attr *const attr,
		     const size_t size)
{
	struct ruleset *const old = find(fd);
	struct ruleset *const ruleset =
		old ? old : &rulesets[next_ruleset++ % RULESETS];

	while (ruleset->count)
		close(ruleset->rules[--ruleset->count].fd);
	ruleset->fd = fd;
	ruleset->handled = size >= 8 ? attr->handled_access_fs : 0;
}

static void add(struct ruleset *const ruleset,
		const struct mainline_path_beneath *const rule)
{
	char link[64];
	ssize_t length;

	if (ruleset->count == RULES)
		return;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", rule->parent_fd);
	length = readlink(link, ruleset->rules[ruleset->count].path,
			  PATH_MAX - 1);
	if (length < 0)
		return;
	ruleset->rules[ruleset->count].path[length] = '\0';
	ruleset->rules[ruleset->count].fd =
		fcntl(rule->parent_fd, F_DUPFD_CLOEXEC, RULE_FD + 1);
	ruleset->rules[ruleset->count++].allowed = rule->allowed_access;
}

/* Adds @access to what the view says already of @fd: one inode, several rules. */
static int put(const int view, const int fd, const uint64_t access)
{
	struct landlock_fsview_value old = { 0 }, value;
	struct landlock_fsview_key key = { .fd = fd };
	union bpf_attr attr = {
		.map_fd = (uint32_t)view,
		.key = (uintptr_t)&key,
		.value = (uintptr_t)&old,
	};

	next_syscall(__NR_bpf, BPF_MAP_LOOKUP_ELEM, &attr, sizeof(attr));
	value.access = old.access | access;
	/* To be made and to be removed is granted by what an entry is in. */
	value.own = old.own | (access & OF_ITSELF);
	attr.value = (uintptr_t)&value;
	return (int)next_syscall(__NR_bpf, BPF_MAP_UPDATE_ELEM, &attr,
				 sizeof(attr));
}

static int make_view(struct ruleset *const ruleset)
{
	/* Without REFER, nothing is moved: rulesets refuse it unless granted. */
	const uint64_t granted =
		~(ruleset->handled | MAINLINE_FS_REFER) & ((1ULL << 16) - 1);
	union bpf_attr attr = {
		.map_type = LANDLOCK_RULE_MAP_TYPE_FSVIEW,
		.key_size = sizeof(struct landlock_fsview_key),
		.value_size = sizeof(struct landlock_fsview_value),
		.max_entries = RULES,
	};
	const int view = (int)next_syscall(__NR_bpf, BPF_MAP_CREATE, &attr,
					   sizeof(attr));
	size_t i;

	if (view < 0 || put(view, LANDLOCK_FSVIEW_ELSEWHERE, granted))
		return -1;
	for (i = 0; i < ruleset->count; i++) {
		if (ruleset->rules[i].fd < 0)
			ruleset->rules[i].fd = open(ruleset->rules[i].path,
						    O_PATH | O_CLOEXEC);
		if (put(view, ruleset->rules[i].fd,
			ruleset->rules[i].allowed | LANDLOCK_FSVIEW_ADDS))
			return -1;
		close(ruleset->rules[i].fd);
		ruleset->rules[i].fd = -1;
	}
	attr = (union bpf_attr){ .map_fd = (uint32_t)view };
	return next_syscall(__NR_bpf, BPF_MAP_FREEZE, &attr, sizeof(attr))
		       ? -1
		       : view;
}

static long restrict_self(struct ruleset *const ruleset)
{
	struct landlock_rule_prepend prepend = { .prog_fd = rule_fd };
	long result;

	prepend.view_fd = make_view(ruleset);
	result = next_syscall(__NR_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
			      LANDLOCK_RULE_PREPEND_VIEW, &prepend);
	close(prepend.view_fd);
	return result;
}

__attribute__((visibility("default"))) long syscall(const long number, ...)
{
	long a[6], result;
	va_list arguments;
	size_t i;

	va_start(arguments, number);
	for (i = 0; i < 6; i++)
		a[i] = va_arg(arguments, long);
	va_end(arguments);

	if (number == MAINLINE_NR_RESTRICT_SELF && !a[1] && find(a[0]) &&
	    find(a[0])->handled && rule_fd >= 0)
		return restrict_self(find(a[0]));
	result = next_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (number == MAINLINE_NR_CREATE_RULESET && result >= 0 && !a[2])
		remember((int)result,
			 (const struct mainline_ruleset_attr *)a[0],
			 (size_t)a[1]);
	if (number == MAINLINE_NR_ADD_RULE && !result && find(a[0]) &&
	    a[1] == MAINLINE_RULE_PATH_BENEATH)
		add(find(a[0]), (const struct mainline_path_beneath *)a[2]);
	return result;
}
