// SPDX-License-Identifier: LGPL-2.1-or-later
/* What the kernel says to each wrong subtype of a rule, and to right ones. */
#include "vm.h"

#include <sched.h>
#include <string.h>

#include <linux/capability.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "instructions.h"

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))
#define EVENT_FS LANDLOCK_SUBTYPE_EVENT_FS

static const struct bpf_insn allow[] = { SET(BPF_REG_0, 0), EXIT };

/* Tries to load @attr, keeps nothing: 0 or a negative errno. */
static int try_load(const struct bpf_abi_prog_load *const attr)
{
	const int fd = vm_prog_load(attr);

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static int try_subtype(const union bpf_prog_subtype *const subtype)
{
	const struct bpf_abi_prog_load attr =
		vm_prog_attr(allow, ARRAY_SIZE(allow), subtype);

	return try_load(&attr);
}

static const struct {
	const char *name;
	uint32_t abi, event;
	uint64_t ability, option;
	int expected;
} fields[] = {
	{ "event FS", 1, EVENT_FS, 0, 0, 0 },
	{ "event FS_IOCTL", 1, LANDLOCK_SUBTYPE_EVENT_FS_IOCTL, 0, 0, 0 },
	{ "event FS_LOCK", 1, LANDLOCK_SUBTYPE_EVENT_FS_LOCK, 0, 0, 0 },
	{ "event FS_FCNTL", 1, LANDLOCK_SUBTYPE_EVENT_FS_FCNTL, 0, 0, 0 },
	{ "ability DEBUG", 1, EVENT_FS, LANDLOCK_SUBTYPE_ABILITY_DEBUG, 0, 0 },
	{ "abi 0", 0, EVENT_FS, 0, 0, -EINVAL },
	{ "next abi", LANDLOCK_ABI + 1, EVENT_FS, 0, 0, -EINVAL },
	{ "largest abi", UINT32_MAX, EVENT_FS, 0, 0, -EINVAL },
	{ "event 0", 1, LANDLOCK_SUBTYPE_EVENT_UNSPEC, 0, 0, -EINVAL },
	{ "event 5", 1, 5, 0, 0, -EINVAL },
	{ "largest event", 1, UINT32_MAX, 0, 0, -EINVAL },
	{ "all zero", 0, 0, 0, 0, -EINVAL },
};

START_TEST(fields_are_checked)
{
	const union bpf_prog_subtype subtype = {
		.landlock_rule = {
			.abi = fields[_i].abi,
			.event = fields[_i].event,
			.ability = fields[_i].ability,
			.option = fields[_i].option,
		},
	};
	const int result = try_subtype(&subtype);

	ck_assert_msg(result == fields[_i].expected, "%s: %s", fields[_i].name,
		      strerror(-result));
}
END_TEST

START_TEST(unknown_ability_bits_are_refused)
{
	unsigned int bit;

	for (bit = 1; bit < 64; bit++) {
		const union bpf_prog_subtype subtype = vm_subtype(
			EVENT_FS, 1ULL << bit | LANDLOCK_SUBTYPE_ABILITY_DEBUG);

		ck_assert_msg(try_subtype(&subtype) == -EINVAL, "bit %u", bit);
	}
}
END_TEST

START_TEST(option_bits_are_refused)
{
	unsigned int bit;

	for (bit = 0; bit < 64; bit++) {
		union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);

		subtype.landlock_rule.option = 1ULL << bit;
		ck_assert_msg(try_subtype(&subtype) == -EINVAL, "bit %u", bit);
	}
}
END_TEST

#define PAGE 4096U
#define SUBTYPE_SIZE ((uint32_t)sizeof(union bpf_prog_subtype))

/* A subtype of @size, with one byte set behind it, or at an address. */
static const struct {
	const char *name;
	uint32_t size;
	uint32_t set; /* offset of a byte of the tail to be 1, or 0 */
	int expected;
} sizes[] = {
	{ "size 0", 0, 0, -EINVAL },
	{ "size 1", 1, 0, -EINVAL },
	{ "without option", 16, 0, -EINVAL },
	{ "one byte short", SUBTYPE_SIZE - 1, 0, -EINVAL },
	{ "exact", SUBTYPE_SIZE, 0, 0 },
	{ "exact, garbage behind it", SUBTYPE_SIZE, SUBTYPE_SIZE, 0 },
	{ "tail of one zero", SUBTYPE_SIZE + 1, 0, 0 },
	{ "tail of zeros", SUBTYPE_SIZE + 8, 0, 0 },
	{ "a page", PAGE, 0, 0 },
	{ "more than a page", PAGE + 1, 0, -E2BIG },
	{ "largest", UINT32_MAX, 0, -E2BIG },
	{ "tail not zero", SUBTYPE_SIZE + 8, SUBTYPE_SIZE, -E2BIG },
	{ "last byte of tail not zero", PAGE, PAGE - 1, -E2BIG },
};

