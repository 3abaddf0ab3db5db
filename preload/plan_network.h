/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The part of a plan that is about sockets, signals and terminals: all that is not
 * paths and rules.
 */
#ifndef LANDLOCK_SHIM_PLAN_NETWORK_H
#define LANDLOCK_SHIM_PLAN_NETWORK_H

#include "plan.h"

/* Most gaps that plan_network() adds. */
#define PLAN_NETWORK_GAPS_MAX                                                  \
	(4 * PROFILE_PORT_USE_COUNT + PROFILE_SCOPE_COUNT + 8)

/* Fills in what @plan's profile asks for of the network and of scopes. */
void plan_network(struct plan *plan, const struct features *features);

#endif
