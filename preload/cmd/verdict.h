/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Is a process held to a profile, as far as that can be told from outside?  Pure.
 *
 * No kernel tells which rules, rulesets and filters another process is under.  What
 * it tells for certain is that without no_new_privs there is none of ours.  That
 * there is one follows, for a program that means no harm, from the library that is
 * mapped into it: it lets no program start that it could not hold.
 */
#ifndef LANDLOCK_SHIM_CMD_VERDICT_H
#define LANDLOCK_SHIM_CMD_VERDICT_H

#include <stdbool.h>

enum verdict_state {
	VERDICT_UNTOLD,	  /* no profile speaks of it, nor is it under one */
	VERDICT_HELD,	  /* by a profile of its own */
	VERDICT_INHERITS, /* what a process that it comes from is held to */
	VERDICT_MAYBE,	  /* that cannot be told */
	VERDICT_FREE,	  /* though a profile speaks of it */
	VERDICT_STATE_COUNT,
};

/* What is known. */
struct verdict_facts {
	bool has_profile; /* one that is to be enforced */
	bool has_other;	  /* one that is not: complain or off */
	bool is_newer;	  /* the profile was changed since the process began */
	bool is_left_out; /* with on-error = warn something may be left out */
	bool no_new_privs;
	bool has_shim;
	bool is_secure; /* has privileges of its own */
	bool is_static;
	bool is_switched_off; /* on the whole system */
	bool is_elsewhere;    /* its files are not those that are seen here */
	bool is_child_of_held;
};

struct verdict {
	enum verdict_state state;
	const char *reason; /* a clause, or NULL */
};

struct verdict verdict_of(const struct verdict_facts *facts);

/* "held", … */
const char *verdict_word(enum verdict_state state);

#endif
