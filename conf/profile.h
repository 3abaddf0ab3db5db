/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One profile: what the sections of an INI file say of a program, every value
 * with the place it came from.  All of it lives in the arena.
 */
#ifndef LANDLOCK_SHIM_PROFILE_H
#define LANDLOCK_SHIM_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report.h"

/* Whose word is it?  Decides who may have written the rule objects it names. */
enum profile_layer {
	PROFILE_SYSTEM, /* the administrator's */
	PROFILE_USER,	/* the user's own, or his command line's */
};

enum profile_mode {
	PROFILE_ENFORCE,
	PROFILE_COMPLAIN,
	PROFILE_OFF,
};

enum profile_on_error {
	PROFILE_ON_ERROR_FAIL, /* the program ends with exit status 125 */
	PROFILE_ON_ERROR_WARN, /* what can't be enforced is told and left out */
};

/* `name=value` after the object of a `rule` key; the value is still text. */
struct profile_parameter {
	const char *name;
	const char *value;
};

/* One `rule = OBJECT [name=value ...]`. */
struct profile_rule {
	const char *object; /* a file name ("fs_readonly.o") or absolute path */
	struct profile_parameter *parameters;
	size_t parameter_count;
	struct origin origin;
};

/* What a path of a profile is granted; the first three include reading. */
enum profile_access {
	PROFILE_READ,
	PROFILE_WRITE,
	PROFILE_EXEC,
	PROFILE_DENY,	 /* nothing, inside of what is granted */
	PROFILE_HIDE,	 /* nor may its names be listed */
	PROFILE_CONNECT, /* of connect-unix: sockets there may be connected to */
	PROFILE_ACCESS_COUNT,
};

/* Is @access one of those that take out of a grant? */
static inline bool profile_denies(const enum profile_access access)
{
	return access == PROFILE_DENY || access == PROFILE_HIDE;
}

/* What is made of a path written with a +, if it is missing. */
enum profile_make {
	PROFILE_MAKE_NOTHING,
	PROFILE_MAKE_FILE,	/* empty, of mode 0600 */
	PROFILE_MAKE_DIRECTORY, /* of mode 0700 */
};

/* One path of `read`, `write`, `exec`, `deny`, `hide` or `connect-unix`. */
struct profile_path {
	/* Absolute, without . and .. components and without a slash at its end;
	 * of a glob (glob.h), what is meant literally stands behind a \\. */
	const char *path;
	bool is_glob;
	enum profile_access access;
	bool optional; /* written with a -: it may be missing */
	enum profile_make make;
	struct origin origin;
};

/* What ports are for; see connect(2) and bind(2). */
enum profile_port_use {
	PROFILE_CONNECT_TCP,
	PROFILE_BIND_TCP,
	PROFILE_CONNECT_UDP,
	PROFILE_BIND_UDP,
	PROFILE_PORT_USE_COUNT,
};

/* A range of ports, its ends included. */
struct profile_ports {
	unsigned short first;
	unsigned short last;
};

/* `connect-tcp`, `bind-udp`, …: all ports, unless restricted to some. */
struct profile_use_of_ports {
	bool restricted;
	struct profile_ports *ranges;
	size_t range_count;
	struct origin origin; /* of the last line; line 0: not given */
};

/* What `scope` keeps inside of the sandbox. */
enum profile_scope {
	PROFILE_SCOPE_ABSTRACT_UNIX,
	PROFILE_SCOPE_SIGNAL,
	PROFILE_SCOPE_TERMINAL, /* what is typed into an inherited terminal */
	PROFILE_SCOPE_COUNT,
};

/* `network`: of which address families new sockets may be. */
struct profile_network {
	bool restricted;
	uint64_t families; /* bit N: of family N (AF_INET, …), all below 64 */
	struct origin origin; /* of the last line; line 0: not given */
};

/* `connect-unix`: which sockets with a path may be connected to. */
struct profile_sockets {
	bool restricted;
	struct profile_path *paths; /* each with PROFILE_CONNECT */
	size_t path_count;
	struct origin origin; /* of the last line; line 0: not given */
};

/* `log`: whose denials the kernel's audit records; not given: as it is. */
enum profile_log {
	PROFILE_LOG_DEFAULT,
	PROFILE_LOG_NONE,
	PROFILE_LOG_SELF, /* the program's, and not of what it executes */
	PROFILE_LOG_ALL,
};

/* A line of a section as it is written, until its section is completed. */
struct profile_line {
	const char *key;   /* NULL: of a fault that is no key's */
	const char *value; /* NULL: of a fault */
	const char *cause; /* of a fault, else NULL */
	const char *remedy;
	unsigned int line;
};

