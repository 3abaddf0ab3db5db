/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Templates: sections [@name] that profiles include.
 *
 * One is looked for in the file of the profile, then in templates/NAME.ini of the
 * directory that the profile's layer is in, then among the shipped ones.  So nothing
 * of the user's is ever read for a profile of the administrator's.
 */
#ifndef LANDLOCK_SHIM_TEMPLATE_H
#define LANDLOCK_SHIM_TEMPLATE_H

#include <sys/types.h>

#include "profile_faults.h"

/* What is included by what includes, and so on: a profile counts as the first. */
#define TEMPLATE_DEPTH_MAX 16

/* Where the templates of a layer are, and what was read of them. */
struct templates {
	const char *directory; /* of the layer; NULL: it has none */
	const char *shipped;   /* the data directory; NULL: there is none */
	enum profile_layer layer;
	uid_t user; /* who besides root may have written the layer's */
	struct variables *variables;
	struct template_file *read; /* for this module; NULL */
};

/* A template that is being included. */
struct template_use {
	const struct profile *template;
	const struct template_use *by; /* or NULL: the profile itself */
	unsigned int depth;
};

/*
 * Does to @place->profile what the template [@name] says, as if its lines stood at
 * @place, unless the profile includes it already.  @name: without the @.  What is
 * wrong becomes a fault of the profile.  Returns 0 or -ENOMEM.
 */
int template_include(const struct profile_place *place, const char *name);

/*
 * Does to @section->profile what @line, of the section that @section is in, says.
 * Returns 0 or -ENOMEM.
 */
int template_set_line(const struct profile_place *section,
		      const struct profile_line *line);

#endif
