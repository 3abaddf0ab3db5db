// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Copies a file to stdout, as cat(1), but can be built in any way.
 */
#include <stdio.h>

int main(const int argc, char **const argv)
{
	FILE *const file = argc > 1 ? fopen(argv[1], "re") : NULL;
	int byte;

	if (!file) {
		perror("reader");
		return 1;
	}
	while ((byte = getc(file)) != EOF)
		putchar(byte);
	fclose(file);
	return fflush(stdout) ? 1 : 0;
}
