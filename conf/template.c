// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds templates, each file once, and sets their lines in the place of an include.
 *
 * What is wrong with a template ends who includes it, and nobody else.
 */
#include "template.h"

#include <errno.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "profile_keys.h"
#include "system.h"
#include "trust.h"

/* A file of a template, which may not be there. */
struct template_file {
	struct template_file *next;
	const char *name; /* of the template */
	struct profile_file file;
	int error; /* -ENOENT: there is none; else @report says why */
	const struct report *report;
};

int template_set_line(const struct profile_place *const section,
		      const struct profile_line *const line)
{
	struct profile_place place = *section;
	const struct profile_key *known;

	place.key = line->key;
	place.line = line->line;
	if (line->cause)
		return profile_fault(&place, line->remedy, "%s", line->cause);
	known = profile_key_find(line->key, strlen(line->key));
	if (known && known->of_programs)
		return profile_fault(&place,
				     "write it into the sections of programs",
				     "no template may say this");
	return profile_set_key(&place, line->value);
}

static const struct profile *find_section(const struct profile_file *const file,
					  const char *const name)
{
	size_t i;

	for (i = 0; i < file->profile_count; i++)
		if (profile_is_template(&file->profiles[i]) &&
		    strcmp(file->profiles[i].section + 1, name) == 0)
			return &file->profiles[i];
	return NULL;
}

/* Opens templates/NAME.ini below @directory; sets @path, in the arena. */
static int open_below(const char *const directory, const uid_t user,
		      const char *const name, const char **const path,
		      struct report *const report)
{
	const size_t size =
		strlen(directory) + strlen(name) + sizeof("/templates/.ini");
	char *const text = arena_take(size, 1);

	*path = text;
	if (!text)
		return report_no_memory(report);
	format_text(text, size, "%s/templates/%s.ini", directory, name);
	return trust_open_sibling(text, user, TRUST_PROFILE, report);
}

/* The layer's own first; one of its own that is wrong is not made up for. */
static int open_template(const struct templates *const templates,
			 const char *const name, const char **const path,
			 struct report *const report)
{
	int fd = -ENOENT;

	if (templates->directory)
		fd = open_below(templates->directory, templates->user, name,
				path, report);
	if (fd == -ENOENT && templates->shipped)
		fd = open_below(templates->shipped, 0, name, path, report);
	return fd;
}

/* The file holds the template and nothing else. */
static int check_file(const struct profile_file *const file,
		      const char *const name, struct report *const report)
{
	if (file->fault_count)
		return profile_fault_report(file->faults, report);
	if (file->profile_count == 1 && find_section(file, name))
		return 0;
	return report_fill(report, -EINVAL, file->path, 0, NULL,
			   "write one section, called as the file",
			   "holds not just the section [@%s]", name);
}

static int read_template(struct templates *const templates,
			 struct template_file *const read,
			 struct report *const report)
{
	const struct profile_reader reader = {
		.layer = templates->layer,
		.variables = templates->variables,
		.templates = templates,
	};
	const char *path;
	const int fd = open_template(templates, read->name, &path, report);
	int error;

	if (fd < 0)
		return fd;
	error = profile_file_read(fd, path, &reader, &read->file, report);
	system_close(fd);
	return error ?: check_file(&read->file, read->name, report);
}

/* NULL: no memory. */
static struct template_file *find_file(struct templates *const templates,
				       const char *const name)
{
	/* Large, and hardly ever filled. */
	static struct report report;
	struct template_file *file;

	for (file = templates->read; file; file = file->next)
		if (strcmp(file->name, name) == 0)
			return file;
	file = arena_take(1, sizeof(*file));
	if (!file)
		return NULL;
	file->name = arena_text(name);
	if (!file->name)
		return NULL;
	file->error = read_template(templates, file, &report);
	if (file->error && file->error != -ENOENT) {
		struct report *const kept = arena_take(1, sizeof(*kept));

		if (!kept)
			return NULL;
		memcpy(kept, &report, sizeof(*kept));
		file->report = kept;
	}
	file->next = templates->read;
	templates->read = file;
	return file->error == -ENOMEM ? NULL : file;
}

