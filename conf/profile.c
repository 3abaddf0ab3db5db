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
#include "template.h"

#define FILE_BYTES_MAX (1024 * 1024)
/* Far above what anyone needs, far below what would take long. */
#define SECTIONS_MAX 4096

struct builder {
	/* The section that is open: profile NULL for none. */
	struct profile_place place;
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

static int add_line(const struct builder *const builder,
		    const struct profile_line line)
{
	struct profile *const profile = builder->place.profile;
	struct profile_line *const lines =
		arena_append(profile->lines, profile->line_count, sizeof(line));

	if (!lines)
		return -ENOMEM;
	profile->lines = lines;
	lines[profile->line_count++] = line;
	return 0;
}

static int take_fault(void *const user, const unsigned int line,
		      const char *const key, const char *const remedy,
		      const char *const cause)
{
	const struct builder *const builder = user;
	const struct profile_place place = at_line(builder, key, line);
	const struct profile_line kept = {
		.key = key ? arena_text(key) : NULL,
		.cause = arena_text(cause),
		.remedy = remedy,
		.line = line,
	};

	if (!place.profile)
		return end_with(builder, profile_file_fault(&place, remedy,
							    "%s", cause));
	return end_with(builder, (key && !kept.key) || !kept.cause
					 ? -ENOMEM
					 : add_line(builder, kept));
}

static int take_key(void *const user, const char *const key,
		    const char *const value, const unsigned int line)
{
	const struct builder *const builder = user;
	const struct profile_place place = at_line(builder, key, line);
	const struct profile_key *known;
	struct profile_line kept = { .line = line };

	/* Of a section beyond the most that are read, which is told. */
	if (!place.profile)
		return 0;
	known = profile_key_find(key, strlen(key));
	if (known && known->of_programs && !profile_is_template(place.profile))
		return end_with(builder, profile_set_key(&place, value));
	kept.key = known ? known->name : arena_text(key);
	kept.value = arena_text(value);
	return end_with(builder, kept.key && kept.value
					 ? add_line(builder, kept)
					 : -ENOMEM);
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
	if (fault && profile_is_template(profile))
		error = profile_fault(place, fault->remedy, "%s: \"%s\"",
				      fault->cause, profile->section);
	else if (fault)
		error = profile_add_faulty_match(place, profile->section,
						 fault->cause, fault->remedy);
	else if (name[0] == '/')
		error = profile_add_match(place, profile->section);
	else
		error = 0;
	profile->own_matches = profile->match_count;
	return error ?: refuse_second(builder);
}

static int take_section(void *const user, const char *const name,
			const unsigned int line)
{
	struct builder *const builder = user;
	struct profile_file *const file = builder->place.file;
	struct profile *profiles;
	uint64_t *hashes;

	builder->place = (struct profile_place){
		.file = file,
		.line = line,
		.variables = file->reader.variables,
	};
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
	builder->place.profile->layer = file->reader.layer;
	builder->place.profile->file = file;
	return end_with(builder, name_section(builder, name));
}

int profile_text_read(const char *const text, const size_t size,
		      const char *const path,
		      const struct profile_reader *const reader,
		      struct profile_file *const out,
		      struct report *const report)
{
	struct builder builder = { .place.file = out, .report = report };
	const struct ini_handler handler = {
		.section = take_section,
		.key = take_key,
		.fault = take_fault,
		.user = &builder,
	};

	size_t i;
	int error;

	*out = (struct profile_file){ .path = arena_text(path),
				      .reader = *reader };
	if (!out->path)
		return report_no_memory(report);
	error = ini_read(text, size, path, &handler, report);
	for (i = 0; i < out->profile_count; i++)
		out->profiles[i].read_fault_count =
			out->profiles[i].fault_count;
	return error;
}

int profile_text_load(const int fd, const char *const path, char **const text,
		      size_t *const size, struct report *const report)
{
	const int error = file_read(fd, FILE_BYTES_MAX, text, size);

	if (error == -ENOMEM)
		return report_no_memory(report);
	if (error == -EFBIG)
		return report_fill(report, -EINVAL, path, 0, NULL, "split it",
				   "is larger than 1 MiB");
	return error ? report_fill(report, error, path, 0, NULL, NULL,
				   "cannot be read: %s",
				   report_error_text(error))
		     : 0;
}

int profile_file_read(const int fd, const char *const path,
		      const struct profile_reader *const reader,
		      struct profile_file *const out,
		      struct report *const report)
{
	size_t size;
	char *text;
	const int error = profile_text_load(fd, path, &text, &size, report);

	*out = (struct profile_file){ 0 };
	return error
		       ?: profile_text_read(text, size, path, reader, out,
					    report);
}

/* The line of the section itself that a fault comes of. */
static unsigned int own_line(const struct profile_fault *const fault)
{
	const struct origin *origin = &fault->origin;

	while (origin->included_by)
		origin = origin->included_by;
	return origin->line;
}

/* Those of match and mode came first; no more than PROFILE_FAULTS_MAX. */
static void sort_faults(struct profile_fault *const faults, const size_t count)
{
	size_t i, j;

	for (i = 1; i < count; i++) {
		const struct profile_fault fault = faults[i];

		for (j = i;
		     j > 0 && own_line(&faults[j - 1]) > own_line(&fault); j--)
			faults[j] = faults[j - 1];
		faults[j] = fault;
	}
}

int profile_complete(struct profile *const profile, struct report *const report)
{
	const struct profile_place section = {
		.file = profile->file,
		.profile = profile,
		.variables = profile->file->reader.variables,
	};
	int error = 0;
	size_t i;

	if (profile->is_complete || profile->mode == PROFILE_OFF)
		return 0;
	profile->is_complete = true;
	for (i = 0; i < profile->line_count && !error; i++)
		error = template_set_line(&section, &profile->lines[i]);
	/* Of a template, those of its name stay the first. */
	if (!profile_is_template(profile))
		sort_faults(profile->faults, profile->fault_count);
	return error ? report_no_memory(report) : 0;
}
