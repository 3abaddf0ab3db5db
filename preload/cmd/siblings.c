// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Asks for each program that a profile speaks of what the shim would find for it.
 */
#include "siblings.h"

#include <string.h>

#include "format.h"
#include "programs.h"
#include "target.h"

/* Large; this program needs one. */
static struct report report;

struct siblings {
	const struct shipped_list *list;
	char paths[sizeof(report.cause) / 2]; /* each behind a blank */
	size_t length;
	bool all_fit;
};

static bool is_found(const char *const path,
		     const struct shipped_list *const list)
{
	static struct target target;
	struct lookup_result found = { 0 };

	/* What this user can't start is nothing to enable. */
	return target_find(path, list, &target, &report) ||
	       target_profiles(&target, &found, &report) || found.match_count;
}

static bool add(const char *const path, void *const user)
{
	struct siblings *const siblings = user;
	const size_t room = sizeof(siblings->paths) - siblings->length;

	if (is_found(path, siblings->list))
		return true;
	siblings->all_fit = strlen(path) + 1 < room;
	if (siblings->all_fit)
		siblings->length += format_text(
			siblings->paths + siblings->length, room, " %s", path);
	return siblings->all_fit;
}

void siblings_tell(const struct shipped *const shipped,
		   const struct shipped_list *const list)
{
	struct siblings siblings = { .list = list, .all_fit = true };
	size_t i, j;

	for (i = 0; i < shipped->profiles->profile_count; i++) {
		const struct profile *const profile =
			&shipped->profiles->profiles[i];

		for (j = 0; j < profile->match_count && siblings.all_fit; j++)
			programs_each(profile->matches[j], add, &siblings);
	}
	if (!siblings.length)
		return;
	report_fill(&report, 0, NULL, 0, NULL, "enable them by name as well",
		    "the profile of %s speaks of programs that are not "
		    "enabled:%s%s",
		    shipped->name, siblings.paths,
		    siblings.all_fit ? "" : " and others");
	report_warn(&report);
}
