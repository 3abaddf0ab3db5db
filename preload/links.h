/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Files with several names, which a ruleset cannot tell apart.
 */
#ifndef LANDLOCK_SHIM_LINKS_H
#define LANDLOCK_SHIM_LINKS_H

#include "file_set.h"
#include "paths.h"
#include "report.h"

/* Most entries that are looked at in what is denied. */
#define LINKS_ENTRIES_MAX 16384

/*
 * Tells @notice of each denied file that has more than one link, as by another name
 * it may be granted; and of each denied directory with a file in it that is granted
 * by another name: one of @granted, which are files with more than one link.
 * Fills @report in between.  Returns 0 or -ENOMEM.
 */
int links_tell(struct paths *paths, const struct file_set *granted,
	       report_notice_t *notice, struct report *report);

#endif
