// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Kernels older and newer than this one: a supervisor (seccomp_unotify(2)) answers
 * the system calls of Landlock as a kernel of each ABI would, checks every byte of
 * their arguments as that does, and tells what it was asked for.
 *
 * What each ABI knows is written down here once more, from the kernel's
 * documentation: it is what preload/mainline_abi.h is held to.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "apply.h"
#include "features.h"
#include "mainline.h"
#include "plan.h"

#include "../suite.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define ABI_OLDEST 1
#define ABI_NEWEST 12
#define RULES_MAX 64
#define WAIT_MS 20000

/* Each from an ABI on: what it knows, all of older ones included. */
static const struct knowledge {
	int abi;
	size_t attribute_bytes;
	uint64_t fs, net, scoped;
	uint32_t add_flags, restrict_flags;
} history[] = {
	{ 1, 8, 0x1fff, 0, 0, 0, 0 },
	{ 2, 8, 0x3fff, 0, 0, 0, 0 },
	{ 3, 8, 0x7fff, 0, 0, 0, 0 },
	{ 4, 16, 0x7fff, 0x3, 0, 0, 0 },
	{ 5, 16, 0xffff, 0x3, 0, 0, 0 },
	{ 6, 24, 0xffff, 0x3, 0x3, 0, 0 },
	{ 7, 24, 0xffff, 0x3, 0x3, 0, 0x7 },
	{ 8, 24, 0xffff, 0x3, 0x3, 0, 0xf },
	{ 9, 24, 0x1ffff, 0x3, 0x3, 0, 0xf },
	{ 10, 48, 0x1ffff, 0xf, 0x3, 0x1, 0xf },
	{ 11, 48, 0x1ffff, 0xf, 0x3, 0x1, 0x1f },
};
/* Execute, write, read, truncate, ioctl, resolve: of what is no directory. */
#define FS_OF_FILES UINT64_C(0x1c007)
#define FS_READ UINT64_C(0xc)

struct rule {
	uint32_t type;
	uint64_t allowed;
	uint64_t port; /* of type 2 */
	dev_t device;  /* of type 1 */
	ino_t inode;
};

/* A kernel, and what it was asked for. */
struct kernel {
	int abi;
	const struct knowledge *knows;
	pid_t child;
	int listener;
	/* The ruleset. */
	int ruleset_fd; /* in the child; -1: none */
	size_t size;
	uint64_t fs, net, scoped;
	struct rule rules[RULES_MAX];
	size_t rule_count;
	/* What it was applied with. */
	unsigned int applied;
	uint32_t flags;
	unsigned int questions; /* for the ABI */
};

static const struct knowledge *knowledge_of(const int abi)
{
	size_t i = ARRAY_SIZE(history) - 1;

	while (history[i].abi > abi)
		i--;
	return &history[i];
}

static int read_memory(const struct kernel *const kernel,
		       const uint64_t address, void *const bytes,
		       const size_t size)
{
	const struct iovec local = { bytes, size };
	const struct iovec remote = { (void *)(uintptr_t)address, size };

	return process_vm_readv(kernel->child, &local, 1, &remote, 1, 0) ==
			       (ssize_t)size
		       ? 0
		       : -EFAULT;
}

/* Into the child; returns its number there. */
static int give_descriptor(const struct kernel *const kernel, const uint64_t id)
{
	const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct seccomp_notif_addfd addfd = { .id = id,
					     .srcfd = (uint32_t)fd,
					     .newfd_flags = O_CLOEXEC };
	const int number =
		ioctl(kernel->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &addfd);

	close(fd);
	ck_assert_int_ge(number, 0);
	return number;
}

