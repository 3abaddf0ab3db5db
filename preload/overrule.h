/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which of a profile's lines count where the same path is denied and granted.
 */
#ifndef LANDLOCK_SHIM_OVERRULE_H
#define LANDLOCK_SHIM_OVERRULE_H

#include "paths.h"

/*
 * Where a line of the profile denies a path, links followed, that another one grants,
 * the later counts and the earlier is PATHS_OVERRULED: a grant lifts each denial before
 * it, as if that had not been written, and a denial takes each grant before it.  A glob
 * lifts nothing: who denies a path by its name means it more than who grants all that
 * is there.
 *
 * The same path it is by its text: another name of the same file, as a hard link, is
 * denied with it, and does not lift that.  connect-unix is about something else.
 *
 * Returns 0 or -ENOMEM.
 */
int overrule(struct paths *paths);

#endif
