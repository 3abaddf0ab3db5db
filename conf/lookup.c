// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds the files that may speak of a program and reads them.
 */
#include "lookup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trust.h"

#define MAIN_FILE "landlock.ini"
#define BY_NAME_DIRECTORY "landlock.d"

/* Which profiles of a file are wanted. */
struct wanted {
	const struct lookup *lookup;
	const char *section; /* or NULL: those that match a name */
};

/* One of the places of profiles, and who may have written there. */
struct layer {
	const char *directory;
	uid_t user;
	bool is_users; /* may be absent, or another user's */
};

static bool is_wanted(const struct wanted *const wanted,
		      const struct profile *const profile)
{
	size_t i;

	if (wanted->section)
		return strcmp(profile->section, wanted->section) == 0;
	for (i = 0; i < wanted->lookup->name_count; i++)
		if (profile_matches(profile, wanted->lookup->names[i]))
			return true;
	return false;
}

/* Takes over @file if it has a wanted profile, else frees it. */
static int keep(struct lookup_result *const out,
		struct profile_file *const file,
		const struct wanted *const wanted)
{
	const size_t before = out->profile_count;
	struct profile_file *files;
	size_t i;

	for (i = 0; i < file->profile_count; i++) {
		const struct profile **profiles;

		if (!is_wanted(wanted, &file->profiles[i]))
			continue;
		profiles = reallocarray(out->profiles, out->profile_count + 1,
					sizeof(*profiles));
		if (!profiles)
			goto out_of_memory;
		out->profiles = profiles;
		profiles[out->profile_count++] = &file->profiles[i];
	}
	if (out->profile_count == before) {
		profile_file_free(file);
		return 0;
	}
	files = reallocarray(out->files, out->file_count + 1, sizeof(*files));
	if (!files)
		goto out_of_memory;
	out->files = files;
	files[out->file_count++] = *file;
	return 0;

out_of_memory:
	out->profile_count = before;
	profile_file_free(file);
	return -ENOMEM;
}

static int read_file(const char *const path, const uid_t user,
		     const struct wanted *const wanted,
		     struct lookup_result *const out,
		     struct report *const report)
{
	struct profile_file file;
	int fd, error;

	fd = trust_open(path, user, report);
	if (fd == -ENOENT)
		return 0;
	if (fd < 0)
		return fd;
	error = profile_file_read(fd, path, &file, report);
	close(fd);
	if (error)
		return error;
	error = keep(out, &file, wanted);
	return error ? report_fill(report, error, path, 0, NULL, NULL,
				   "out of memory")
		     : 0;
}

static int join(char *const path, const char *const directory,
		const char *const below, struct report *const report)
{
	const int length = snprintf(path, PATH_MAX, "%s/%s", directory, below);

	if (length >= PATH_MAX)
		return report_fill(report, -ENAMETOOLONG, directory, 0, NULL,
				   NULL, "is too long a path");
	return 0;
}

static int read_main_file(const struct layer *const layer,
			  const struct wanted *const wanted,
			  struct lookup_result *const out,
			  struct report *const report)
{
	char path[PATH_MAX];
	const int error = join(path, layer->directory, MAIN_FILE, report);

	return error ?: read_file(path, layer->user, wanted, out, report);
}

int lookup_file_name(const char *const name, char *const buffer,
		     const size_t size)
{
	const int length = snprintf(buffer, size, "%s.ini", name + 1);
	char *slash;

	if (length < 0 || (size_t)length >= size || length > NAME_MAX)
		return -ENAMETOOLONG;
	while ((slash = strchr(buffer, '/')))
		*slash = '.';
	return 0;
}

/* Two names may come to one file, which is to be read once. */
static bool is_read(const struct lookup *const lookup, const size_t before,
		    const char *const name)
{
	char other[NAME_MAX + 1];
	size_t i;

	for (i = 0; i < before; i++)
		if (lookup_file_name(lookup->names[i], other, sizeof(other)) ==
			    0 &&
		    strcmp(other, name) == 0)
			return true;
	return false;
}

