/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Landlock rules - sockets that are bound to a path
 */
#ifndef _SECURITY_LANDLOCK_RULE_HOOKS_UNIX_H
#define _SECURITY_LANDLOCK_RULE_HOOKS_UNIX_H

#include "events.h"

/**
 * struct landlock_rule_sock - what the module keeps of a socket
 */
struct landlock_rule_sock {
	/**
	 * @made_under: The rules of the task that made a UNIX socket, or NULL.
	 * Written before anyone else can find the socket. Owns a reference.
	 */
	struct landlock_events *made_under;
};

#endif /* _SECURITY_LANDLOCK_RULE_HOOKS_UNIX_H */
