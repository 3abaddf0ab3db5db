/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The files *.ini in a directory of profiles, and which of them are links to
 * shipped ones.
 */
#ifndef LANDLOCK_SHIM_CMD_ENTRIES_H
#define LANDLOCK_SHIM_CMD_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>

#include "report.h"

struct entry {
	const char *name;
	const char *path;
	const char *target; /* what it says if it is a link, else NULL */
	/* The shipped file that it is a link to, by the text of the link: that
	 * need not be there any more.  NULL: it is none. */
	const char *shipped;
};

struct entries {
	struct entry *all; /* in the order of their names; in the arena */
	size_t count;
};

/*
 * Lists @directory: of one that is not there, nothing.  Returns 0, or a negative
 * errno with @report filled.
 */
int entries_list(const char *directory, struct entries *entries,
		 struct report *report);

/* Fills @entry for the file called @name in @directory.  False: there is none. */
bool entries_look(const char *directory, const char *name, struct entry *entry);

#endif
