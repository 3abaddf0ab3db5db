/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The entries of a directory, one by one.
 */
#ifndef LANDLOCK_SHIM_DIRECTORY_H
#define LANDLOCK_SHIM_DIRECTORY_H

#include <stddef.h>

#include "system.h"

struct directory {
	int fd; /* -1: not open */
	char *buffer;
	size_t filled_bytes, taken_bytes;
};

/*
 * Opens what the O_PATH descriptor @fd, which stays the caller's, is of.  Returns 0
 * or a negative errno; after 0 the caller ends it with directory_close().  One that
 * was zeroed at first can be opened again after that: its buffer is kept.
 */
int directory_open(struct directory *directory, int fd);

/*
 * The next entry but for . and .., valid until the next call: 1 with @entry set, 0 at
 * the end, or a negative errno.
 */
int directory_next(struct directory *directory,
		   const struct system_entry **entry);

void directory_close(struct directory *directory);

#endif
