/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Globs of a profile as patterns of the kernel, which hold for what is made later.
 */
#ifndef LANDLOCK_SHIM_PATTERN_H
#define LANDLOCK_SHIM_PATTERN_H

#include <stddef.h>

/* A glob may take so many: `*x` is `x`, and `[!.]*x`. */
#define PATTERN_NAMES_MAX 2

/* In the arena. */
struct pattern {
	const char *directory; /* an absolute path */
	const char *names[PATTERN_NAMES_MAX];
	size_t count;
};

/*
 * Makes @out match in one directory what @glob (glob.h) matches, an absolute path:
 * no name with a leading dot, unless it is written.
 *
 * Returns 0; -ENOMEM; or -EDOM for a glob that patterns can't say: one with more than
 * its last part a glob, or with a list that the kernel reads otherwise.
 */
int pattern_make(const char *glob, struct pattern *out);

#endif
