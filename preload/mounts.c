// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads /proc/self/mountinfo; see proc(5).
 */
#include "mounts.h"

#include <string.h>

#include "arena.h"

#define MOUNTINFO "/proc/self/mountinfo"
#define BYTES_MAX ((size_t)16 << 20)
#define FIELD 5 /* the mount point, counted from 1 */

/* All of the file, NUL-terminated; NULL: no memory, or no such file. */
static char *read_mounts(int *const error)
{
	size_t size = (size_t)64 << 10, length = 0;
	char *text = NULL;
	ssize_t got = 1;
	int fd;

	fd = system_open(AT_FDCWD, MOUNTINFO, O_RDONLY);
	if (fd < 0)
		return NULL;
	while (got > 0) {
		if (!text || length + 1 == size) {
			char *const larger =
				size > BYTES_MAX
					? NULL
					: arena_take(text ? 2 * size : size, 1);

			if (!larger) {
				*error = -ENOMEM;
				break;
			}
			if (text) {
				memcpy(larger, text, length);
				size *= 2;
			}
			text = larger;
		}
		got = system_read(fd, text + length, size - length - 1);
		if (got > 0)
			length += (size_t)got;
	}
	system_close(fd);
	return *error ? NULL : text;
}

/* Puts back what the kernel writes as \040 and its like, in place. */
static void unescape(char *const text)
{
	const char *from = text;
	char *to = text;

	for (; *from; from++, to++) {
		*to = *from;
		if (from[0] != '\\' || strspn(from + 1, "01234567") < 3)
			continue;
		*to = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 +
			     from[3] - '0');
		from += 3;
	}
	*to = '\0';
}

/* The mount point of the line at *@rest, which moves on; NULL at the end. */
static char *next_mount(char **const rest)
{
	char *field = *rest, *end;
	int i;

	if (!*field)
		return NULL;
	end = field + strcspn(field, "\n");
	*rest = *end ? end + 1 : end;
	*end = '\0';
	for (i = 1; i < FIELD && field; i++) {
		field = strchr(field, ' ');
		if (field)
			field++;
	}
	if (field)
		field[strcspn(field, " ")] = '\0';
	return field;
}

static uint64_t move_bits(const uint64_t word, const uint64_t (*const table)[2],
			  const size_t count)
{
	uint64_t moved = 0;
	size_t i;

	for (i = 0; i < count; i++)
		if (word & table[i][0])
			moved |= table[i][1];
	return moved;
}

/* Marks all directories above @directory, which is closed. */
static int mark_way(struct file_set *const set, int directory,
		    const uint64_t bits, bool *const changed)
{
	struct system_file_id before = { 0 };
	struct system_status status;
	int error = 0;

	while (!error && directory >= 0) {
		const int up = system_open(directory, "..", O_PATH);

		system_close(directory);
		directory = up;
		if (up < 0 || system_stat_fd(up, &status) ||
		    system_same_file(status.id, before))
			break; /* the root is above itself */
		before = status.id;
		if ((file_set_word(set, status.id) & bits) == bits)
			continue;
		*changed = true;
		error = file_set_add(set, status.id, bits);
	}
	system_close(directory);
	return error;
}

static int mark_mount(struct file_set *const set, const char *const path,
		      const uint64_t (*const table)[2], const size_t count,
		      bool *const changed)
{
	struct system_status status;
	uint64_t bits;
	int fd;

	if (system_stat(AT_FDCWD, path, 0, &status))
		return 0;
	bits = move_bits(file_set_word(set, status.id), table, count);
	if (!bits)
		return 0;
	fd = system_open(AT_FDCWD, path, O_PATH);
	return fd < 0 ? 0 : mark_way(set, fd, bits, changed);
}

int mounts_mark(struct file_set *const set, const uint64_t (*const table)[2],
		const size_t count)
{
	const char **mounts = NULL;
	size_t mount_count = 0, i;
	bool changed = true;
	int error = 0;
	char *path, *rest = read_mounts(&error);

	if (!rest)
		return error;
	while ((path = next_mount(&rest))) {
		mounts = arena_append(mounts, mount_count, sizeof(*mounts));
		if (!mounts)
			return -ENOMEM;
		unescape(path);
		mounts[mount_count++] = path;
	}
	while (changed && !error) {
		changed = false;
		for (i = 0; i < mount_count && !error; i++)
			error = mark_mount(set, mounts[i], table, count,
					   &changed);
	}
	return error;
}
