/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The profiles that come with landlock-shim, none of which applies until it is
 * enabled.
 */
#ifndef LANDLOCK_SHIM_CMD_SHIPPED_H
#define LANDLOCK_SHIM_CMD_SHIPPED_H

#include <stddef.h>

#include "lookup.h"
#include "profile.h"
#include "report.h"

#define SHIPPED_PROFILES LANDLOCK_DATADIR "/profiles"
#define SHIPPED_TEMPLATES LANDLOCK_DATADIR "/templates"

struct shipped {
	const char *file; /* its name in SHIPPED_PROFILES: usr.bin.git.ini */
	const char *name; /* that people call it by: git */
	const struct profile_file *profiles;
};

struct shipped_list {
	struct shipped *all; /* in the order of their files' names */
	size_t count;
};

/*
 * Reads all of them.  What cannot be read is told to @lookup->notice and left out.
 * Returns 0 or a negative errno with @report filled.
 */
int shipped_read(const struct lookup *lookup, struct shipped_list *list,
		 struct report *report);

/* Makes "git" of "usr.bin.git.ini", in the arena; NULL: no memory. */
const char *shipped_name(const char *file);

/* The one that people call @name, or NULL. */
const struct shipped *shipped_by_name(const struct shipped_list *list,
				      const char *name);

/* The one whose file is called @file, or NULL. */
const struct shipped *shipped_by_file(const struct shipped_list *list,
				      const char *file);

/*
 * One with a section that speaks of the program of @lookup: that called @name
 * before others.  NULL: there is none.
 */
const struct shipped *shipped_for(const struct shipped_list *list,
				  const struct lookup *lookup,
				  const char *name);

/* The name that is most like @name, or NULL if none is like it. */
const char *shipped_nearest(const struct shipped_list *list, const char *name);

/*
 * How many single changes make @a of @b: a byte more, less, or another.  For
 * names of up to 63 bytes; longer ones are as unlike as can be.
 */
size_t shipped_distance(const char *a, const char *b);

#endif
