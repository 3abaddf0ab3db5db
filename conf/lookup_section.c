// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds sections by their name, whatever file they are in: for people who ask, so
 * that it may cost a directory's reading.
 */
#include "lookup.h"

#include <errno.h>
#include <string.h>

#include "arena.h"
#include "lookup_layer.h"
#include "system.h"
#include "trust.h"

#define ENTRIES_BYTES 32768
#define SUFFIX ".ini"

struct names {
	const char **names;
	size_t count;
};

static bool is_profile_name(const char *const name)
{
	const size_t length = strlen(name);

	return name[0] != '.' && length > strlen(SUFFIX) &&
	       strcmp(name + length - strlen(SUFFIX), SUFFIX) == 0;
}

static int add_name(struct names *const names, const char *const name)
{
	const char **const grown =
		arena_append(names->names, names->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	names->names = grown;
	grown[names->count] = arena_text(name);
	return grown[names->count++] ? 0 : -ENOMEM;
}

/* Shell's sort: in place, and fast enough for every file of a directory. */
static void sort(struct names *const names)
{
	size_t gap, i, j;

	for (gap = names->count / 2; gap; gap /= 2)
		for (i = gap; i < names->count; i++) {
			const char *const name = names->names[i];

			for (j = i; j >= gap &&
				    strcmp(names->names[j - gap], name) > 0;
			     j -= gap)
				names->names[j] = names->names[j - gap];
			names->names[j] = name;
		}
}

static int list(const int fd, struct names *const names)
{
	char *const entries = arena_take(ENTRIES_BYTES, 1);
	long size, place;
	int error = entries ? 0 : -ENOMEM;

	while (!error) {
		size = SYSTEM_CALL(getdents64, fd, entries, ENTRIES_BYTES);
		if (size <= 0)
			return (int)size;
		for (place = 0; !error && place < size;) {
			const struct system_entry *const entry =
				(const void *)(entries + place);

			if (is_profile_name(entry->name))
				error = add_name(names, entry->name);
			place += entry->size_bytes;
		}
	}
	return error;
}

static int list_layer(const struct lookup_layer *const layer,
		      struct names *const names, struct report *const report)
{
	const int fd =
		system_open(AT_FDCWD, layer->directory, O_RDONLY | O_DIRECTORY);
	int error = fd < 0 ? fd : 0;

	if (!error) {
		error = list(fd, names);
		system_close(fd);
	}
	sort(names);
	if (system_is_exhausted(error))
		return report_fill(report, error, layer->directory, 0, NULL,
				   NULL, "cannot be read: %s",
				   report_error_text(error));
	if (error) {
		report_fill(layer->told, error, layer->directory, 0, NULL, NULL,
			    "cannot be read: %s", report_error_text(error));
		layer->notice(layer->told);
	}
	return 0;
}

static int add_sections(const struct profile_file *const file,
			const char *const section,
			struct lookup_result *const out,
			struct report *const report)
{
	int error = 0;
	size_t i;

	for (i = 0; !error && i < file->profile_count; i++) {
		const struct lookup_match match = {
			.profile = &file->profiles[i],
			.text = file->profiles[i].section,
			.name = section,
		};

		if (strcmp(match.text, section) != 0)
			continue;
		error = profile_complete(&file->profiles[i], report);
		if (!error)
			error = lookup_add_match(out, &match, report);
	}
	return error;
}

static int search_layer(struct lookup_layer *const layer,
			const char *const section,
			struct lookup_result *const out,
			struct report *const report)
{
	struct names names = { .count = 0 };
	int error = list_layer(layer, &names, report);
	size_t i;

	for (i = 0; !error && i < names.count; i++) {
		struct profile_file *file;

		if (lookup_layer_find(layer, names.names[i]))
			continue;
		error = lookup_layer_read(layer, &file, report);
		if (error && !system_is_exhausted(error)) {
			if (error != -ENOENT)
				layer->notice(report);
			error = 0;
			continue;
		}
		if (!error)
			error = lookup_layer_tell_faults(layer, file, report);
		if (!error)
			error = add_sections(file, section, out, report);
	}
	return error;
}

int lookup_section(const struct lookup *const lookup, const char *const section,
		   struct lookup_result *const out, struct report *const report)
{
	const size_t before = out->match_count;
	struct lookup_layer layer;
	unsigned int whose;
	int error = 0;

	for (whose = PROFILE_SYSTEM; whose <= PROFILE_USER && !error; whose++) {
		error = lookup_layer_enter(lookup, (enum profile_layer)whose,
					   &layer, report);
		if (!error)
			error = search_layer(&layer, section, out, report);
		if (error == -ENOENT)
			error = 0;
	}
	trust_end();
	if (error || out->match_count > before)
		return error;
	return report_fill(report, -ENOENT, NULL, 0, NULL,
			   "name a section of a file *.ini in /etc/landlock or "
			   "~/.config/landlock",
			   "no profile has the section [%s]", section);
}
