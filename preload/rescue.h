/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The administrator's way out when a profile locks everyone out.
 */
#ifndef LANDLOCK_SHIM_RESCUE_H
#define LANDLOCK_SHIM_RESCUE_H

#include <stdbool.h>

/*
 * Is the shim switched off for the whole system, by the file /etc/landlock.off
 * or by the word landlock_shim=off on the kernel command line?
 */
bool rescue_is_on(void);

/*
 * Is this the first process of the machine, which nobody could help if it ended?
 * The first process of a container is not, as far as /proc tells.
 */
bool rescue_is_first_process(void);

/* Is landlock_shim=off one of the blank-separated words? */
bool rescue_in_command_line(const char *command_line);

#endif
