// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Puts filters together from a table of system calls.
 *
 * A filter sees the calls of every ABI that the machine runs: a program can use
 * those of 32-bit ones too.  A call that can't be looked into (socketcall(2) has its
 * arguments in memory), and those of x32, which have numbers of their own, are
 * refused as by a kernel without them.
 *
 * Of an argument, only what the kernel looks at counts: the lower 32 bits of what is
 * an int there.  A call whose number is not in the table meets nothing but tests of
 * numbers: the kernel finds that out when the filter is applied, and then lets it
 * pass without running any.
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

/* From sys/socket.h, netinet/in.h, netinet/tcp.h, linux/net.h and linux/socket.h. */
#define FAMILY_UNIX 1
#define FAMILY_RDS 21
#define FAMILY_RXRPC 33
#define FAMILY_SMC 43
#define FAMILIES 64 /* more than any kernel has */
#define TYPE_MASK 0xeU
#define TYPE_DATAGRAM 2 /* by the mask, SOCK_RAW as well */
#define PROTO_TCP 6
#define PROTO_UDPLITE 136
#define PROTO_SMC 256
#define PROTO_QUIC 261
#define PROTO_MPTCP 262
#define OPTION_FASTOPEN_CONNECT 30
#define OPTION_ULP 31
#define MESSAGE_FASTOPEN UINT32_C(0x20000000)
#define SOCKETCALL_SOCKET 1
#define SOCKETCALL_SOCKETPAIR 8

/* From asm-generic/ioctls.h and linux/kd.h. */
#define TERMINAL_TYPE 0x5412U	    /* TIOCSTI */
#define TERMINAL_LINUX 0x541cU	    /* TIOCLINUX */
#define TERMINAL_LINE 0x5423U	    /* TIOCSETD */
#define KEYBOARD_ENTRY 0x4b47U	    /* KDSKBENT */
#define KEYBOARD_STRING 0x4b49U	    /* KDSKBSENT */
#define KEYBOARD_ACCENTS 0x4b4bU    /* KDSKBDIACR */
#define KEYBOARD_CODE 0x4b4dU	    /* KDSETKEYCODE */
#define KEYBOARD_ACCENTS_UC 0x4bfbU /* KDSKBDIACRUC */

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

#define GETPPID                                                                \
	{                                                                      \
		NATIVE(110, 173), 64                                           \
	}
#define IOCTL                                                                  \
	{                                                                      \
		NATIVE(16, 29), 54                                             \
	}
#define SENDMMSG                                                               \
	{                                                                      \
		NATIVE(307, 269), 345                                          \
	}
#define SENDMSG                                                                \
	{                                                                      \
		NATIVE(46, 211), 370                                           \
	}
#define SENDTO                                                                 \
	{                                                                      \
		NATIVE(44, 206), 369                                           \
	}
#define SETSOCKOPT                                                             \
	{                                                                      \
		NATIVE(54, 208), 366                                           \
	}
#define SOCKET                                                                 \
	{                                                                      \
		NATIVE(41, 198), 359                                           \
	}
#define SOCKETCALL                                                             \
	{                                                                      \
		NONE, 102                                                      \
	}
#define SOCKETPAIR                                                             \
	{                                                                      \
		NATIVE(53, 199), 360                                           \
	}
#define IO_URING_SETUP                                                         \
	{                                                                      \
		425, 425                                                       \
	}

#define TCP PLAN_FILTER_TCP
#define UDP PLAN_FILTER_UDP
#define NETWORK PLAN_FILTER_NETWORK
#define TERMINAL PLAN_FILTER_TERMINAL
/* Beside those of enum plan_filter: */
#define NO_UNIX                                                                \
	(1U << 30) /* of NETWORK, without sockets of the machine's own */
#define WITNESS (1U << 31)

/* Lower 32 bits of an argument, and what they have to be. */
struct condition {
	unsigned char argument;
	uint32_t mask; /* 0: there is no such condition */
	uint32_t value;
};
#define IS(argument, value)                                                    \
	{                                                                      \
		argument, UINT32_MAX, value                                    \
	}
