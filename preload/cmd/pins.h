/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The directory of pins, as root keeps it; see pin.h for what is in it.
 */
#ifndef LANDLOCK_SHIM_CMD_PINS_H
#define LANDLOCK_SHIM_CMD_PINS_H

#include <stddef.h>

#include "profile.h"
#include "report.h"

struct pins_entry {
	const char *name;
	const char *
		about; /* path of the object and parameters; "" if it says nothing */
	size_t rule_count; /* that can be taken from it */
};

struct pins {
	struct pins_entry *all; /* in the arena */
	size_t count;
};

/*
 * Makes the directory: mounts its file system if it is not, and lets everyone search
 * that.  Returns 0 or a negative errno with @report filled, as the other functions.
 */
int pins_prepare(struct report *report);

/*
 * Loads the object of @rule, which root alone may have written, and pins its rules;
 * nothing if they are pinned already.  What was pinned of an earlier object of the
 * same path and parameters goes.  Returns 1 if they were pinned, 0 if they were so
 * already.
 */
int pins_add(const struct profile_rule *rule, struct report *report);

/* Of a directory that is not there, nothing. */
int pins_list(struct pins *pins, struct report *report);

/* What is in use stays in use. */
int pins_remove(const struct pins_entry *pin, struct report *report);

#endif
