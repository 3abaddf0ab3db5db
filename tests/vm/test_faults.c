// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Each allocation that the kernel makes for a call fails once: the call fails, or
 * does all that it says, and nothing is applied in part.
 *
 * The n-th allocation of a thread, of an object or of pages, fails by
 * /proc/thread-self/fail-nth (FAILSLAB and FAIL_PAGE_ALLOC of the debug kernel), for n
 * from 1 until a call has made fewer. What is lost is found by kmemleak, when the
 * machine ends.
 */
#include "fsview.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))

/* Far above what a call allocates: who reaches it, never comes to an end. */
#define ALLOCATIONS_MAX 2000

/* A system call that the system's headers do not know yet. */
#define SYS_LSM_GET_SELF_ATTR 459
#define LSM_ATTR_CURRENT 100
#define LSM_FLAG_SINGLE 1

/* What a call works on, made anew for each call before faults begin. */
struct scene {
	int rule;
	int view; /* frozen for those calls that apply it */
	struct landlock_fsview_key key;
	int cgroup; /* that the process is in, without rules */
};

#define CGROUP "/sys/fs/cgroup/faults"

static void write_text(const char *const path, const char *const text)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);

	ck_assert_msg(fd >= 0, "%s: %m", path);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

/* By default only those fail that may not wait for memory, and of pages only several. */
static void let_all_allocations_fail(void)
{
	write_text("/sys/kernel/debug/failslab/ignore-gfp-wait", "N");
	write_text("/sys/kernel/debug/failslab/verbose", "0");
	write_text("/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait", "N");
	write_text("/sys/kernel/debug/fail_page_alloc/min-order", "0");
	write_text("/sys/kernel/debug/fail_page_alloc/verbose", "0");
}

/*
 * A system call that finds no memory for a page of its caller's says EFAULT, which is
 * no answer of ours: they are all there before.
 */
static int have_all_pages(void)
{
	char stack[1 << 16];

	explicit_bzero(stack, sizeof(stack));
	return vm_result(mlockall(MCL_CURRENT | MCL_FUTURE));
}

/*
 * Kept open, as opening it allocates. Each thread has its own: in a child, open it
 * there.
 */
static int fail_nth_open(void)
{
	return open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
}

static int fail_nth_set(const int fd, const int n)
{
	char text[16];
	const int length = snprintf(text, sizeof(text), "%d", n);

	return pwrite(fd, text, (size_t)length, 0) == length ? 0 : -errno;
}

/* True if one failed since fail_nth_set(), which is at its end by this. */
static bool fail_nth_came(const int fd)
{
	char text[16] = "";
	bool came;

	if (pread(fd, text, sizeof(text) - 1, 0) <= 0)
		abort();
	came = atoi(text) == 0;
	if (fail_nth_set(fd, 0))
		abort();
	return came;
}

static int first_descriptor(void)
{
	const int fd = open("/", O_PATH | O_CLOEXEC);

	close(fd);
	return fd;
}

/* The calls: 0 or more, or a negative errno. */

static int call_create(struct scene *const scene)
{
	union bpf_attr attr = fsview_attr(16);
	const int view = fsview_bpf(BPF_MAP_CREATE, &attr);

	(void)scene;
	if (view >= 0)
		close(view);
	return view < 0 ? view : 0;
}

static int call_update(struct scene *const scene)
{
	struct landlock_fsview_value value = { 5, 6 };

	return fsview_element(BPF_MAP_UPDATE_ELEM, scene->view, &scene->key,
			      &value, BPF_NOEXIST);
}

static int call_delete(struct scene *const scene)
{
	return fsview_element(BPF_MAP_DELETE_ELEM, scene->view, &scene->key,
			      NULL, 0);
}

static int call_freeze(struct scene *const scene)
{
	union bpf_attr attr = { .map_fd = (uint32_t)scene->view };

	return fsview_bpf(BPF_MAP_FREEZE, &attr);
}

static int call_prepend(struct scene *const scene)
{
	return fsview_prepend(scene->rule, scene->view);
}

