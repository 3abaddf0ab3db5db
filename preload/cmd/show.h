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

/* One profile that speaks of the program. */
struct show_match {
	const struct show_program *program;
	const struct lookup_match *match;
	const struct plan *plan;
	const struct paths *paths; /* the profile's own, in their order */
	const char *leads; /* the file that the section leads to, or NULL */
	bool ends; /* by the shim or `landlock run`, it would not start */
};

struct show_printer {
	void (*begin)(const struct show_program *program, size_t match_count);
	void (*match)(const struct show_match *match, bool first);
	void (*end)(void);
};

extern const struct show_printer show_text, show_json;

/* The word of a trait, and what it means. */
const char *show_trait_word(enum show_trait trait);
const char *show_trait_text(enum show_trait trait);

/* The word of a kind of gap: "whole", … */
const char *show_gap_word(enum plan_gap_kind kind);

#endif