static int create_ruleset(struct kernel *const kernel, const uint64_t id,
			  const uint64_t *const arguments)
{
	const struct knowledge *const knows = kernel->knows;
	const uint64_t size = arguments[1];
	const uint32_t flags = (uint32_t)arguments[2];
	uint64_t words[6] = { 0 };
	unsigned char bytes[256];
	size_t i;

	if (flags == 1) {
		kernel->questions++;
		return arguments[0] || size ? -EINVAL : kernel->abi;
	}
	if (flags || size < 8)
		return -EINVAL;
	if (size > sizeof(bytes))
		return -E2BIG;
	if (read_memory(kernel, arguments[0], bytes, size))
		return -EFAULT;
	for (i = knows->attribute_bytes; i < size; i++)
		if (bytes[i])
			return -E2BIG;
	memcpy(words, bytes,
	       size < knows->attribute_bytes ? size : knows->attribute_bytes);
	if (words[0] & ~knows->fs || words[1] & ~knows->net ||
	    words[2] & ~knows->scoped)
		return -EINVAL;
	/* What is refused without a record: not used. */
	ck_assert_uint_eq(words[3] | words[4] | words[5], 0);
	if (!words[0] && !words[1] && !words[2])
		return -ENOMSG;
	ck_assert_int_eq(kernel->ruleset_fd, -1);
	kernel->size = size;
	kernel->fs = words[0];
	kernel->net = words[1];
	kernel->scoped = words[2];
	kernel->ruleset_fd = give_descriptor(kernel, id);
	return kernel->ruleset_fd;
}

static int add_path(const struct kernel *const kernel, const uint64_t address,
		    struct rule *const rule)
{
	struct {
		uint64_t allowed;
		int32_t fd;
	} __attribute__((packed)) attribute;
	struct stat status;
	char name[64];

	if (read_memory(kernel, address, &attribute, sizeof(attribute)))
		return -EFAULT;
	rule->allowed = attribute.allowed;
	if (!rule->allowed)
		return -ENOMSG;
	if (rule->allowed & ~kernel->fs)
		return -EINVAL;
	snprintf(name, sizeof(name), "/proc/%d/fd/%d", kernel->child,
		 attribute.fd);
	if (stat(name, &status))
		return -EBADF;
	rule->device = status.st_dev;
	rule->inode = status.st_ino;
	return !S_ISDIR(status.st_mode) && rule->allowed & ~FS_OF_FILES
		       ? -EINVAL
		       : 0;
}

static int add_port(const struct kernel *const kernel, const uint64_t address,
		    struct rule *const rule)
{
	uint64_t words[2];

	if (!kernel->knows->net)
		return -EINVAL;
	if (read_memory(kernel, address, words, sizeof(words)))
		return -EFAULT;
	rule->allowed = words[0];
	rule->port = words[1];
	if (!rule->allowed)
		return -ENOMSG;
	return rule->allowed & ~kernel->net || rule->port > 0xffff ? -EINVAL
								   : 0;
}

static int add_rule(struct kernel *const kernel,
		    const uint64_t *const arguments)
{
	struct rule rule = { .type = (uint32_t)arguments[1] };
	int error;

	if ((uint32_t)arguments[3] & ~kernel->knows->add_flags)
		return -EINVAL;
	if ((int)arguments[0] != kernel->ruleset_fd)
		return -EBADF;
	switch (rule.type) {
	case 1:
		error = add_path(kernel, arguments[2], &rule);
		break;
	case 2:
		error = add_port(kernel, arguments[2], &rule);
		break;
	default:
		return -EINVAL;
	}
	ck_assert_uint_lt(kernel->rule_count, RULES_MAX);
	if (!error)
		kernel->rules[kernel->rule_count++] = rule;
	return error;
}

static bool has_no_new_privs(const pid_t pid)
{
	char name[64], line[256];
	int value = 0;
	FILE *status;

	snprintf(name, sizeof(name), "/proc/%d/status", pid);
	status = fopen(name, "r");
	ck_assert_ptr_nonnull(status);
	while (fgets(line, sizeof(line), status))
		sscanf(line, "NoNewPrivs: %d", &value);
	fclose(status);
	return value;
}

static int restrict_self(struct kernel *const kernel,
			 const uint64_t *const arguments)
{
	const uint32_t flags = (uint32_t)arguments[1];

	if (!has_no_new_privs(kernel->child) && !(flags & 1U << 4))
		return -EPERM;
	if (flags & ~kernel->knows->restrict_flags)
		return -EINVAL;
	if ((int)arguments[0] != kernel->ruleset_fd)
		return -EBADF;
	kernel->applied++;
	kernel->flags = flags;
	return 0;
}

static int answer(struct kernel *const kernel,
		  const struct seccomp_notif *const call)
{
	switch (call->data.nr) {
	case 444:
		return create_ruleset(kernel, call->id,
				      (const uint64_t *)call->data.args);
	case 445:
		return add_rule(kernel, (const uint64_t *)call->data.args);
	default:
		return restrict_self(kernel, (const uint64_t *)call->data.args);
	}
}

