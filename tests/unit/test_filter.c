// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Filters on this process: what they refuse, and for whom they are a witness.
 *
 * Calls that are refused are made so that they fail where nobody refuses them, with
 * another error, whatever this kernel was built with: a socket's type is looked at
 * before its family, a descriptor before what is asked of it.
 */
#include "filter.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/kd.h>

#include "plan.h"
#include "../suite.h"

#define IDENTITY UINT64_C(0x0123456789abcdef)
#define IO_URING_SETUP 425

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define FAMILY(name) (UINT64_C(1) << AF_##name)

static void apply_network(const uint64_t families)
{
	const struct filter filter = { .refuses = PLAN_FILTER_NETWORK,
				       .families = families };

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(filter_apply(&filter), 0);
}

/* The errno of a call that fails. */
static int error_of(const long result)
{
	ck_assert_int_eq(result, -1);
	return errno;
}

static void apply(const unsigned int refuses, const bool witnesses,
		  const uint64_t identity)
{
	const struct filter filter = { .refuses = refuses,
				       .witnesses = witnesses,
				       .identity = identity };

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(filter_apply(&filter), 0);
}

START_TEST(a_witness_is_one_for_its_identity_alone)
{
	ck_assert(!filter_is_witness(IDENTITY));
	apply(0, true, IDENTITY);
	ck_assert(filter_is_witness(IDENTITY));
	ck_assert(!filter_is_witness(IDENTITY + 1));
	ck_assert(!filter_is_witness(IDENTITY ^ UINT64_C(1) << 32));
	ck_assert_int_eq(getppid(), (int)syscall(SYS_getppid));
	ck_assert_int_gt(getppid(), 0);
}
END_TEST

START_TEST(several_witnesses_do_not_get_in_each_others_way)
{
	apply(0, true, IDENTITY);
	apply(0, true, 7);
	apply(PLAN_FILTER_TCP, true, 8);
	ck_assert(filter_is_witness(IDENTITY));
	ck_assert(filter_is_witness(7));
	ck_assert(filter_is_witness(8));
	ck_assert(!filter_is_witness(9));
}
END_TEST

START_TEST(no_witness_is_one_for_nobody)
{
	apply(PLAN_FILTER_TCP, false, IDENTITY);
	ck_assert(!filter_is_witness(IDENTITY));
}
END_TEST

START_TEST(a_ring_is_refused_with_tcp_ports_alone)
{
	apply(0, true, IDENTITY);
	ck_assert_int_eq(syscall(IO_URING_SETUP, 0, NULL), -1);
	ck_assert_int_ne(errno, EPERM);
	apply(PLAN_FILTER_TCP, false, 0);
	ck_assert_int_eq(syscall(IO_URING_SETUP, 0, NULL), -1);
	ck_assert_int_eq(errno, EPERM);
}
END_TEST

/* Numbers of x32 mean other ways to the same calls. */
START_TEST(calls_of_x32_are_unknown_under_a_filter)
{
	apply(0, true, IDENTITY);
	ck_assert_int_eq(syscall(0x40000000 + SYS_getpid), -1);
	ck_assert_int_eq(errno, ENOSYS);
}
END_TEST

/*
 * Calls that name a way around TCP ports, and fail with EINVAL or EBADF where nobody
 * looks for that: not every kernel has them all.
 */
static const struct {
	long number, arguments[3];
	int error;
} around[] = {
	{ SYS_socket, { AF_INET, 99, 262 /* MPTCP */ }, EPROTONOSUPPORT },
	{ SYS_socket, { AF_INET6, 99, 256 /* SMC */ }, EPROTONOSUPPORT },
	{ SYS_socket, { 43 /* SMC */, 99, 0 }, EAFNOSUPPORT },
	{ SYS_setsockopt,
	  { -1, 6, 30 /* TCP_FASTOPEN_CONNECT */ },
	  EOPNOTSUPP },
	{ SYS_setsockopt, { -1, 6, 31 /* TCP_ULP, as "smc" */ }, ENOENT },
};

START_TEST(what_leads_around_tcp_ports_is_refused)
{
	const long *const arguments = around[_i].arguments;
	int pass;

	for (pass = 0; pass < 2; pass++) {
		ck_assert_int_eq(syscall(around[_i].number, arguments[0],
					 arguments[1], arguments[2], NULL, 0),
				 -1);
		ck_assert_int_eq(errno == around[_i].error, pass);
		apply(PLAN_FILTER_TCP, true, IDENTITY);
	}
}
END_TEST

START_TEST(other_sockets_are_none_of_its_business)
{
	const int on = 1;
	int fd;

	apply(PLAN_FILTER_TCP, false, 0);
	ck_assert_int_ge(socket(AF_UNIX, SOCK_STREAM, 0), 0);
	ck_assert_int_ge(socket(AF_INET, SOCK_DGRAM, 0), 0);
	fd = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)), 0);
}
END_TEST

