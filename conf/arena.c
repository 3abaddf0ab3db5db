// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A small piece of our own, then a list of mappings, each larger than the one before;
 * pieces are cut off the last.  What a start takes is written to at once, so mappings
 * come with their pages: a fault costs more than the page.
 */
#include "arena.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "system.h"

/* Enough for a start that no profile speaks of. */
#define START_BYTES 4096
#define FIRST_BYTES ((size_t)64 << 10)
#define MOST_BYTES ((size_t)1 << 20)
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

static size_t aligned(const size_t bytes)
{
	return (bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

static char *next_piece(void)
{
	return (arena.last ? arena.last->pieces : arena.start) +
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
			   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1);
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
	bytes = aligned(bytes ?: 1);
	if (bytes > room() && !add_chunk(bytes))
		return NULL;
	/* Fresh from the kernel, and given out once: zeroed. */
	piece = next_piece();
	arena.used_bytes += bytes;
	return piece;
}

/* Stands before what arena_append() made. */
struct array {
	size_t room; /* for how many elements */
	_Alignas(max_align_t) char elements[];
};

/* Makes the last piece that was taken longer, where it is. */
static bool stretch(const char *const end, const size_t bytes)
{
	const size_t more = aligned(bytes);

	if (next_piece() != end || more > room())
		return false;
	arena.used_bytes += more;
	return true;
}

void *arena_reserve(const size_t count, const size_t size)
{
	struct array *array;
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) ||
	    __builtin_add_overflow(bytes, sizeof(*array), &bytes))
		return NULL;
	array = arena_take(bytes, 1);
	if (!array)
		return NULL;
	array->room = count;
	return array->elements;
}

void *arena_append(void *const elements, const size_t count, const size_t size)
{
	struct array *array = NULL;
	char *grown = elements;

	if (elements)
		array = (void *)(grown - offsetof(struct array, elements));
	if (!array || count == array->room) {
		const size_t room = count ? 2 * count : 4;
		const size_t end = aligned(count * size);

		if (count && stretch(grown + end, room * size - end)) {
			array->room = room;
		} else {
			grown = arena_reserve(room, size);
			if (grown && count)
				memcpy(grown, elements, count * size);
		}
	}
	/* An element of the same place may have been given up before. */
	if (grown)
		memset(grown + count * size, 0, size);
	return grown;
}

void arena_trim(const void *const piece, const size_t bytes, const size_t kept)
{
	const size_t all = aligned(bytes);
	const size_t less = aligned(kept ?: 1);

	if ((const char *)piece + all != next_piece() || less >= all)
		return;
	arena.used_bytes -= all - less;
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
