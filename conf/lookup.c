// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Which files are asked for a program, which sections speak of it, and whom what
 * is wrong concerns.
 */
#include "lookup.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "glob.h"
#include "lookup_layer.h"
#include "profile_faults.h"
#include "system.h"
#include "trust.h"

#define MAIN_FILE "landlock.ini"
/* Each name of each file, with and without /usr. */
#define ASKED_MAX (2 * LOOKUP_FILES_MAX * LOOKUP_NAMES_MAX)

struct search {
	const struct lookup *lookup;
	struct lookup_layer layer;
	struct lookup_result *out;
	struct report *report;
	char *directory; /* PATH_MAX, to ask for one; NULL: none was yet */
	/* File names that were asked for in this layer. */
	const char *asked[ASKED_MAX];
	size_t asked_count;
	/* Those that were there and were read. */
	const struct profile_file *read[ASKED_MAX];
	size_t read_count;
};

static bool is_same_file(const struct lookup_file *const file,
			 const char *const path)
{
	struct system_status status;

	return file->identified &&
	       system_stat(AT_FDCWD, path, AT_NO_AUTOMOUNT, &status) == 0 &&
	       system_same_file(status.id, file->id);
}

/* Which directory is it whose path is the first @length bytes of @text? */
static bool identify_directory(struct search *const search,
			       const char *const text, const size_t length,
			       struct system_file_id *const id)
{
	struct system_status status;

	if (!search->directory)
		search->directory = arena_take(PATH_MAX, 1);
	if (!search->directory || !length || length >= PATH_MAX)
		return false;
	memcpy(search->directory, text, length);
	search->directory[length] = '\0';
	if (system_stat(AT_FDCWD, search->directory, AT_NO_AUTOMOUNT, &status))
		return false;
	*id = status.id;
	return true;
}

/* Returns the @count-th slash of @text from its end, or NULL. */
static const char *slash_from_end(const char *const text, size_t count)
{
	const char *place = text + strlen(text);

	while (place > text)
		if (*--place == '/' && !--count)
			return place;
	return NULL;
}

/*
 * Does @glob match @name by another path of the same directory: /bin/l* the name
 * /usr/bin/less, where /bin leads to /usr/bin?
 */
static bool leads_to(struct search *const search, const char *const glob,
		     const char *const name)
{
	const char *slash = glob, *split = glob, *tail;
	const char *const special = strpbrk(glob, GLOB_SPECIAL);
	struct system_file_id ids[2];
	size_t slashes = 0;

	while ((slash = strchr(slash, '/'))) {
		if (slash < special) {
			split = slash;
			slashes = 0;
		}
		slashes++;
		slash++;
	}
	tail = slash_from_end(name, slashes);
	return tail && glob_matches(split, tail) &&
	       identify_directory(search, glob, (size_t)(split - glob),
				  &ids[0]) &&
	       identify_directory(search, name, (size_t)(tail - name),
				  &ids[1]) &&
	       system_same_file(ids[0], ids[1]);
}

/* Does @text speak of @file?  Says how. */
static bool speaks_of(struct search *const search, const char *const text,
		      const struct lookup_file *const file,
		      struct lookup_match *const match)
{
	const bool is_glob = strpbrk(text, GLOB_SPECIAL);
	size_t i;

	match->text = text;
	for (i = 0; i < file->name_count; i++) {
		match->name = file->names[i];
		if (strcmp(text, match->name) == 0 ||
		    (is_glob && (glob_matches(text, match->name) ||
				 leads_to(search, text, match->name))))
			return true;
	}
	match->name = NULL;
	return !is_glob && text[0] == '/' && is_same_file(file, text);
}

/* Does @profile speak of @file, or with NULL, of any file of the program? */
static bool find_match(struct search *const search,
		       const struct profile *const profile,
		       const struct lookup_file *const file,
		       struct lookup_match *const match)
{
	size_t i, j;

	match->profile = profile;
	for (i = 0; i < profile->match_count; i++)
		for (j = 0; j < search->lookup->file_count; j++)
			if ((!file || file == &search->lookup->files[j]) &&
			    speaks_of(search, profile->matches[i],
				      &search->lookup->files[j], match))
				return true;
	return false;
}

bool lookup_speaks_of(const struct lookup *const lookup,
		      const struct profile *const profile,
		      struct lookup_match *const match)
{
	struct search search = { .lookup = lookup };

	return find_match(&search, profile, NULL, match);
}

/* Adds all profiles of @file that speak of the program. */
static int add_matches(struct search *const search,
		       const struct profile_file *const file)
{
	struct lookup_match match;
	int error = 0;
	size_t i;

	for (i = 0; !error && i < file->profile_count; i++) {
		if (!find_match(search, &file->profiles[i], NULL, &match))
			continue;
		error = profile_complete(&file->profiles[i], search->report);
		if (!error)
			error = lookup_add_match(search->out, &match,
						 search->report);
	}
	return error;
}

int lookup_file_name(const char *const name, char *const buffer,
		     const size_t size)
{
	const size_t length =
		format_text(buffer, size, "%s.ini", name + (name[0] == '/'));
	char *slash = buffer;

	if (length >= size || length > NAME_MAX)
		return -ENAMETOOLONG;
	while ((slash = strchr(slash, '/')))
		*slash = '.';
	return 0;
}

/*
 * Is @file another program's, whose name comes to the same file name: /opt/a.b and
 * /opt/a/b?
 */
static bool is_anothers(const struct profile_file *const file,
			const char *const name)
{
	char other[NAME_MAX + 1];
	size_t i, j;

	for (i = 0; i < file->profile_count; i++)
		for (j = 0; j < file->profiles[i].match_count; j++)
			if (lookup_file_name(file->profiles[i].matches[j],
					     other, sizeof(other)) == 0 &&
			    strcmp(other, name) == 0)
				return true;
	return false;
}

