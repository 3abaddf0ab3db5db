/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How every test program made with Check ends: its tests are run and told. */
#ifndef LANDLOCK_SHIM_TESTS_SUITE_H
#define LANDLOCK_SHIM_TESTS_SUITE_H

#include <stdio.h>
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

	/* Each result as it comes, to whoever waits for it. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#endif
