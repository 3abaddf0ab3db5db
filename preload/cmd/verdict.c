// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From what is known of a process to a state and its reason.
 */
#include "verdict.h"

#include <stddef.h>

static const char *const words[VERDICT_STATE_COUNT] = {
	[VERDICT_UNTOLD] = "no profile", [VERDICT_HELD] = "held",
	[VERDICT_INHERITS] = "inherits", [VERDICT_MAYBE] = "may be held",
	[VERDICT_FREE] = "not held",
};

const char *verdict_word(const enum verdict_state state)
{
	return words[state];
}

/* Why a process is not held that a profile speaks of: the first that goes. */
static const char *why_free(const struct verdict_facts *const facts)
{
	if (facts->is_secure)
		return "it has privileges of its own";
	if (facts->is_static)
		return "a static program is held by landlock run alone";
	if (facts->is_switched_off)
		return "nothing is enforced on this system";
	if (!facts->has_shim)
		return "it was started without the library";
	if (facts->is_newer)
		return "it was started before its profile";
	return facts->is_left_out
		       ? "the library left out what it could not enforce"
		       : "the library did not hold it: it could not be found "
			 "by this name, or nothing was enforced when it started";
}

struct verdict verdict_of(const struct verdict_facts *const facts)
{
	if (facts->is_elsewhere)
		return (struct verdict){
			facts->no_new_privs ? VERDICT_MAYBE : VERDICT_UNTOLD,
			"it has other files, and other profiles, than are seen "
			"from here"
		};
	if (!facts->no_new_privs && facts->has_profile)
		return (struct verdict){ VERDICT_FREE, why_free(facts) };
	if (!facts->no_new_privs)
		return (struct verdict){ VERDICT_UNTOLD,
					 facts->has_other
						 ? "its profile is not to be "
						   "enforced"
						 : NULL };
	if (facts->is_child_of_held && !facts->has_profile)
		return (struct verdict){ VERDICT_INHERITS, NULL };
	if (!facts->has_profile)
		return (struct verdict){ VERDICT_UNTOLD,
					 "no_new_privs is set, which others "
					 "than profiles do as well" };
	if (!facts->has_shim)
		return (struct verdict){ VERDICT_MAYBE,
					 "it has no library: landlock run may "
					 "have started it" };
	if (facts->is_newer)
		return (struct verdict){ VERDICT_MAYBE,
					 "its profile was changed since it was "
					 "started" };
	if (facts->is_left_out)
		return (struct verdict){
			VERDICT_HELD, "but for what on-error = warn has left "
				      "out, if anything"
		};
	return (struct verdict){ VERDICT_HELD, NULL };
}
