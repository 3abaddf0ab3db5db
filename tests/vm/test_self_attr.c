// SPDX-License-Identifier: LGPL-2.1-or-later
/* What lsm_get_self_attr(2) tells a thread of the rules that it is under. */
#include "vm.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "instructions.h"

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))

/* System calls and constants that the system's headers do not know yet. */
#define SYS_LSM_GET_SELF_ATTR 459
#define SYS_LSM_LIST_MODULES 461
#define LSM_ATTR_CURRENT 100
#define LSM_ATTR_EXEC 101
#define LSM_FLAG_SINGLE 1

#define FS LANDLOCK_SUBTYPE_EVENT_FS
#define IOCTL LANDLOCK_SUBTYPE_EVENT_FS_IOCTL
#define LOCK LANDLOCK_SUBTYPE_EVENT_FS_LOCK
#define FCNTL LANDLOCK_SUBTYPE_EVENT_FS_FCNTL

#define INFOS_MAX 8

/* struct lsm_ctx with room for some rules. */
struct answer {
	uint64_t id;
	uint64_t flags;
	uint64_t len;
	uint64_t ctx_len;
	struct landlock_rule_info infos[INFOS_MAX];
};

#define HEADER_SIZE ((uint32_t)offsetof(struct answer, infos))
#define INFO_SIZE ((uint32_t)sizeof(struct landlock_rule_info))

/* Asks this one module: its number of answers, or a negative errno. */
static int ask(const unsigned int attribute, struct answer *const answer,
	       uint32_t *const size)
{
	const long count = syscall(SYS_LSM_GET_SELF_ATTR, attribute, answer,
				   size, LSM_FLAG_SINGLE);

	return count < 0 ? -errno : (int)count;
}

/* Number of rules that this thread is told to be under, or -errno. */
static int ask_count(struct answer *const answer)
{
	uint32_t size = sizeof(*answer);
	int count;

	memset(answer, 0xff, sizeof(*answer));
	answer->id = LANDLOCK_RULE_LSM_ID;
	count = ask(LSM_ATTR_CURRENT, answer, &size);
	if (count < 0)
		return count;
	if (count != 1 || answer->id != LANDLOCK_RULE_LSM_ID || answer->flags ||
	    answer->len != size ||
	    answer->len != HEADER_SIZE + answer->ctx_len ||
	    answer->ctx_len % INFO_SIZE)
		return -EPROTO;
	return (int)(answer->ctx_len / INFO_SIZE);
}

START_TEST(a_thread_without_rules_is_told_so)
{
	struct answer answer;

	ck_assert_int_eq(ask_count(&answer), 0);
}
END_TEST

/* Loads a rule of @event named @name, which @number makes unlike others. */
static int load_named(const uint32_t event, const char *const name,
		      const int number)
{
	const union bpf_prog_subtype subtype = vm_subtype(event, 0);
	const struct bpf_insn instructions[] = {
		SET(BPF_REG_2, number),
		SET(BPF_REG_0, 0),
		EXIT,
	};
	struct bpf_abi_prog_load attr =
		vm_prog_attr(instructions, ARRAY_SIZE(instructions), &subtype);
	int fd;

	strncpy(attr.prog_name, name, sizeof(attr.prog_name) - 1);
	fd = vm_prog_load(&attr);
	ck_assert_msg(fd >= 0, "%s: %s", name, strerror(-fd));
	return fd;
}

/* What the kernel tells of the program behind @fd. */
static struct bpf_prog_info get_info(const int fd)
{
	struct bpf_prog_info info;
	union bpf_attr attr = { .info = {
					.bpf_fd = (uint32_t)fd,
					.info_len = sizeof(info),
					.info = (uintptr_t)&info,
				} };

	memset(&info, 0, sizeof(info));
	ck_assert_int_eq(syscall(SYS_bpf, BPF_OBJ_GET_INFO_BY_FD, &attr,
				 sizeof(attr)),
			 0);
	return info;
}

