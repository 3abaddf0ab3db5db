/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From a program to the profiles that speak of it.
 */
#ifndef LANDLOCK_SHIM_LOOKUP_H
#define LANDLOCK_SHIM_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "profile.h"
#include "report.h"
#include "system.h"

#define LOOKUP_NAMES_MAX 4

/* A file that a program is made of, by its names and by what it is. */
struct lookup_file {
	/* Absolute paths: as resolved, as started, … */
	const char *names[LOOKUP_NAMES_MAX];
	size_t name_count;
	struct system_file_id id;
	bool identified; /* @id is known */
};

/* The program that is executed, and what it was started as where that is another
 * file: a script, or what was given to ld.so. */
#define LOOKUP_FILES_MAX 2

/* What decides where profiles are looked for. */
struct lookup {
	struct lookup_file files[LOOKUP_FILES_MAX];
	size_t file_count;

	/* The administrator's directory; normally "/etc/landlock". */
	const char *system_directory;
	/*
	 * The user's directory (…/landlock), or NULL for none: unset, or
	 * AT_SECURE, under which the user's word does not count.  Neither does
	 * that of another user, whose home su(1) or sudo(8) may have left in the
	 * environment: one that @user cannot reach, or that belongs to neither
	 * root nor @user, is none.
	 */
	const char *user_directory;
	uid_t user; /* the real user, who may own what lies there */

	/* Where shipped templates/ are, normally LANDLOCK_DATADIR; or NULL. */
	const char *data_directory;
	/* What stands for variables in profiles; or NULL: none has a value. */
	struct variables *variables;

	/* Is told of faults that end nobody. */
	report_notice_t *notice;
};

/* A profile that speaks of a program, complete, and how it came to that. */
struct lookup_match {
	const struct profile *profile;
	const char *text; /* the section's name or the word of `match` */
	const char *name; /* the program's name that it is or matches, for
			   * lookup_section() the name asked for; NULL: @text
			   * names the same file (device and inode) */
};

/* Profiles that speak of a program: the administrator's first. */
struct lookup_result {
	struct lookup_match *matches;
	size_t match_count;
};

/*
 * Finds all profiles for a program, in the administrator's directory, then in
 * the user's, in each from
 *
 *     NAME.ini for each name of the program (lookup_file_name()), landlock.ini
 *
 * so that the cost does not grow with the number of profiles found by name.  A
 * program below /usr is asked for without it as well: /bin/less is /usr/bin/less
 * where the two are the same file.
 *
 * A profile speaks of a program if its section's name or a word of its `match` is
 * one of the program's names, matches one as a glob, or names the same file; a
 * glob also by another path of the directory that it begins with.
 *
 * Files have to be believed (trust.h).  What is wrong ends only whom it speaks
 * of: a file found by name that is wrong, unreadable, not believed, or holds no
 * section for the program, is an error; a landlock.ini that cannot be read or
 * believed, faults in it outside of sections, and a directory that cannot be
 * searched, are told to @lookup->notice.  Faults of a profile are not looked at:
 * see profile_check().
 *
 * Returns 0, or a negative errno with @report filled: the program must not
 * start; too few resources for a file that is there are such an error, too.  A
 * program that no profile speaks of costs a readlink(2) for each directory and
 * file asked for, and no descriptor.
 */
int lookup_profiles(const struct lookup *lookup, struct lookup_result *out,
		    struct report *report);

/*
 * Does @profile speak of the program of @lookup, as lookup_profiles() has it?  Fills
 * @match if so.
 */
bool lookup_speaks_of(const struct lookup *lookup,
		      const struct profile *profile,
		      struct lookup_match *match);

/* May there be any configuration: does one of the directories exist? */
bool lookup_is_configured(const struct lookup *lookup);

/*
 * Adds to @out, for `landlock run -p`, every profile whose section is called
 * @section, in the administrator's directory and then in the user's: of all
 * files *.ini there, in the order of their names.  Files that cannot be read or
 * believed are told to @lookup->notice.  Returns 0; -ENOENT with @report filled
 * when there is none; or another negative errno.
 */
int lookup_section(const struct lookup *lookup, const char *section,
		   struct lookup_result *out, struct report *report);

/*
 * Writes the file name under which a directory is asked for @name into @buffer:
 * the path without its first slash, further slashes as dots, and ".ini":
 * "/usr/bin/less" → "usr.bin.less.ini".  Returns 0, or -ENAMETOOLONG when it
 * does not fit into @size bytes or NAME_MAX (no such file can exist then).
 */
int lookup_file_name(const char *name, char *buffer, size_t size);

#endif
