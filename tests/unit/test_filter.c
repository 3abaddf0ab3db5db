// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Filters on this process: what they refuse, and for whom they are a witness.
 */
#include "filter.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "plan.h"
#include "../suite.h"

#define IDENTITY UINT64_C(0x0123456789abcdef)
#define IO_URING_SETUP 425

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
	suite_add_tcase(suite, all);
	return run_suite(suite);
}
