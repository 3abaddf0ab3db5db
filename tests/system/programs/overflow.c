// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Two bugs for sanitizers to find: reads behind an allocation (argument "heap"),
 * adds beyond an int ("int"); else none.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(const int argc, char **const argv)
{
	const char *const bug = argc > 1 ? argv[1] : "none";
	char *const bytes = calloc(1, 16);
	volatile int most = INT_MAX;
	int result = 0;

	if (!bytes)
		return 1;
	if (strcmp(bug, "heap") == 0)
		result = *(volatile char *)(bytes + 16 + most / INT_MAX);
	if (strcmp(bug, "int") == 0)
		most = most + 1;
	printf("bug: %s, result %d\n", bug, result);
	free(bytes);
	return 0;
}
