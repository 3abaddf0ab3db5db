// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From the text of a file to its sections.
 */
#include "profile.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "file.h"
#include "hash.h"
#include "ini.h"
#include "profile_faults.h"
#include "profile_keys.h"
#include "profile_values.h"

#define FILE_BYTES_MAX (1024 * 1024)
/* Far above what anyone needs, far below what would take long. */
#define SECTIONS_MAX 4096

struct builder {
	/* The section that is open: profile NULL for none. */
	struct profile_place place;
	enum profile_layer layer;
	uint64_t *name_hashes; /* of the sections so far, to find one again */
	bool is_full;	       /* has told of too many sections */
	struct report *report;
};

/* What the reader shall stop for, as ini.h has it. */
static int end_with(const struct builder *const builder, const int error)
{
	return error ? report_no_memory(builder->report) : 0;
}

static struct profile_place at_line(const struct builder *const builder,
				    const char *const key,
				    const unsigned int line)
{
	struct profile_place place = builder->place;

	place.key = key;
	place.line = line;
	return place;
}

static int take_fault(void *const user, const unsigned int line,
		      const char *const key, const char *const remedy,
		      const char *const cause)
{
	const struct builder *const builder = user;
	const struct profile_place place = at_line(builder, key, line);

	return end_with(builder,
			place.profile
				? profile_fault(&place, remedy, "%s", cause)
				: profile_file_fault(&place, remedy, "%s",
						     cause));
}

static int take_key(void *const user, const char *const key,
		    const char *const value, const unsigned int line)
{
	const struct builder *const builder = user;
	const struct profile_place place = at_line(builder, key, line);

	/* Of a section beyond the most that are read, which is told. */
	if (!place.profile)
		return 0;
	return end_with(builder, profile_set_key(&place, value));
}

/*
 * Returns the section that has the name of the last one already, or NULL.  Names whose
 * hashes differ are not the same.
 */
static struct profile *find_first(struct builder *const builder)
{
	struct profile *const profiles = builder->place.file->profiles;
	const size_t last = builder->place.file->profile_count - 1;
	size_t i;

	for (i = 0; i < last; i++)
		if (builder->name_hashes[i] == builder->name_hashes[last] &&
		    strcmp(profiles[i].section, profiles[last].section) == 0)
			return &profiles[i];
	return NULL;
}

/*
 * Both sections stay, as profiles of their own, which add up; both have the
 * fault, so that what either says of errors holds.
 */
static int refuse_second(struct builder *const builder)
{
	const struct profile_place *const second = &builder->place;
	struct profile_place first = *second;
	int error;

	first.profile = find_first(builder);
	if (!first.profile)
		return 0;
	error = profile_fault(&first, "join the two",
			      "section [%s] is in line %u already",
			      first.profile->section,
			      first.profile->origin.line);
	return error
		       ?: profile_fault(second, "join the two",
					"section [%s] is in line %u already",
					first.profile->section,
					first.profile->origin.line);
}

/* Fills the new profile by its section's name. */
static int name_section(struct builder *const builder, const char *const name)
{
	struct profile_place *const place = &builder->place;
	struct profile *const profile = place->profile;
	const struct value_fault *fault;
	int error;

	profile->origin = profile_place_origin(place);
	profile->section = arena_text(name);
	if (!profile->section)
		return -ENOMEM;
	fault = value_section_fault(profile->section);
	if (fault && name[0] == '@')
		error = profile_fault(place, fault->remedy, "%s: \"%s\"",
				      fault->cause, profile->section);
	else if (fault)
		error = profile_add_faulty_match(place, profile->section,
						 fault->cause, fault->remedy);
	else if (name[0] == '/')
		error = profile_add_match(place, profile->section);
	else
		error = 0;
	place->own_matches = profile->match_count;
	return error ?: refuse_second(builder);
}

static int take_section(void *const user, const char *const name,
			const unsigned int line)
{
	struct builder *const builder = user;
	struct profile_file *const file = builder->place.file;
	struct profile *profiles;
	uint64_t *hashes;

	builder->place = (struct profile_place){ .file = file, .line = line };
	if (!name)
		return 0;
	if (file->profile_count == SECTIONS_MAX) {
		if (builder->is_full)
			return 0;
		builder->is_full = true;
		return end_with(
			builder,
			profile_file_fault(&builder->place, "split the file",
					   "too many sections before: \"%s\"",
					   name));
	}
	profiles = arena_append(file->profiles, file->profile_count,
				sizeof(*profiles));
	hashes = arena_append(builder->name_hashes, file->profile_count,
			      sizeof(*hashes));
	if (!profiles || !hashes)
		return end_with(builder, -ENOMEM);
	builder->name_hashes = hashes;
	hashes[file->profile_count] = hash_add(HASH_START, name, strlen(name));
	file->profiles = profiles;
	builder->place.profile = &profiles[file->profile_count++];
	builder->place.profile->layer = builder->layer;
	return end_with(builder, name_section(builder, name));
}

int profile_text_read(const char *const text, const size_t size,
		      const char *const path, const enum profile_layer layer,
		      struct profile_file *const out,
		      struct report *const report)
{
	struct builder builder = {
		.place.file = out,
		.layer = layer,
		.report = report,
	};
	const struct ini_handler handler = {
		.section = take_section,
		.key = take_key,
		.fault = take_fault,
		.user = &builder,
	};

	*out = (struct profile_file){ .path = arena_text(path) };
	if (!out->path)
		return report_no_memory(report);
	return ini_read(text, size, path, &handler, report);
}

int profile_file_read(const int fd, const char *const path,
		      const enum profile_layer layer,
		      struct profile_file *const out,
		      struct report *const report)
{
	size_t size;
	char *text;
	const int error = file_read(fd, FILE_BYTES_MAX, &text, &size);

	*out = (struct profile_file){ 0 };
	if (error == -ENOMEM)
		return report_no_memory(report);
	if (error == -EFBIG)
		return report_fill(report, -EINVAL, path, 0, NULL, "split it",
				   "is larger than 1 MiB");
	if (error)
		return report_fill(report, error, path, 0, NULL, NULL,
				   "cannot be read: %s",
				   report_error_text(error));
	return profile_text_read(text, size, path, layer, out, report);
}
