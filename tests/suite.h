/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How every test program made with Check ends: its tests are run and told. */
#ifndef LANDLOCK_SHIM_TESTS_SUITE_H
#define LANDLOCK_SHIM_TESTS_SUITE_H

#include <stdlib.h>

#include <check.h>

/*
 * Runs @suite, speaks TAP on standard output and returns the exit status of
 * main(): 0 when all passed, else 1.
 */
static inline int run_suite(Suite *const suite)
{
	SRunner *const runner = srunner_create(suite);
	int failed;

	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
