/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The names in a directory, so that most of those that are not there are known not to
 * be without a look for each: of what is denied, hardly anything exists.
 */
#ifndef LANDLOCK_SHIM_WALK_NAMES_H
#define LANDLOCK_SHIM_WALK_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "directory.h"

#define WALK_NAMES_BITS 16384

/* A Bloom filter of one hash. */
struct walk_names {
	uint64_t bits[WALK_NAMES_BITS / 64];
};

/*
 * Reads the names of the O_PATH descriptor @fd's directory by @directory, which is not
 * in use.  Returns them, in the arena; or NULL where that says nothing for sure: they
 * are too many, can't be read, or more names than those that are listed may lead to
 * something.
 */
const struct walk_names *walk_names_read(int fd, struct directory *directory);

/* Is @name, for sure, none of @names? */
bool walk_names_lack(const struct walk_names *names, const char *name);

#endif
