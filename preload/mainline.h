/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A plan as a ruleset of mainline Landlock; see landlock(7).
 */
#ifndef LANDLOCK_SHIM_MAINLINE_H
#define LANDLOCK_SHIM_MAINLINE_H

#include "plan.h"
#include "report.h"

/*
 * Most entries that are granted one by one in place of a directory that
 * something is denied in.
 */
#define MAINLINE_OPENED_MAX 65536

/*
 * Makes the ruleset of @plan, complete: nothing is restricted yet.
 *
 * Links in the plan's paths are followed, once, now.  Of a directory that
 * something is denied in, its other entries are granted instead, those that are
 * there now and are no links: the directory can't be changed, nor listed if what
 * is denied is, or could become, a directory.
 *
 * @readable: paths that stay readable whatever the profile says, where they
 * exist; ends with NULL.
 *
 * Returns a descriptor (O_CLOEXEC), the caller's, or a negative errno with
 * @report filled: a path is missing, something cannot be opened, …
 */
int mainline_ruleset(const struct plan *plan, const char *const *readable,
		     struct report *report);

/*
 * Puts the calling thread, with no_new_privs set, under a ruleset for ever.
 * Returns 0 or a negative errno: -E2BIG for too many layers.
 */
int mainline_restrict(int ruleset_fd);

#endif
