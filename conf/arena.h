/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The one place that memory comes from: taken piece by piece, given back whole.
 *
 * There is no freeing of single pieces.  In the shim, arena_end() unmaps all of
 * it before the program runs, so nothing may point into it after that.
 */
#ifndef LANDLOCK_SHIM_ARENA_H
#define LANDLOCK_SHIM_ARENA_H

#include <stddef.h>

/*
 * Returns @count elements of @size bytes, zeroed and aligned for any type, or
 * NULL when there is no memory or the product overflows.
 */
void *arena_take(size_t count, size_t size);

/*
 * Gives back of @piece, of @bytes, what is behind the first @kept, where nothing was
 * written: if it is the piece that was taken last, else it is left as it is.
 */
void arena_trim(const void *piece, size_t bytes, size_t kept);

/*
 * An empty array for arena_append(), with room for @count elements of @size bytes.
 * NULL when there is no memory or the product overflows.
 */
void *arena_reserve(size_t count, size_t size);

/*
 * Makes room for one more element at the end of @array, which has @count of them
 * (NULL: none) and was made by this function or arena_reserve().  Returns the array,
 * which may have moved, its new element zeroed; or NULL, with @array as it was.
 */
void *arena_append(void *array, size_t count, size_t size);

/* Copies the @length bytes at @text and a NUL; NULL when there is no memory. */
char *arena_copy(const char *text, size_t length);

/* arena_copy() of a whole text. */
char *arena_text(const char *text);

/* Gives everything back. */
void arena_end(void);

#endif
