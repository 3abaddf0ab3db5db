/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Programs by which people get in and mend a system: who cannot start these, or whose
 * start goes wrong, cannot mend much.
 */
#ifndef LANDLOCK_SHIM_CMD_VITAL_H
#define LANDLOCK_SHIM_CMD_VITAL_H

/* Is told of a program, which need not be here, and what it means to hold it. */
typedef void vital_each_t(const char *path, const char *consequence,
			  void *user);

/* Calls @each for all of a table, and the login shells of /etc/shells. */
void vital_each(vital_each_t *each, void *user);

#endif
