// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads until the end: what stat(2) says of the size may have changed since.
 */
#include "file.h"

#include <string.h>

#include "arena.h"
#include "system.h"

#define FIRST_BYTES 4096

int file_read(const int fd, const size_t most, char **const text,
	      size_t *const size)
{
	size_t room = FIRST_BYTES, length = 0;
	char *buffer = arena_take(room, 1);
	ssize_t got;

	while (buffer) {
		/* The last byte stays the NUL. */
		got = system_read(fd, buffer + length, room - 1 - length);
		if (got < 0)
			return (int)got;
		length += (size_t)got;
		if (length > most)
			return -EFBIG;
		if (!got) {
			arena_trim(buffer, room, length + 1);
			*text = buffer;
			*size = length;
			return 0;
		}
		if (length == room - 1) {
			char *const grown = arena_take(2 * room, 1);

			if (grown)
				memcpy(grown, buffer, length);
			buffer = grown;
			room *= 2;
		}
	}
	return -ENOMEM;
}

int file_read_path(const char *const path, const size_t most, char **const text,
		   size_t *const size)
{
	const int fd = system_open(AT_FDCWD, path, O_RDONLY | O_NOCTTY);
	int error;

	if (fd < 0)
		return fd;
	error = file_read(fd, most, text, size);
	system_close(fd);
	return error;
}
