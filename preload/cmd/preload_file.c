// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads, changes and replaces /etc/ld.so.preload.
 *
 * Every program of the system reads the file at its start, so that it is never
 * seen half-written: it is replaced by rename(2).
 */
#include "preload_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHIM "liblandlock_shim.so"
#define SEPARATORS " \t\r\n:"
#define DEFAULT_MODE 0644

/* Where the file really lies, if it is a link. */
static const char *real_path(char path[const PATH_MAX])
{
	return realpath(PRELOAD_FILE, path) ? path : PRELOAD_FILE;
}

static int read_all(const int fd, struct preload_file *const file)
{
	struct stat status;
	ssize_t got;

	if (fstat(fd, &status))
		return -errno;
	file->exists = true;
	file->text = malloc((size_t)status.st_size + 1);
	if (!file->text)
		return -ENOMEM;
	while (file->size < (size_t)status.st_size) {
		got = read(fd, file->text + file->size,
			   (size_t)status.st_size - file->size);
		if (got < 0)
			return -errno;
		if (!got)
			break;
		file->size += (size_t)got;
	}
	file->text[file->size] = '\0';
	/* ld.so would see no more of it either; we would cut it. */
	return strlen(file->text) == file->size ? 0 : -EINVAL;
}

int preload_file_read(struct preload_file *const file)
{
	const int fd = open(PRELOAD_FILE, O_RDONLY | O_CLOEXEC);
	int error;

	*file = (struct preload_file){ 0 };
	if (fd < 0 && errno == ENOENT) {
		file->text = strdup("");
		return file->text ? 0 : -ENOMEM;
	}
	if (fd < 0)
		return -errno;
	error = read_all(fd, file);
	close(fd);
	return error;
}

/*
 * The next word from @at on, or NULL; @length is filled.  Comments are passed
 * over.
 */
static const char *next_word(const char *at, size_t *const length)
{
	for (;;) {
		at += strspn(at, SEPARATORS);
		if (*at != '#')
			break;
		at += strcspn(at, "\n");
	}
	*length = strcspn(at, SEPARATORS "#");
	return *length ? at : NULL;
}

void preload_file_each(const struct preload_file *const file,
		       void (*const entry)(const char *library, void *user),
		       void *const user)
{
	size_t length;
	const char *at = file->text;

	while ((at = next_word(at, &length))) {
		char *const library = strndup(at, length);

		if (library)
			entry(library, user);
		free(library);
		at += length;
	}
}

bool preload_is_shim(const char *const library)
{
	const char *const slash = strrchr(library, '/');

	return strcmp(slash ? slash + 1 : library, SHIM) == 0;
}

static bool is_shim_word(const char *const word, const size_t length)
{
	const size_t name = strlen(SHIM);

	return length >= name &&
	       memcmp(word + length - name, SHIM, name) == 0 &&
	       (length == name || word[length - name - 1] == '/');
}

static void cut(struct preload_file *const file, const char *const from,
		const char *const to)
{
	const size_t at = (size_t)(from - file->text);
	const size_t end = (size_t)(to - file->text);

	memmove(file->text + at, file->text + end, file->size - end + 1);
	file->size -= end - at;
}

/* Cuts the word, with its line if there is nothing else on it. */
static const char *cut_word(struct preload_file *const file,
			    const char *const word, const size_t length)
{
	const char *from = word, *to = word + length;

	while (from > file->text && strchr(" \t:", from[-1]))
		from--;
	to += strspn(to, " \t\r:");
	if ((from == file->text || from[-1] == '\n') && (*to == '\n' || !*to)) {
		to += *to == '\n';
	} else {
		from = word;
	}
	cut(file, from, to);
	return from;
}

size_t preload_file_remove(struct preload_file *const file)
{
	const char *at = file->text;
	size_t length, removed = 0;

	while ((at = next_word(at, &length))) {
		if (is_shim_word(at, length)) {
			at = cut_word(file, at, length);
			removed++;
		} else {
			at += length;
		}
	}
	return removed;
}

/* Neither is the file longer or shorter then, nor is a block added: one write. */
int preload_file_blank(void)
{
	struct preload_file file;
	int fd, error = preload_file_read(&file);
	const char *at = file.text;
	size_t length;

	while (!error && (at = next_word(at, &length))) {
		if (is_shim_word(at, length))
			memset(file.text + (at - file.text), ' ', length);
		at += length;
	}
	fd = error ? -1 : open(PRELOAD_FILE, O_WRONLY | O_CLOEXEC);
	if (!error && (fd < 0 || pwrite(fd, file.text, file.size, 0) !=
					 (ssize_t)file.size))
		error = -errno;
	if (fd >= 0)
		close(fd);
	free(file.text);
	return error;
}

int preload_file_append(struct preload_file *const file,
			const char *const library)
{
	const bool ended = !file->size || file->text[file->size - 1] == '\n';
	char *text;

	if (asprintf(&text, "%s%s%s\n", file->text, ended ? "" : "\n",
		     library) < 0)
		return -ENOMEM;
	free(file->text);
	file->text = text;
	file->size = strlen(text);
	return 0;
}

static int fill(const int fd, const struct preload_file *const file)
{
	struct stat old = { .st_mode = DEFAULT_MODE };
	size_t written = 0;

	while (written < file->size) {
		const ssize_t put =
			write(fd, file->text + written, file->size - written);

		if (put < 0)
			return -errno;
		written += (size_t)put;
	}
	if (stat(PRELOAD_FILE, &old) && errno != ENOENT)
		return -errno;
	if (fchown(fd, old.st_uid, old.st_gid) ||
	    fchmod(fd, old.st_mode & 07777) || fsync(fd))
		return -errno;
	return 0;
}

int preload_file_prepare(const struct preload_file *const file,
			 char **const path)
{
	char real[PATH_MAX];
	int fd, error;

	if (asprintf(path, "%s.XXXXXX", real_path(real)) < 0)
		return -ENOMEM;
	fd = mkostemp(*path, O_CLOEXEC);
	if (fd < 0) {
		error = -errno;
		free(*path);
		return error;
	}
	error = fill(fd, file);
	if (close(fd) && !error)
		error = -errno;
	if (error) {
		unlink(*path);
		free(*path);
	}
	return error;
}

int preload_file_replace(const char *const path)
{
	char real[PATH_MAX];

	return rename(path, real_path(real)) ? -errno : 0;
}
