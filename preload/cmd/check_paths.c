// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Checks of read, write, exec, deny and hide, as they are on this system.
 *
 * What a template denies is a precaution: it need not be in anything that is
 * granted.  What a profile lifts of it by name is meant.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "check.h"
#include "shipped.h"

/* Where everybody may put files, if it is there. */
static const char *const writable_places[] = { "/tmp", "/var/tmp", "/dev/shm" };

static bool is_own_line(const struct profile_path *const path)
{
	return path && !path->origin.included_by;
}

/* Is it a line of the profile that counts, and leads somewhere? */
static bool counts(const struct paths_entry *const entry)
{
	return entry->path && entry->access != PROFILE_CONNECT &&
	       entry->resolved && entry->state != PATHS_OVERRULED &&
	       entry->state != PATHS_PLACELESS;
}

/*
 * The entry that says what @path may be used for: the innermost one that it is in,
 * of several the last.  NULL: there is none.  @strictly: only one that is above it.
 */
static const struct paths_entry *ruling(const struct paths *const paths,
					const char *const path,
					const bool strictly)
{
	const struct paths_entry *best = NULL;
	size_t i, longest = 0;

	for (i = 0; i < paths->count; i++) {
		const struct paths_entry *const entry = &paths->entries[i];
		size_t length;

		if (!counts(entry) || !paths_is_beneath(path, entry->resolved))
			continue;
		length = strlen(entry->resolved);
		if (strictly && length == strlen(path))
			continue;
		if (!best || length >= longest) {
			best = entry;
			longest = length;
		}
	}
	return best;
}

/* Is entry @index of the same line as the one before it, of a glob? */
static bool is_again(const struct paths *const paths, const size_t index)
{
	return index &&
	       paths->entries[index].path == paths->entries[index - 1].path;
}

void check_missing(const struct check *const check,
		   const struct check_subject *const subject)
{
	size_t i;

	for (i = 0; i < subject->paths->count; i++) {
		const struct paths_entry *const entry =
			&subject->paths->entries[i];
		const bool is_missing =
			entry->error == -ENOENT || entry->error == -ENOTDIR;

		if (entry->state != PATHS_LACKING || !entry->path)
			continue;
		check_tell(check, subject, &entry->path->origin,
			   profile_access_key(entry->access),
			   entry->remedy ? entry->remedy
			   : is_missing
				   ? "write a - before it if it may be missing"
				   : NULL,
			   "%s%s%s",
			   entry->name ? entry->name : entry->path->path,
			   is_missing ? " is missing" : ": ",
			   is_missing ? "" : paths_cause(entry));
	}
}

void check_placeless(const struct check *const check,
		     const struct check_subject *const subject)
{
	size_t i;

	for (i = 0; i < subject->paths->count; i++) {
		const struct paths_entry *const entry =
			&subject->paths->entries[i];

		if (entry->state == PATHS_PLACELESS && entry->path)
			check_tell(check, subject, &entry->path->origin,
				   profile_access_key(entry->access), NULL,
				   "%s is a pipe, a socket or the like here, "
				   "which nothing restricts",
				   entry->path->path);
	}
}

void check_no_grant(const struct check *const check,
		    const struct check_subject *const subject)
{
	const struct profile *const profile = subject->profile;
	size_t i;

	for (i = 0; i < profile->path_count; i++)
		if (!profile_denies(profile->paths[i].access))
			return;
	if (profile->path_count)
		check_tell(check, subject, &profile->paths[0].origin,
			   profile_access_key(profile->paths[0].access),
			   "grant what the program needs: read = / grants all "
			   "but that",
			   "nothing is granted, so that every path is refused");
}

void check_denies_nothing(const struct check *const check,
			  const struct check_subject *const subject)
{
	const struct paths *const paths = subject->paths;
	size_t i;

	for (i = 0; i < paths->count; i++) {
		const struct paths_entry *const entry = &paths->entries[i];
		const struct paths_entry *above;

		if (!is_own_line(entry->path) ||
		    !profile_denies(entry->access) || !counts(entry) ||
		    is_again(paths, i))
			continue;
		above = ruling(paths, entry->resolved, true);
		if (above && (!profile_denies(above->access) ||
			      entry->access == PROFILE_HIDE))
			continue;
		check_tell(check, subject, &entry->path->origin,
			   profile_access_key(entry->access), "remove the line",
			   above ? "%s is in %s, which is denied already"
				 : "%s is in nothing that is granted%s",
			   entry->name ? entry->name : entry->path->path,
			   above ? above->resolved : "");
	}
}

