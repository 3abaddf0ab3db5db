/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a plan tells of what is not enforced.  A plan has room for the gaps of all
 * that a profile can ask for: see plan_make().
 */
#ifndef LANDLOCK_SHIM_PLAN_GAPS_H
#define LANDLOCK_SHIM_PLAN_GAPS_H

#include "plan.h"

void plan_add_gap(struct plan *plan, struct plan_gap gap);

/* Mainline Landlock is needed, and there is none: @error says why. */
void plan_add_absence(struct plan *plan, const char *key, struct origin origin,
		      int error);

/* What enforces @key cannot do that, whatever the kernel. */
void plan_add_limit(struct plan *plan, const char *key, struct origin origin,
		    const char *cause);

#endif
