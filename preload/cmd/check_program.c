// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Checks of the programs that a section speaks of.
 */
#include <string.h>

#include "arena.h"
#include "check.h"
#include "resolve.h"
#include "vital.h"

void check_nobody(const struct check *const check,
		  const struct check_subject *const subject)
{
	const struct profile *const profile = subject->profile;

	if (!profile->match_count && !profile->fault_count)
		check_tell(check, subject, &profile->origin, NULL,
			   "add match, or use it by landlock run -p",
			   "[%s] speaks of no program", profile->section);
}

void check_no_program(const struct check *const check,
		      const struct check_subject *const subject)
{
	const struct profile *const profile = subject->profile;

	if (profile->match_count && !subject->program_count)
		check_tell(check, subject, &profile->origin, NULL,
			   "see which -a PROGRAM for its path here",
			   "no program of this system is %s%s",
			   profile->matches[0],
			   profile->match_count > 1
				   ? " or another one that it speaks of"
				   : "");
}

/* A link to the file, not one of a directory on the way: /bin is one mostly. */
void check_link(const struct check *const check,
		const struct check_subject *const subject)
{
	const struct profile *const profile = subject->profile;
	size_t i;

	for (i = 0; i < profile->match_count; i++) {
		const char *const match = profile->matches[i];
		const char *kept = resolve_path(match, RESOLVE_KEEP);
		const char *followed;

		kept = kept ? arena_text(kept) : NULL;
		followed = resolve_path(match, RESOLVE_FOLLOW);
		if (kept && followed && strcmp(kept, followed) != 0)
			check_tell(check, subject, &profile->origin, NULL, NULL,
				   "%s is a link: %s is held by all its names",
				   match, followed);
	}
}

static void tell_trait(const struct check *const check,
		       const struct check_subject *const subject,
		       const enum show_trait trait, const char *const remedy)
{
	size_t i;

	if (subject->profile->mode == PROFILE_OFF)
		return;
	for (i = 0; i < subject->program_count; i++)
		if (subject->programs[i].shown.traits[trait])
			check_tell(check, subject, &subject->profile->origin,
				   NULL, remedy, "%s: %s",
				   subject->programs[i].path,
				   show_trait_text(trait));
}

void check_static(const struct check *const check,
		  const struct check_subject *const subject)
{
	tell_trait(check, subject, SHOW_STATIC, NULL);
}

void check_privileged(const struct check *const check,
		      const struct check_subject *const subject)
{
	tell_trait(check, subject, SHOW_PRIVILEGED, "set mode = off");
}

void check_other_class(const struct check *const check,
		       const struct check_subject *const subject)
{
	tell_trait(check, subject, SHOW_OTHER_CLASS, NULL);
}

struct vital_search {
	const struct check *check;
	const struct check_subject *subject;
	bool is_found; /* one is enough: /bin/sh is in /etc/shells, too */
};

static void compare(const char *const path, const char *const consequence,
		    void *const user)
{
	struct vital_search *const search = user;
	const struct check_subject *const subject = search->subject;
	static struct report report;
	struct executable executable;
	struct lookup lookup = { 0 };
	struct lookup_match match;

	if (search->is_found ||
	    executable_open(path, NULL, &executable, &lookup, &report))
		return;
	system_close(executable.fd);
	if (!lookup_speaks_of(&lookup, subject->profile, &match))
		return;
	search->is_found = true;
	check_tell(search->check, subject, &subject->profile->origin, NULL,
		   "take it out of match, or set mode = off",
		   "it speaks of %s: %s", path, consequence);
}

void check_vital(const struct check *const check,
		 const struct check_subject *const subject)
{
	struct vital_search search = { .check = check, .subject = subject };

	if (subject->profile->match_count &&
	    subject->profile->mode != PROFILE_OFF)
		vital_each(compare, &search);
}
