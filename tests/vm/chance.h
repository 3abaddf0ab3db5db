/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Chance that can be repeated: `test_x [SEED [ROUNDS]]`. Without arguments another
 * seed each time, which is printed.
 */
#ifndef LANDLOCK_SHIM_TESTS_VM_CHANCE_H
#define LANDLOCK_SHIM_TESTS_VM_CHANCE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <unistd.h>

struct chance {
	uint64_t state;
};

/* splitmix64: any seed is a good one. */
static inline uint64_t chance_next(struct chance *const chance)
{
	uint64_t z = chance->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* 0 to @count - 1 */
static inline uint32_t chance_below(struct chance *const chance,
				    const uint32_t count)
{
	return (uint32_t)(chance_next(chance) % count);
}

/* One of an array's elements. */
#define CHANCE_OF(CHANCE, ARRAY)                                               \
	((ARRAY)[chance_below(CHANCE, sizeof(ARRAY) / sizeof(*(ARRAY)))])

/* What a program was asked for. */
struct chance_run {
	uint64_t seed;
	uint32_t rounds;
};

static inline struct chance_run chance_run(const int argc, char **const argv,
					   const uint32_t rounds)
{
	struct chance_run run = {
		.seed = (uint64_t)time(NULL),
		.rounds = rounds,
	};

	run.seed = (run.seed << 16) ^ (uint64_t)getpid();
	if (argc > 1)
		run.seed = strtoull(argv[1], NULL, 0);
	if (argc > 2)
		run.rounds = (uint32_t)strtoul(argv[2], NULL, 0);
	printf("# to repeat: %s %#llx %u\n", argv[0],
	       (unsigned long long)run.seed, run.rounds);
	fflush(stdout);
	return run;
}

#endif
