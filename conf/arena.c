// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A small piece of our own, then a list of mappings, each larger than the one before;
 * pieces are cut off the last.
 */
#include "arena.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "system.h"

/* Enough for a start that no profile speaks of. */
#define START_BYTES 4096
#define FIRST_BYTES ((size_t)64 << 10)
#define MOST_BYTES ((size_t)16 << 20)
#define ALIGNMENT _Alignof(max_align_t)

/* At the start of each mapping. */
struct chunk {
	struct chunk *before;
	size_t size_bytes;
	_Alignas(max_align_t) char pieces[];
};

static struct {
	struct chunk *last;	 /* NULL: pieces are of @start */
	size_t used_bytes;	 /* of its pieces */
	size_t start_used_bytes; /* for arena_end(), once there is a chunk */
	_Alignas(max_align_t) char start[START_BYTES];
} arena;

static size_t room(void)
{
	return (arena.last ? arena.last->size_bytes - sizeof(*arena.last)
			   : sizeof(arena.start)) -
	       arena.used_bytes;
}

static bool add_chunk(const size_t bytes)
{
	size_t size = arena.last ? 2 * arena.last->size_bytes : FIRST_BYTES;
	struct chunk *chunk;

	if (size > MOST_BYTES)
		size = MOST_BYTES;
	if (size - sizeof(*chunk) < bytes)
		size = (bytes + sizeof(*chunk) + 4095) & ~(size_t)4095;
	chunk = system_map(size, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1);
	if (system_map_error(chunk))
		return false;
	if (!arena.last)
		arena.start_used_bytes = arena.used_bytes;
	chunk->before = arena.last;
	chunk->size_bytes = size;
	arena.last = chunk;
	arena.used_bytes = 0;
	return true;
}

void *arena_take(const size_t count, const size_t size)
{
	size_t bytes;
	char *piece;

	if (__builtin_mul_overflow(count, size, &bytes) ||
	    bytes > PTRDIFF_MAX - 2 * FIRST_BYTES)
		return NULL;
	/* Nothing is a piece as well: no two have the same place. */
	bytes = ((bytes ?: 1) + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
	if (bytes > room() && !add_chunk(bytes))
		return NULL;
	/* Fresh from the kernel, and given out once: zeroed. */
	piece = (arena.last ? arena.last->pieces : arena.start) +
		arena.used_bytes;
	arena.used_bytes += bytes;
	return piece;
}

/* Room is for four, then up to the next power of two. */
static bool is_full(const size_t count)
{
	return !count || (count >= 4 && !(count & (count - 1)));
}

void *arena_append(void *const array, const size_t count, const size_t size)
{
	char *grown = array;

	if (is_full(count)) {
		grown = arena_take(count ? 2 * count : 4, size);
		if (grown && count)
			memcpy(grown, array, count * size);
	}
	if (grown)
		memset(grown + count * size, 0, size);
	return grown;
}

char *arena_copy(const char *const text, const size_t length)
{
	char *const copy = arena_take(length + 1, 1);

	if (copy)
		memcpy(copy, text, length);
	return copy;
}

char *arena_text(const char *const text)
{
	return arena_copy(text, strlen(text));
}

void arena_end(void)
{
	struct chunk *chunk = arena.last;

	memset(arena.start, 0,
	       chunk ? arena.start_used_bytes : arena.used_bytes);
	while (chunk) {
		struct chunk *const before = chunk->before;

		SYSTEM_CALL(munmap, chunk, chunk->size_bytes);
		chunk = before;
	}
	arena.last = NULL;
	arena.used_bytes = 0;
}
