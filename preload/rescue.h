/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The administrator's way out when a profile locks everyone out.
 */
#ifndef LANDLOCK_SHIM_RESCUE_H
#define LANDLOCK_SHIM_RESCUE_H

#include <stdbool.h>

/*
 * Is the shim switched off for the whole system: by landlock_shim=off on the
 * kernel command line, or by a file landlock.off beside landlock.ini?  No
 * variable of a user's can do it.
 */
bool rescue_is_on(void);

/* Is landlock_shim=off a word of the kernel @command_line? */
bool rescue_in_command_line(const char *command_line);

#endif