/* Rules as they are applied, oldest first, and as they are to be told. */
static const struct {
	uint32_t event;
	const char *name;
	size_t told; /* index in the answer */
} applied[] = {
	{ LOCK, "lock_old", 4 },
	{ FS, "fs_old", 2 },
	{ FCNTL, "name_of_15_byte", 5 },
	{ FS, "fs_middle", 1 },
	{ LOCK, "", 3 },
	{ FS, "fs_new", 0 },
};

struct told {
	int fds[ARRAY_SIZE(applied)];
	struct answer answer;
	int result;
};

static int apply_and_ask(void *const argument)
{
	struct told *const told = argument;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(told->fds); i++)
		if (vm_apply(told->fds[i]))
			return -EDOM;
	return ask_count(&told->answer);
}

/* The same in a child that ends here, so that its answer can be asserted. */
static int apply_and_compare(void *const argument)
{
	struct told *const told = argument;
	size_t i;
	int result = apply_and_ask(told);

	if (result != (int)ARRAY_SIZE(applied))
		return result < 0 ? result : -ERANGE;
	for (i = 0; i < ARRAY_SIZE(applied); i++) {
		const struct landlock_rule_info *const info =
			&told->answer.infos[applied[i].told];
		const struct bpf_prog_info expected = get_info(told->fds[i]);

		if (info->event != applied[i].event)
			return -EDOM;
		if (info->prog_id != expected.id)
			return -EBADF;
		if (memcmp(info->tag, expected.tag, sizeof(info->tag)))
			return -EILSEQ;
		if (memcmp(info->name, expected.name, sizeof(info->name)) ||
		    strcmp(info->name, applied[i].name))
			return -ENOENT;
	}
	return 0;
}

START_TEST(rules_are_told_by_event_and_newest_first)
{
	struct told told;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(applied); i++)
		told.fds[i] =
			load_named(applied[i].event, applied[i].name, (int)i);
	ck_assert_int_eq(vm_child(apply_and_compare, &told), 0);
}
END_TEST

START_TEST(a_rule_is_a_program_of_its_own_type)
{
	const struct bpf_prog_info info = get_info(vm_load_verdict(IOCTL, 0));

	ck_assert_uint_eq(info.type, LANDLOCK_RULE_PROG_TYPE);
}
END_TEST

/* Sizes for one rule, what they bring and which size is then told. */
static const struct {
	const char *name;
	uint32_t size;
	bool buffer;
	int expected;
} sizes[] = {
	{ "size 0, no buffer", 0, false, -E2BIG },
	{ "enough, no buffer", HEADER_SIZE + INFO_SIZE, false, 1 },
	{ "header alone", HEADER_SIZE, true, -E2BIG },
	{ "one byte short", HEADER_SIZE + INFO_SIZE - 1, true, -E2BIG },
	{ "exact", HEADER_SIZE + INFO_SIZE, true, 1 },
	{ "larger", sizeof(struct answer), true, 1 },
};

static int ask_with_size(void *const argument)
{
	const size_t row = *(const size_t *)argument;
	struct answer answer = { .id = LANDLOCK_RULE_LSM_ID };
	uint32_t size = sizes[row].size;
	const unsigned int flags = sizes[row].buffer ? LSM_FLAG_SINGLE : 0;
	const long count =
		syscall(SYS_LSM_GET_SELF_ATTR, LSM_ATTR_CURRENT,
			sizes[row].buffer ? &answer : NULL, &size, flags);
	const int result = count < 0 ? -errno : (int)count;

	/* Another module may have something to tell if it is not asked alone. */
	if (sizes[row].buffer ? size != HEADER_SIZE + INFO_SIZE
			      : size < HEADER_SIZE + INFO_SIZE)
		return -ERANGE;
	if (result < 0 && answer.ctx_len)
		return -EOVERFLOW;
	return result;
}