START_TEST(sizes_are_checked)
{
	_Alignas(8) static unsigned char buffer[2 * PAGE];
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);
	struct bpf_abi_prog_load attr =
		vm_prog_attr(allow, ARRAY_SIZE(allow), (const void *)buffer);
	int result;

	memcpy(buffer, &subtype, sizeof(subtype));
	if (sizes[_i].set)
		buffer[sizes[_i].set] = 1;
	attr.prog_subtype_size = sizes[_i].size;

	result = try_load(&attr);
	ck_assert_msg(result == sizes[_i].expected, "%s: %s", sizes[_i].name,
		      strerror(-result));
}
END_TEST

/* Two pages, of which only the first can be read. */
static unsigned char *map_guarded(void)
{
	unsigned char *const pages =
		mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	ck_assert_ptr_ne(pages, MAP_FAILED);
	ck_assert_int_eq(mprotect(pages + PAGE, PAGE, PROT_NONE), 0);
	return pages;
}

START_TEST(a_subtype_that_cannot_be_read_is_refused)
{
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);
	unsigned char *const guard = map_guarded() + PAGE;
	const struct {
		const char *name;
		uint64_t address;
		uint32_t size;
		int expected;
	} addresses[] = {
		{ "ends before the guard", (uintptr_t)guard - SUBTYPE_SIZE,
		  SUBTYPE_SIZE, 0 },
		{ "NULL", 0, SUBTYPE_SIZE, -EFAULT },
		{ "guarded", (uintptr_t)guard, SUBTYPE_SIZE, -EFAULT },
		{ "crosses into the guard", (uintptr_t)guard - 8, SUBTYPE_SIZE,
		  -EFAULT },
		{ "tail in the guard", (uintptr_t)guard - SUBTYPE_SIZE,
		  SUBTYPE_SIZE + 8, -EFAULT },
		{ "of the kernel", 0xffffffff81000000, SUBTYPE_SIZE, -EFAULT },
	};
	size_t i;

	memcpy(guard - SUBTYPE_SIZE, &subtype, SUBTYPE_SIZE);
	for (i = 0; i < ARRAY_SIZE(addresses); i++) {
		struct bpf_abi_prog_load attr =
			vm_prog_attr(allow, ARRAY_SIZE(allow), NULL);
		int result;

		attr.prog_subtype = addresses[i].address;
		attr.prog_subtype_size = addresses[i].size;
		result = try_load(&attr);
		ck_assert_msg(result == addresses[i].expected, "%s: %s",
			      addresses[i].name, strerror(-result));
	}
}
END_TEST

START_TEST(a_rule_needs_a_subtype)
{
	struct bpf_abi_prog_load attr =
		vm_prog_attr(allow, ARRAY_SIZE(allow), NULL);

	attr.prog_subtype_size = 0;
	ck_assert_int_eq(try_load(&attr), -EINVAL);
}
END_TEST

START_TEST(a_rule_loaded_as_for_an_older_kernel_is_refused)
{
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);
	const struct bpf_abi_prog_load attr =
		vm_prog_attr(allow, ARRAY_SIZE(allow), &subtype);
	/* What is cut off counts as 0: no size, then no address. */
	const struct {
		size_t length;
		int result;
	} cuts[] = {
		{ offsetof(struct bpf_abi_prog_load, prog_subtype_size),
		  -EINVAL },
		{ offsetof(struct bpf_abi_prog_load, prog_subtype), -EFAULT },
	};
	size_t i;

	ck_assert_int_eq(try_load(&attr), 0);
	for (i = 0; i < ARRAY_SIZE(cuts); i++)
		ck_assert_int_eq(vm_result(syscall(SYS_bpf, BPF_PROG_LOAD,
						   &attr, cuts[i].length)),
				 cuts[i].result);
}
END_TEST

START_TEST(what_follows_the_subtype_must_be_zero)
{
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);
	struct {
		struct bpf_abi_prog_load load;
		uint64_t newer;
	} attr = { vm_prog_attr(allow, ARRAY_SIZE(allow), &subtype), 0 };

	ck_assert_int_eq(vm_result(syscall(SYS_bpf, BPF_PROG_LOAD, &attr,
					   sizeof(attr.load))),
			 0);
	attr.newer = 1;
	/* Within union bpf_attr of Linux 6.12, or behind it: see bpf(2). */
	ck_assert_int_lt(
		vm_result(syscall(SYS_bpf, BPF_PROG_LOAD, &attr, sizeof(attr))),
		0);
}
END_TEST

