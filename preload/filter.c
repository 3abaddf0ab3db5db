// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Puts filters together from a table of system calls.
 *
 * A filter sees the calls of every ABI that the machine runs: a program can use
 * those of 32-bit ones too.  A call that can't be looked into (socketcall(2) has its
 * arguments in memory), and those of x32, which have numbers of their own, are
 * refused as by a kernel without them.
 */
#include "filter.h"

#include <stddef.h>
#include <sys/prctl.h>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include "plan.h"
#include "system.h"

/* "Landlock shim": no caller of getppid() has that in its registers by chance. */
#define WITNESS_MAGIC UINT32_C(0x4c4c5348)
#define WITNESS_ANSWER 2017 /* no errno of any kernel */

#define NONE 0xffffU
#define X32_BIT UINT32_C(0x40000000)

/* From netinet/in.h, netinet/tcp.h and linux/socket.h. */
#define FAMILY_SMC 43
#define PROTO_TCP 6
#define PROTO_SMC 256
#define PROTO_MPTCP 262
#define OPTION_FASTOPEN_CONNECT 30
#define OPTION_ULP 31
#define MESSAGE_FASTOPEN UINT32_C(0x20000000)

/* ABIs, as of seccomp_data.arch. */
enum abi {
	ABI_NATIVE, /* x86-64, or arm64 */
	ABI_I386,
	ABI_COUNT,
};

#if defined(__aarch64__)
#define ARCH_NATIVE AUDIT_ARCH_AARCH64
#define NATIVE(x86_64, arm64) (arm64)
#else
#define ARCH_NATIVE AUDIT_ARCH_X86_64
#define NATIVE(x86_64, arm64) (x86_64)
#endif

/* Lower 32 bits of an argument, and what they have to be. */
struct condition {
	unsigned char argument;
	uint32_t mask; /* 0: none asked for */
	uint32_t value;
};

static const struct refusal {
	unsigned int part; /* enum plan_filter */
	unsigned short numbers[ABI_COUNT];
	struct condition conditions[2];
	int error;
} refusals[] = {
	/* socket(domain, type, protocol) */
	{ PLAN_FILTER_TCP,
	  { NATIVE(41, 198), 359 },
	  { { 2, UINT32_MAX, PROTO_MPTCP } },
	  EPROTONOSUPPORT },
	/* SMC connects by TCP of the kernel's own. */
	{ PLAN_FILTER_TCP,
	  { NATIVE(41, 198), 359 },
	  { { 2, UINT32_MAX, PROTO_SMC } },
	  EPROTONOSUPPORT },
	{ PLAN_FILTER_TCP,
	  { NATIVE(41, 198), 359 },
	  { { 0, UINT32_MAX, FAMILY_SMC } },
	  EAFNOSUPPORT },
	/* sendto(fd, buffer, size, flags, …) */
	{ PLAN_FILTER_TCP,
	  { NATIVE(44, 206), 369 },
	  { { 3, MESSAGE_FASTOPEN, MESSAGE_FASTOPEN } },
	  EOPNOTSUPP },
	/* sendmsg(fd, message, flags) */
	{ PLAN_FILTER_TCP,
	  { NATIVE(46, 211), 370 },
	  { { 2, MESSAGE_FASTOPEN, MESSAGE_FASTOPEN } },
	  EOPNOTSUPP },
	/* sendmmsg(fd, messages, count, flags) */
	{ PLAN_FILTER_TCP,
	  { NATIVE(307, 269), 345 },
	  { { 3, MESSAGE_FASTOPEN, MESSAGE_FASTOPEN } },
	  EOPNOTSUPP },
	/* setsockopt(fd, level, name, …) */
	{ PLAN_FILTER_TCP,
	  { NATIVE(54, 208), 366 },
	  { { 1, UINT32_MAX, PROTO_TCP },
	    { 2, UINT32_MAX, OPTION_FASTOPEN_CONNECT } },
	  EOPNOTSUPP },
	/* It makes a TCP socket one of SMC; as if there were no such protocol, so
	 * that TLS stays in the program. */
	{ PLAN_FILTER_TCP,
	  { NATIVE(54, 208), 366 },
	  { { 1, UINT32_MAX, PROTO_TCP }, { 2, UINT32_MAX, OPTION_ULP } },
	  ENOENT },
	/* As with the sysctl kernel.io_uring_disabled: a ring does all of the
	 * above unseen. */
	{ PLAN_FILTER_TCP, { 425, 425 }, { { 0, 0, 0 } }, EPERM },
#ifndef __i386__
	/* What 32-bit programs of old C libraries use is left to them where the
	 * program is such a one itself: see plan.c. */
	{ PLAN_FILTER_TCP, { NONE, 102 }, { { 0, 0, 0 } }, ENOSYS },
#endif
};
#define REFUSAL_COUNT (sizeof(refusals) / sizeof(*refusals))

static const unsigned short getppid_numbers[ABI_COUNT] = { NATIVE(110, 173),
							   64 };

