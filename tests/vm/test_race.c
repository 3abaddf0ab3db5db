// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Nothing denied is opened and nothing granted is refused while all that a verdict
 * rests on changes: `test_race [SEED [ROUNDS]]`.
 *
 * Processes move directories, mount and unmount, drop caches, trace, and make, fill,
 * freeze, apply and free views, each at random. Others are under a view that denies
 * two places, and try. Only what is defined at each moment is judged: a denied
 * directory is denied wherever it is moved, by whichever mount it is reached.
 */
#include "chance.h"
#include "fsview.h"
#include "ring.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))
#define PATH_SIZE 64

/* Some minutes' worth of chances a day, some seconds' each time. */
#define ROUNDS 150

static struct chance_run run;

/* Between which directories move, all of them granted. */
static const char *const parents[] = { "/mnt/a", "/mnt/b", "/mnt/c",
				       "/mnt/d/e/f/g" };
static const char *const moved[] = { "shut", "free" };
/* Where parents are mounted once more. */
static const char *const binds[] = { "/mnt/bind0", "/mnt/bind1" };

static const struct target {
	const char *below; /* a parent */
	bool granted;
} targets[] = {
	{ "shut/file", false },
	{ "shut/open/file", true },
	{ "free/file", true },
};

/* Denied by its name, whatever file has it. */
#define SECRET "/mnt/lair/secret"
/* A file system that comes and goes. */
#define GUEST "/mnt/guest"

/* What processes share: who is there to be traced. */
static pid_t *checkers;

static void say(const char *const what, const char *const path, const int err)
{
	fprintf(stderr, "%s: %s: %s\n", path, what,
		err < 0 ? strerror(-err) : "done");
}

/* Ways to use a file: 0, or a negative errno. */

static int by_open(const char *const path, const struct ring *const ring)
{
	(void)ring;
	return fsview_read(path);
}

static int by_ring(const char *const path, const struct ring *const ring)
{
	const struct io_uring_sqe entry = {
		.opcode = IORING_OP_OPENAT,
		.fd = AT_FDCWD,
		.addr = (uintptr_t)path,
		.open_flags = O_RDONLY | O_CLOEXEC,
	};
	const int fd = ring_do(ring, &entry);

	if (fd >= 0)
		close(fd);
	return fd < 0 ? fd : 0;
}

static int by_writing(const char *const path, const struct ring *const ring)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);

	(void)ring;
	if (fd >= 0)
		close(fd);
	return vm_result(fd);
}

/* What is in the files is no program: who gets as far as to see it, may. */
static int by_exec(const char *const path, const struct ring *const ring)
{
	char *const none[] = { NULL };

	(void)ring;
	execve(path, none, none);
	return errno == ENOEXEC ? 0 : -errno;
}

static int by_a_child(const char *const path, const struct ring *const ring)
{
	int status;
	const pid_t child = fork();

	(void)ring;
	if (child < 0)
		return -errno;
	if (!child)
		_exit(-fsview_read(path));
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return -ECHILD;
	return -WEXITSTATUS(status);
}

static int (*const ways[])(const char *path, const struct ring *ring) = {
	by_open, by_ring, by_writing, by_exec, by_a_child,
};

/* A place to try, and whether it is granted. */
static bool pick_target(struct chance *const chance, char path[const PATH_SIZE])
{
	const struct target *const target = &CHANCE_OF(chance, targets);
	/* What a bind mount that is lazily unmounted lies below is undefined. */
	const bool bound = !target->granted && chance_below(chance, 2);

	if (!chance_below(chance, 6)) {
		snprintf(path, PATH_SIZE, "%s", SECRET);
		return false;
	}
	snprintf(path, PATH_SIZE, "%s/%s",
		 bound ? CHANCE_OF(chance, binds) : CHANCE_OF(chance, parents),
		 target->below);
	return target->granted;
}

/* Nobody that is under fewer rules can be traced. */
static bool traces_parent(void)
{
	if (ptrace(PTRACE_SEIZE, getppid(), 0, 0) && errno == EPERM)
		return false;
	say("can be traced", "the parent", 0);
	return true;
}

/* Under the view: @rounds of tries. */
static int check(struct chance *const chance)
{
	struct ring ring;
	uint32_t i;

	if (ring_open(&ring))
		return 1;
	for (i = 0; i < 4 * run.rounds; i++) {
		const size_t way = chance_below(chance, ARRAY_SIZE(ways));
		char path[PATH_SIZE];
		const bool granted = pick_target(chance, path);
		const int result = ways[way](path, &ring);

		/*
		 * Moved away; or a mount point is empty; or the one writes
		 * what the other executes.
		 */
		if (result == -ENOENT || result == -ETXTBSY)
			continue;
		if (result != (granted ? 0 : -EACCES)) {
			fprintf(stderr, "round %u, way %zu: ", i, way);
			say(granted ? "is granted" : "is denied", path, result);
			return 1;
		}
		if (!chance_below(chance, 32) && traces_parent())
			return 1;
	}
	return 0;
}