static void supervise(struct kernel *const kernel)
{
	struct pollfd wait = { .fd = kernel->listener, .events = POLLIN };

	for (;;) {
		struct seccomp_notif_resp response = { 0 };
		struct seccomp_notif call = { 0 };
		int result;

		ck_assert_int_eq(poll(&wait, 1, WAIT_MS), 1);
		if (!(wait.revents & POLLIN))
			return;
		ck_assert_int_eq(ioctl(kernel->listener,
				       SECCOMP_IOCTL_NOTIF_RECV, &call),
				 0);
		result = answer(kernel, &call);
		response.id = call.id;
		response.error = result < 0 ? result : 0;
		response.val = result < 0 ? 0 : result;
		ck_assert_int_eq(ioctl(kernel->listener,
				       SECCOMP_IOCTL_NOTIF_SEND, &response),
				 0);
	}
}

/* --- in the child --- */

/* From now on, calls of Landlock are the supervisor's; to whom it goes by @to. */
static void hand_over(const int to)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 444, 0, 2),
		BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 446, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { ARRAY_SIZE(code), code };
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = { .header = { .cmsg_len = CMSG_LEN(sizeof(int)),
				  .cmsg_level = SOL_SOCKET,
				  .cmsg_type = SCM_RIGHTS } };
	struct iovec part = { "x", 1 };
	const struct msghdr message = { .msg_iov = &part,
					.msg_iovlen = 1,
					.msg_control = &control,
					.msg_controllen = sizeof(control) };
	int listener;

	/* Root needs no no_new_privs for that: it is for the shim to set. */
	if (geteuid())
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	listener = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
				SECCOMP_FILTER_FLAG_NEW_LISTENER, &filter);
	memcpy(CMSG_DATA(&control.header), &listener, sizeof(listener));
	if (listener < 0 || sendmsg(to, &message, 0) != 1)
		_exit(99);
	close(listener);
	close(to);
}

/* So that a kernel with rules does not enforce paths by a view. */
static void drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	const struct __user_cap_data_struct none[2] = { 0 };

	syscall(SYS_capset, &header, none);
}

static const struct origin origin = { .file = "a.ini", .line = 3 };
static struct profile_path paths[] = {
	{ .path = "/etc", .access = PROFILE_READ },
	{ .path = "/dev/null", .access = PROFILE_WRITE },
};
static struct profile_ports https = { 443, 443 }, http = { 80, 81 },
			    dns = { 53, 53 }, mdns = { 5353, 5353 };

/* All that a ruleset can be about. */
static struct profile everything(const enum profile_log log)
{
	return (struct profile){
		.section = "/a",
		.origin = origin,
		.on_error = PROFILE_ON_ERROR_WARN,
		.paths = paths,
		.path_count = ARRAY_SIZE(paths),
		.ports = { [PROFILE_CONNECT_TCP] = { true, &https, 1, origin },
			   [PROFILE_BIND_TCP] = { true, &http, 1, origin },
			   [PROFILE_CONNECT_UDP] = { true, &dns, 1, origin },
			   [PROFILE_BIND_UDP] = { true, &mdns, 1, origin } },
		.scopes = { origin, origin },
		.sockets = { .restricted = true, .origin = origin },
		.log = log,
	};
}

static int notices;

static void count_notice(const struct report *const report)
{
	(void)report;
	notices++;
}

/* With @on_error = fail if the kernel is said to enforce all. */
static int apply_all(const enum profile_log log, const bool whole)
{
	static struct report report;
	struct profile profile = everything(log);
	struct lookup_match match = { .profile = &profile };
	const struct lookup_result found = { .matches = &match,
					     .match_count = 1 };
	const struct apply_options options = { .rule_directory = "/nonexistent",
					       .notice = count_notice };
	int error;

	if (whole)
		profile.on_error = PROFILE_ON_ERROR_FAIL;
	error = apply_profiles(&found, &options, &report);
	if (error)
		fprintf(stderr, "# %s\n", report.cause);
	return error || (whole && notices) ? 1 : 0;
}

