/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From the names of a program to the profiles that speak of it.
 */
#ifndef LANDLOCK_SHIM_LOOKUP_H
#define LANDLOCK_SHIM_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "profile.h"
#include "report.h"

/* What decides where profiles are looked for. */
struct lookup {
	/*
	 * Absolute, resolved paths that the program goes by: its executable,
	 * and the script or program it was started as where that is another.
	 * A profile that matches any of them speaks of the program.
	 */
	const char *const *names;
	size_t name_count;

	/* The user's configuration directory (…/landlock), or NULL for none:
	 * unset, or AT_SECURE, under which the user's word does not count.
	 * Neither does that of another user, whose home su(1) or sudo(8) may
	 * have left in the environment: one that @user cannot reach, or that
	 * belongs to neither root nor @user, is none. */
	const char *user_directory;
	uid_t user; /* the real user, who may own what lies there */

	/* Directory of landlock.ini and landlock.d; normally "/etc". */
	const char *system_directory;
};

/* Profiles that speak of a program: the system's first, then the user's. */
struct lookup_result {
	struct profile_file *files;
	size_t file_count;
	const struct profile **profiles; /* point into files */
	size_t profile_count;
};

/*
 * Finds all profiles for a program, reading in this order the files that exist:
 *
 *     SYSTEM/landlock.ini, SYSTEM/landlock.d/NAME.ini for each name,
 *     USER/landlock.ini,   USER/landlock.d/NAME.ini for each name
 *
 * NAME is lookup_file_name() of a name: the cost does not grow with the number
 * of profiles in landlock.d.  Files must be believable (trust.h): the system's
 * writable by root alone, the user's by root and that user.
 *
 * A file that is absent is no error.  One that is there and cannot be read,
 * believed or understood is: -EACCES, -EPERM, -EINVAL, … with @report filled.
 * On success, also with no profile found, the caller ends @out with
 * lookup_result_free().
 */
int lookup_profiles(const struct lookup *lookup, struct lookup_result *out,
		    struct report *report);

void lookup_result_free(struct lookup_result *result);

/*
 * Finds, for `landlock run -p`, the one profile whose section is called
 * @section, in SYSTEM/landlock.ini, SYSTEM/landlock.d, USER/landlock.ini and
 * USER/landlock.d (all files, by name).  The first found is the one.
 * Returns 0 with exactly one profile in @out, -ENOENT with @report filled when
 * there is none, or an error as lookup_profiles().
 */
int lookup_section(const struct lookup *lookup, const char *section,
		   struct lookup_result *out, struct report *report);

/*
 * Writes the file name under which landlock.d is asked for @name into @buffer:
 * the path without its first slash, further slashes as dots, and ".ini":
 * "/usr/bin/less" → "usr.bin.less.ini".  Returns 0, or -ENAMETOOLONG when it
 * does not fit into @size bytes or NAME_MAX (no such file can exist then).
 */
int lookup_file_name(const char *name, char *buffer, size_t size);

#endif