static int call_attach(struct scene *const scene)
{
	const struct landlock_rule_prepend prepend = { scene->rule, scene->view,
						       scene->cgroup };

	return vm_result(syscall(SYS_seccomp, SECCOMP_PREPEND_LANDLOCK_RULE,
				 LANDLOCK_RULE_PREPEND_VIEW |
					 LANDLOCK_RULE_PREPEND_CGROUP,
				 &prepend));
}

static int call_read_granted(struct scene *const scene)
{
	(void)scene;
	return fsview_read(VM_SCRATCH "/granted");
}

static int call_read_denied(struct scene *const scene)
{
	(void)scene;
	return fsview_read(VM_SCRATCH "/denied");
}

static int call_self_attr(struct scene *const scene)
{
	uint64_t answer[512] = { LANDLOCK_RULE_LSM_ID };
	uint32_t size = sizeof(answer);
	const long count = syscall(SYS_LSM_GET_SELF_ATTR, LSM_ATTR_CURRENT,
				   answer, &size, LSM_FLAG_SINGLE);

	(void)scene;
	return count < 0 ? -errno : 0;
}

/*
 * What holds after a call: @result is what it returned; 0 or a negative errno that
 * says what does not. Without faults.
 */

static int nothing_to_check(const struct scene *const scene, const int result)
{
	(void)scene;
	(void)result;
	return 0;
}

static int entry_is_there(const struct scene *const scene, const bool there)
{
	struct landlock_fsview_value value;
	const int found = fsview_element(BPF_MAP_LOOKUP_ELEM, scene->view,
					 &scene->key, &value, 0);

	return found == (there ? 0 : -ENOENT) ? 0 : -EILSEQ;
}

/* The one entry that the view has room for was not lost to a call that failed. */
static int check_update(const struct scene *const scene, const int result)
{
	struct landlock_fsview_value value = { 7, 7 };
	const int err = entry_is_there(scene, !result);

	if (err)
		return err;
	return fsview_element(BPF_MAP_UPDATE_ELEM, scene->view, &scene->key,
			      &value, BPF_ANY);
}

static int check_delete(const struct scene *const scene, const int result)
{
	return entry_is_there(scene, result);
}

static int check_freeze(const struct scene *const scene, const int result)
{
	struct landlock_fsview_value value = { 5, 6 };
	const int changed = fsview_element(BPF_MAP_UPDATE_ELEM, scene->view,
					   &scene->key, &value, BPF_ANY);

	return changed == (result ? 0 : -EPERM) ? 0 : -EILSEQ;
}

static int check_prepend(const struct scene *const scene, const int result)
{
	const int denied = fsview_read(VM_SCRATCH "/denied");

	(void)scene;
	return denied == (result ? 0 : -EACCES) ? 0 : -EILSEQ;
}

static int check_held(const struct scene *const scene, const int result)
{
	(void)result;
	return check_prepend(scene, 0);
}

/* How a call's view is before: */
enum state {
	EMPTY,	 /* with room for one entry */
	FILLED,	 /* with that of the scene's key */
	FROZEN,	 /* denies VM_SCRATCH/denied */
	ENTERED, /* the same, and the process is in a cgroup of its own */
	APPLIED, /* the same, and the process is under it */
};

static const struct row {
	const char *name;
	enum state state;
	int (*call)(struct scene *scene);
	int (*check)(const struct scene *scene, int result);
	int expected; /* without a fault */
} rows[] = {
	{ "to make a view", EMPTY, call_create, nothing_to_check, 0 },
	{ "an update", EMPTY, call_update, check_update, 0 },
	{ "a deletion", FILLED, call_delete, check_delete, 0 },
	{ "to freeze", FILLED, call_freeze, check_freeze, 0 },
	{ "to apply a rule", FROZEN, call_prepend, check_prepend, 0 },
	{ "to apply one more", APPLIED, call_prepend, check_held, 0 },
	{ "to attach to a cgroup", ENTERED, call_attach, check_prepend, 0 },
	{ "to open what is granted", APPLIED, call_read_granted, check_held,
	  0 },
	{ "to open what is denied", APPLIED, call_read_denied, check_held,
	  -EACCES },
	{ "to ask for one's rules", APPLIED, call_self_attr, check_held, 0 },
};

struct attempt {
	const struct row *row;
	struct scene scene;
	int n;
};

