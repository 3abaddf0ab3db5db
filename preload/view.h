/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The paths of a plan as a view of the file system, for the rule fs_paths.
 */
#ifndef LANDLOCK_SHIM_VIEW_H
#define LANDLOCK_SHIM_VIEW_H

#include <stdint.h>

#include "paths.h"
#include "plan.h"
#include "report.h"

/* A hash of what a view says of which files. */
typedef uint64_t view_identity_t;

/*
 * Makes the view of @plan, complete and frozen: nothing is restricted yet.
 *
 * What is denied stays so under its name as well: whatever takes its place, or
 * comes to be there.
 *
 * @paths: of the plan's profile; those that are lacking are left out.
 * @identity: filled; two views of the same identity say the same.
 *
 * Returns a descriptor (O_CLOEXEC), the caller's, or a negative errno with
 * @report filled.
 */
int view_make(const struct plan *plan, struct paths *paths,
	      view_identity_t *identity, struct report *report);

#endif