/* --- address families --- */

static const uint64_t families[] = {
	0,
	FAMILY(UNIX),
	FAMILY(INET) | FAMILY(INET6),
	FAMILY(UNIX) | FAMILY(INET) | FAMILY(INET6) | FAMILY(NETLINK),
	UINT64_C(1) << 32 | FAMILY(XDP),
	UINT64_C(1) << 63,
	UINT64_MAX & ~FAMILY(PACKET),
	UINT64_MAX,
};

START_TEST(sockets_are_of_the_families_that_are_granted_alone)
{
	long family;

	apply_network(families[_i]);
	for (family = 0; family < 70; family++)
		ck_assert_int_eq(error_of(syscall(SYS_socket, family, -1, 0)),
				 family < 64 && families[_i] >> family & 1
					 ? EINVAL
					 : EAFNOSUPPORT);
	/* Of an int, whatever is above it. */
	ck_assert_int_eq(error_of(syscall(SYS_socket,
					  UINT64_C(1) << 32 | AF_PACKET, -1,
					  0)),
			 families[_i] & FAMILY(PACKET) ? EINVAL : EAFNOSUPPORT);
	ck_assert_int_eq(error_of(syscall(SYS_socket, -1, -1, 0)),
			 EAFNOSUPPORT);
	ck_assert_int_eq(
		error_of(syscall(SYS_socket, UINT64_C(64) << 20, -1, 0)),
		EAFNOSUPPORT);
}
END_TEST

START_TEST(without_any_family_there_is_no_socket_and_no_ring)
{
	int pair[2];
	char byte;

	apply_network(0);
	ck_assert_int_eq(error_of(socket(AF_UNIX, SOCK_STREAM, 0)),
			 EAFNOSUPPORT);
	ck_assert_int_eq(error_of(socket(AF_INET, SOCK_STREAM, 0)),
			 EAFNOSUPPORT);
	ck_assert_int_eq(error_of(socket(AF_NETLINK, SOCK_RAW, 0)),
			 EAFNOSUPPORT);
	ck_assert_int_eq(error_of(syscall(IO_URING_SETUP, 0, NULL)), EPERM);
	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
	ck_assert_int_eq(write(pair[0], "x", 1), 1);
	ck_assert_int_eq(read(pair[1], &byte, 1), 1);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
}
END_TEST

START_TEST(a_granted_family_works)
{
	int fd;

	apply_network(FAMILY(INET));
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_ge(socket(AF_INET, SOCK_STREAM, 0), 0);
	ck_assert_int_eq(error_of(socket(AF_UNIX, SOCK_STREAM, 0)),
			 EAFNOSUPPORT);
}
END_TEST

/* A pair for datagrams is two sockets that can send anywhere. */
static int send_from_pair(const struct sockaddr_un *const to)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair))
		return -1;
	return (int)sendto(pair[0], "x", 1, MSG_DONTWAIT,
			   (const struct sockaddr *)to, sizeof(*to));
}

START_TEST(a_pair_leads_nowhere_else)
{
	const struct sockaddr_un to = { .sun_family = AF_UNIX,
					.sun_path = "\0landlock-test-filter" };
	const int server = socket(AF_UNIX, SOCK_DGRAM, 0);
	int pair[2];

	ck_assert_int_eq(bind(server, (const struct sockaddr *)&to, sizeof(to)),
			 0);
	apply_network(FAMILY(UNIX));
	ck_assert_int_eq(send_from_pair(&to), 1);
	apply_network(FAMILY(INET));
	ck_assert_int_eq(error_of(send_from_pair(&to)), ESOCKTNOSUPPORT);
	ck_assert_int_eq(error_of(socketpair(AF_UNIX, SOCK_RAW, 0, pair)),
			 ESOCKTNOSUPPORT);
	ck_assert_int_eq(error_of(socketpair(AF_TIPC, SOCK_STREAM, 0, pair)),
			 EAFNOSUPPORT);
}
END_TEST

START_TEST(a_second_filter_widens_nothing)
{
	apply_network(FAMILY(INET));
	apply_network(FAMILY(INET) | FAMILY(UNIX));
	ck_assert_int_eq(error_of(socket(AF_UNIX, SOCK_STREAM, 0)),
			 EAFNOSUPPORT);
	ck_assert_int_ge(socket(AF_INET, SOCK_STREAM, 0), 0);
	apply_network(FAMILY(UNIX));
	ck_assert_int_eq(error_of(socket(AF_INET, SOCK_STREAM, 0)),
			 EAFNOSUPPORT);
}
END_TEST

/* --- UDP --- */

