// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Walks a path, one readlinkat(2) for each component.
 */
#include "resolve.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "system.h"

/* As the kernel. */
#define LINKS_MAX 40

/* Too large for a stranger's stack. */
static struct {
	char done[PATH_MAX]; /* without links; "" is the root */
	size_t length;
	/* How much of @done is the current directory, which may be reached where
	 * what leads to it may not; 0: not in it. */
	size_t here;
	char link[PATH_MAX];
	char rest[PATH_MAX]; /* what is still to be walked */
} walk;

static bool start(const char *const path)
{
	const size_t length = strlen(path);
	long size;

	walk.length = walk.here = 0;
	walk.done[0] = '\0';
	if (!length || length >= sizeof(walk.rest))
		return false;
	memcpy(walk.rest, path, length + 1);
	if (path[0] == '/')
		return true;
	size = SYSTEM_CALL(getcwd, walk.done, sizeof(walk.done));
	/* One that is no longer below the root is "(unreachable)/…". */
	if (size < 2 || walk.done[0] != '/')
		return false;
	if (walk.done[1])
		walk.here = walk.length = (size_t)size - 1;
	return true;
}

static bool push(const char *const name, const size_t length)
{
	if (walk.length + 1 + length >= sizeof(walk.done))
		return false;
	walk.done[walk.length++] = '/';
	memcpy(walk.done + walk.length, name, length);
	walk.length += length;
	walk.done[walk.length] = '\0';
	return true;
}

static void pop(void)
{
	while (walk.length && walk.done[--walk.length] != '/')
		;
	walk.done[walk.length] = '\0';
	if (walk.length < walk.here)
		walk.here = 0;
}

/* Puts a link of @length bytes in place of the component that it is. */
static bool follow(const size_t length, const char *const rest)
{
	const size_t rest_bytes = strlen(rest) + 1;

	if (length + 1 + rest_bytes > sizeof(walk.rest))
		return false;
	memmove(walk.rest + length + 1, rest, rest_bytes);
	memcpy(walk.rest, walk.link, length);
	walk.rest[length] = '/';
	if (walk.link[0] == '/') {
		walk.length = walk.here = 0;
		walk.done[0] = '\0';
	} else {
		pop();
	}
	return true;
}

static ssize_t read_link(void)
{
	return system_readlink(
		AT_FDCWD, walk.done + (walk.here ? walk.here + 1 : (size_t)0),
		walk.link, sizeof(walk.link));
}

const char *resolve_path(const char *const path, const enum resolve_last last)
{
	unsigned int links = 0;
	const char *rest;

	if (!start(path))
		return NULL;
	rest = walk.rest + strspn(walk.rest, "/");
	while (*rest) {
		const size_t length = strcspn(rest, "/");
		const char *const name = rest;
		ssize_t link;

		rest += length;
		rest += strspn(rest, "/");
		if (length == 1 && name[0] == '.')
			continue;
		if (length == 2 && name[0] == '.' && name[1] == '.') {
			pop();
			continue;
		}
		if (!push(name, length))
			return NULL;
		if (last == RESOLVE_KEEP && !*rest)
			break;
		link = read_link();
		if (link == -EINVAL)
			continue;
		if (link < 0 || ++links > LINKS_MAX ||
		    !follow((size_t)link, rest))
			return NULL;
		rest = walk.rest + strspn(walk.rest, "/");
	}
	return walk.length ? walk.done : "/";
}
