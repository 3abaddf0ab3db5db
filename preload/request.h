/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * One request to landlock-loader, which is started for it, and its answer.
 */
#ifndef LANDLOCK_SHIM_REQUEST_H
#define LANDLOCK_SHIM_REQUEST_H

#include "loader/protocol.h"
#include "profile.h"
#include "report.h"

/*
 * Has the program @loader load the object @object_fd, named @path in messages,
 * with the parameters of @rule, under @name (see rule_name()).
 *
 * The loader is nobody's child that this process could notice: no signal comes of
 * its end, no descriptor of this process's and no word of the environment goes to
 * it, and it writes to nobody's terminal.  It is gone when this returns.
 *
 * Returns how many descriptors (O_CLOEXEC) were written to @rule_fds, which are
 * then the caller's; or a negative errno with cause and remedy of @report filled:
 * what the loader answered (see load.h); -ELIBACC when it could not be started or
 * ended without an answer; or what kept it from being asked.
 */
int request_rules(const char *loader, int object_fd, const char *path,
		  const struct profile_rule *rule, const char *name,
		  int rule_fds[PROTOCOL_RULES_MAX], struct report *report);

#endif