START_TEST(programs_of_other_types_have_no_subtype)
{
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);
	struct bpf_abi_prog_load attr =
		vm_prog_attr(allow, ARRAY_SIZE(allow), &subtype);

	attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
	ck_assert_int_eq(try_load(&attr), -EINVAL);
	attr.prog_subtype_size = 0;
	ck_assert_int_eq(try_load(&attr), -EINVAL);
	attr.prog_subtype = 0;
	ck_assert_int_eq(try_load(&attr), 0);
	attr.prog_subtype_size = sizeof(subtype);
	ck_assert_int_eq(try_load(&attr), -EINVAL);
}
END_TEST

START_TEST(a_rule_never_sleeps_and_is_attached_nowhere)
{
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);
	struct bpf_abi_prog_load attr =
		vm_prog_attr(allow, ARRAY_SIZE(allow), &subtype);

	attr.prog_flags = BPF_F_SLEEPABLE;
	ck_assert_int_eq(try_load(&attr), -EINVAL);
	attr.prog_flags = 0;
	attr.expected_attach_type = BPF_LSM_MAC;
	ck_assert_int_eq(try_load(&attr), -EINVAL);
}
END_TEST

/* Who tries to load a rule: each gives something up before it does. */

static int keep_capabilities(const uint64_t kept)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3,
	};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(data); i++) {
		data[i].effective = (uint32_t)(kept >> (32 * i));
		data[i].permitted = data[i].effective;
		data[i].inheritable = 0;
	}
	return vm_result(syscall(SYS_capset, &header, data));
}

static int load_right(void)
{
	const union bpf_prog_subtype subtype = vm_subtype(EVENT_FS, 0);

	return try_subtype(&subtype);
}

static int load_wrong(void)
{
	const union bpf_prog_subtype subtype = vm_subtype(0, 0);

	return try_subtype(&subtype);
}

static int as_root(void *const argument)
{
	(void)argument;
	return load_right();
}

static int as_nobody(void *const argument)
{
	(void)argument;
	return setresuid(65534, 65534, 65534) ? -EDOM : load_right();
}

static int with_sys_admin_alone(void *const argument)
{
	(void)argument;
	return keep_capabilities(1ULL << CAP_SYS_ADMIN) ? -EDOM : load_right();
}

static int without_sys_admin(void *const argument)
{
	(void)argument;
	return keep_capabilities(~(1ULL << CAP_SYS_ADMIN) &
				 ((1ULL << (CAP_LAST_CAP + 1)) - 1))
		       ? -EDOM
		       : load_right();
}

/* The privilege is asked before anything that the subtype says. */
static int wrong_without_sys_admin(void *const argument)
{
	(void)argument;
	return keep_capabilities(1ULL << CAP_BPF | 1ULL << CAP_PERFMON)
		       ? -EDOM
		       : load_wrong();
}

static int as_root_of_a_namespace(void *const argument)
{
	(void)argument;
	return unshare(CLONE_NEWUSER) ? -EDOM : load_right();
}

static const struct {
	const char *name;
	vm_function_t *load;
	int expected;
} loaders[] = {
	{ "root", as_root, 0 },
	{ "CAP_SYS_ADMIN alone", with_sys_admin_alone, 0 },
	{ "nobody", as_nobody, -EPERM },
	{ "all capabilities but CAP_SYS_ADMIN", without_sys_admin, -EPERM },
	{ "CAP_BPF, wrong subtype", wrong_without_sys_admin, -EPERM },
	{ "root of a user namespace", as_root_of_a_namespace, -EPERM },
};

START_TEST(only_the_systems_admin_loads_rules)
{
	const int result = vm_child(loaders[_i].load, NULL);

	ck_assert_msg(result == loaders[_i].expected, "%s: %s",
		      loaders[_i].name, strerror(-result));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("subtype");
	TCase *const tcase = tcase_create("subtype");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_loop_test(tcase, fields_are_checked, 0, ARRAY_SIZE(fields));
	tcase_add_test(tcase, unknown_ability_bits_are_refused);
	tcase_add_test(tcase, option_bits_are_refused);
	tcase_add_loop_test(tcase, sizes_are_checked, 0, ARRAY_SIZE(sizes));
	tcase_add_test(tcase, a_subtype_that_cannot_be_read_is_refused);
	tcase_add_test(tcase, a_rule_needs_a_subtype);
	tcase_add_test(tcase, a_rule_loaded_as_for_an_older_kernel_is_refused);
	tcase_add_test(tcase, what_follows_the_subtype_must_be_zero);
	tcase_add_test(tcase, programs_of_other_types_have_no_subtype);
	tcase_add_test(tcase, a_rule_never_sleeps_and_is_attached_nowhere);
	tcase_add_loop_test(tcase, only_the_systems_admin_loads_rules, 0,
			    ARRAY_SIZE(loaders));
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
