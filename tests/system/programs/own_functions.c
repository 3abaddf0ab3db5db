// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Has functions of its own under libc's names, as programs do by accident: counts
 * who calls them before main(), and would lie to him.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

struct stat;

#define OWN(name) OWN_##name
enum own {
	OWN(access),
	OWN(calloc),
	OWN(free),
	OWN(getpid),
	OWN(getuid),
	OWN(lstat),
	OWN(malloc),
	OWN(open),
	OWN(read),
	OWN(readlink),
	OWN(realloc),
	OWN_COUNT,
};
static unsigned int calls[OWN_COUNT];

#define LIE(name, type, value, ...)                                            \
	type name(__VA_ARGS__);                                                \
	type name(__VA_ARGS__)                                                 \
	{                                                                      \
		calls[OWN(name)]++;                                            \
		return value;                                                  \
	}

LIE(access, int, 0, const char *path, int mode)
LIE(getpid, pid_t, 1, void)
LIE(getuid, uid_t, 0, void)
LIE(lstat, int, -1, const char *path, struct stat *status)
LIE(open, int, -1, const char *path, int flags, ...)
LIE(read, ssize_t, 0, int fd, void *buffer, size_t size)
LIE(readlink, ssize_t, 0, const char *path, char *buffer, size_t size)

/* Memory that works, as libc itself takes some. */
static _Alignas(max_align_t) unsigned char pool[1 << 20];
static size_t taken;

void *malloc(size_t size);
void *malloc(const size_t size)
{
	unsigned char *const at = pool + taken;

	calls[OWN(malloc)]++;
	taken += (size + 15) / 16 * 16;
	return taken <= sizeof(pool) ? at : NULL;
}

void *calloc(size_t count, size_t size);
void *calloc(const size_t count, const size_t size)
{
	calls[OWN(calloc)]++;
	return malloc(count * size);
}

void *realloc(void *old, size_t size);
void *realloc(void *const old, const size_t size)
{
	unsigned char *const new = malloc(size);
	size_t i;

	calls[OWN(realloc)]++;
	for (i = 0; old && i < size; i++)
		new[i] = ((unsigned char *)old)[i];
	return new;
}

void free(void *at);
void free(void *const at)
{
	(void)at;
	calls[OWN(free)]++;
}

int main(const int argc, char **const argv)
{
	unsigned int before[OWN_COUNT];
	unsigned int sum = 0;
	FILE *file;
	int byte;
	size_t i;

	for (i = 0; i < OWN_COUNT; i++)
		before[i] = calls[i];
	for (i = 0; i < OWN_COUNT; i++)
		if (before[i])
			sum++, printf("%zu was called %u times\n", i,
				      before[i]);
	if (argc < 2) {
		printf("%u of its functions were called before main()\n", sum);
		return sum != 0;
	}
	file = fopen(argv[1], "re");
	if (!file) {
		perror(argv[1]);
		return 1;
	}
	while ((byte = getc(file)) != EOF)
		putchar(byte);
	fclose(file);
	return 0;
}
