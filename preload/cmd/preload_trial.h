/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Programs tried with a new /etc/ld.so.preload before anybody else sees it.
 */
#ifndef LANDLOCK_SHIM_CMD_PRELOAD_TRIAL_H
#define LANDLOCK_SHIM_CMD_PRELOAD_TRIAL_H

#include <stdbool.h>

/*
 * Runs true, ls, a set-user-ID program as another user, and the dynamic loader on
 * a program of the other ELF class, each with what the file @without says and with
 * what the file @with says, and compares exit status and standard error.
 *
 * They are mounted over /etc/ld.so.preload, which has to exist, in a mount
 * namespace of each trial.  Where that cannot be done, @library is preloaded by
 * LD_PRELOAD, which set-user-ID programs do not heed; that is said on stderr.
 *
 * Returns whether nothing differs; what does is told on stderr.
 */
bool preload_trial(const char *without, const char *with, const char *library);

/*
 * Tells on stderr what programs say of @library that cannot be preloaded, with
 * the state that is: one for each ELF class.  Returns whether there is nothing.
 */
bool preload_is_complete(void);

#endif