/* A socket's path granted, beside a file that may be read. */
static int grant_socket(void)
{
	static struct report report;
	struct profile profile = { .section = "/a",
				   .origin = origin,
				   .sockets = { .restricted = true } };
	const struct profile_path path = { .path = "/dev/null",
					   .access = PROFILE_CONNECT };
	struct paths_entry entry = {
		.path = &path,
		.access = PROFILE_CONNECT,
		.state = PATHS_FOUND,
		.fd = open("/dev/null", O_PATH | O_CLOEXEC),
		.resolved = "/dev/null",
	};
	struct paths some = { .entries = &entry, .count = 1 };
	struct features features;
	struct plan plan;
	int fd;

	system_stat_fd(entry.fd, &entry.status);
	features_probe(FEATURES_ASK_MAINLINE, &features);
	if (plan_make(&profile, &features, &plan))
		return 1;
	fd = mainline_ruleset(&plan, &some, count_notice, &report);
	if (fd < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return 2;
	return mainline_restrict(fd, plan.log) ? 3 : 0;
}

/* --- both --- */

static int receive_listener(const int from)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	char byte;
	struct iovec part = { &byte, 1 };
	struct msghdr message = { .msg_iov = &part,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };
	int listener;

	ck_assert_int_eq(recvmsg(from, &message, MSG_CMSG_CLOEXEC), 1);
	ck_assert_uint_ge(message.msg_controllen, CMSG_LEN(sizeof(int)));
	memcpy(&listener, CMSG_DATA(&control.header), sizeof(listener));
	return listener;
}

enum act {
	ACT_ALL,
	ACT_SOCKET,
};

/* Runs @act in a child of a kernel of @abi; returns what the child ended with. */
static int run(const int abi, const enum act act, const enum profile_log log,
	       struct kernel *const kernel)
{
	int pair[2], status;

