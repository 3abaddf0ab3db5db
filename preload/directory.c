// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * getdents64(2), a buffer at a time.
 */
#include "directory.h"

#include <string.h>

#include "arena.h"

#define BUFFER_BYTES ((size_t)32 << 10)

int directory_open(struct directory *const directory, const int fd)
{
	if (!directory->buffer)
		directory->buffer = arena_take(BUFFER_BYTES, 1);
	if (!directory->buffer)
		return -ENOMEM;
	directory->filled_bytes = directory->taken_bytes = 0;
	directory->fd = system_open(fd, ".", O_RDONLY | O_DIRECTORY);
	return directory->fd < 0 ? directory->fd : 0;
}

static int fill(struct directory *const directory)
{
	const long got = SYSTEM_CALL(getdents64, directory->fd,
				     directory->buffer, BUFFER_BYTES);

	directory->filled_bytes = got > 0 ? (size_t)got : 0;
	directory->taken_bytes = 0;
	return got < 0 ? (int)got : got > 0;
}

int directory_next(struct directory *const directory,
		   const struct system_entry **const entry)
{
	const struct system_entry *next;
	int more;

	do {
		if (directory->taken_bytes == directory->filled_bytes) {
			more = fill(directory);
			if (more <= 0)
				return more;
		}
		next = (const void *)(directory->buffer +
				      directory->taken_bytes);
		directory->taken_bytes += next->size_bytes;
	} while (strcmp(next->name, ".") == 0 || strcmp(next->name, "..") == 0);
	*entry = next;
	return 1;
}

void directory_close(struct directory *const directory)
{
	system_close(directory->fd);
	directory->fd = -1;
}