static int refuse_unknown(const struct profile_place *const place,
			  const struct templates *const templates,
			  const char *const name)
{
	const bool has_own = templates && templates->directory;
	const bool has_shipped = templates && templates->shipped;

	return profile_fault(
		place, "write the section, or the name of one that is there",
		"unknown template: \"@%s\" (looked for in this file%s%s%s%s%s%s)",
		name, has_own ? ", " : "", has_own ? templates->directory : "",
		has_own ? "/templates" : "", has_shipped ? " and " : "",
		has_shipped ? templates->shipped : "",
		has_shipped ? "/templates" : "");
}

static int refuse_file(const struct profile_place *const place,
		       const char *const name,
		       const struct report *const report)
{
	char line[16] = "";

	if (report->line)
		format_text(line, sizeof(line), ":%u", report->line);
	return profile_fault(place, report->remedy[0] ? report->remedy : NULL,
			     "\"@%s\": %s%s: %s", name, report->file, line,
			     report->cause);
}

/*
 * Finds [@name] for @place: NULL after a fault was kept, or with *@error -ENOMEM.
 */
static const struct profile *
find_template(const struct profile_place *const place, const char *const name,
	      int *const error)
{
	struct profile_file *const own = place->profile->file;
	struct templates *const templates = own->reader.templates;
	const struct profile *const section = find_section(own, name);
	struct template_file *file;

	*error = 0;
	if (section)
		return section;
	file = templates ? find_file(templates, name) : NULL;
	if (templates && !file)
		*error = -ENOMEM;
	else if (!file || file->error == -ENOENT)
		*error = refuse_unknown(place, templates, name);
	else if (file->error)
		*error = refuse_file(place, name, file->report);
	else
		return &file->file.profiles[0];
	return NULL;
}

static bool is_included(const struct profile *const profile,
			const struct profile *const template)
{
	size_t i;

	for (i = 0; i < profile->template_count; i++)
		if (profile->templates[i] == template)
			return true;
	return false;
}

/* Is @template what is being included, or being completed, here? */
static bool is_cycle(const struct profile_place *const place,
		     const struct profile *const template)
{
	const struct template_use *use;

	for (use = place->use; use; use = use->by)
		if (use->template == template)
			return true;
	return template == place->profile;
}

static int remember(struct profile *const profile,
		    const struct profile *const template)
{
	const struct profile **const templates = arena_append(
		profile->templates, profile->template_count, sizeof(template));

	if (!templates)
		return -ENOMEM;
	profile->templates = templates;
	templates[profile->template_count++] = template;
	return 0;
}

/* Recurs as deep as templates include each other: TEMPLATE_DEPTH_MAX at most. */
static int set_lines(const struct profile_place *const place,
		     const struct profile *const template)
{
	const struct template_use use = {
		.template = template,
		.by = place->use,
		.depth = place->use ? place->use->depth + 1 : 1,
	};
	struct origin *const origin = arena_take(1, sizeof(*origin));
	struct profile_place section = {
		.file = template->file,
		.profile = place->profile,
		.included_by = origin,
		.variables = place->variables,
		.use = &use,
	};
	size_t i;
	int error = 0;

	if (!origin)
		return -ENOMEM;
	*origin = profile_place_origin(place);
	/* Of its name; those of its lines come with them. */
	for (i = 0; i < template->read_fault_count && !error; i++)
		error = profile_fault(place, template->faults[i].remedy, "%s",
				      template->faults[i].cause);
	for (i = 0; i < template->line_count && !error; i++)
		error = template_set_line(&section, &template->lines[i]);
	return error;
}

int template_include(const struct profile_place *const place,
		     const char *const name)
{
	const struct profile *template;
	int error;

	template = find_template(place, name, &error);
	if (!template)
		return error;
	if (is_cycle(place, template))
		return profile_fault(place,
				     "take it out of the one or the other",
				     "@%s includes itself", name);
	if (is_included(place->profile, template))
		return 0;
	if (place->use && place->use->depth >= TEMPLATE_DEPTH_MAX)
		return profile_fault(place, "include fewer in one another",
				     "more than 16 templates deep: \"@%s\"",
				     name);
	error = remember(place->profile, template);
	return error ?: set_lines(place, template);
}