	*kernel = (struct kernel){ .abi = abi,
				   .knows = knowledge_of(abi),
				   .ruleset_fd = -1 };
	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	kernel->child = fork();
	ck_assert_int_ge(kernel->child, 0);
	if (!kernel->child) {
		close(pair[0]);
		hand_over(pair[1]);
		drop_capabilities();
		_exit(act == ACT_ALL ? apply_all(log, abi >= 10)
				     : grant_socket());
	}
	close(pair[1]);
	kernel->listener = receive_listener(pair[0]);
	supervise(kernel);
	ck_assert_int_eq(waitpid(kernel->child, &status, 0), kernel->child);
	close(kernel->listener);
	close(pair[0]);
	ck_assert(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static uint64_t granted_to(const struct kernel *const kernel,
			   const char *const path)
{
	uint64_t granted = 0;
	struct stat status;
	size_t i;

	ck_assert_int_eq(stat(path, &status), 0);
	for (i = 0; i < kernel->rule_count; i++)
		if (kernel->rules[i].type == 1 &&
		    kernel->rules[i].device == status.st_dev &&
		    kernel->rules[i].inode == status.st_ino)
			granted |= kernel->rules[i].allowed;
	return granted;
}

/* The ports that are to be granted, from which ABI on. */
static const struct {
	uint64_t right;
	uint64_t port;
	int abi;
} ports[] = {
	{ 1U << 1, 443, 4 }, { 1U << 0, 80, 4 },    { 1U << 0, 81, 4 },
	{ 1U << 3, 53, 10 }, { 1U << 2, 5353, 10 }, { 1U << 2, 0, 10 },
};

static void check_ports(const struct kernel *const kernel)
{
	size_t expected = 0, found = 0, i, j;

	for (i = 0; i < ARRAY_SIZE(ports); i++)
		expected += ports[i].abi <= kernel->abi;
	for (i = 0; i < kernel->rule_count; i++) {
		if (kernel->rules[i].type != 2)
			continue;
		for (j = 0; j < ARRAY_SIZE(ports); j++)
			if (ports[j].right == kernel->rules[i].allowed &&
			    ports[j].port == kernel->rules[i].port)
				break;
		ck_assert_uint_lt(j, ARRAY_SIZE(ports));
		found++;
	}
	ck_assert_uint_eq(found, expected);
}

START_TEST(a_kernel_of_each_abi_is_asked_for_all_it_knows_and_no_more)
{
	const struct knowledge *const knows = knowledge_of(_i);
	struct kernel kernel;

	ck_assert_int_eq(run(_i, ACT_ALL, PROFILE_LOG_DEFAULT, &kernel), 0);
	ck_assert_uint_eq(kernel.questions, 1);
	ck_assert_uint_eq(kernel.applied, 1);
	ck_assert_uint_eq(kernel.flags, 0);
	ck_assert_uint_eq(kernel.fs, knows->fs);
	ck_assert_uint_eq(kernel.net, knows->net);
	ck_assert_uint_eq(kernel.scoped, knows->scoped);
	/* Of ABI 10, quiet members follow. */
	ck_assert_uint_eq(kernel.size, _i < 10 ? knows->attribute_bytes : 24);
	ck_assert_uint_eq(granted_to(&kernel, "/etc"), FS_READ);
	ck_assert_uint_eq(granted_to(&kernel, "/dev/null"),
			  knows->fs & (0x4 | 0x2 | 1U << 14 | 1U << 15));
	ck_assert_uint_eq(granted_to(&kernel, "/"), 0);
	check_ports(&kernel);
}
END_TEST

static const uint32_t log_flags[] = {
	[PROFILE_LOG_DEFAULT] = 0,
	[PROFILE_LOG_NONE] = 1U << 0 | 1U << 2,
	[PROFILE_LOG_SELF] = 0,
	[PROFILE_LOG_ALL] = 1U << 1,
};

START_TEST(flags_of_the_log_go_to_who_knows_them)
{
	struct kernel kernel;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(log_flags); i++) {
		ck_assert_int_eq(run(_i, ACT_ALL, (enum profile_log)i, &kernel),
				 0);
		ck_assert_uint_eq(kernel.applied, 1);
		ck_assert_uint_eq(kernel.flags, _i >= 7 ? log_flags[i] : 0);
	}
}
END_TEST

START_TEST(a_socket_with_a_path_is_granted_to_connect_and_no_more)
{
	struct kernel kernel;

	ck_assert_int_eq(run(_i, ACT_SOCKET, PROFILE_LOG_DEFAULT, &kernel), 0);
	ck_assert_uint_eq(kernel.applied, 1);
	/* And moving files, as this is not about paths. */
	ck_assert_uint_eq(kernel.fs, UINT64_C(1) << 16 | UINT64_C(1) << 13);
	ck_assert_uint_eq(kernel.net | kernel.scoped, 0);
	ck_assert_uint_eq(granted_to(&kernel, "/dev/null"), UINT64_C(1) << 16);
	ck_assert_uint_eq(granted_to(&kernel, "/"), UINT64_C(1) << 13);
	ck_assert_uint_eq(kernel.rule_count, 2);
}
END_TEST

/* The supervisor itself refuses what a kernel of that ABI does not know. */
START_TEST(what_an_abi_does_not_know_is_refused)
{
	const struct knowledge *const knows = knowledge_of(_i);
	struct kernel kernel = {
		.abi = _i, .knows = knows, .child = getpid(), .ruleset_fd = 5
	};
	const uint64_t beyond = knows->restrict_flags + 1;
	uint64_t attribute[7] = { knows->fs + 1 };
	uint64_t create[] = { (uintptr_t)attribute, 8, 0 };

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(restrict_self(&kernel, (uint64_t[]){ 5, beyond }),
			 -EINVAL);
	ck_assert_int_eq(restrict_self(&kernel, (uint64_t[]){ 5, 0 }), 0);
	ck_assert_int_eq(restrict_self(&kernel, (uint64_t[]){ 6, 0 }), -EBADF);
	ck_assert_int_eq(
		add_rule(&kernel,
			 (uint64_t[]){ 5, 1, 0, knows->add_flags + 1 }),
		-EINVAL);
	ck_assert_int_eq(create_ruleset(&kernel, 0, create), -EINVAL);
	attribute[0] = 1;
	attribute[knows->attribute_bytes / 8] = 1;
	create[1] = sizeof(attribute);
	ck_assert_int_eq(create_ruleset(&kernel, 0, create), -E2BIG);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("mainline-future");
	TCase *const all = tcase_create("mainline-future");

	tcase_set_timeout(all, 60);
	tcase_add_loop_test(
		all, a_kernel_of_each_abi_is_asked_for_all_it_knows_and_no_more,
		ABI_OLDEST, ABI_NEWEST + 1);
	tcase_add_loop_test(all, flags_of_the_log_go_to_who_knows_them,
			    ABI_OLDEST, ABI_NEWEST + 1);
	tcase_add_loop_test(
		all, a_socket_with_a_path_is_granted_to_connect_and_no_more, 9,
		ABI_NEWEST + 1);
	tcase_add_loop_test(all, what_an_abi_does_not_know_is_refused,
			    ABI_OLDEST, ABI_NEWEST + 1);
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
