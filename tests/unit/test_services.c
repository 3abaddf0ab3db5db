// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of ports, as services(5) has them.
 */
#include "services.h"
#include "../suite.h"
#include "tree.h"

#include <errno.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const char services[] = "# comment\n\n"
			       "tcpmux\t\t1/tcp\t\t# TCP port multiplexer\n"
			       "domain 53/tcp\n"
			       "domain 5353/udp # another\n"
			       "https 443/tcp www-s secure#glued\n"
			       "high 65536/tcp\n"
			       "empty /tcp\n"
			       "bare 7\n"
			       "commented 8/tcp # alias\n"
			       "last 65535/tcp other";

static const struct {
	const char *name, *protocol;
	int error;
	unsigned short port;
} names[] = {
	{ "tcpmux", "tcp", 0, 1 },	  { "tcpmux", "udp", -ENOENT, 0 },
	{ "domain", "tcp", 0, 53 },	  { "domain", "udp", 0, 5353 },
	{ "https", "tcp", 0, 443 },	  { "www-s", "tcp", 0, 443 },
	{ "secure", "tcp", 0, 443 },	  { "glued", "tcp", -ENOENT, 0 },
	{ "high", "tcp", -ENOENT, 0 },	  { "empty", "tcp", -ENOENT, 0 },
	{ "bare", "tcp", -ENOENT, 0 },	  { "alias", "tcp", -ENOENT, 0 },
	{ "last", "tcp", 0, 65535 },	  { "other", "tcp", 0, 65535 },
	{ "http", "tcp", -ENOENT, 0 },	  { "443/tcp", "tcp", -ENOENT, 0 },
	{ "comment", "tcp", -ENOENT, 0 },
};

START_TEST(name_or_alias_of_the_protocol_is_its_port)
{
	const char *text = NULL;
	unsigned short port = 0;

	mkdir("/etc", 0755);
	tree_write("/etc/services", services);
	ck_assert_int_eq(service_port(&text, names[_i].name, names[_i].protocol,
				      &port),
			 names[_i].error);
	if (!names[_i].error)
		ck_assert_uint_eq(port, names[_i].port);
	/* The file is read once. */
	ck_assert_int_eq(unlink("/etc/services"), 0);
	ck_assert_int_eq(service_port(&text, "domain", "tcp", &port), 0);
}
END_TEST

START_TEST(missing_file_names_none)
{
	const char *text = NULL;
	unsigned short port;

	ck_assert_int_eq(service_port(&text, "https", "tcp", &port), -ENOENT);
}
END_TEST

int main(void)
{
	Suite *const suite = suite_create("services");
	TCase *const tcase = tcase_create("file");

	tcase_add_checked_fixture(tcase, tree_enter, NULL);
	tcase_add_loop_test(tcase, name_or_alias_of_the_protocol_is_its_port, 0,
			    ARRAY_SIZE(names));
	tcase_add_test(tcase, missing_file_names_none);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
