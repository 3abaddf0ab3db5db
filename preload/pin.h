/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Rules that root has loaded already, pinned for everyone to take and apply.
 */
#ifndef LANDLOCK_SHIM_PIN_H
#define LANDLOCK_SHIM_PIN_H

#include <stdbool.h>

#include "loader/protocol.h"

/*
 * A directory for each object with its parameters, called as rule_name() has it;
 * in it a pin for each rule, called by its number, and a link PIN_ABOUT whose text
 * says what was loaded.
 */
#define PIN_FILE_SYSTEM "/sys/fs/bpf"
#define PIN_DIRECTORY PIN_FILE_SYSTEM "/landlock"
#define PIN_ABOUT "about"
/* Of a pin's path: directory, name, number. */
#define PIN_PATH_BYTES (sizeof(PIN_DIRECTORY) + 20)

/* Is there a directory of pins, root's, in which nobody else can put one? */
bool pin_is_there(void);

/*
 * Takes the rules that are pinned as @name: all of the object or none.  Needs no
 * privilege.
 *
 * Where the pins are is not what they are believed by: the kernel says of each that
 * it is a rule, loaded as @name.  Loading takes CAP_SYS_ADMIN, so that root gave it
 * this name, whoever put the pin there.
 *
 * Returns how many descriptors (O_CLOEXEC) were written to @rule_fds, the caller's;
 * 0 when there is no such pin, or none to be believed.
 */
int pin_take(const char *name, int rule_fds[PROTOCOL_RULES_MAX]);

#endif
