// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads shipped profiles as the shim would read a layer's, and finds the one that is
 * meant.
 */
#include "shipped.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "entries.h"
#include "lookup_layer.h"
#include "system.h"

#define SUFFIX ".ini"
#define NAME_BYTES_MAX 63

/* Of the program's path as the name of a file: what people leave out. */
static const char *const prefixes[] = { "usr.bin.", "usr.sbin.",
					"usr.local.bin." };

const char *shipped_name(const char *const file)
{
	const char *name = file;
	size_t i, length;

	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strncmp(file, prefixes[i], strlen(prefixes[i])) == 0)
			name = file + strlen(prefixes[i]);
	length = strlen(name);
	if (length > strlen(SUFFIX) &&
	    strcmp(name + length - strlen(SUFFIX), SUFFIX) == 0)
		length -= strlen(SUFFIX);
	return arena_copy(name, length);
}

/* Reads the file called @name into @shipped; 1: it is left out, which was told. */
static int read_one(struct lookup_layer *const layer, const char *const name,
		    struct shipped *const shipped, struct report *const report)
{
	struct profile_file *profiles;
	int error;

	if (lookup_layer_find(layer, name))
		return 1;
	error = lookup_layer_read(layer, &profiles, report);
	if (system_is_exhausted(error))
		return error;
	if (error) {
		if (error != -ENOENT)
			layer->notice(report);
		return 1;
	}
	*shipped = (struct shipped){
		.file = arena_text(name),
		.name = shipped_name(name),
		.profiles = profiles,
	};
	return shipped->file && shipped->name ? 0 : report_no_memory(report);
}

int shipped_read(const struct lookup *const lookup,
		 struct shipped_list *const list, struct report *const report)
{
	struct lookup place = *lookup;
	struct lookup_layer layer;
	struct entries entries;
	int error;
	size_t i;

	*list = (struct shipped_list){ .count = 0 };
	place.system_directory = SHIPPED_PROFILES;
	error = lookup_layer_enter(&place, PROFILE_SYSTEM, &layer, report);
	if (!error)
		error = entries_list(SHIPPED_PROFILES, &entries, report);
	if (error)
		return error == -ENOENT ? 0 : error;
	list->all = arena_take(entries.count + 1, sizeof(*list->all));
	if (!list->all)
		return report_no_memory(report);
	for (i = 0; i < entries.count; i++) {
		error = read_one(&layer, entries.all[i].name,
				 &list->all[list->count], report);
		if (error < 0)
			return error;
		list->count += !error;
	}
	return 0;
}

const struct shipped *shipped_by_name(const struct shipped_list *const list,
				      const char *const name)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (strcmp(list->all[i].name, name) == 0)
			return &list->all[i];
	return NULL;
}

const struct shipped *shipped_by_file(const struct shipped_list *const list,
				      const char *const file)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		if (strcmp(list->all[i].file, file) == 0)
			return &list->all[i];
	return NULL;
}

static bool speaks_of(const struct shipped *const shipped,
		      const struct lookup *const lookup)
{
	struct lookup_match match;
	size_t i;

	for (i = 0; i < shipped->profiles->profile_count; i++)
		if (lookup_speaks_of(lookup, &shipped->profiles->profiles[i],
				     &match))
			return true;
	return false;
}

const struct shipped *shipped_for(const struct shipped_list *const list,
				  const struct lookup *const lookup,
				  const char *const name)
{
	const struct shipped *const called = shipped_by_name(list, name);
	size_t i;

	if (called && speaks_of(called, lookup))
		return called;
	for (i = 0; i < list->count; i++)
		if (speaks_of(&list->all[i], lookup))
			return &list->all[i];
	return NULL;
}

static size_t least(const size_t a, const size_t b)
{
	return a < b ? a : b;
}

size_t shipped_distance(const char *const a, const char *const b)
{
	const size_t a_bytes = strlen(a), b_bytes = strlen(b);
	size_t row[NAME_BYTES_MAX + 1]; /* of beginnings of @a with all of @b */
	size_t i, j;

	if (a_bytes > NAME_BYTES_MAX || b_bytes > NAME_BYTES_MAX)
		return SIZE_MAX;
	for (j = 0; j <= b_bytes; j++)
		row[j] = j;
	for (i = 1; i <= a_bytes; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (j = 1; j <= b_bytes; j++) {
			const size_t changed =
				diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			row[j] = least(changed, least(row[j], row[j - 1]) + 1);
		}
	}
	return row[b_bytes];
}

const char *shipped_nearest(const struct shipped_list *const list,
			    const char *const name)
{
	/* Half of it may be wrong: of "gti", both of the wrong letters. */
	size_t best = strlen(name) / 2 + 2, i;
	const char *nearest = NULL;

	for (i = 0; i < list->count; i++) {
		const size_t distance =
			shipped_distance(list->all[i].name, name);

		if (distance < best) {
			best = distance;
			nearest = list->all[i].name;
		}
	}
	return nearest;
}
