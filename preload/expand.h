/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the globs of a profile's paths stand for at the start.
 */
#ifndef LANDLOCK_SHIM_EXPAND_H
#define LANDLOCK_SHIM_EXPAND_H

#include <stdbool.h>
#include <stddef.h>

#include "directory.h"

/* Most names that the globs of one profile may stand for … */
#define EXPAND_NAMES_MAX 16384
/* … and that are held against them. */
#define EXPAND_LOOKED_MAX ((size_t)1 << 20)

/* What is left of both for the globs still to come, and what to list with. */
struct expand_budget {
	size_t names;
	size_t looked;
	struct directory directory;
};

/* Names, as paths that have still to be looked up: nothing is known of them but that
 * they were there. */
struct expansion {
	const char **names; /* in the arena */
	size_t count;
	/* 0; or the first negative errno that kept names from being found: -ENOENT,
	 * -ENOTDIR, -EACCES, … of the directory that all of them would be in;
	 * -E2BIG: there are more than @budget allows. */
	int error;
};

/*
 * Finds what @pattern, an absolute path that is a glob (glob.h), stands for now.  No
 * part of it matches `.`, `..` or, with `*`, `?` or a list, a leading dot.
 *
 * @denies: a directory that can't be listed is a name itself, as what in it would
 * match can't be told; and behind the last part with a glob in it, a name needs not
 * be there.
 *
 * Returns 0 or -ENOMEM, -EMFILE, -ENFILE.
 */
int expand_glob(const char *pattern, bool denies, struct expand_budget *budget,
		struct expansion *out);

#endif
