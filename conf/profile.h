/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One profile: what the sections of an INI file say of a program, every value
 * with the place it came from.
 */
#ifndef LANDLOCK_SHIM_PROFILE_H
#define LANDLOCK_SHIM_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "report.h"

/* Where a value was written. */
struct origin {
	const char *file;  /* owned by the struct profile_file it came from */
	unsigned int line; /* counted from 1 */
};

enum profile_mode {
	PROFILE_ENFORCE,
	PROFILE_COMPLAIN,
	PROFILE_OFF,
};

enum profile_on_error {
	PROFILE_ON_ERROR_FAIL, /* the program ends with exit status 125 */
	PROFILE_ON_ERROR_WARN, /* it runs, and the report is printed */
};

/* `name=value` after the object of a `rule` key; the value is still text. */
struct profile_parameter {
	char *name;
	char *value;
};

/* One `rule = OBJECT [name=value ...]`. */
struct profile_rule {
	char *object; /* a file name ("fs_readonly.o") or an absolute path */
	struct profile_parameter *parameters;
	size_t parameter_count;
	struct origin origin;
};

/* One section. */
struct profile {
	char *section; /* the text between the brackets */
	/* Absolute path globs: the section's name where it is a path, and all
	 * of `match`. */
	char **matches;
	size_t match_count;
	enum profile_mode mode;
	enum profile_on_error on_error;
	struct profile_rule *rules; /* in the order written */
	size_t rule_count;
	struct origin origin; /* of the section's line */
};

/* All sections of one file. */
struct profile_file {
	char *path;
	struct profile *profiles;
	size_t profile_count;
};

/*
 * Reads the open file @fd, named @path in messages, into @out.
 *
 * The whole file is read before anything is believed: on any error nothing is
 * returned, and @report names file, line, key, cause and remedy.  @fd stays the
 * caller's.  On success the caller ends @out with profile_file_free().
 *
 * Returns 0, -EINVAL (what the file says makes no sense), -ENOMEM, or the
 * errno of read(2).
 */
int profile_file_read(int fd, const char *path, struct profile_file *out,
		      struct report *report);

/* Frees what profile_file_read() gave; a zeroed @file is allowed. */
void profile_file_free(struct profile_file *file);

/*
 * Does the profile speak of the program at @path (absolute, no links left)?
 * Globs are fnmatch(3) with FNM_PATHNAME: `*` does not cross a slash.
 */
bool profile_matches(const struct profile *profile, const char *path);

#endif