START_TEST(a_buffer_that_is_too_small_is_told_the_size)
{
	size_t row = (size_t)_i;
	const int result =
		vm_child_under(vm_load_verdict(FS, 0), ask_with_size, &row);

	ck_assert_msg(result == sizes[_i].expected, "%s: %d", sizes[_i].name,
		      result);
}
END_TEST

START_TEST(nothing_but_the_current_rules_is_told)
{
	struct answer answer = { .id = LANDLOCK_RULE_LSM_ID };
	uint32_t size = sizeof(answer);

	ck_assert_int_eq(ask(LSM_ATTR_CURRENT, &answer, &size), 1);
	size = sizeof(answer);
	ck_assert_int_eq(ask(LSM_ATTR_EXEC, &answer, &size), -EOPNOTSUPP);
	size = sizeof(answer);
	ck_assert_int_eq(ask(0, &answer, &size), -EINVAL);
}
END_TEST

/* Two threads, of which one is under a rule. */
struct pair {
	int fd;
	bool apply_in_thread;
	int told;
};

static void *ask_in_thread(void *const argument)
{
	struct pair *const pair = argument;
	struct answer answer;

	if (pair->apply_in_thread && vm_apply(pair->fd))
		pair->told = -EDOM;
	else
		pair->told = ask_count(&answer);
	return NULL;
}

/* Returns 10 * rules of the thread + rules of its creator. */
static int ask_two_threads(void *const argument)
{
	struct pair *const pair = argument;
	struct answer answer;
	pthread_t thread;
	int told;

	if (pthread_create(&thread, NULL, ask_in_thread, pair) ||
	    pthread_join(thread, NULL))
		return -EDOM;
	told = ask_count(&answer);
	return told < 0 || pair->told < 0 ? -EPROTO : 10 * pair->told + told;
}

START_TEST(each_thread_is_told_its_own_rules)
{
	struct pair pair = { .fd = vm_load_verdict(FS, 0) };

	pair.apply_in_thread = true;
	ck_assert_int_eq(vm_child(ask_two_threads, &pair), 10);
	ck_assert_int_eq(vm_child_under(pair.fd, ask_two_threads, &pair), 21);
	pair.apply_in_thread = false;
	ck_assert_int_eq(vm_child_under(pair.fd, ask_two_threads, &pair), 11);
}
END_TEST

START_TEST(the_module_is_listed)
{
	uint64_t ids[64];
	uint32_t size = sizeof(ids);
	const long count = syscall(SYS_LSM_LIST_MODULES, ids, &size, 0);
	char names[1024] = ",";
	ssize_t length;
	int fd;
	long i;

	ck_assert_int_gt(count, 0);
	for (i = 0; i < count && ids[i] != LANDLOCK_RULE_LSM_ID; i++)
		;
	ck_assert_int_lt(i, count);

	fd = open("/sys/kernel/security/lsm", O_RDONLY | O_CLOEXEC);
	ck_assert_int_ge(fd, 0);
	length = read(fd, names + 1, sizeof(names) - 3);
	ck_assert_int_gt(length, 0);
	strcpy(names + 1 + length, ",");
	ck_assert_ptr_nonnull(strstr(names, ",landlock_rule,"));
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("self_attr");
	TCase *const tcase = tcase_create("self_attr");

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	tcase_add_test(tcase, a_thread_without_rules_is_told_so);
	tcase_add_test(tcase, rules_are_told_by_event_and_newest_first);
	tcase_add_test(tcase, a_rule_is_a_program_of_its_own_type);
	tcase_add_loop_test(tcase, a_buffer_that_is_too_small_is_told_the_size,
			    0, ARRAY_SIZE(sizes));
	tcase_add_test(tcase, nothing_but_the_current_rules_is_told);
	tcase_add_test(tcase, each_thread_is_told_its_own_rules);
	tcase_add_test(tcase, the_module_is_listed);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
