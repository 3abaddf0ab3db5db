/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Templates: sections that others include.
 */
#ifndef LANDLOCK_SHIM_TEMPLATE_H
#define LANDLOCK_SHIM_TEMPLATE_H

#include "profile_faults.h"

/*
 * Does to @place->profile what the template [@name] says, as if its lines stood at
 * @place.  @name: without the @.  What is wrong becomes a fault of the profile.
 * Returns 0 or -ENOMEM.
 */
int template_include(const struct profile_place *place, const char *name);

#endif
