/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Directories that are mounted at a second place.
 */
#ifndef LANDLOCK_SHIM_MOUNTS_H
#define LANDLOCK_SHIM_MOUNTS_H

#include "file_set.h"

/*
 * Marks what leads to each mount point whose content is in @set with one of the bits
 * of @from: with these bits moved to those of @to, and so on until nothing is new.
 * What is denied has a second way to it there.  Without /proc nothing is known.
 *
 * @table: pairs of bits { of the content, of what leads to it }, @count of them.
 * Returns 0 or -ENOMEM.
 */
int mounts_mark(struct file_set *set, const uint64_t (*table)[2], size_t count);

#endif