#define CONDITIONS_MAX 3

/* Those of one call are kept together. */
static const struct refusal {
	unsigned int part; /* mask of enum plan_filter, and of the above */
	unsigned short numbers[ABI_COUNT];
	struct condition conditions[CONDITIONS_MAX];
	int error;
	/* Not if the first argument is one of the families that are granted, or of
	 * these: */
	bool but_families;
	uint64_t families;
} refusals[] = {
	/* socket(family, type, protocol) */
	{ NETWORK,
	  SOCKET,
	  { { 0 } },
	  .error = EAFNOSUPPORT,
	  .but_families = true },
	{ TCP, SOCKET, { IS(2, PROTO_MPTCP) }, .error = EPROTONOSUPPORT },
	/* SMC, and RDS to its one port, connect by TCP of the kernel's own. */
	{ TCP, SOCKET, { IS(2, PROTO_SMC) }, .error = EPROTONOSUPPORT },
	{ TCP, SOCKET, { IS(0, FAMILY_SMC) }, .error = EAFNOSUPPORT },
	{ TCP, SOCKET, { IS(0, FAMILY_RDS) }, .error = EAFNOSUPPORT },
	/* UDP by another name, and what sends by UDP of the kernel's own. */
	{ UDP, SOCKET, { IS(2, PROTO_UDPLITE) }, .error = EPROTONOSUPPORT },
	{ UDP, SOCKET, { IS(2, PROTO_QUIC) }, .error = EPROTONOSUPPORT },
	{ UDP, SOCKET, { IS(0, FAMILY_RXRPC) }, .error = EAFNOSUPPORT },

	/*
	 * socketpair(family, type, …): two of AF_UNIX that are connected to each
	 * other alone are no way out, but those for datagrams are: these can be sent
	 * to any address all the same.  Other families' pairs (TIPC) are refused as
	 * their sockets are.
	 */
	{ NETWORK,
	  SOCKETPAIR,
	  { { 0 } },
	  .error = EAFNOSUPPORT,
	  .but_families = true,
	  .families = 1U << FAMILY_UNIX },
	{ NO_UNIX,
	  SOCKETPAIR,
	  { { 1, TYPE_MASK, TYPE_DATAGRAM } },
	  .error = ESOCKTNOSUPPORT },

	/* sendto(fd, buffer, size, flags, …) */
	{ TCP,
	  SENDTO,
	  { { 3, MESSAGE_FASTOPEN, MESSAGE_FASTOPEN } },
	  .error = EOPNOTSUPP },
	/* sendmsg(fd, message, flags) */
	{ TCP,
	  SENDMSG,
	  { { 2, MESSAGE_FASTOPEN, MESSAGE_FASTOPEN } },
	  .error = EOPNOTSUPP },
	/* sendmmsg(fd, messages, count, flags) */
	{ TCP,
	  SENDMMSG,
	  { { 3, MESSAGE_FASTOPEN, MESSAGE_FASTOPEN } },
	  .error = EOPNOTSUPP },

	/* setsockopt(fd, level, name, …) */
	{ TCP,
	  SETSOCKOPT,
	  { IS(1, PROTO_TCP), IS(2, OPTION_FASTOPEN_CONNECT) },
	  .error = EOPNOTSUPP },
	/* It makes a TCP socket one of SMC; as if there were no such protocol, so
	 * that TLS stays in the program. */
	{ TCP,
	  SETSOCKOPT,
	  { IS(1, PROTO_TCP), IS(2, OPTION_ULP) },
	  .error = ENOENT },

	/* As with the sysctl kernel.io_uring_disabled: a ring makes sockets, and does
	 * all of the above, unseen. */
	{ TCP | UDP | NETWORK, IO_URING_SETUP, { { 0 } }, .error = EPERM },

	/* socketcall(which, arguments): which family it is about can't be seen. */
	{ NETWORK,
	  SOCKETCALL,
	  { IS(0, SOCKETCALL_SOCKET) },
	  .error = EAFNOSUPPORT },
	{ NETWORK,
	  SOCKETCALL,
	  { IS(0, SOCKETCALL_SOCKETPAIR) },
	  .error = EAFNOSUPPORT },
#ifndef __i386__
	/* What 32-bit programs of old C libraries use is left to them where the
	 * program is such a one itself: see plan_network.c. */
	{ TCP | UDP, SOCKETCALL, { { 0 } }, .error = ENOSYS },
#endif

	/*
	 * ioctl(fd, command, …): typing (TIOCSTI), pasting (TIOCLINUX), and what
	 * decides what keys type, which the owner of a console, or root, may set for
	 * whoever comes next; and line disciplines, as one of them (N_MOUSE) makes a
	 * keyboard of a terminal.  TIOCCONS is left: it moves what the console
	 * prints, and types nothing.
	 */
	{ TERMINAL, IOCTL, { IS(1, TERMINAL_TYPE) }, .error = EPERM },
	{ TERMINAL, IOCTL, { IS(1, TERMINAL_LINUX) }, .error = EPERM },
	{ TERMINAL, IOCTL, { IS(1, TERMINAL_LINE) }, .error = EPERM },
	{ TERMINAL, IOCTL, { IS(1, KEYBOARD_ENTRY) }, .error = EPERM },
	{ TERMINAL, IOCTL, { IS(1, KEYBOARD_STRING) }, .error = EPERM },
	{ TERMINAL, IOCTL, { IS(1, KEYBOARD_ACCENTS) }, .error = EPERM },
	{ TERMINAL, IOCTL, { IS(1, KEYBOARD_ACCENTS_UC) }, .error = EPERM },
	{ TERMINAL, IOCTL, { IS(1, KEYBOARD_CODE) }, .error = EPERM },

	/* The witness: see put_row(). */
	{ WITNESS,
	  GETPPID,
	  { IS(0, WITNESS_MAGIC), IS(1, 0), IS(2, 0) },
	  .error = WITNESS_ANSWER },
};
#define REFUSAL_COUNT (sizeof(refusals) / sizeof(*refusals))

