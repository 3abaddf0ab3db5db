/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * May this file be believed: could anyone but root, or the user it speaks for,
 * have written it?
 */
#ifndef LANDLOCK_SHIM_TRUST_H
#define LANDLOCK_SHIM_TRUST_H

#include <stdbool.h>
#include <sys/types.h>

#include "report.h"

/* What is asked of a file decides how much belief it needs. */
enum trust_use {
	/* It can only restrict: owners whom the user namespace has no number
	 * for (root in a namespace made by a user) do no harm. */
	TRUST_PROFILE,
	/* It is code, for the kernel or to be run. */
	TRUST_CODE,
};

/*
 * Opens @path (absolute) for reading, O_CLOEXEC, and believes it only if the
 * file and every directory on the way to it belong to root or to @user, and no
 * one else may write to them.
 *
 * The group of a file counts as its owner if it is the private group of root or
 * of the user: by /etc/passwd and /etc/group it has his name, is his own, and has
 * no other member.  An ACL must not let others write.  In a sticky directory of
 * root's, as /tmp, an entry that root owns is believed as root's; other entries
 * are not.
 *
 * What is checked is what was opened: directories are walked by descriptor, so
 * that nobody can exchange them in between.  Symbolic links are followed: a link
 * is believed like a file, and each directory that it leads through is checked.
 *
 * @user: 0 for a file that root alone may have written.  A user who is nobody
 * (trust_is_nobody()) counts as none.
 *
 * Returns the descriptor (≥ 0); -ENOENT when there is no such file, with
 * @report untouched; -EPERM when it is not to be believed; -EINVAL when it is
 * no regular file or a link to nothing; or another negative errno; with @report
 * filled.
 */
int trust_open(const char *path, uid_t user, enum trust_use use,
	       struct report *report);

/*
 * The same for one of several files that lie side by side: their directory, once it is
 * believed, is kept open for the next of them, until trust_end().
 */
int trust_open_sibling(const char *path, uid_t user, enum trust_use use,
		       struct report *report);

/* Closes the directory of siblings.  Harmless where there is none. */
void trust_end(void);

/* Is @user the one that the kernel shows for all whom the user namespace has no
 * number for?  His files may be anyone's. */
bool trust_is_nobody(uid_t user);

#endif