/*
 * Is what was found a file that was read by another name?  `landlock enable` links one
 * to each name of a program; applied once, it costs one layer.
 */
static bool is_read(const struct search *const search)
{
	struct system_status found, read;
	size_t i;

	if (!search->read_count ||
	    system_stat(AT_FDCWD, search->layer.path, 0, &found))
		return false;
	for (i = 0; i < search->read_count; i++)
		if (system_stat(AT_FDCWD, search->read[i]->path, 0, &read) ==
			    0 &&
		    system_same_file(found.id, read.id))
			return true;
	return false;
}

/*
 * Reads the file called @name, which was found, for @program, a name of @file's.
 * One without a section for it may have been cut short: a program whose profile
 * cannot be read must not start without.
 */
static int read_by_name(struct search *const search,
			const struct lookup_file *const file,
			const char *const program, const char *const name)
{
	struct profile_file *profiles;
	struct lookup_match match;
	int error;
	size_t i;

	if (is_read(search))
		return 0;
	error = lookup_layer_read(&search->layer, &profiles, search->report);
	if (error)
		return error == -ENOENT ? 0 : error;
	search->read[search->read_count++] = profiles;
	if (profiles->fault_count)
		return profile_fault_report(profiles->faults, search->report);
	for (i = 0; i < profiles->profile_count; i++)
		if (find_match(search, &profiles->profiles[i], file, &match))
			return add_matches(search, profiles);
	if (is_anothers(profiles, name))
		return add_matches(search, profiles);
	return report_fill(search->report, -EINVAL, profiles->path, 0, NULL,
			   "add the section, or remove the file",
			   "holds no section for %s", program);
}

/* Two names may come to one file, which is to be read once. */
static bool is_asked(struct search *const search, const char *const name)
{
	size_t i;

	for (i = 0; i < search->asked_count; i++)
		if (strcmp(search->asked[i], name) == 0)
			return true;
	search->asked[search->asked_count] = arena_text(name);
	/* Without memory it is asked for again, and that is told. */
	if (search->asked[search->asked_count])
		search->asked_count++;
	return false;
}

/*
 * Asks for the file of @program, a path of @file; if it @has_to_be checked, only
 * where that path leads to it.  Returns 0; an error that the program ends for, with
 * the report filled; or 1 when the directory cannot be searched.
 */
static int ask_by_name(struct search *const search,
		       const struct lookup_file *const file,
		       const char *const program, const bool has_to_be_checked)
{
	char name[NAME_MAX + 1];
	int error;

	if (lookup_file_name(program, name, sizeof(name)) ||
	    is_asked(search, name))
		return 0; /* no file can have that name, or it was read */
	error = lookup_layer_find(&search->layer, name);
	if (error)
		return error == -ENOENT ? 0 : 1;
	if (has_to_be_checked && !is_same_file(file, program))
		return 0;
	return read_by_name(search, file, program, name);
}

/* /usr/bin/less → /bin/less, which is the same where /usr is merged; or NULL. */
static const char *without_usr(const char *const name)
{
	static const char *const merged[] = { "/usr/bin/", "/usr/sbin/",
					      "/usr/lib" };
	size_t i;

	for (i = 0; i < sizeof(merged) / sizeof(merged[0]); i++)
		if (strncmp(name, merged[i], strlen(merged[i])) == 0)
			return name + strlen("/usr");
	return NULL;
}

static int ask_by_names(struct search *const search)
{
	size_t i, j;
	int error = 0;

	for (i = 0; i < search->lookup->file_count; i++) {
		const struct lookup_file *const file =
			&search->lookup->files[i];

		for (j = 0; !error && j < file->name_count; j++) {
			const char *const name = file->names[j];
			const char *const other = without_usr(name);

			if (name[0] != '/')
				continue;
			error = ask_by_name(search, file, name, false);
			if (!error && other)
				error = ask_by_name(search, file, other, true);
		}
	}
	return error;
}

/* What is wrong with it as a whole ends nobody. */
static int read_main_file(struct search *const search)
{
	const struct lookup_layer *const layer = &search->layer;
	struct profile_file *file;
	int error = lookup_layer_find(&search->layer, MAIN_FILE);

	if (error)
		return 0;
	error = lookup_layer_read(layer, &file, layer->told);
	if (system_is_exhausted(error)) {
		memcpy(search->report, layer->told, sizeof(*layer->told));
		return error;
	}
	if (error) {
		if (error != -ENOENT)
			layer->notice(layer->told);
		return 0;
	}
	error = lookup_layer_tell_faults(layer, file, search->report);
	return error ?: add_matches(search, file);
}

static int search_layer(struct search *const search,
			const enum profile_layer whose)
{
	int error = lookup_layer_enter(search->lookup, whose, &search->layer,
				       search->report);

	if (error)
		return error == -ENOENT ? 0 : error;
	search->asked_count = 0;
	search->read_count = 0;
	error = ask_by_names(search);
	if (error)
		return error < 0 ? error : 0;
	return read_main_file(search);
}

int lookup_profiles(const struct lookup *const lookup,
		    struct lookup_result *const out,
		    struct report *const report)
{
	struct search search = {
		.lookup = lookup,
		.out = out,
		.report = report,
	};
	int error;

	*out = (struct lookup_result){ .match_count = 0 };
	error = search_layer(&search, PROFILE_SYSTEM)
			?: search_layer(&search, PROFILE_USER);
	trust_end();
	return error;
}
