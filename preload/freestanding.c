// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What the compiler, our own code and inih ask of a C library: the shim brings it
 * along, hidden, and so imports nothing that a program could have replaced.
 *
 * Only the shim is linked with this; programs of ours have their C library.
 */
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "system.h"

/* Declared here: headers of different C libraries differ in attributes. */
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);
void *memchr(const void *bytes, int byte, size_t size);
size_t strlen(const char *text);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t size);
char *strchr(const char *text, int byte);
char *strrchr(const char *text, int byte);
size_t strspn(const char *text, const char *set);
size_t strcspn(const char *text, const char *set);
char *strpbrk(const char *text, const char *set);
void *malloc(size_t size);
void *realloc(void *piece, size_t size);
void free(void *piece);
const unsigned short **__ctype_b_loc(void);
void *fopen(const char *path, const char *mode);
void *fopen64(const char *path, const char *mode);
int fclose(void *stream);
char *fgets(char *buffer, int size, void *stream);
void __stack_chk_fail(void);
void __stack_chk_fail_local(void);

void *memcpy(void *const restrict to, const void *const restrict from,
	     size_t size)
{
#if defined(__x86_64__) || defined(__i386__)
	void *target = to;
	const void *source = from;

	__asm__ volatile("rep movsb"
			 : "+D"(target), "+S"(source), "+c"(size)
			 :
			 : "memory");
#else
	char *target = to;
	const char *source = from;

	while (size--)
		*target++ = *source++;
#endif
	return to;
}

void *memmove(void *const to, const void *const from, size_t size)
{
	char *const target = to;
	const char *const source = from;

	if ((uintptr_t)to - (uintptr_t)from >= size)
		return memcpy(to, from, size);
	while (size--)
		target[size] = source[size];
	return to;
}

void *memset(void *const to, const int byte, size_t size)
{
#if defined(__x86_64__) || defined(__i386__)
	void *target = to;

	__asm__ volatile("rep stosb"
			 : "+D"(target), "+c"(size)
			 : "a"(byte)
			 : "memory");
#else
	char *target = to;

	while (size--)
		*target++ = (char)byte;
#endif
	return to;
}

int memcmp(const void *const left, const void *const right, const size_t size)
{
	const unsigned char *const a = left, *const b = right;
	size_t i;

	for (i = 0; i < size; i++)
		if (a[i] != b[i])
			return a[i] - b[i];
	return 0;
}

void *memchr(const void *const bytes, const int byte, const size_t size)
{
	const unsigned char *const octets = bytes;
	size_t i;

	for (i = 0; i < size; i++)
		if (octets[i] == (unsigned char)byte)
			return (void *)(uintptr_t)(octets + i);
	return NULL;
}

size_t strlen(const char *const text)
{
	size_t length = 0;

	while (text[length])
		length++;
	return length;
}

int strncmp(const char *const left, const char *const right, const size_t size)
{
	size_t i;

	for (i = 0; i < size; i++) {
		const unsigned char a = (unsigned char)left[i],
				    b = (unsigned char)right[i];

		if (a != b || !a)
			return a - b;
	}
	return 0;
}

int strcmp(const char *const left, const char *const right)
{
	return strncmp(left, right, SIZE_MAX);
}

char *strchr(const char *const text, const int byte)
{
	return memchr(text, byte, strlen(text) + 1);
}

char *strrchr(const char *const text, const int byte)
{
	size_t i = strlen(text) + 1;

	while (i--)
		if (text[i] == (char)byte)
			return (char *)(uintptr_t)(text + i);
	return NULL;
}

/* One bit for each byte of @set: paths and words are looked through by this. */
static size_t span(const char *const text, const char *set, const bool inside)
{
	uint32_t bits[256 / 32] = { 0 };
	size_t length = 0;

	for (; *set; set++)
		bits[(unsigned char)*set / 32] |= 1U
						  << (unsigned char)*set % 32;
	for (; text[length]; length++) {
		const unsigned char byte = (unsigned char)text[length];

		if ((bits[byte / 32] >> byte % 32 & 1) != inside)
			break;
	}
	return length;
}

size_t strspn(const char *const text, const char *const set)
{
	return span(text, set, true);
}

size_t strcspn(const char *const text, const char *const set)
{
	return span(text, set, false);
}

char *strpbrk(const char *const text, const char *const set)
{
	const char *const found = text + strcspn(text, set);

	return *found ? (char *)(uintptr_t)found : NULL;
}

/* inih's buffers: their size stands before them, for realloc(). */
void *malloc(const size_t size)
{
	size_t *const piece =
		size < SIZE_MAX / 2 ? arena_take(size + sizeof(max_align_t), 1)
				    : NULL;

	if (!piece)
		return NULL;
	*piece = size;
	return (char *)piece + sizeof(max_align_t);
}

void *realloc(void *const piece, const size_t size)
{
	void *const grown = malloc(size);
	size_t before;

	if (!piece || !grown)
		return grown;
	memcpy(&before, (char *)piece - sizeof(max_align_t), sizeof(before));
	return memcpy(grown, piece, before < size ? before : size);
}

void free(void *const piece)
{
	(void)piece; /* arena_end() */
}

/* glibc's table for isspace(), which inih was compiled for: little-endian. */
const unsigned short **__ctype_b_loc(void)
{
	enum {
		IS_SPACE = 1 << 13
	};
	static unsigned short table[384];
	static const unsigned short *origin;
	static const char blanks[] = " \t\n\v\f\r";
	const char *blank;

	for (blank = blanks; *blank; blank++)
		table[128 + *blank] = IS_SPACE;
	origin = table + 128;
	return &origin;
}

/* Of ini_parse(), which reads files itself and is not called. */
void *fopen(const char *const path, const char *const mode)
{
	(void)path;
	(void)mode;
	return NULL;
}

void *fopen64(const char *const path, const char *const mode)
{
	return fopen(path, mode);
}

int fclose(void *const stream)
{
	(void)stream;
	return -1;
}

char *fgets(char *const buffer, const int size, void *const stream)
{
	(void)buffer;
	(void)size;
	(void)stream;
	return NULL;
}

/* Nothing that is known can be said once the stack is broken. */
void __attribute__((noreturn)) __stack_chk_fail(void)
{
	__builtin_trap();
}

#ifdef __i386__
void __attribute__((noreturn)) __stack_chk_fail_local(void)
{
	__builtin_trap();
}
#endif
