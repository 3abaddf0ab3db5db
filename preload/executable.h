/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which program is it, and whose?  For the one that the shim woke up in, and for
 * the one that `landlock` was given.
 */
#ifndef LANDLOCK_SHIM_EXECUTABLE_H
#define LANDLOCK_SHIM_EXECUTABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "lookup.h"
#include "report.h"

/*
 * Fills @lookup->files by what the kernel says of the running program: what it
 * executes (/proc/self/exe), and what it was started as (@execfn, AT_EXECFN)
 * where that is another name or another file: a link, a script, or what was
 * given to ld.so.
 *
 * A deleted program keeps its name.  Without /proc the second name has to do; it
 * may be that no name can be had.  Returns 0, or -ENOMEM.
 */
int executable_find(struct lookup *lookup, const char *execfn);

/*
 * Fills @lookup->files for the program that @link (as "/proc/self/exe") leads to
 * and that was started as @started (NULL: unknown): what executable_find() does
 * for the running one.  Returns 0, or -ENOMEM.
 */
int executable_describe(struct lookup *lookup, const char *link,
			const char *started);

/*
 * A file that was asked for by a command line: what it is, and what runs it.  The
 * flags speak of what is executed in the end: of a script, of its interpreter.
 */
struct executable {
	const char *name; /* what execve(2) finds it by from here: as found */
	const char *
		path; /* the same, absolute; NULL: this directory has no name */
	int fd;	      /* O_PATH or O_RDONLY, O_CLOEXEC */

	const char *interpreter; /* of a script, as it says; else NULL */
	bool is_text;	/* a script without "#!": /bin/sh is its interpreter */
	bool is_unread; /* may be executed and not read: nothing is known of it,
			  * but that execveat(2) of @fd refuses it if it is a
			  * script */

	const char *loader;  /* the ELF interpreter; NULL for static programs */
	bool is_static;	     /* no library can be preloaded into it */
	bool is_other_class; /* 32-bit here, or 64-bit there */
	bool has_privileges; /* gains some here: set-user-ID, set-group-ID, or
			      * capabilities */
};

/*
 * Finds @command as execvp(3) would, by @search_path (PATH of the environment;
 * NULL: "/bin:/usr/bin") where it has no slash, once: opens it, reads what it is,
 * and fills @lookup->files with the names and files by which the shim would know
 * the program once it is started.
 *
 * Returns 0 with @executable->fd the caller's; or a negative errno with @report
 * filled: -ENOENT for a command that is not found, or lacks its interpreter.
 */
int executable_open(const char *command, const char *search_path,
		    struct executable *executable, struct lookup *lookup,
		    struct report *report);

/*
 * Cuts " (deleted)" off the text of a /proc link, in place, if the file that it
 * leads to is not the one that has this text for its whole name.
 *
 * @link: the link itself, as "/proc/self/exe".
 */
void executable_undelete(const char *link, char *text);

/*
 * Returns the directory of the user's profiles, in the arena, by the first of
 * XDG_CONFIG_HOME and HOME in @environment (NULL-terminated, "NAME=value") that
 * is an absolute path; NULL when there is none.
 */
const char *executable_user_directory(char *const *environment);

#endif
