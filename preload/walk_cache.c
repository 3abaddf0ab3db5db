// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A few descriptors, the oldest of which makes way.
 */
#include "walk_cache.h"

#include <string.h>

/* To read a directory takes as many calls as to look for this many names. */
#define LOOKS_MAX 8

struct walk_cached *walk_cache_find(struct walk_cache *const cache,
				    const char *const path)
{
	struct walk_cached *nearest = NULL;
	size_t i, bytes, most = 0;

	for (i = 0; cache && i < WALK_CACHED_MAX; i++) {
		struct walk_cached *const cached = &cache->cached[i];

		bytes = cached->path ? strlen(cached->path) : 0;
		if (!cached->path || (nearest && bytes <= most) ||
		    strncmp(cached->path, path, bytes) != 0 ||
		    path[bytes] != '/')
			continue;
		nearest = cached;
		most = bytes;
	}
	return nearest;
}

const struct walk_names *walk_cache_names(const struct walk_cache *const cache,
					  struct walk_cached *const cached)
{
	if (++cached->used == LOOKS_MAX && cache->directory)
		cached->names = walk_names_read(cached->fd, cache->directory);
	return cached->names;
}

void walk_cache_keep(struct walk_cache *const cache,
		     const struct walk_cached cached)
{
	struct walk_cached *const slot =
		&cache->cached[cache->count++ % WALK_CACHED_MAX];

	if (slot->path)
		system_close(slot->fd);
	*slot = cached;
}

bool walk_cache_drop(struct walk_cache *const cache)
{
	bool any = false;
	size_t i;

	for (i = 0; i < WALK_CACHED_MAX; i++) {
		if (!cache->cached[i].path)
			continue;
		any = true;
		system_close(cache->cached[i].fd);
	}
	*cache = (struct walk_cache){ .directory = cache->directory };
	return any;
}