/* A refusal takes the test of the number, two for each condition with a mask, and a
 * return; the witness much the same; each ABI a head and an end. */
#define PROGRAM_MAX (ABI_COUNT * (10 * (REFUSAL_COUNT + 1) + 8) + 4)

struct program {
	struct sock_filter code[PROGRAM_MAX];
	unsigned short length;
};

static void put(struct program *const program, const struct sock_filter code)
{
	program->code[program->length++] = code;
}

static void put_load(struct program *const program, const size_t offset)
{
	put(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
						  (uint32_t)offset));
}

static void put_return(struct program *const program, const uint32_t value)
{
	put(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, value));
}

/* Goes on if the accumulator is @value; else behind what @skip counts. */
static void put_test(struct program *const program, const uint32_t value,
		     const size_t skip)
{
	put(program,
	    (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0,
					 (unsigned char)skip));
}

static size_t argument_offset(const size_t argument)
{
	/* Little-endian: the lower half comes first. */
	return offsetof(struct seccomp_data, args) + 8 * argument;
}

/* Instructions of a list of conditions. */
static size_t condition_length(const struct condition *const conditions,
			       const size_t count)
{
	size_t length = 0, i;

	for (i = 0; i < count; i++)
		if (conditions[i].mask)
			length += 3;
	return length;
}

/* Begins with the number of the call in the accumulator, and ends with it. */
static void put_refusal(struct program *const program,
			const unsigned int number,
			const struct condition *const conditions,
			const size_t count, const uint32_t error)
{
	/* After the test of the number: conditions, return, load. */
	size_t left = condition_length(conditions, count), i;

	put_test(program, number, left + 2);
	for (i = 0; i < count; i++) {
		if (!conditions[i].mask)
			continue;
		left -= 3;
		put_load(program, argument_offset(conditions[i].argument));
		put(program,
		    (struct sock_filter)BPF_STMT(BPF_ALU | BPF_AND | BPF_K,
						 conditions[i].mask));
		put_test(program, conditions[i].value, left + 1);
	}
	put_return(program, SECCOMP_RET_ERRNO | error);
	put_load(program, offsetof(struct seccomp_data, nr));
}

static void put_abi(struct program *const program,
		    const struct filter *const filter, const enum abi abi)
{
	const struct condition witness[] = {
		{ 0, UINT32_MAX, WITNESS_MAGIC },
		{ 1, UINT32_MAX, (uint32_t)filter->identity },
		{ 2, UINT32_MAX, (uint32_t)(filter->identity >> 32) },
	};
	size_t i;

	put_load(program, offsetof(struct seccomp_data, nr));
	if (abi == ABI_NATIVE && ARCH_NATIVE == AUDIT_ARCH_X86_64) {
		put(program, (struct sock_filter)BPF_JUMP(
				     BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1));
		put_return(program, SECCOMP_RET_ERRNO | ENOSYS);
	}
	for (i = 0; i < REFUSAL_COUNT; i++)
		if (refusals[i].part & filter->refuses &&
		    refusals[i].numbers[abi] != NONE)
			put_refusal(program, refusals[i].numbers[abi],
				    refusals[i].conditions, 2,
				    (uint32_t)refusals[i].error);
	if (filter->witnesses)
		put_refusal(program, getppid_numbers[abi], witness, 3,
			    WITNESS_ANSWER);
	put_return(program, SECCOMP_RET_ALLOW);
}

/* The ABIs one after the other, each but the last skipped by a long jump. */
static void put_all(struct program *const program,
		    const struct filter *const filter)
{
	static const uint32_t arches[ABI_COUNT] = { ARCH_NATIVE,
						    AUDIT_ARCH_I386 };
	size_t abi;

	for (abi = 0; abi < ABI_COUNT; abi++) {
		struct sock_filter *jump;
		unsigned short begin;

		put_load(program, offsetof(struct seccomp_data, arch));
		put_test(program, arches[abi], 0);
		program->code[program->length - 1].jt = 1;
		jump = &program->code[program->length];
		put(program, (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 0));
		begin = program->length;
		put_abi(program, filter, (enum abi)abi);
		jump->k = (uint32_t)(program->length - begin);
	}
	/* An ABI that is not known: nothing of it can be looked into. */
	put_return(program, SECCOMP_RET_ERRNO | ENOSYS);
}

int filter_apply(const struct filter *const filter)
{
	static struct program program;
	struct sock_fprog description;

	program.length = 0;
	put_all(&program, filter);
	description = (struct sock_fprog){ program.length, program.code };
	/* Where a filter of systemd's refuses seccomp(2), this is allowed. */
	return (int)SYSTEM_CALL(prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER,
				&description);
}

bool filter_is_witness(const uint64_t identity)
{
	return SYSTEM_CALL(getppid, WITNESS_MAGIC, (uint32_t)identity,
			   (uint32_t)(identity >> 32)) == -WITNESS_ANSWER;
}
