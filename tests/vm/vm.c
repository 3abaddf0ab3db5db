// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the tests inside the virtual machine share. */
#include "vm.h"

#include <limits.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct bpf_abi_prog_load
vm_prog_attr(const struct bpf_insn *const instructions,
	     const size_t instruction_count,
	     const union bpf_prog_subtype *const subtype)
{
	return (struct bpf_abi_prog_load){
		.prog_type = LANDLOCK_RULE_PROG_TYPE,
		.insn_cnt = (uint32_t)instruction_count,
		.insns = (uintptr_t)instructions,
		.license = (uintptr_t) "GPL",
		.prog_subtype = (uintptr_t)subtype,
		.prog_subtype_size = sizeof(*subtype),
	};
}

int vm_prog_load(const struct bpf_abi_prog_load *const attr)
{
	const long fd = syscall(SYS_bpf, BPF_PROG_LOAD, attr, sizeof(*attr));

	return fd < 0 ? -errno : (int)fd;
}

union bpf_prog_subtype vm_subtype(const uint32_t event, const uint64_t ability)
{
	return (union bpf_prog_subtype){
		.landlock_rule = {
			.abi = 1,
			.event = event,
			.ability = ability,
		},
	};
}

int vm_load_instructions(const struct bpf_insn *const instructions,
			 const size_t count, const uint32_t event)
{
	union bpf_prog_subtype subtype = vm_subtype(event, 0);
	struct bpf_abi_prog_load attr;
	int fd;

	if (event == LANDLOCK_SUBTYPE_EVENT_FS_PATH)
		subtype.landlock_rule.abi = 2;
	attr = vm_prog_attr(instructions, count, &subtype);
	fd = vm_prog_load(&attr);
	ck_assert_msg(fd >= 0, "cannot load a rule: %s", strerror(-fd));
	return fd;
}

int vm_load_verdict(const uint32_t event, const int verdict)
{
	const struct bpf_insn instructions[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = verdict },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return vm_load_instructions(
		instructions, sizeof(instructions) / sizeof(*instructions),
		event);
}

/*
 * The directory of this test's program. Asked for once, before any change of
 * mount namespace: seen from another one, the kernel's answer is another path.
 */
static const char *program_directory(void)
{
	static char path[PATH_MAX];
	ssize_t length;

	if (*path)
		return path;
	length = readlink("/proc/self/exe", path, sizeof(path));
	ck_assert(length > 0 && length < PATH_MAX);
	path[length] = '\0';
	*strrchr(path, '/') = '\0';
	return path;
}

/* Opens NAME.o where the build puts it, as seen from this test's program. */
static int open_object(const char *const name, char path[const PATH_MAX])
{
	static const char *const directories[] = { "rules", "../../rules" };
	const char *const program = program_directory();
	size_t i;

	for (i = 0; i < sizeof(directories) / sizeof(*directories); i++) {
		int length, fd;

		length = snprintf(path, PATH_MAX, "%s/%s/%s.o", program,
				  directories[i], name);
		ck_assert(length > 0 && length < PATH_MAX);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd >= 0)
			return fd;
	}
	ck_abort_msg("no rule object %s.o", name);
}

int vm_load_object(const char *const name,
		   const struct loader_parameter *const parameters,
		   const size_t parameter_count,
		   struct loader_rule rules[const PROTOCOL_RULES_MAX])
{
	char path[PATH_MAX];
	struct report report = { .line = 0 };
	const int object_fd = open_object(name, path);
	const int count = loader_load(object_fd, path, parameters,
				      parameter_count, NULL, rules, &report);

	close(object_fd);
	ck_assert_msg(count > 0, "%s.o: %s", name, report.cause);
	return count;
}

int vm_load_rule(const char *const name, const uint32_t event,
		 const struct loader_parameter *const parameters,
		 const size_t parameter_count)
{
	struct loader_rule rules[PROTOCOL_RULES_MAX];
	const int count =
		vm_load_object(name, parameters, parameter_count, rules);
	int i, found = 0, fd = -1;

	for (i = 0; i < count; i++) {
		if (rules[i].subtype.landlock_rule.event == event) {
			fd = rules[i].prog_fd;
			found++;
		} else {
			close(rules[i].prog_fd);
		}
	}
	ck_assert_msg(found == 1, "%s.o has %d rules for event %u", name, found,
		      event);
	return fd;
}

