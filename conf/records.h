/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files of lines with fields between colons, as passwd(5) and group(5).
 *
 * Only what is written there counts: whom another source of names knows, is not in
 * them.
 */
#ifndef LANDLOCK_SHIM_RECORDS_H
#define LANDLOCK_SHIM_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#define RECORD_FIELDS_MAX 7

/* One line, cut into fields. */
struct record {
	const char *fields[RECORD_FIELDS_MAX]; /* not terminated */
	size_t lengths[RECORD_FIELDS_MAX];
	size_t count;
};

/* Where fields are. */
enum {
	RECORD_NAME = 0,
	RECORD_ID = 2, /* of a user or a group */
	RECORD_USERS_GROUP = 3,
	RECORD_MEMBERS = 3,
	RECORD_HOME = 5,
};

/*
 * Reads all of @path, a file of the system's, into @text.  False if it can't be
 * read, is larger than 1 MiB (who has more has another source) or has a NUL in it.
 */
bool records_read(const char *path, const char **text);

/* Takes one line off @text; false at its end. */
bool record_take(const char **text, struct record *record);

/* Is the field @index the number @id? */
bool record_is_id(const struct record *record, size_t index, unsigned int id);

#endif
