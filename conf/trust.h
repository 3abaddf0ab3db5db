/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * May this file be believed: could anyone but root, or the user it speaks for,
 * have written it?
 */
#ifndef LANDLOCK_SHIM_TRUST_H
#define LANDLOCK_SHIM_TRUST_H

#include <sys/types.h>

#include "report.h"

/*
 * Opens @path (absolute) for reading, O_CLOEXEC, and believes it only if the
 * file and every directory on the way to it belong to root or to @user, and no
 * one else may write to them (a sticky directory such as /tmp is not
 * believed either: others can put names into it).
 *
 * What is checked is what was opened: directories are walked by descriptor, so
 * that nobody can exchange them in between.  Symbolic links are followed: a link
 * is believed like a file, and each directory that it leads through is checked.
 *
 * @user: 0 for a file that root alone may have written.
 *
 * Returns the descriptor (≥ 0); -ENOENT when there is no such file, with
 * @report untouched; -EPERM when it is not to be believed; -EINVAL when it is
 * no regular file or a link to nothing; or another negative errno; with @report
 * filled.
 */
int trust_open(const char *path, uid_t user, struct report *report);

#endif
