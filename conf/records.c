// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads the files of users and groups without a C library.
 */
#include "records.h"

#include <string.h>

#include "file.h"
#include "number.h"

#define FILE_BYTES_MAX ((size_t)1 << 20)

bool records_read(const char *const path, const char **const text)
{
	char *all;
	size_t size;

	if (file_read_path(path, FILE_BYTES_MAX, &all, &size) ||
	    memchr(all, '\0', size))
		return false;
	*text = all;
	return true;
}

bool record_take(const char **const text, struct record *const record)
{
	const char *place = *text;

	if (!*place)
		return false;
	record->count = 0;
	for (;;) {
		const size_t length = strcspn(place, ":\n");

		if (record->count < RECORD_FIELDS_MAX) {
			record->fields[record->count] = place;
			record->lengths[record->count++] = length;
		}
		place += length;
		if (*place != ':')
			break;
		place++;
	}
	*text = place + (*place == '\n');
	return true;
}

bool record_is_id(const struct record *const record, const size_t index,
		  const unsigned int id)
{
	uint32_t number = 0;

	return index < record->count && record->lengths[index] <= 10 &&
	       number_read(record->fields[index], UINT32_MAX, &number) ==
		       record->fields[index] + record->lengths[index] &&
	       number == id;
}
