/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Makes what a profile names with a +, and is missing.
 */
#ifndef LANDLOCK_SHIM_CREATE_H
#define LANDLOCK_SHIM_CREATE_H

#include <stdbool.h>

#include "paths.h"
#include "report.h"

/*
 * Makes what @entry, PATHS_UNMADE, names, and the directories on the way that are
 * missing: a file is empty and of mode 0600, a directory of mode 0700.
 *
 * Only in the user's own directories, or in a sticky one of root's as /tmp: each on
 * the way is root's or the user's, and nobody else may write to it; and through no
 * link.  Not for a program with privileges that its user has not.
 *
 * @may_be_nested: that the kernel refuses it (EACCES) may be the word of what this
 * process is under already.
 *
 * Returns 0: it is there now, and has to be looked up; 1: it is out of reach and left
 * out, PATHS_OPTIONAL, as if written with a -; or a negative errno with @report filled
 * and the entry PATHS_LACKING.
 */
int create_missing(struct paths_entry *entry, bool may_be_nested,
		   struct report *report);

#endif
