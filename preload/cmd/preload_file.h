/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * /etc/ld.so.preload: libraries between blanks, colons and newlines; comments from
 * # to the end of a line.
 */
#ifndef LANDLOCK_SHIM_CMD_PRELOAD_FILE_H
#define LANDLOCK_SHIM_CMD_PRELOAD_FILE_H

#include <stdbool.h>
#include <stddef.h>

#define PRELOAD_FILE "/etc/ld.so.preload"

/* What the file says, or would say. */
struct preload_file {
	char *text; /* NUL-terminated; "" where there is no file */
	size_t size;
	bool exists;
};

/* Reads the file.  Returns 0 or a negative errno. */
int preload_file_read(struct preload_file *file);

/* Calls @entry for each library that the file names, in order. */
void preload_file_each(const struct preload_file *file,
		       void (*entry)(const char *library, void *user),
		       void *user);

/* Is @library the shim, however its path is spelt? */
bool preload_is_shim(const char *library);

/*
 * Takes the shim out of @file: its words, and lines on which nothing else was;
 * all else stays as it is.  Returns how many words that were.
 */
size_t preload_file_remove(struct preload_file *file);

/*
 * Writes blanks over the shim's words in the real file: what is left to do where
 * no other file can be made, as on a full disk.  Returns 0 or a negative errno.
 */
int preload_file_blank(void);

/* Appends a line for @library.  Returns 0 or -ENOMEM. */
int preload_file_append(struct preload_file *file, const char *library);

/*
 * Writes @file beside the real one, with its owner and mode, as *@path (the
 * caller's to free).  Returns 0 or a negative errno.
 */
int preload_file_prepare(const struct preload_file *file, char **path);

/* Puts what was prepared in place.  Returns 0 or a negative errno. */
int preload_file_replace(const char *path);

#endif
