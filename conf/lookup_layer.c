// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Asks for files by readlink(2): it says of links to nothing that they are there,
 * needs no descriptor, and no filter of system calls refuses it.
 */
#include "lookup_layer.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "profile_faults.h"
#include "system.h"
#include "template.h"
#include "trust.h"

/* 0 for what is there, 1 for a link, or a negative errno. */
static int look_at(const char *const path)
{
	char nothing[1];
	const ssize_t length =
		system_readlink(AT_FDCWD, path, nothing, sizeof(nothing));

	if (length >= 0 || length == -ENAMETOOLONG)
		return 1;
	return length == -EINVAL ? 0 : (int)length;
}

static void tell_of_directory(const struct lookup_layer *const layer,
			      const int error)
{
	report_fill(layer->told, error, layer->directory, 0, NULL,
		    error == -EACCES   ? "let everyone search it (chmod a+rx)"
		    : error == -ENOENT ? "remove the link or make the directory"
		    : error == -ENOTDIR ? "make it a directory"
					: NULL,
		    "is no directory that can be searched, and no profile of "
		    "it is used: %s",
		    report_error_text(error));
	layer->notice(layer->told);
}

/* Of the user's, one that he cannot reach or that is another's is none. */
static int enter_users(const struct lookup_layer *const layer)
{
	struct system_status status;
	const int there = look_at(layer->directory);
	const int error =
		there < 0 ? there
			  : system_stat(AT_FDCWD, layer->directory, 0, &status);

	if (error == -ENOSYS || error == -EPERM ||
	    (error == -ENOENT && there == 1))
		tell_of_directory(layer, error);
	if (error || (status.user != 0 && status.user != layer->user))
		return -ENOENT;
	return 0;
}

static int enter_system(const struct lookup_layer *const layer)
{
	int error = look_at(layer->directory);

	if (error == 1)
		error = system_exists(AT_FDCWD, layer->directory);
	else if (error == -ENOENT)
		return error;
	if (error) {
		tell_of_directory(layer, error);
		return -ENOENT;
	}
	return 0;
}

/* Large, and filled on bad days alone. */
static struct report told;

int lookup_reader(const struct lookup *const lookup,
		  const enum profile_layer whose,
		  struct profile_reader *const reader,
		  struct report *const report)
{
	const bool is_users = whose == PROFILE_USER;
	struct templates *const templates = arena_take(1, sizeof(*templates));

	if (!templates)
		return report_no_memory(report);
	*templates = (struct templates){
		.directory = is_users ? lookup->user_directory
				      : lookup->system_directory,
		.shipped = lookup->data_directory,
		.layer = whose,
		.user = is_users ? lookup->user : 0,
		.variables = lookup->variables,
	};
	*reader = (struct profile_reader){ .layer = whose,
					   .variables = lookup->variables,
					   .templates = templates };
	return 0;
}

int lookup_layer_enter(const struct lookup *const lookup,
		       const enum profile_layer whose,
		       struct lookup_layer *const layer,
		       struct report *const report)
{
	*layer = (struct lookup_layer){
		.directory = whose == PROFILE_USER ? lookup->user_directory
						   : lookup->system_directory,
		.whose = whose,
		.user = whose == PROFILE_USER ? lookup->user : 0,
		.notice = lookup->notice,
	};
	if (!layer->directory)
		return -ENOENT;
	layer->told = &told;
	layer->path_bytes = strlen(layer->directory) + NAME_MAX + 2;
	if (layer->path_bytes > PATH_MAX)
		layer->path_bytes = PATH_MAX;
	layer->path = arena_take(layer->path_bytes, 1);
	if (!layer->path)
		return report_no_memory(report);
	if (lookup_reader(lookup, whose, &layer->reader, report))
		return -ENOMEM;
	return whose == PROFILE_USER ? enter_users(layer) : enter_system(layer);
}

int lookup_layer_find(struct lookup_layer *const layer, const char *const name)
{
	int error;

	/* Nothing can be there under too long a path. */
	if (format_text(layer->path, layer->path_bytes, "%s/%s",
			layer->directory, name) >= layer->path_bytes)
		return -ENOENT;
	error = look_at(layer->path);
	if (error >= 0)
		return 0;
	if (error != -ENOENT)
		tell_of_directory(layer, error);
	return error;
}

int lookup_layer_read(const struct lookup_layer *const layer,
		      struct profile_file **const out,
		      struct report *const report)
{
	struct profile_file *file;
	int fd, error;

	if (layer->whose == PROFILE_USER && layer->user &&
	    trust_is_nobody(layer->user))
		return -ENOENT;
	file = arena_take(1, sizeof(*file));
	if (!file)
		return report_no_memory(report);
	fd = trust_open(layer->path, layer->user, TRUST_PROFILE, report);
	if (fd < 0)
		return fd;
	error = profile_file_read(fd, layer->path, &layer->reader, file,
				  report);
	system_close(fd);
	*out = file;
	return error;
}

int lookup_layer_tell_faults(const struct lookup_layer *const layer,
			     const struct profile_file *const file,
			     struct report *const report)
{
	return profile_faults_tell(file->faults, file->fault_count,
				   layer->notice, report);
}

int lookup_add_match(struct lookup_result *const out,
		     const struct lookup_match *const match,
		     struct report *const report)
{
	struct lookup_match *const grown =
		arena_append(out->matches, out->match_count, sizeof(*match));

	if (!grown)
		return report_no_memory(report);
	out->matches = grown;
	grown[out->match_count++] = *match;
	return 0;
}

bool lookup_is_configured(const struct lookup *const lookup)
{
	return look_at(lookup->system_directory) != -ENOENT ||
	       (lookup->user_directory && look_at(lookup->user_directory) >= 0);
}
