/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the values of keys may be.  Pure: each question is one of the text alone.
 */
#ifndef LANDLOCK_SHIM_PROFILE_VALUES_H
#define LANDLOCK_SHIM_PROFILE_VALUES_H

#include <stdbool.h>
#include <stddef.h>

#include "profile.h"

/* What is wrong with a value, and what would be right. */
struct value_fault {
	const char *cause;
	const char *remedy;
};

/* Is @text the absolute path of something that is named: without empty, . and ..
 * components? */
bool value_is_clean_path(const char *text);

/* Takes the one slash off the end of @text, unless it is all of it. */
void value_drop_slash(char *text);

/* What is wrong with a path of read, write, …, or NULL. */
const struct value_fault *value_path_fault(const char *text);

/* The same for a glob. */
const struct value_fault *value_glob_fault(const char *text);

/* What is wrong with a word of `match`, a path or glob, or NULL. */
const struct value_fault *value_match_fault(const char *text);

/* What is wrong with a section's name, or NULL: it is a path, or has no slash. */
const struct value_fault *value_section_fault(const char *text);

/*
 * Whom does a faulty word of `match`, or name of a section, seem to speak of?
 * Returns the path that it would be without its slips, in the arena; "" when that
 * can't be told; NULL when there is no memory.
 */
const char *value_salvage(const char *text);

/* "fs_readonly.o" or an absolute path? */
bool value_is_object(const char *text);

/* Letters, digits and _, no digit first? */
bool value_is_parameter_name(const char *text, size_t length);

/* Reads "443" or "8000-8080". */
bool value_read_ports(const char *text, struct profile_ports *ports);

/* May it be the name of a port, as of services(5)? */
bool value_is_service(const char *text);

/* Letters, digits, - and _: may it be the name of a template, without its @? */
bool value_is_template(const char *text);

#endif
