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

/* What a path of a profile is granted; all but the last include reading. */
enum profile_access {
	PROFILE_READ,
	PROFILE_WRITE,
	PROFILE_EXEC,
	PROFILE_DENY, /* nothing, inside of what is granted */
	PROFILE_ACCESS_COUNT,
};

/* One path of `read`, `write`, `exec` or `deny`. */
struct profile_path {
	char *path; /* absolute, without . and .. components */
	enum profile_access access;
	bool optional; /* written with a -: it may be missing */
	struct origin origin;
};

/* What TCP ports are for; see connect(2) and bind(2). */
enum profile_tcp {
	PROFILE_CONNECT_TCP,
	PROFILE_BIND_TCP,
	PROFILE_TCP_COUNT,
};

/* A range of ports, its ends included. */
struct profile_ports {
	unsigned short first;
	unsigned short last;
};

/* `connect-tcp` or `bind-tcp`: all ports, unless restricted to some. */
struct profile_tcp_ports {
	bool restricted;
	struct profile_ports *ranges;
	size_t range_count;
	struct origin origin; /* of the last line; line 0: not given */
};

/* What `scope` keeps inside of the sandbox. */
enum profile_scope {
	PROFILE_SCOPE_ABSTRACT_UNIX,
	PROFILE_SCOPE_SIGNAL,
	PROFILE_SCOPE_COUNT,
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
	/* In the order written. Without any, paths are not restricted; with
	 * one, what is not granted is refused. */
	struct profile_path *paths;
	size_t path_count;
	struct profile_tcp_ports tcp[PROFILE_TCP_COUNT];
	struct origin scopes[PROFILE_SCOPE_COUNT]; /* line 0: not asked for */
	struct origin origin;			   /* of the section's line */
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

/* The key that grants @access, or denies: "read", … */
const char *profile_access_key(enum profile_access access);

/* "connect-tcp" or "bind-tcp". */
const char *profile_tcp_key(enum profile_tcp use);

/* The word of `scope`: "signal", … */
const char *profile_scope_word(enum profile_scope scope);

/*
 * Does the profile speak of the program at @path (absolute, no links left)?
 * Globs are fnmatch(3) with FNM_PATHNAME: `*` does not cross a slash.
 */
bool profile_matches(const struct profile *profile, const char *path);

#endif
