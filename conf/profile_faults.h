/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Faults of profiles: how they are kept, and told.  For what reads profiles.
 */
#ifndef LANDLOCK_SHIM_PROFILE_FAULTS_H
#define LANDLOCK_SHIM_PROFILE_FAULTS_H

#include <stdarg.h>
#include <stddef.h>

#include "profile.h"
#include "report.h"
#include "variables.h"

/* One line of a section, while it is being read. */
struct profile_place {
	struct profile_file *file; /* that the line is in */
	struct profile *profile;
	const char *key; /* or NULL: the section's own line */
	unsigned int line;
	const struct origin *included_by; /* of a template's line; or NULL */
	struct variables *variables;	  /* NULL: none has a value */
	/* Of a template's line: that template, and where it was included. */
	const struct template_use *use;
};

/* Where @place is. */
struct origin profile_place_origin(const struct profile_place *place);

/*
 * Keeps a fault of @place->profile, unless it has enough of them.  @remedy, or
 * NULL, has to stay; the rest is copied.  Returns 0 or -ENOMEM.
 */
int profile_fault(const struct profile_place *place, const char *remedy,
		  const char *cause, ...) __attribute__((format(printf, 3, 4)));

/* The same for a fault of @place->file that is none of any section's. */
int profile_file_fault(const struct profile_place *place, const char *remedy,
		       const char *cause, ...)
	__attribute__((format(printf, 3, 4)));

/* Fills @report with @fault.  Returns -EINVAL. */
int profile_fault_report(const struct profile_fault *fault,
			 struct report *report);

/*
 * Gives each of @count faults to @notice.  Returns 0 or, with @report filled,
 * -ENOMEM.
 */
int profile_faults_tell(const struct profile_fault *faults, size_t count,
			report_notice_t *notice, struct report *report);

#endif