int vm_no_new_privs(void)
{
	return vm_result(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
}

int vm_prepend(const int prog_fd)
{
	return vm_result(syscall(SYS_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE, 0,
				 &prog_fd));
}

int vm_apply(const int prog_fd)
{
	const int err = vm_no_new_privs();

	return err ? err : vm_prepend(prog_fd);
}

union control {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

int vm_pass(const int through, int *const fd, const bool receive)
{
	union control control = { .header = {
					  .cmsg_len = CMSG_LEN(sizeof(*fd)),
					  .cmsg_level = SOL_SOCKET,
					  .cmsg_type = SCM_RIGHTS,
				  } };
	char text[] = "x";
	struct iovec iovec = { text, 1 };
	struct msghdr message = {
		.msg_iov = &iovec,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};

	memcpy(CMSG_DATA(&control.header), fd, sizeof(*fd));
	if ((receive ? recvmsg(through, &message, 0)
		     : sendmsg(through, &message, 0)) != 1)
		return -errno;
	memcpy(fd, CMSG_DATA(&control.header), sizeof(*fd));
	return 0;
}

/*
 * What a child says: through shared memory, as a rule may deny it any system
 * call on a file, and not by its exit status, as Check leaves a failing child
 * with 1, which is EPERM.
 */
struct verdict {
	bool done;   /* the rest is valid */
	int applied; /* result of vm_apply() */
	int result;  /* of the function, if applied is 0 */
};

static struct verdict run_child(const int prog_fd,
				vm_function_t *const function,
				void *const argument)
{
	struct verdict *const shared =
		mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct verdict verdict;
	int status;
	pid_t child;

	ck_assert_ptr_ne(shared, MAP_FAILED);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (!child) {
		if (prog_fd >= 0)
			shared->applied = vm_apply(prog_fd);
		if (!shared->applied)
			shared->result = function(argument);
		shared->done = true;
		_exit(0);
	}

	ck_assert_int_eq(waitpid(child, &status, 0), child);
	verdict = *shared;
	munmap(shared, sizeof(*shared));
	ck_assert_msg(verdict.done,
		      "the child ended without a result (wait status %#x)",
		      (unsigned int)status);
	return verdict;
}

int vm_child(vm_function_t *const function, void *const argument)
{
	return run_child(-1, function, argument).result;
}

int vm_child_under(const int prog_fd, vm_function_t *const function,
		   void *const argument)
{
	const struct verdict verdict = run_child(prog_fd, function, argument);

	ck_assert_msg(!verdict.applied, "cannot apply the rule: %s",
		      strerror(-verdict.applied));
	return verdict.result;
}

void vm_scratch(void)
{
	program_directory();
	ck_assert_int_eq(unshare(CLONE_NEWNS), 0);
	ck_assert_int_eq(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), 0);
	ck_assert_int_eq(
		mount("vm", VM_SCRATCH, "tmpfs", MS_NOSUID, "mode=0755"), 0);
	ck_assert_int_eq(chdir(VM_SCRATCH), 0);
	umask(0);
}

void vm_file(const char *const path)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);

	ck_assert_msg(fd >= 0, "%s: %m", path);
	close(fd);
}

/* Check keeps the pointers: both live as long as the program. */
void vm_add_row(TCase *const tcase, const TFun function, const int index,
		const char *const format, ...)
{
	TTest *const test = malloc(sizeof(*test));
	va_list arguments;
	char *name;
	int length;

	va_start(arguments, format);
	length = vasprintf(&name, format, arguments);
	va_end(arguments);
	if (!test || length < 0)
		abort();
	*test = (TTest){ name, function, __FILE__, __LINE__ };
	tcase_add_loop_test(tcase, test, index, index + 1);
}