/* The last line that says the opposite of the same path. */
static const struct profile_path *overruling(const struct paths *const paths,
					     const size_t index)
{
	const struct paths_entry *const entry = &paths->entries[index];
	const struct profile_path *last = NULL;
	size_t i;

	for (i = 0; i < paths->count; i++) {
		const struct paths_entry *const other = &paths->entries[i];

		if (other->path && counts(other) && entry->resolved &&
		    strcmp(other->resolved, entry->resolved) == 0 &&
		    profile_denies(other->access) !=
			    profile_denies(entry->access))
			last = other->path;
	}
	return last;
}

/* What of two lines of a profile's own one takes from the other; or a template from
 * the profile. */
void check_overruled(const struct check *const check,
		     const struct check_subject *const subject)
{
	const struct paths *const paths = subject->paths;
	size_t i;

	for (i = 0; i < paths->count; i++) {
		const struct paths_entry *const entry = &paths->entries[i];
		const struct profile_path *by;

		if (entry->state != PATHS_OVERRULED ||
		    !is_own_line(entry->path) || is_again(paths, i))
			continue;
		by = overruling(paths, i);
		check_tell(check, subject, &entry->path->origin,
			   profile_access_key(entry->access),
			   by && by->origin.included_by
				   ? "write it behind the include"
				   : "remove one of the lines",
			   by ? "%s does not count: %s:%u says %s of it later"
			      : "%s does not count: a later line says the "
				"opposite",
			   entry->name ? entry->name : entry->path->path,
			   by ? by->origin.file : "", by ? by->origin.line : 0,
			   by ? profile_access_key(by->access) : "");
	}
}

void check_credentials(const struct check *const check,
		       const struct check_subject *const subject)
{
	const struct paths *const paths = subject->paths;
	size_t i, j;

	for (i = 0; subject->credentials && i < paths->count; i++) {
		const struct paths_entry *const entry = &paths->entries[i];
		const char *first = NULL;
		size_t count = 0;

		if (!entry->path || profile_denies(entry->access) ||
		    !counts(entry))
			continue;
		for (j = 0; j < subject->credentials->count; j++) {
			const struct paths_entry *const place =
				&subject->credentials->entries[j];
			const char *const path = place->resolved;

			if (!path || ruling(paths, path, false) != entry ||
			    strcmp(path, entry->resolved) == 0 ||
			    place->state == PATHS_OVERRULED)
				continue;
			first = first ? first : path;
			count++;
		}
		if (count == 1)
			check_tell(check, subject, &entry->path->origin,
				   profile_access_key(entry->access),
				   "include = @credentials denies it",
				   "%s includes %s", entry->path->path, first);
		else if (count)
			check_tell(check, subject, &entry->path->origin,
				   profile_access_key(entry->access),
				   "include = @credentials denies them",
				   "%s includes %s and %zu other places of "
				   "@credentials",
				   entry->path->path, first, count - 1);
	}
}

/* May everybody put something there that is run; or, where that is not sticky, take
 * away what the program has written? */
static bool is_dangerous(const struct paths_entry *const entry)
{
	const unsigned int mode = entry->status.mode;

	if (entry->state != PATHS_FOUND || !(mode & S_IWOTH))
		return false;
	if (entry->access == PROFILE_EXEC)
		return S_ISDIR(mode) || S_ISREG(mode);
	return entry->access == PROFILE_WRITE && S_ISDIR(mode) &&
	       !(mode & S_ISVTX);
}

/* What a shipped template grants is in its manual, and meant. */
static bool is_shipped(const struct profile_path *const path)
{
	return strncmp(path->origin.file, SHIPPED_TEMPLATES "/",
		       strlen(SHIPPED_TEMPLATES "/")) == 0;
}

void check_writable_by_all(const struct check *const check,
			   const struct check_subject *const subject)
{
	const struct paths *const paths = subject->paths;
	struct stat status;
	size_t i, j;

	for (i = 0; i < paths->count; i++) {
		const struct paths_entry *const entry = &paths->entries[i];

		if (!entry->path || !counts(entry) || is_shipped(entry->path))
			continue;
		if (is_dangerous(entry)) {
			check_tell(check, subject, &entry->path->origin,
				   profile_access_key(entry->access),
				   "name a directory that others may not write "
				   "to",
				   "%s may be written by everybody",
				   entry->name ? entry->name
					       : entry->path->path);
			continue;
		}
		for (j = 0;
		     entry->access == PROFILE_EXEC &&
		     j < sizeof(writable_places) / sizeof(writable_places[0]);
		     j++)
			if (stat(writable_places[j], &status) == 0 &&
			    status.st_mode & S_IWOTH &&
			    ruling(paths, writable_places[j], false) == entry)
				check_tell(
					check, subject, &entry->path->origin,
					"exec",
					"name the directories of programs",
					"%s includes %s, which everybody may "
					"write to",
					entry->path->path, writable_places[j]);
	}
}