static const struct {
	long family, protocol;
	int error;
} udp_ways[] = {
	{ AF_INET, 136 /* UDP-Lite */, EPROTONOSUPPORT },
	{ AF_INET6, 136, EPROTONOSUPPORT },
	{ AF_INET, 261 /* QUIC */, EPROTONOSUPPORT },
	{ 33 /* RxRPC */, 0, EAFNOSUPPORT },
};

START_TEST(what_leads_around_udp_ports_is_refused)
{
	ck_assert_int_eq(error_of(syscall(SYS_socket, udp_ways[_i].family, -1,
					  udp_ways[_i].protocol)),
			 EINVAL);
	apply(PLAN_FILTER_UDP, false, 0);
	ck_assert_int_eq(error_of(syscall(SYS_socket, udp_ways[_i].family, -1,
					  udp_ways[_i].protocol)),
			 udp_ways[_i].error);
	ck_assert_int_ge(socket(AF_INET, SOCK_DGRAM, 0), 0);
	ck_assert_int_eq(error_of(syscall(IO_URING_SETUP, 0, NULL)), EPERM);
}
END_TEST

/* --- terminals --- */

static const unsigned long typing[] = {
	TIOCSTI,   TIOCLINUX,  TIOCSETD,     KDSKBENT,
	KDSKBSENT, KDSKBDIACR, KDSKBDIACRUC, KDSETKEYCODE,
};

START_TEST(what_types_into_a_terminal_is_refused)
{
	const unsigned long command = typing[_i];

	ck_assert_int_eq(error_of(syscall(SYS_ioctl, -1, command, 0)), EBADF);
	apply(PLAN_FILTER_TERMINAL, false, 0);
	ck_assert_int_eq(error_of(syscall(SYS_ioctl, -1, command, 0)), EPERM);
	/* The kernel looks at the lower half alone. */
	ck_assert_int_eq(error_of(syscall(SYS_ioctl, -1,
					  command | UINT64_C(1) << 32, 0)),
			 EPERM);
	ck_assert_int_eq(error_of(syscall(SYS_ioctl, -1,
					  command | ~UINT64_C(0) << 32, 0)),
			 EPERM);
}
END_TEST

START_TEST(all_else_of_a_terminal_is_left)
{
	static const unsigned long others[] = { TCGETS,	    TIOCGWINSZ,
						TIOCSWINSZ, TIOCSPGRP,
						TIOCSCTTY,  FIONREAD };
	size_t i;

	apply(PLAN_FILTER_TERMINAL, true, IDENTITY);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		ck_assert_int_eq(error_of(syscall(SYS_ioctl, -1, others[i], 0)),
				 EBADF);
	ck_assert_int_ge(socket(AF_UNIX, SOCK_STREAM, 0), 0);
}
END_TEST

/* --- all at once --- */

START_TEST(one_filter_does_all_and_is_found_in_force)
{
	const struct filter all = {
		.refuses = PLAN_FILTER_TCP | PLAN_FILTER_UDP |
			   PLAN_FILTER_NETWORK | PLAN_FILTER_TERMINAL,
		.families = UINT64_MAX & ~FAMILY(NETLINK),
		.witnesses = true,
		.identity = IDENTITY,
	};
	struct filter one = all;

	ck_assert(!filter_is_in_force(&all));
	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(filter_apply(&all), 0);
	ck_assert(filter_is_in_force(&all));
	ck_assert(filter_is_witness(IDENTITY));
	ck_assert_int_eq(error_of(syscall(SYS_socket, AF_NETLINK, -1, 0)),
			 EAFNOSUPPORT);
	ck_assert_int_eq(error_of(syscall(SYS_socket, AF_INET, -1, 262)),
			 EPROTONOSUPPORT);
	ck_assert_int_eq(error_of(syscall(SYS_socket, AF_INET, -1, 0)), EINVAL);
	ck_assert_int_eq(error_of(syscall(SYS_ioctl, -1, TIOCSTI, 0)), EPERM);
	/* Of what it does not refuse it is no proof. */
	one.families = 0;
	ck_assert(!filter_is_in_force(&one));
}
END_TEST

/* How many of the same fit: the kernel takes 32768 instructions. */
START_TEST(eighty_filters_that_refuse_all_fit)
{
	const struct filter all = {
		.refuses = PLAN_FILTER_TCP | PLAN_FILTER_UDP |
			   PLAN_FILTER_NETWORK | PLAN_FILTER_TERMINAL,
		.families = FAMILY(UNIX) | FAMILY(INET) | FAMILY(INET6),
		.witnesses = true,
		.identity = IDENTITY,
	};
	int i;

	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	for (i = 0; i < 80; i++)
		ck_assert_int_eq(filter_apply(&all), 0);
}
END_TEST

#ifdef __x86_64__

/* --- calls of 32-bit programs, which any program can make --- */

static long compat(const long number, const long a, const long b, const long c)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c)
			 : "memory", "r8", "r9", "r10", "r11");
	return result;
}

