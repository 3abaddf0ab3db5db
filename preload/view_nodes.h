/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a view is to say of which path: sorted, each path once.
 */
#ifndef LANDLOCK_SHIM_VIEW_NODES_H
#define LANDLOCK_SHIM_VIEW_NODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "paths.h"
#include "plan.h"

/* A path of the profile, or one that leads to what is denied. */
struct view_node {
	const char *resolved;
	struct paths_entry *entry; /* who asked for it; NULL: nobody */
	uint64_t access; /* FS_PATHS_* but for CONNECT, also from above */
	uint64_t
		needs; /* of it what the shim itself needs, whatever is denied */
	bool connects; /* to sockets there, whatever is denied */
	bool denied;
	bool hidden;  /* denied, and not to be seen either */
	bool guarded; /* of what is granted, only to be read */
	bool always;  /* readable, even if the profile denies it */
	bool missing; /* the last component is not there: a name alone */
	bool named;   /* a socket: what takes its name is granted the same */
	bool keeps;   /* its place, as it leads to something denied */
	bool derived; /* asked for by nobody but its denied descendant */
	bool link;    /* leads to something denied: its name keeps its place */
	bool leads;   /* to what is granted inside of what is denied */
	bool blind;   /* inside of what is denied, and not granted */
	bool adds;    /* to what another path to the same file is granted */
	bool opens;   /* its entries may be changed, by what they are granted */
	bool remade; /* a file to write: what takes its name is granted as much */
};

/* Names in a directory, now and later. */
struct view_pattern {
	struct paths_pattern *pattern;
	struct view_node node; /* what it is to say of each of them */
};

struct view_nodes {
	struct view_node **nodes; /* each directory before what is in it */
	size_t count;
	struct view_pattern *patterns;
	size_t pattern_count;
	uint64_t elsewhere; /* plan_view_elsewhere() */
};

/* Makes the nodes of @paths for the view of @plan.  Returns 0 or -ENOMEM. */
int view_nodes_make(const struct plan *plan, struct paths *paths,
		    struct view_nodes *out);

#endif