static int read_by_name(const struct layer *const layer,
			const struct wanted *const wanted,
			struct lookup_result *const out,
			struct report *const report)
{
	const struct lookup *const lookup = wanted->lookup;
	char below[sizeof(BY_NAME_DIRECTORY) + NAME_MAX + 1];
	char path[PATH_MAX], name[NAME_MAX + 1];
	size_t i;
	int error;

	for (i = 0; i < lookup->name_count; i++) {
		if (lookup_file_name(lookup->names[i], name, sizeof(name)))
			continue; /* no file can have that name */
		if (is_read(lookup, i, name))
			continue;
		snprintf(below, sizeof(below), "%s/%s", BY_NAME_DIRECTORY,
			 name);
		error = join(path, layer->directory, below, report);
		if (!error)
			error = read_file(path, layer->user, wanted, out,
					  report);
		if (error)
			return error;
	}
	return 0;
}

static int is_profile_name(const struct dirent *const entry)
{
	const size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > 4 &&
	       strcmp(entry->d_name + length - 4, ".ini") == 0;
}

/* All files of landlock.d, in the order of their names. */
static int read_directory(const struct layer *const layer,
			  const struct wanted *const wanted,
			  struct lookup_result *const out,
			  struct report *const report)
{
	char directory[PATH_MAX], path[PATH_MAX];
	struct dirent **entries;
	int count, error, i;

	error = join(directory, layer->directory, BY_NAME_DIRECTORY, report);
	if (error)
		return error;
	count = scandir(directory, &entries, is_profile_name, alphasort);
	if (count < 0)
		return errno == ENOENT
			       ? 0
			       : report_fill(report, -errno, directory, 0, NULL,
					     NULL, "cannot be read: %s",
					     strerror(errno));
	for (i = 0; i < count; i++) {
		if (!error)
			error = join(path, directory, entries[i]->d_name,
				     report);
		if (!error)
			error = read_file(path, layer->user, wanted, out,
					  report);
		free(entries[i]);
	}
	free(entries);
	return error;
}

static bool is_layer(const struct layer *const layer)
{
	struct stat status;

	if (!layer->is_users)
		return true;
	if (!layer->directory || stat(layer->directory, &status))
		return false;
	return status.st_uid == 0 || status.st_uid == layer->user;
}

static int
read_layers(const struct wanted *const wanted,
	    int (*const read_rest)(const struct layer *, const struct wanted *,
				   struct lookup_result *, struct report *),
	    struct lookup_result *const out, struct report *const report)
{
	const struct layer layers[] = {
		{ wanted->lookup->system_directory, 0, false },
		{ wanted->lookup->user_directory, wanted->lookup->user, true },
	};
	int error = 0;
	size_t i;

	*out = (struct lookup_result){ 0 };
	for (i = 0; !error && i < sizeof(layers) / sizeof(layers[0]); i++) {
		if (!is_layer(&layers[i]))
			continue;
		error = read_main_file(&layers[i], wanted, out, report);
		if (!error)
			error = read_rest(&layers[i], wanted, out, report);
	}
	if (error)
		lookup_result_free(out);
	return error;
}

int lookup_profiles(const struct lookup *const lookup,
		    struct lookup_result *const out,
		    struct report *const report)
{
	return read_layers(&(struct wanted){ .lookup = lookup }, read_by_name,
			   out, report);
}

int lookup_section(const struct lookup *const lookup, const char *const section,
		   struct lookup_result *const out, struct report *const report)
{
	const struct wanted wanted = { .lookup = lookup, .section = section };
	const int error = read_layers(&wanted, read_directory, out, report);

	if (error)
		return error;
	if (out->profile_count) {
		out->profile_count = 1;
		return 0;
	}
	return report_fill(report, -ENOENT, NULL, 0, NULL,
			   "name a section of landlock.ini or landlock.d",
			   "no profile has the section [%s]", section);
}

void lookup_result_free(struct lookup_result *const result)
{
	while (result->file_count)
		profile_file_free(&result->files[--result->file_count]);
	free(result->files);
	free(result->profiles);
	*result = (struct lookup_result){ 0 };
}
