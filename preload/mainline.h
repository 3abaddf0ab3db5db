/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A plan as a ruleset of mainline Landlock; see landlock(7).
 */
#ifndef LANDLOCK_SHIM_MAINLINE_H
#define LANDLOCK_SHIM_MAINLINE_H

#include "paths.h"
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
 * What is denied is known by device and inode, by whatever name it is come upon.
 * Of a directory that leads to something denied (or, for a grant to write, to
 * something guarded), its other entries are granted instead, those that are there
 * now and are no links: the directory can't be changed.  It can be listed, as can
 * what is denied then, unless the profile hides something in it.
 *
 * @paths: of the plan's profile; those that are not found are left out.
 * @notice: is told of files with several names (links.h).
 *
 * Returns a descriptor (O_CLOEXEC), the caller's, or a negative errno with
 * @report filled.
 */
int mainline_ruleset(const struct plan *plan, struct paths *paths,
		     report_notice_t *notice, struct report *report);

/*
 * Puts the calling thread, with no_new_privs set, under a ruleset for ever; @log is
 * that of its plan.  Returns 0 or a negative errno: -E2BIG for too many layers.
 *
 * Of what newer kernels offer besides: all threads at once (ABI 8) is not asked for,
 * as a program has one thread only when the shim and `landlock run` restrict it, and
 * as that would put aside what another thread is under.  no_new_privs (ABI 11) has
 * been set for the rules before and the filter behind, by prctl(2), which every
 * kernel has.
 */
int mainline_restrict(int ruleset_fd, uint32_t log);

#endif
