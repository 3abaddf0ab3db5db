/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Programs with profiles that start each other: is this process under the ruleset
 * of a profile already?
 */
#ifndef LANDLOCK_SHIM_NESTING_H
#define LANDLOCK_SHIM_NESTING_H

#include <stdbool.h>
#include <stdint.h>

#include "filter.h"
#include "paths.h"
#include "plan.h"

/*
 * May this process be under a profile at all?  Who is has no_new_privs, by which a
 * first start is told without cost: it asks for no witness, and has none.
 */
bool nesting_is_possible(void);

/*
 * A hash of what the ruleset and filter of @plan say of which files: by device and
 * inode, so that it is the same inside, where less can be listed.
 */
uint64_t nesting_identity(const struct plan *plan, const struct paths *paths);

/*
 * Has the filter of @plan to be a witness?  Where the next start is to find one:
 * from the second level on, so that one profile never costs more than two layers;
 * and from the first on where it costs nothing more, as there is a filter in any
 * case, or where the next level could not make the ruleset again, as what it would
 * have to list is hidden.
 */
bool nesting_needs_witness(const struct plan *plan, bool may_be_nested);

/*
 * Does a witness say that this process is under the profile of @plan, which @filter
 * is a witness for and a part of, and is it true as far
 * as can be told: is something refused that the profile refuses?  A witness that
 * lies to a process outside of any sandbox is found out by that.
 */
bool nesting_is_inside(const struct plan *plan, struct paths *paths,
		       const struct filter *filter);

#endif
