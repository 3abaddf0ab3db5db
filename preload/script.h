/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The first line of a script, as the kernel reads it.
 */
#ifndef LANDLOCK_SHIM_SCRIPT_H
#define LANDLOCK_SHIM_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

/* As much as the kernel looks at; and how often an interpreter may itself be a
 * script. */
#define SCRIPT_HEAD_BYTES 256
#define SCRIPT_DEPTH_MAX 5

/* Do the @size bytes at @head begin with "#!"? */
bool script_is(const char *head, size_t size);

/*
 * Returns the interpreter that the @size bytes (the first of a file, at most
 * SCRIPT_HEAD_BYTES count) at @head name after "#!", in the arena: a path, which
 * may be relative.  NULL: none that the kernel would run, or no memory.
 */
const char *script_interpreter(const char *head, size_t size);

#endif
