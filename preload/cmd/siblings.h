/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The other programs of a shipped profile that was enabled for one.
 */
#ifndef LANDLOCK_SHIM_CMD_SIBLINGS_H
#define LANDLOCK_SHIM_CMD_SIBLINGS_H

#include "shipped.h"

/*
 * Warns of the programs of this system that @shipped, of @list, speaks of and that no
 * profile is found for: a file is found by the name of a program, so that each has to
 * be enabled.  Where memory is short, nothing is said.
 */
void siblings_tell(const struct shipped *shipped,
		   const struct shipped_list *list);

#endif
