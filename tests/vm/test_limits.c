// SPDX-License-Identifier: LGPL-2.1-or-later
/* Applied rules are charged to the caller's memory cgroup, and held to its limit. */
#include "vm.h"

#include <stdbool.h>
#include <string.h>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define CGROUPS "/sys/fs/cgroup"
#define CGROUP CGROUPS "/vm_limits"
#define ATTEMPTS 100
#define PAGE 4096

static int write_file(const char *const path, const char *const text)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	const ssize_t length = fd < 0 ? -1 : write(fd, text, strlen(text));
	const int err = vm_result(length);

	if (fd >= 0)
		close(fd);
	return err;
}

static void make_cgroup(void)
{
	ck_assert_int_eq(
		write_file(CGROUPS "/cgroup.subtree_control", "+memory"), 0);
	ck_assert(!mkdir(CGROUP, 0755) || errno == EEXIST);
	ck_assert_int_eq(write_file(CGROUP "/memory.max", "8M"), 0);
}

/*
 * Takes all that the limit leaves, for a file in memory: write(2) then gives
 * ENOMEM, where a page fault would end the process.
 */
static int exhaust(const int memory_fd)
{
	static const char page[PAGE] = "";

	while (write(memory_fd, page, sizeof(page)) > 0)
		;
	return errno == ENOMEM ? 0 : -errno;
}

/* By a call that needs no memory of the cgroup's. */
static bool is_held(void)
{
	struct stat status;

	return stat("/", &status) && errno == EPERM;
}

/* Each attempt either is refused and without effect, or is enforced. */
static int prepend_at_the_limit(void *const argument)
{
	const int *const deny = argument;
	const int memory_fd = memfd_create("memory", MFD_CLOEXEC);
	int i, err;

	/* Or the kernel would end it instead, as the only one that it can. */
	err = write_file("/proc/self/oom_score_adj", "-1000");
	if (!err)
		err = vm_no_new_privs();
	if (!err)
		err = write_file(CGROUP "/cgroup.procs", "0");
	if (err || memory_fd < 0)
		return -EDOM;

	for (i = 0; i < ATTEMPTS; i++) {
		if (exhaust(memory_fd))
			return -ERANGE;
		err = vm_prepend(*deny);
		if (is_held() != !err)
			return -EILSEQ;
		if (err)
			return err;
	}
	return -ETIME;
}

START_TEST(a_rule_over_the_limit_is_refused_and_not_enforced)
{
	int deny = vm_load_verdict(LANDLOCK_SUBTYPE_EVENT_FS, -1);

	make_cgroup();
	ck_assert_int_eq(vm_child(prepend_at_the_limit, &deny), -ENOMEM);
	ck_assert_int_eq(rmdir(CGROUP), 0);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("limits");
	TCase *const tcase = tcase_create("limits");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_test(tcase,
		       a_rule_over_the_limit_is_refused_and_not_enforced);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
