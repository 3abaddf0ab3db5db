/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A whole file, read into the arena.
 */
#ifndef LANDLOCK_SHIM_FILE_H
#define LANDLOCK_SHIM_FILE_H

#include <stddef.h>

/*
 * Reads all that is left of @fd into @text, with a NUL behind its @size bytes.
 * Returns 0; -EFBIG if that is more than @most bytes; -ENOMEM; or the errno of
 * read(2).
 */
int file_read(int fd, size_t most, char **text, size_t *size);

/* The same for the file @path of the system's; or the errno of open(2). */
int file_read_path(const char *path, size_t most, char **text, size_t *size);

#endif