/* What a child says beside 0: faults came, and the row holds. */
#define CAME 1

/* A new one, as nobody is in the one of the last attempt. */
static int enter_cgroup(struct scene *const scene)
{
	int procs, err;

	if ((rmdir(CGROUP) && errno != ENOENT) || mkdir(CGROUP, 0755))
		return -errno;
	procs = open(CGROUP "/cgroup.procs", O_WRONLY | O_CLOEXEC);
	err = vm_result(write(procs, "0", 1));
	close(procs);
	scene->cgroup = open(CGROUP, O_PATH | O_CLOEXEC);
	return err;
}

/* In a child: one call whose n-th allocation fails. */
static int try_once(void *const argument)
{
	struct attempt *const attempt = argument;
	const struct row *const row = attempt->row;
	struct scene *const scene = &attempt->scene;
	int fail_nth, descriptor, result, err;
	bool came;

	err = vm_no_new_privs();
	if (!err && row->state == APPLIED)
		err = fsview_prepend(scene->rule, scene->view);
	if (!err && row->state == ENTERED)
		err = enter_cgroup(scene);
	if (!err)
		err = have_all_pages();
	if (err)
		return err;
	fail_nth = fail_nth_open();
	if (fail_nth < 0)
		return -errno;
	descriptor = first_descriptor();

	err = fail_nth_set(fail_nth, attempt->n);
	if (err)
		return err;
	result = row->call(scene);
	came = fail_nth_came(fail_nth);

	if (result != row->expected && !(came && result == -ENOMEM)) {
		fprintf(stderr, "%s, allocation %d, which %s: %s\n", row->name,
			attempt->n, came ? "failed" : "never came",
			strerror(-result));
		return -EPROTO;
	}
	err = row->check(scene, result == -ENOMEM ? result : 0);
	if (err)
		fprintf(stderr, "%s, allocation %d, after '%s': %s\n",
			row->name, attempt->n, strerror(-result),
			strerror(-err));
	else if (first_descriptor() != descriptor)
		err = -EMFILE;
	return err ? err : came ? CAME : 0;
}

static int make_view_for(const struct row *const row)
{
	const int view = fsview_make(row->state >= FROZEN ? 2 : 1);

	if (row->state == FILLED)
		ck_assert_int_eq(
			fsview_put(view, VM_SCRATCH "/granted", NULL, 1), 0);
	if (row->state >= FROZEN) {
		fsview_put_elsewhere(view, FSVIEW_GRANT_ALL);
		ck_assert_int_eq(
			fsview_put(view, VM_SCRATCH "/denied", NULL, 0), 0);
		fsview_freeze(view);
	}
	return view;
}

static void make_file(const char *const path)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);

	ck_assert_msg(fd >= 0, "%s: %m", path);
	close(fd);
}

static void fails_as_a_whole(const int row)
{
	struct attempt attempt = { .row = &rows[row] };
	int result;

	let_all_allocations_fail();
	vm_scratch();
	make_file("granted");
	make_file("denied");
	attempt.scene.rule = fsview_load_rule();
	attempt.scene.key = fsview_key(VM_SCRATCH "/granted", NULL);
	do {
		attempt.n++;
		attempt.scene.view = make_view_for(attempt.row);
		result = vm_child(try_once, &attempt);
		close(attempt.scene.view);
		ck_assert_msg(result >= 0, "%s, allocation %d: %s",
			      attempt.row->name, attempt.n, strerror(-result));
		ck_assert_int_lt(attempt.n, ALLOCATIONS_MAX);
	} while (result == CAME);
	/* Or nothing was tried at all. */
	ck_assert_msg(attempt.n > 1 || attempt.row->call == call_freeze ||
			      attempt.row->call == call_delete,
		      "%s allocates nothing", attempt.row->name);
	printf("# %s: %d allocations\n", attempt.row->name, attempt.n - 1);
}

int main(void)
{
	Suite *const suite = suite_create("faults");
	TCase *const tcase = tcase_create("faults");
	size_t i;

	tcase_set_timeout(tcase, VM_TIMEOUT_SECONDS);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		vm_add_row(tcase, fails_as_a_whole, (int)i,
			   "%s fails as a whole, whatever allocation does",
			   rows[i].name);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