/* A refusal takes two for its call, three for each condition and a return; those
 * about families one for each; an ABI a head and an end. */
#define PROGRAM_MAX                                                            \
	(ABI_COUNT * ((3 + 3 * CONDITIONS_MAX) * REFUSAL_COUNT +               \
		      2 * (FAMILIES + 1) + 8) +                                \
	 4)

struct program {
	struct sock_filter code[PROGRAM_MAX];
	unsigned short length;
	int loaded; /* the argument in the accumulator, or -1 */
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

static void put_load_argument(struct program *const program, const int argument)
{
	if (program->loaded == argument)
		return;
	/* Little-endian: the lower half comes first. */
	put_load(program,
		 offsetof(struct seccomp_data, args) + 8 * (size_t)argument);
	program->loaded = argument;
}

static void put_return(struct program *const program, const uint32_t value)
{
	put(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, value));
}

/* Goes on if the accumulator is @value; else to where skip_to_here() says, which is
 * given what this returns. */
static unsigned short put_test(struct program *const program,
			       const uint32_t value)
{
	put(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K,
						  value, 0, 0));
	return (unsigned short)(program->length - 1);
}

static void skip_to_here(struct program *const program,
			 const unsigned short test)
{
	program->code[test].jf = (unsigned char)(program->length - test - 1);
}

/* Skips the next instruction if the first argument is one of @families. */
static void put_families(struct program *const program, uint64_t families)
{
	uint32_t family;

	put_load_argument(program, 0);
	for (family = 0; families; family++, families >>= 1)
		if (families & 1)
			program->code[put_test(program, family)].jt =
				(unsigned char)(__builtin_popcountll(families));
}

