// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads /proc/self/mountinfo; see proc(5).
 */
#include "mounts.h"

#include <stdbool.h>
#include <string.h>

#include "arena.h"

#define MOUNTINFO "/proc/self/mountinfo"
#define BYTES_MAX ((size_t)16 << 20)
/* Counted from 1. */
#define FIELD_DEVICE 3
#define FIELD_POINT 5

struct mount {
	const char *point;
	struct system_file_id device; /* of its file system, with inode 0 */
};

/* How often the mounts of a file system were met. */
enum {
	MET_ONCE = 1U << 0,
	MET_TWICE = 1U << 1,
};

/* All of the file, NUL-terminated; NULL: no memory, or no such file. */
static char *read_mounts(int *const error)
{
	size_t size = (size_t)16 << 10, length = 0;
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

static uint32_t take_number(const char **const text)
{
	uint32_t number = 0;

	for (; **text >= '0' && **text <= '9'; (*text)++)
		number = number * 10 + (uint32_t)(**text - '0');
	return number;
}

static struct system_file_id parse_device(const char *text)
{
	struct system_file_id device = { 0 };

	device.device_major = take_number(&text);
	text += *text == ':';
	device.device_minor = take_number(&text);
	return device;
}

/* Fills @mount from the line at *@rest, which moves on.  False at the end. */
static bool next_mount(char **const rest, struct mount *const mount)
{
	char *field = *rest, *end;
	int i;

	if (!*field)
		return false;
	end = field + strcspn(field, "\n");
	*rest = *end ? end + 1 : end;
	*end = '\0';
	*mount = (struct mount){ .point = NULL };
	for (i = 1; i < FIELD_POINT && field; i++) {
		if (i == FIELD_DEVICE)
			mount->device = parse_device(field);
		field = strchr(field, ' ');
		if (field)
			field++;
	}
	if (field) {
		field[strcspn(field, " ")] = '\0';
		unescape(field);
		mount->point = field;
	}
	return true;
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

static int mark_mount(struct file_set *const set, const char *const point,
		      const uint64_t (*const table)[2], const size_t count,
		      bool *const changed)
{
	struct system_status status;
	uint64_t bits;
	int fd;

	if (system_stat(AT_FDCWD, point, 0, &status))
		return 0;
	bits = move_bits(file_set_word(set, status.id), table, count);
	if (!bits)
		return 0;
	fd = system_open(AT_FDCWD, point, O_PATH);
	return fd < 0 ? 0 : mark_way(set, fd, bits, changed);
}

/*
 * All mounts, but for those whose file system is mounted nowhere else: no second way
 * leads through them.  Where the root is no mount, it hides that of its own.
 */
static int find_candidates(char *rest, const struct mount **const out,
			   size_t *const out_count)
{
	struct file_set met = { .used = 0 };
	struct mount *mounts = NULL, mount;
	size_t count = 0, kept = 0, i;
	bool has_root = false;

	while (next_mount(&rest, &mount)) {
		if (!mount.point)
			continue;
		mounts = arena_append(mounts, count, sizeof(*mounts));
		if (!mounts ||
		    file_set_add(&met, mount.device,
				 file_set_word(&met, mount.device) ? MET_TWICE
								   : MET_ONCE))
			return -ENOMEM;
		has_root |= strcmp(mount.point, "/") == 0;
		mounts[count++] = mount;
	}
	for (i = 0; i < count; i++)
		if (!has_root ||
		    file_set_word(&met, mounts[i].device) & MET_TWICE)
			mounts[kept++] = mounts[i];
	*out = mounts;
	*out_count = kept;
	return 0;
}

int mounts_mark(struct file_set *const set, const uint64_t (*const table)[2],
		const size_t count)
{
	const struct mount *mounts;
	size_t mount_count, i;
	bool changed = true;
	int error = 0;
	char *const text = read_mounts(&error);

	if (!text)
		return error;
	error = find_candidates(text, &mounts, &mount_count);
	while (changed && !error) {
		changed = false;
		for (i = 0; i < mount_count && !error; i++)
			error = mark_mount(set, mounts[i].point, table, count,
					   &changed);
	}
	return error;
}
