/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The paths that the shim needs for itself.
 */
#ifndef LANDLOCK_SHIM_EXTRA_PATHS_H
#define LANDLOCK_SHIM_EXTRA_PATHS_H

#include <stdbool.h>

#include "paths.h"

/*
 * Fills @extra with what the shim needs for itself under any profile: the places
 * of profiles, guarded; itself; and where it @has_pins to take, those.  The lists
 * live in the arena.  Returns 0 or -ENOMEM.
 */
int extra_paths(const char *user_directory, bool has_pins,
		struct paths_extra *extra);

#endif