/* Unhindered: these change what verdicts rest on. Each fails as it has to. */

static void move(struct chance *const chance)
{
	const char *const name = CHANCE_OF(chance, moved);
	char from[PATH_SIZE], to[PATH_SIZE];

	snprintf(from, sizeof(from), "%s/%s", CHANCE_OF(chance, parents), name);
	snprintf(to, sizeof(to), "%s/%s", CHANCE_OF(chance, parents), name);
	rename(from, to);
}

static void put_file(const char *const path)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);

	if (fd >= 0 && write(fd, "x", 1) == 1)
		close(fd);
}

static void replace_secret(struct chance *const chance)
{
	if (chance_below(chance, 2))
		unlink(SECRET);
	put_file(SECRET);
}

static void mount_guest(struct chance *const chance)
{
	if (chance_below(chance, 2)) {
		umount2(GUEST, chance_below(chance, 2) ? MNT_DETACH : 0);
		return;
	}
	mount("guest", GUEST, "tmpfs", 0, NULL);
	mkdir(GUEST "/directory", 0755);
	put_file(GUEST "/file");
}

static void mount_bind(struct chance *const chance)
{
	const char *const at = CHANCE_OF(chance, binds);

	if (chance_below(chance, 2))
		umount2(at, chance_below(chance, 2) ? MNT_DETACH : 0);
	else
		mount(CHANCE_OF(chance, parents), at, NULL,
		      MS_BIND | (chance_below(chance, 2) ? MS_REC : 0), NULL);
}

static void drop_caches(struct chance *const chance)
{
	const int fd = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);

	if (chance_below(chance, 8) == 0 && write(fd, "3", 1) != 1)
		say("cannot be dropped", "caches", -errno);
	close(fd);
}

/* Those who are under more rules can be. */
static void trace(struct chance *const chance)
{
	const pid_t pid = checkers[chance_below(chance, 2)];
	int status;

	if (!pid || ptrace(PTRACE_SEIZE, pid, 0, 0))
		return;
	ptrace(PTRACE_INTERRUPT, pid, 0, 0);
	waitpid(pid, &status, __WALL);
	ptrace(PTRACE_DETACH, pid, 0, 0);
}

static int change(struct chance *const chance)
{
	static void (*const changes[])(struct chance *) = {
		move,	    move,	 replace_secret, mount_guest,
		mount_bind, drop_caches, trace,
	};
	uint32_t i;

	for (i = 0; i < 4 * run.rounds; i++)
		CHANCE_OF(chance, changes)(chance);
	return 0;
}

/* Views that come and go */

static int put(const int view, const char *const path, const char *const name,
	       const uint64_t access)
{
	struct landlock_fsview_value value = { access, access };
	struct landlock_fsview_key key = {
		.fd = open(path, O_PATH | O_CLOEXEC),
	};
	int err = -EBADF;

	snprintf(key.name, sizeof(key.name), "%s", name);
	if (key.fd >= 0) {
		err = fsview_element(access ? BPF_MAP_UPDATE_ELEM
					    : BPF_MAP_DELETE_ELEM,
				     view, &key, access ? &value : NULL, 0);
		close(key.fd);
	}
	return err;
}

/* Puts in and takes out what others do at the same time, too. */
static void fill(struct chance *const chance, const int view)
{
	static const char *const paths[] = {
		"/mnt/a",	    "/mnt/b/shut", "/mnt/c/free", GUEST,
		GUEST "/directory", GUEST "/file", "/mnt/bind0",  "/proc",
	};
	static const char *const names[] = { "", "", "x", "secret" };
	uint32_t i;

	for (i = 0; i < 16; i++)
		put(view, CHANCE_OF(chance, paths), CHANCE_OF(chance, names),
		    chance_below(chance, 3) ? FSVIEW_ALL : 0);
}

static int apply_and_read(const int rule, const int view)
{
	if (vm_no_new_privs() || fsview_prepend(rule, view))
		return 1;
	return fsview_read(SECRET) == 0 ? 2 : 0;
}

/*
 * One view: two fill it while it is frozen, then one is under it. Its one entry that
 * nobody takes out again denies by name.
 */