/* Something in a section that makes no sense; it is left out of the profile. */
struct profile_fault {
	const char *key; /* or NULL */
	const char *cause;
	const char *remedy; /* or NULL */
	struct origin origin;
};

/* Most that are kept of one section: who has so many mends the first ones. */
#define PROFILE_FAULTS_MAX 16

/* One section. */
struct profile {
	const char *section; /* the text between the brackets */
	/* Absolute paths and globs: the section's name where it is a path, and
	 * all of `match`. */
	const char **matches;
	size_t match_count;
	enum profile_layer layer;
	enum profile_mode mode;
	enum profile_on_error on_error;
	struct profile_rule *rules; /* in the order written */
	size_t rule_count;
	/* In the order written. Without any, paths are not restricted; with
	 * one, what is not granted is refused.  What is granted inside of what
	 * is denied is granted; where the same path is both, the later line
	 * counts. */
	struct profile_path *paths;
	size_t path_count;
	struct profile_use_of_ports ports[PROFILE_PORT_USE_COUNT];
	struct profile_network network;
	struct profile_sockets sockets;
	enum profile_log log;
	struct origin log_origin;
	struct origin scopes[PROFILE_SCOPE_COUNT]; /* line 0: not asked for */
	struct profile_fault *faults;		   /* by line */
	size_t fault_count;
	struct origin origin; /* of the section's line */

	struct profile_file *file; /* that it is written in */
	/* All but match and mode, which are set when the file is read. */
	struct profile_line *lines;
	size_t line_count;
	const struct profile **templates; /* that it includes, each once */
	size_t template_count;
	size_t own_matches;	 /* that come from the section's name */
	size_t read_fault_count; /* of its name, match and mode */
	bool is_complete;
};

struct templates;
struct variables;

/* Who reads profiles: whose word they are, and what that may refer to. */
struct profile_reader {
	enum profile_layer layer;
	struct variables *variables; /* or NULL: none has a value */
	struct templates *templates; /* or NULL: of the same file alone */
};

/* All sections of one file. */
struct profile_file {
	const char *path;
	struct profile_reader reader;
	struct profile *profiles;
	size_t profile_count;
	/* What belongs to no section: text before the first one, a section
	 * whose name can't be told. */
	struct profile_fault *faults;
	size_t fault_count;
};

/*
 * Reads the open file @fd, named @path in messages, into @out.  @fd stays the
 * caller's, and @out where it is.
 *
 * Of each section, what tells whom it speaks of is read: its name, match and mode.
 * The rest is for profile_complete().
 *
 * Returns 0; -ENOMEM; -EINVAL (larger than 1 MiB); or the errno of read(2); with
 * @report filled.
 */
int profile_file_read(int fd, const char *path,
		      const struct profile_reader *reader,
		      struct profile_file *out, struct report *report);

/*
 * The text of the open file @fd, named @path in messages, into the arena.  Returns 0,
 * or what profile_file_read() does of a file that cannot be read.
 */
int profile_text_load(int fd, const char *path, char **text, size_t *size,
		      struct report *report);

/*
 * The same for the @size bytes at @text, which come from nowhere that could be
 * opened.
 */
int profile_text_read(const char *text, size_t size, const char *path,
		      const struct profile_reader *reader,
		      struct profile_file *out, struct report *report);

/*
 * Reads what else the section of @profile says, templates that it includes as well.
 *
 * What makes no sense becomes a fault of the profile, which has all the rest of what
 * the section says: who uses the profile asks profile_check().  Nothing is read of
 * one with mode = off.
 *
 * Returns 0 or, with @report filled, -ENOMEM.
 */
int profile_complete(struct profile *profile, struct report *report);

/* Is the section a template, "[@name]"?  None speaks of a program. */
static inline bool profile_is_template(const struct profile *const profile)
{
	return profile->section[0] == '@';
}

/*
 * Tells of the faults of @profile: with on-error = fail and mode = enforce, fills
 * @report with the first and returns -EINVAL; else gives each to @notice and
 * returns 0.  With mode = off they do not count.
 */
int profile_check(const struct profile *profile, report_notice_t *notice,
		  struct report *report);

/* The key that grants @access, or denies: "read", … */
const char *profile_access_key(enum profile_access access);

/* "connect-tcp", … */
const char *profile_port_key(enum profile_port_use use);

/* The word of `scope`: "signal", … */
const char *profile_scope_word(enum profile_scope scope);

/* The word of `network` for a family of addresses, "inet"; NULL: it has none. */
const char *profile_network_word(unsigned int family);

/* The word of `log`: "none", …; "" for what needs none. */
const char *profile_log_word(enum profile_log log);

/* The word of `mode`: "enforce", … */
const char *profile_mode_word(enum profile_mode mode);

#endif
