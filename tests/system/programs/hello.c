// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A plain program: tells what it was given, and ends as asked.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int greet(const char *const who)
{
	return printf("hello %s\n", who);
}

int main(const int argc, char **const argv)
{
	const int error = errno;

	greet(argc > 1 ? argv[1] : "world");
	if (error)
		printf("errno is %d at the start of main()\n", error);
	return argc > 2 ? atoi(argv[2]) : 0;
}
