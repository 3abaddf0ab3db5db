/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What `landlock show` has found out, and the two ways of printing it.
 */
#ifndef LANDLOCK_SHIM_CMD_SHOW_H
#define LANDLOCK_SHIM_CMD_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include "executable.h"
#include "lookup.h"
#include "paths.h"
#include "plan.h"

/* What is special of a program or its system, and what that means for its
 * profiles. */
enum show_trait {
	SHOW_SWITCHED_OFF,
	SHOW_STATIC,
	SHOW_MUSL,
	SHOW_OTHER_CLASS,
	SHOW_PRIVILEGED,
	SHOW_UNREAD,
	SHOW_TRAIT_COUNT,
};

struct show_program {
	const char *path; /* as found */
	const struct executable *executable;
	bool traits[SHOW_TRAIT_COUNT];
	bool is_passed_over; /* by the shim: landlock run alone holds it */
};

/* What enforces keys. */
enum show_means {
	SHOW_BY_VIEW,
	SHOW_BY_RULESET,
	SHOW_BY_FILTER,
	SHOW_BY_RULES,
	SHOW_MEANS_COUNT,
};

struct show_enforced {
	enum show_means by;
	const char *key;
	const char *word; /* of several that are enforced apart, or NULL */
};
/* Of paths, ports, sockets, scopes, network, and rules; and ways around. */
#define SHOW_ENFORCED_MAX                                                      \
	(PROFILE_ACCESS_COUNT + PROFILE_PORT_USE_COUNT + PROFILE_SCOPE_COUNT + \
	 4)

/* One profile that speaks of the program. */
struct show_match {
	const struct show_program *program;
	const struct lookup_match *match;
	const struct plan *plan;
	const struct paths *paths; /* the profile's own, in their order */
	const char *leads; /* the file that the section leads to, or NULL */
	struct show_enforced enforced[SHOW_ENFORCED_MAX];
	size_t enforced_count;
	bool ends; /* by the shim or `landlock run`, it would not start */
};

struct show_printer {
	void (*begin)(const struct show_program *program, size_t match_count);
	void (*match)(const struct show_match *match, bool first);
	void (*end)(void);
};

extern const struct show_printer show_text, show_json;

/* Fills @program for @executable, whose descriptor is open. */
void show_describe(const struct executable *executable,
		   struct show_program *program);

/* The word of a trait, and what it means. */
const char *show_trait_word(enum show_trait trait);
const char *show_trait_text(enum show_trait trait);

/* Fills @shown->enforced from the rest. */
void show_find_means(struct show_match *shown);

/* "view", … */
const char *show_means_word(enum show_means means);

/*
 * The line by which what entry @index says of a file does not count: a later one
 * that grants the same file what it denies, or denies what it grants.  NULL: there
 * is none.
 */
const struct origin *show_overruled_by(const struct paths *paths, size_t index);

/* The word of a kind of gap: "whole", … */
const char *show_gap_word(enum plan_gap_kind kind);

#endif
