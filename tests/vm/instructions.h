/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * eBPF instructions by name, for rules that no compiler would make.
 *
 * Sizes are BPF_B, BPF_H, BPF_W and BPF_DW; operators and conditions are those
 * of linux/bpf.h without their class, such as BPF_ADD and BPF_JEQ.
 */
#ifndef LANDLOCK_SHIM_TESTS_INSTRUCTIONS_H
#define LANDLOCK_SHIM_TESTS_INSTRUCTIONS_H

#include <linux/bpf.h>

#define INSN(CODE, DST, SRC, OFF, IMM)                                         \
	{                                                                      \
		.code = (CODE), .dst_reg = (DST), .src_reg = (SRC),            \
		.off = (OFF), .imm = (IMM),                                    \
	}

/* DST = IMM, DST = SRC */
#define SET(DST, IMM) INSN(BPF_ALU64 | BPF_MOV | BPF_K, DST, 0, 0, IMM)
#define COPY(DST, SRC) INSN(BPF_ALU64 | BPF_MOV | BPF_X, DST, SRC, 0, 0)
#define COPY32(DST, SRC) INSN(BPF_ALU | BPF_MOV | BPF_X, DST, SRC, 0, 0)

/* DST = DST operator IMM, DST = DST operator SRC */
#define COMPUTE(OPERATOR, DST, IMM)                                            \
	INSN(BPF_ALU64 | (OPERATOR) | BPF_K, DST, 0, 0, IMM)
#define COMPUTE_REG(OPERATOR, DST, SRC)                                        \
	INSN(BPF_ALU64 | (OPERATOR) | BPF_X, DST, SRC, 0, 0)

/* DST = *(SRC + OFF) */
#define LOAD(SIZE, DST, SRC, OFF)                                              \
	INSN(BPF_LDX | BPF_MEM | (SIZE), DST, SRC, OFF, 0)

/* *(DST + OFF) = SRC, *(DST + OFF) = IMM, *(DST + OFF) += SRC (atomically) */
#define STORE(SIZE, DST, OFF, SRC)                                             \
	INSN(BPF_STX | BPF_MEM | (SIZE), DST, SRC, OFF, 0)
#define STORE_IMM(SIZE, DST, OFF, IMM)                                         \
	INSN(BPF_ST | BPF_MEM | (SIZE), DST, 0, OFF, IMM)
#define STORE_ADD(SIZE, DST, OFF, SRC)                                         \
	INSN(BPF_STX | BPF_ATOMIC | (SIZE), DST, SRC, OFF, BPF_ADD)

/* Skip SKIPPED instructions if DST condition IMM, if DST condition SRC. */
#define SKIP_IF(CONDITION, DST, IMM, SKIPPED)                                  \
	INSN(BPF_JMP | (CONDITION) | BPF_K, DST, 0, SKIPPED, IMM)
#define SKIP_IF_REG(CONDITION, DST, SRC, SKIPPED)                              \
	INSN(BPF_JMP | (CONDITION) | BPF_X, DST, SRC, SKIPPED, 0)

/* R0 = HELPER(R1, ..., R5) */
#define CALL(HELPER) INSN(BPF_JMP | BPF_CALL, 0, 0, 0, HELPER)

#define EXIT INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)

/*
 * DST = a 64-bit value that SOURCE (BPF_PSEUDO_*, or 0) says how to find; two
 * instructions.
 */
#define SET64(DST, SOURCE, LOW, HIGH)                                          \
	INSN(BPF_LD | BPF_IMM | BPF_DW, DST, SOURCE, 0, LOW),                  \
		INSN(0, 0, 0, 0, HIGH)

#endif
