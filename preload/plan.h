/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What of a profile the kernel can enforce, and by what: pure, so that
 * `landlock show` prints just what the shim would do.
 */
#ifndef LANDLOCK_SHIM_PLAN_H
#define LANDLOCK_SHIM_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "features.h"
#include "profile.h"

/* Something that a profile asks for and the kernel cannot do. */
struct plan_gap {
	const char *key;
	struct origin origin; /* of the (first) line that asked for it */
	const char *cause;
	const char *remedy;
	/* The key is enforced but for this; if not, it is not at all, and the
	 * profile's on-error decides. */
	bool partial;
	bool of_rule; /* who loads the rule says better what is missing */
};

/* What read, write, exec and deny are enforced by. */
enum plan_paths {
	PLAN_PATHS_NONE, /* nothing can, or there are none */
	PLAN_PATHS_RULESET,
	PLAN_PATHS_VIEW, /* and the rule fs_paths */
};

struct plan {
	const struct profile *profile;

	enum plan_paths paths_by;

	/* Of mainline Landlock's ruleset: what is refused where nothing grants
	 * it. All 0: the profile needs no ruleset. */
	uint64_t handled_fs;
	uint64_t handled_net;
	uint64_t scoped;

	/* What a path granted so is granted of handled_fs. */
	uint64_t rights[PROFILE_ACCESS_COUNT];

	struct plan_gap *gaps;
	size_t gap_count;
};

/*
 * Plans @profile for a kernel with @features.  The plan points into @profile.
 * Returns 0, after which the caller ends @plan with plan_free(), or -ENOMEM.
 */
int plan_make(const struct profile *profile, const struct features *features,
	      struct plan *plan);

void plan_free(struct plan *plan);

/* The word for it: none, ruleset or view. */
const char *plan_paths_word(enum plan_paths paths);

/* What paths are enforced by on a kernel with @features. */
enum plan_paths plan_paths_by(const struct features *features);

/* Is there anything for mainline Landlock to enforce? */
bool plan_needs_ruleset(const struct plan *plan);

/* What a path granted so is granted in a view: FS_PATHS_*. */
uint64_t plan_view_access(enum profile_access access);

/* The right of handled_net that stands for @use. */
uint64_t plan_tcp_right(enum profile_tcp use);

#endif