static int live_of_a_view(struct chance *const chance, const int rule)
{
	union bpf_attr attr = fsview_attr(64);
	const int view = fsview_bpf(BPF_MAP_CREATE, &attr);
	struct landlock_fsview_value none = { 0, 0 };
	struct landlock_fsview_key key = { .fd = open("/mnt/lair", O_PATH),
					   .name = "secret" };
	int status = 0, err;
	pid_t child;

	if (view < 0 ||
	    fsview_element(BPF_MAP_UPDATE_ELEM, view, &key, &none, 0))
		return 1;
	close(key.fd);
	chance_next(chance);
	child = fork();
	if (!child) {
		chance->state ^= 1;
		fill(chance, view);
		_exit(0);
	}
	fill(chance, view);
	attr = (union bpf_attr){ .map_fd = (uint32_t)view };
	/* EBUSY: the other one is in the middle of a change. */
	do {
		err = fsview_bpf(BPF_MAP_FREEZE, &attr);
	} while (err == -EBUSY);
	if (err)
		say("cannot be frozen", "a view", err);
	waitpid(child, &status, 0);
	child = fork();
	if (!child)
		_exit(apply_and_read(rule, view));
	close(view);
	if (waitpid(child, &status, 0) != child || status || err) {
		say("under it", "a view", -WEXITSTATUS(status));
		return 1;
	}
	return 0;
}

static int rule;

static int make_views(struct chance *const chance)
{
	uint32_t i;

	for (i = 0; i < run.rounds / 2; i++)
		if (live_of_a_view(chance, rule))
			return 1;
	return 0;
}

static const struct actor {
	int (*act)(struct chance *chance);
	bool held; /* is it under the view? */
} actors[] = {
	{ check, true },   { check, true },	  { change, false },
	{ change, false }, { make_views, false },
};

static void make_scene(void)
{
	static const char *const directories[] = {
		"a",	 "b",	    "c",      "d",	     "d/e",
		"d/e/f", "d/e/f/g", "a/shut", "a/shut/open", "b/free",
		"lair",	 "guest",   "bind0",  "bind1",
	};
	size_t i;

	vm_scratch();
	for (i = 0; i < ARRAY_SIZE(directories); i++)
		ck_assert_int_eq(mkdir(directories[i], 0755), 0);
	put_file("a/shut/file");
	put_file("a/shut/open/file");
	put_file("b/free/file");
	put_file(SECRET);
}

static int make_view(void)
{
	const int view = fsview_make(8);

	fsview_put_elsewhere(view, FSVIEW_GRANT_ALL);
	ck_assert_int_eq(fsview_put(view, "/mnt/a/shut", NULL, 0), 0);
	ck_assert_int_eq(fsview_put(view, "/mnt/a/shut/open", NULL, FSVIEW_ALL),
			 0);
	ck_assert_int_eq(fsview_put(view, "/mnt/lair", "secret", 0), 0);
	fsview_freeze(view);
	return view;
}

static void start(const size_t number, const int view)
{
	struct chance chance = { run.seed + number };
	const struct actor *const actor = &actors[number];
	const pid_t child = fork();

	ck_assert_int_ge(child, 0);
	if (child) {
		if (actor->held)
			checkers[number] = child;
		return;
	}
	if (actor->held && (vm_no_new_privs() || fsview_prepend(rule, view)))
		_exit(3);
	_exit(actor->act(&chance));
}

START_TEST(what_a_view_denies_stays_denied_and_nothing_else)
{
	int view, status;
	size_t i, failed = 0;

	checkers = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	ck_assert_ptr_ne(checkers, MAP_FAILED);
	make_scene();
	rule = fsview_load_rule();
	view = make_view();
	for (i = 0; i < ARRAY_SIZE(actors); i++)
		start(i, view);
	for (i = 0; i < ARRAY_SIZE(actors); i++) {
		ck_assert_int_gt(wait(&status), 0);
		failed += status != 0;
	}
	ck_assert_msg(!failed, "%zu of %zu failed: seed %#llx", failed,
		      ARRAY_SIZE(actors), (unsigned long long)run.seed);
}
END_TEST

int main(const int argc, char **const argv)
{
	Suite *const suite = suite_create("race");
	TCase *const tcase = tcase_create("race");

	run = chance_run(argc, argv, ROUNDS);
	/* Asked for more rounds, it takes what it takes. */
	tcase_set_timeout(tcase, argc > 2 ? 0 : VM_TIMEOUT_SECONDS);
	tcase_add_test(tcase, what_a_view_denies_stays_denied_and_nothing_else);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
