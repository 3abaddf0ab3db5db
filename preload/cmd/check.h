/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The checks of `landlock check`: what each is told, and how it tells.
 */
#ifndef LANDLOCK_SHIM_CMD_CHECK_H
#define LANDLOCK_SHIM_CMD_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "lookup.h"
#include "paths.h"
#include "plan.h"
#include "profile.h"
#include "report.h"
#include "show.h"

enum check_level {
	CHECK_FINDING, /* counts */
	CHECK_NOTE,
	CHECK_DETAIL, /* a note that is told with --verbose alone */
	CHECK_LEVEL_COUNT,
};

enum check_source {
	CHECK_SHIPPED, /* applies to nobody, and its programs need not be here */
	CHECK_LAYER,
	CHECK_FILE, /* named, and in no layer */
};

/* A program of this system that a section speaks of. */
struct check_program {
	const char *path;
	struct lookup lookup; /* with its files; of a script, of it alone */
	struct executable executable;
	struct show_program shown;
};
/* Of globs as all of /usr/bin, this many are looked at. */
#define CHECK_PROGRAMS_MAX 64

/* What is checked: a section, or a file as a whole. */
struct check_subject {
	enum check_source source;
	const struct lookup *lookup;
	enum profile_layer layer;
	const char *path; /* of the file */
	const struct profile_file *file;
	bool of_templates; /* the file is in a directory of templates */
	/* Of a section; NULL for the file. */
	const struct profile *profile;
	bool is_template; /* it stands for one that it includes */
	const struct check_program *programs;
	size_t program_count;
	const struct plan *plan;
	const struct paths *paths; /* the profile's own */
	/* What @credentials denies, looked up; NULL: there is no such template. */
	const struct paths *credentials;
};

/* Of what a check is asked, and when: of each section, unless it says otherwise. */
#define CHECK_OF_FILE (1U << 0)
/* It asks what this system has: not of what is shipped for programs that it has
 * not. */
#define CHECK_LOCAL (1U << 1)
/* Not of what is shipped, as that applies to nobody. */
#define CHECK_IN_USE (1U << 2)
/* Not of templates, which say a part of what a profile does. */
#define CHECK_PROFILE (1U << 3)
#define CHECK_TEXT 0U

struct check {
	const char *id;
	enum check_level level;
	void (*run)(const struct check *check,
		    const struct check_subject *subject);
	unsigned int when; /* CHECK_… */
};

/* The table; ends with a NULL id. */
extern const struct check check_table[];

/*
 * Tells of something.  @origin: NULL for the file as a whole.  @key, @remedy: or
 * NULL.
 */
void check_tell(const struct check *check, const struct check_subject *subject,
		const struct origin *origin, const char *key,
		const char *remedy, const char *cause, ...)
	__attribute__((format(printf, 6, 7)));

/* The same for a report of somebody else's. */
void check_tell_report(const struct check *check, const struct report *report);

/* Checks of check_file.c, check_program.c, check_paths.c, check_kernel.c. */
typedef void check_run_t(const struct check *check,
			 const struct check_subject *subject);
check_run_t check_faults, check_file_faults, check_empty, check_never_read,
	check_template_name, check_mode;
check_run_t check_no_program, check_nobody, check_link, check_static,
	check_privileged, check_other_class, check_vital;
check_run_t check_missing, check_placeless, check_credentials,
	check_writable_by_all, check_no_grant, check_denies_nothing,
	check_overruled;
check_run_t check_gaps, check_left_out, check_limits, check_rules;

/* Rows of what is told of files that cannot be read. */
extern const struct check check_unreadable, check_unbelieved;

#endif
