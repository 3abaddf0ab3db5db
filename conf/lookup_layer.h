/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One directory of profiles: whose it is, what is there, and reading it.
 */
#ifndef LANDLOCK_SHIM_LOOKUP_LAYER_H
#define LANDLOCK_SHIM_LOOKUP_LAYER_H

#include <stdbool.h>

#include "lookup.h"
#include "profile.h"
#include "report.h"

struct lookup_layer {
	const char *directory;
	enum profile_layer whose;
	uid_t user; /* who besides root may have written there */
	struct profile_reader reader;
	report_notice_t *notice;
	struct report *told; /* for @notice */
	char *path;	     /* of the file that was asked for last */
	size_t path_bytes;   /* what it has room for */
};

/*
 * Enters the directory of @whose.  Returns 0; -ENOENT when there is none, or none
 * that counts, told if it looks as if there should be one; or -ENOMEM with @report
 * filled.
 */
int lookup_layer_enter(const struct lookup *lookup, enum profile_layer whose,
		       struct lookup_layer *layer, struct report *report);

/*
 * Is there anything called @name, a link to nothing included?  Sets @layer->path.
 * Returns 0; -ENOENT; or another negative errno when the directory cannot be
 * searched, which has been told.
 */
int lookup_layer_find(struct lookup_layer *layer, const char *name);

/*
 * Reads the file at @layer->path into @out, made in the arena.  Returns 0; -ENOENT
 * with @report untouched, if it vanished or is nobody's word; or another negative
 * errno with @report filled.
 */
int lookup_layer_read(const struct lookup_layer *layer,
		      struct profile_file **out, struct report *report);

/*
 * What reads a profile of @whose that is in no file, as `landlock run` is given one.
 * Returns 0 or, with @report filled, -ENOMEM.
 */
int lookup_reader(const struct lookup *lookup, enum profile_layer whose,
		  struct profile_reader *reader, struct report *report);

/* Tells of the faults of @file that are none of any section's.  Returns 0 or, with
 * @report filled, -ENOMEM. */
int lookup_layer_tell_faults(const struct lookup_layer *layer,
			     const struct profile_file *file,
			     struct report *report);

/* Adds a match to @out.  Returns 0 or, with @report filled, -ENOMEM. */
int lookup_add_match(struct lookup_result *out,
		     const struct lookup_match *match, struct report *report);

#endif