static void put_row(struct program *const program,
		    const struct filter *const filter,
		    const struct refusal *const row)
{
	const uint32_t identity[CONDITIONS_MAX] = {
		0, (uint32_t)filter->identity,
		(uint32_t)(filter->identity >> 32)
	};
	const bool witness = row->part == WITNESS;
	unsigned short tests[CONDITIONS_MAX];
	size_t count, i;

	for (count = 0; count < CONDITIONS_MAX; count++) {
		const struct condition *const condition =
			&row->conditions[count];

		if (!condition->mask)
			break;
		put_load_argument(program, condition->argument);
		if (condition->mask != UINT32_MAX) {
			put(program, (struct sock_filter)BPF_STMT(
					     BPF_ALU | BPF_AND | BPF_K,
					     condition->mask));
			program->loaded = -1;
		}
		tests[count] = put_test(
			program,
			condition->value | (witness ? identity[count] : 0));
	}
	if (row->but_families)
		put_families(program, filter->families | row->families);
	put_return(program, SECCOMP_RET_ERRNO | (uint32_t)row->error);
	for (i = 0; i < count; i++)
		skip_to_here(program, tests[i]);
	/* It depends on which of them was not met. */
	if (count > 1)
		program->loaded = -1;
}

static unsigned int parts_of(const struct filter *const filter)
{
	unsigned int parts = filter->refuses;

	if (parts & NETWORK && !(filter->families & 1U << FAMILY_UNIX))
		parts |= NO_UNIX;
	if (filter->witnesses)
		parts |= WITNESS;
	return parts;
}

/* The rows of one call, from @first on; returns how many the table has of it. */
static size_t put_call(struct program *const program,
		       const struct filter *const filter, const enum abi abi,
		       const size_t first)
{
	const unsigned short number = refusals[first].numbers[abi];
	const unsigned int parts = parts_of(filter);
	unsigned short test = 0;
	bool any = false;
	size_t i;

	for (i = first; i < REFUSAL_COUNT && refusals[i].numbers[abi] == number;
	     i++) {
		if (number == NONE || !(refusals[i].part & parts))
			continue;
		if (!any)
			test = put_test(program, number);
		any = true;
		put_row(program, filter, &refusals[i]);
	}
	if (any) {
		put_return(program, SECCOMP_RET_ALLOW);
		skip_to_here(program, test);
	}
	/* The next call has its number there again. */
	program->loaded = -1;
	return i - first;
}

static void put_abi(struct program *const program,
		    const struct filter *const filter, const enum abi abi)
{
	size_t i = 0;

	put_load(program, offsetof(struct seccomp_data, nr));
	program->loaded = -1;
	if (abi == ABI_NATIVE && ARCH_NATIVE == AUDIT_ARCH_X86_64) {
		put(program, (struct sock_filter)BPF_JUMP(
				     BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1));
		put_return(program, SECCOMP_RET_ERRNO | ENOSYS);
	}
	while (i < REFUSAL_COUNT)
		i += put_call(program, filter, abi, i);
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
		program->code[put_test(program, arches[abi])].jt = 1;
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

/*
 * The kernel looks at the type of a socket before its family, and at the descriptor
 * before the command: without the filter, EINVAL and EBADF.
 */
bool filter_is_in_force(const struct filter *const filter)
{
	long family = 0;

	while (family < FAMILIES && filter->families >> family & 1)
		family++;
	if (filter->refuses & NETWORK &&
	    SYSTEM_CALL(socket, family, -1, 0) != -EAFNOSUPPORT)
		return false;
	return !(filter->refuses & TERMINAL) ||
	       SYSTEM_CALL(ioctl, -1, TERMINAL_TYPE, 0) == -EPERM;
}

bool filter_is_witness(const uint64_t identity)
{
	return SYSTEM_CALL(getppid, WITNESS_MAGIC, (uint32_t)identity,
			   (uint32_t)(identity >> 32)) == -WITNESS_ANSWER;
}
