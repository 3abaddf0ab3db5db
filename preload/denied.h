/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which files are denied or guarded, and which directories lead to them.
 */
#ifndef LANDLOCK_SHIM_DENIED_H
#define LANDLOCK_SHIM_DENIED_H

#include <stdbool.h>

#include "file_set.h"
#include "paths.h"

/* What is known of a file; bits of its word in the set. */
enum denied {
	DENIED = 1U << 0,	 /* nothing of it is granted */
	DENIED_BELOW = 1U << 1,	 /* something in it is denied … */
	HIDDEN_BELOW = 1U << 2,	 /* … or hidden */
	GUARDED = 1U << 3,	 /* it may be read, not written */
	GUARDED_BELOW = 1U << 4, /* something in it is guarded */
};

/* Fills @set from the entries of @paths.  Returns 0 or -ENOMEM. */
int denied_find(const struct paths *paths, struct file_set *set);

#endif
