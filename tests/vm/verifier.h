/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Rules for the verifier to take or to refuse, written as tables.
 */
#ifndef LANDLOCK_SHIM_TESTS_VERIFIER_H
#define LANDLOCK_SHIM_TESTS_VERIFIER_H

#include <stddef.h>
#include <stdint.h>

#include "instructions.h"
#include "vm.h"

#define ARRAY_SIZE(ARRAY) (sizeof(ARRAY) / sizeof(*(ARRAY)))
#define EVENT_FS LANDLOCK_SUBTYPE_EVENT_FS
#define EVENT_LAST LANDLOCK_SUBTYPE_EVENT_FS_FCNTL
#define DEBUG LANDLOCK_SUBTYPE_ABILITY_DEBUG

#define R0 BPF_REG_0
#define R1 BPF_REG_1
#define R2 BPF_REG_2
#define R3 BPF_REG_3
#define R4 BPF_REG_4
#define R5 BPF_REG_5
#define R6 BPF_REG_6
#define R7 BPF_REG_7
#define FP BPF_REG_10 /* top of the stack */

#define STATUS ((int16_t)offsetof(struct landlock_context, status))
#define EVENT ((int16_t)offsetof(struct landlock_context, event))
#define ARG1 ((int16_t)offsetof(struct landlock_context, arg1))
#define ARG2 ((int16_t)offsetof(struct landlock_context, arg2))

/* DST = the handle of the object; only before the first call. */
#define HANDLE(DST) LOAD(BPF_DW, DST, R1, ARG1)

/* DST = &MAP, DST = &value of the first entry of MAP (an array). */
#define MAP(DST) SET64(DST, BPF_PSEUDO_MAP_FD, 0, 0)
#define MAP_VALUE(DST) SET64(DST, BPF_PSEUDO_MAP_VALUE, 0, 0)

/* R0 = &value of key 0 in MAP, or NULL */
#define LOOKUP                                                                 \
	STORE_IMM(BPF_W, FP, -4, 0), COPY(R2, FP), COMPUTE(BPF_ADD, R2, -4),   \
		MAP(R1), CALL(BPF_FUNC_map_lookup_elem)

/* A map that is made for a program; its instructions name it by MAP. */
struct map {
	const char *name;
	uint32_t type;
	uint32_t flags;
	uint32_t key_size;
};

extern const struct map rdonly_array;
extern const struct map rdonly_hash;

/* What a try to load a program brought. */
struct outcome {
	int result; /* 0 or a negative errno */
	char log[4096];
};

#define INSTRUCTIONS_MAX 16

/*
 * Tries to load the rule of @count instructions (zeros at their end do not
 * count) with @map, or NULL, put where they ask for one.  Keeps nothing.
 */
void try_load(const struct bpf_insn *instructions, size_t count,
	      const struct map *map, uint32_t event, uint64_t ability,
	      struct outcome *outcome);

/* A rule, and how the kernel takes it. */
struct program {
	const char *name;
	struct bpf_insn instructions[INSTRUCTIONS_MAX];
	const struct map *map;
	int expected;
	const char *reason; /* to be found in the verifier's log, or NULL */
};

/* Tries to load @program and fails the test if the outcome is another. */
void check_program(const struct program *program, uint32_t event,
		   uint64_t ability);

#endif