/* Without such calls, the kernel kills who makes one. */
static bool has_compat(void)
{
	const pid_t child = fork();
	int status;

	if (!child)
		_exit(compat(20 /* getpid */, 0, 0, 0) != getpid());
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return status == 0;
}

/* In memory that a 32-bit call can name. */
static long *low_memory(void)
{
	void *const memory =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		     MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	ck_assert_ptr_ne(memory, MAP_FAILED);
	return memory;
}

START_TEST(calls_of_32_bit_programs_do_not_lead_around_it)
{
	const struct filter filter = {
		.refuses = PLAN_FILTER_NETWORK | PLAN_FILTER_TERMINAL,
		.families = FAMILY(INET),
		.witnesses = true,
		.identity = IDENTITY,
	};
	const long low = (long)low_memory();

	if (!has_compat()) {
		puts("# not tested: this kernel has no calls of 32-bit programs");
		return;
	}
	((uint32_t *)low)[0] = AF_UNIX;
	((uint32_t *)low)[1] = SOCK_STREAM;
	ck_assert_int_ge(compat(102, 1 /* socket */, low, 0), 0);
	ck_assert_int_eq(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), 0);
	ck_assert_int_eq(filter_apply(&filter), 0);
	ck_assert_int_eq(compat(359, AF_UNIX, SOCK_STREAM, 0), -EAFNOSUPPORT);
	ck_assert_int_ge(compat(359, AF_INET, SOCK_STREAM, 0), 0);
	ck_assert_int_eq(compat(102, 1, low, 0), -EAFNOSUPPORT);
	((uint32_t *)low)[0] = AF_INET;
	ck_assert_int_eq(compat(102, 1, low, 0), -EAFNOSUPPORT);
	ck_assert_int_eq(compat(102, 8 /* socketpair */, low, 0),
			 -EAFNOSUPPORT);
	((uint32_t *)low)[0] = UINT32_MAX;
	ck_assert_int_eq(compat(102, 13 /* shutdown */, low, 0), -EBADF);
	ck_assert_int_eq(compat(360, AF_UNIX, SOCK_DGRAM, 0), -ESOCKTNOSUPPORT);
	ck_assert_int_eq(compat(54, -1, TIOCSTI, 0), -EPERM);
	ck_assert_int_eq(compat(54, -1, TCGETS, 0), -EBADF);
	ck_assert_int_eq(compat(425, 0, 0, 0), -EPERM);
}
END_TEST

START_TEST(nor_do_those_of_x32)
{
	apply_network(UINT64_MAX);
	ck_assert_int_eq(error_of(syscall(0x40000000 + SYS_socket, AF_INET,
					  SOCK_STREAM, 0)),
			 ENOSYS);
	apply(PLAN_FILTER_TERMINAL, false, 0);
	ck_assert_int_eq(error_of(syscall(0x40000000 + 514 /* ioctl */, 0,
					  TIOCSTI, "x")),
			 ENOSYS);
}
END_TEST

#endif

int main(void)
{
	Suite *const suite = suite_create("filter");
	TCase *const all = tcase_create("filter");

	tcase_add_test(all, a_witness_is_one_for_its_identity_alone);
	tcase_add_test(all, several_witnesses_do_not_get_in_each_others_way);
	tcase_add_test(all, no_witness_is_one_for_nobody);
	tcase_add_test(all, a_ring_is_refused_with_tcp_ports_alone);
	tcase_add_loop_test(all, what_leads_around_tcp_ports_is_refused, 0,
			    sizeof(around) / sizeof(*around));
	tcase_add_test(all, other_sockets_are_none_of_its_business);
	tcase_add_test(all, calls_of_x32_are_unknown_under_a_filter);
	tcase_add_loop_test(all,
			    sockets_are_of_the_families_that_are_granted_alone,
			    0, ARRAY_SIZE(families));
	tcase_add_test(all, without_any_family_there_is_no_socket_and_no_ring);
	tcase_add_test(all, a_granted_family_works);
	tcase_add_test(all, a_pair_leads_nowhere_else);
	tcase_add_test(all, a_second_filter_widens_nothing);
	tcase_add_loop_test(all, what_leads_around_udp_ports_is_refused, 0,
			    ARRAY_SIZE(udp_ways));
	tcase_add_loop_test(all, what_types_into_a_terminal_is_refused, 0,
			    ARRAY_SIZE(typing));
	tcase_add_test(all, all_else_of_a_terminal_is_left);
	tcase_add_test(all, one_filter_does_all_and_is_found_in_force);
	tcase_add_test(all, eighty_filters_that_refuse_all_fit);
#ifdef __x86_64__
	tcase_add_test(all, calls_of_32_bit_programs_do_not_lead_around_it);
	tcase_add_test(all, nor_do_those_of_x32);
#endif
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
