/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text from files and file names onto standard output, whatever its bytes.
 */
#ifndef LANDLOCK_SHIM_CMD_PRINT_H
#define LANDLOCK_SHIM_CMD_PRINT_H

/* Control characters as ?, so that nothing forges a line or drives a terminal. */
void print_text(const char *text);

struct profile_rule;

/* An object and its parameters, as the key `rule` has them. */
void print_rule_text(const struct profile_rule *rule);

/* A JSON string; what is no UTF-8 as U+FFFD. NULL: null. */
void print_json(const char *text);

/* `"name": "text"`, with a comma before it unless it is the first of an object. */
void print_json_member(const char *separator, const char *name,
		       const char *text);

#endif
