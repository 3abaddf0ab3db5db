/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Directories that walks without links ended in, so that the next ones go on from
 * there: many paths are in a few directories.  What is found there is what a walk that
 * began at the root a moment before would have found.
 */
#ifndef LANDLOCK_SHIM_WALK_CACHE_H
#define LANDLOCK_SHIM_WALK_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "system.h"
#include "walk_names.h"

struct walk_cached {
	const char *path; /* NULL: none */
	int fd;		  /* O_PATH, the cache's */
	struct system_status status;
	/* As of the walk: */
	size_t writable_bytes;
	struct system_file_id *passed;
	size_t passed_count;
	size_t used; /* by how many walks */
	const struct walk_names *names;
};

#define WALK_CACHED_MAX 8

/* Zeroed: empty.  For walks that differ in their paths alone. */
struct walk_cache {
	struct walk_cached cached[WALK_CACHED_MAX];
	size_t count;		     /* of all that were ever kept */
	struct directory *directory; /* to read names by, or NULL */
};

/* The cached directory that is nearest to what is in it at @path; NULL: none is. */
struct walk_cached *walk_cache_find(struct walk_cache *cache, const char *path);

/* What is in it, once so many walks went on from there that a look at all of it pays;
 * else, and where that tells nothing, NULL. */
const struct walk_names *walk_cache_names(const struct walk_cache *cache,
					  struct walk_cached *cached);

/* Takes over the descriptor of @cached, and ends the one that was kept first. */
void walk_cache_keep(struct walk_cache *cache, struct walk_cached cached);

/* Gives back its descriptors and forgets them.  True if there were any. */
bool walk_cache_drop(struct walk_cache *cache);

#endif
