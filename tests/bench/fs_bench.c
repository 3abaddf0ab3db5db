// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Instructions of an open(2) that is refused in the deepest of nested directories,
 * each of which grants something else: what mainline's benchmark of that name
 * times. `fs_bench OBJECT DEPTH`, with the object of fs_paths, inside the virtual
 * machine, for which see hooks.c.
 *
 * One line each: depth, by what, instructions.
 */
#include "../vm/fsview.h"

#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <x86intrin.h>

#include <linux/landlock.h>

#define ROUNDS 40

static const char *object;

static void require(const int result, const char *const what)
{
	if (result >= 0)
		return;
	perror(what);
	exit(1);
}

/* Of each directory, from the top; whoever visits keeps @fd no longer. */
typedef void visit_t(int fd, void *argument);

/* Makes what is missing. Returns a descriptor of the deepest. */
static int for_each_directory(const long depth, visit_t *const visit,
			      void *const argument)
{
	int at = open("/tmp", O_PATH | O_DIRECTORY | O_CLOEXEC);
	long i;

	require(at, "/tmp");
	for (i = 0; i < depth; i++) {
		const int above = at;

		mkdirat(above, "d", 0755);
		at = openat(above, "d", O_PATH | O_DIRECTORY | O_CLOEXEC);
		require(at, "d");
		close(above);
		if (visit)
			visit(at, argument);
	}
	return at;
}

static void add_to_ruleset(const int fd, void *const ruleset)
{
	const struct landlock_path_beneath_attr rule = {
		.allowed_access = LANDLOCK_ACCESS_FS_WRITE_FILE,
		.parent_fd = fd,
	};

	require((int)syscall(__NR_landlock_add_rule, *(int *)ruleset,
			     LANDLOCK_RULE_PATH_BENEATH, &rule, 0),
		"landlock_add_rule");
}

static void apply_ruleset(const long depth)
{
	const struct landlock_ruleset_attr attr = {
		.handled_access_fs = LANDLOCK_ACCESS_FS_WRITE_FILE |
				     LANDLOCK_ACCESS_FS_MAKE_REG,
	};
	int ruleset = (int)syscall(__NR_landlock_create_ruleset, &attr,
				   sizeof(attr), 0);

	require(ruleset, "landlock_create_ruleset");
	close(for_each_directory(depth, add_to_ruleset, &ruleset));
	require((int)syscall(__NR_landlock_restrict_self, ruleset, 0),
		"landlock_restrict_self");
	close(ruleset);
}

static void add_to_view(const int fd, void *const view)
{
	const struct landlock_fsview_key key = { .fd = fd };
	struct landlock_fsview_value value = {
		FS_PATHS_WRITE | LANDLOCK_FSVIEW_ADDS, FS_PATHS_WRITE
	};

	errno = -fsview_element(BPF_MAP_UPDATE_ELEM, *(int *)view, &key, &value,
				BPF_ANY);
	require(-errno, "an entry");
}

/* As the tests do, but for their assertions, which are Check's. */
static int load_rule(void)
{
	struct loader_rule rules[PROTOCOL_RULES_MAX];
	struct report report = { .line = 0 };
	const int file = open(object, O_RDONLY | O_CLOEXEC);
	const int count =
		loader_load(file, object, NULL, 0, NULL, rules, &report);

	if (count != 1) {
		fprintf(stderr, "%s: %s\n", object, report.cause);
		exit(1);
	}
	close(file);
	return rules[0].prog_fd;
}

static void apply_views(const long depth, const int layers)
{
	const int rule = load_rule();
	int layer;

	for (layer = 0; layer < layers; layer++) {
		union bpf_attr attr = fsview_attr((uint32_t)depth);
		int view = fsview_bpf(BPF_MAP_CREATE, &attr);

		errno = -view;
		require(view, "a view");
		close(for_each_directory(depth, add_to_view, &view));
		attr = (union bpf_attr){ .map_fd = (uint32_t)view };
		errno = -fsview_bpf(BPF_MAP_FREEZE, &attr);
		require(-errno, "freezing");
		errno = -fsview_prepend(rule, view);
		require(-errno, "applying");
		close(view);
	}
}

static void apply_view(const long depth)
{
	apply_views(depth, 1);
}

static void apply_eight_views(const long depth)
{
	apply_views(depth, 8);
}

static const struct sandbox {
	const char *name;
	void (*apply)(long depth);
} sandboxes[] = {
	{ "ruleset", apply_ruleset },
	{ "view", apply_view },
	{ "view x8", apply_eight_views },
};

/* The cheapest, as interrupts only ever add to it. */
static uint64_t cost(const int directory)
{
	uint64_t least = UINT64_MAX;
	int round;

	for (round = 0; round < ROUNDS; round++) {
		const uint64_t start = __rdtsc();
		const int fd = openat(directory, "file",
				      O_CREAT | O_TRUNC | O_WRONLY, 0600);
		const uint64_t spent = __rdtsc() - start;

		if (fd >= 0) {
			fprintf(stderr, "it was not refused\n");
			exit(1);
		}
		if (spent < least)
			least = spent;
	}
	return least;
}

static void measure(const long depth, const struct sandbox *const sandbox)
{
	const pid_t child = fork();
	int status = 1;

	require(child, "fork");
	if (!child) {
		const int directory = for_each_directory(depth, NULL, NULL);

		sandbox->apply(depth);
		printf("%ld\t%s\t%llu\n", depth, sandbox->name,
		       (unsigned long long)cost(directory));
		exit(0);
	}
	waitpid(child, &status, 0);
	if (status)
		exit(1);
}

int main(const int argc, char **const argv)
{
	size_t i;

	if (argc != 3)
		return 2;
	object = argv[1];
	for (i = 0; i < sizeof(sandboxes) / sizeof(*sandboxes); i++)
		measure(strtol(argv[2], NULL, 0), &sandboxes[i]);
	return 0;
}
