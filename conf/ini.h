/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Strict INI: sections and logical lines out of a text, or an error.
 */
#ifndef LANDLOCK_SHIM_INI_H
#define LANDLOCK_SHIM_INI_H

#include <stddef.h>

#include "report.h"

#define INI_LINE_BYTES_MAX 65536
#define INI_SECTION_BYTES_MAX 4095
#define INI_KEY_BYTES_MAX 32

/*
 * What the reader hands on, in the order of the text. @line is that of the
 * section or of the key; strings live until the call returns. Each returns 0, or
 * a negative errno with the report filled, which ends the reading.
 */
struct ini_handler {
	int (*section)(void *user, const char *name, unsigned int line);
	/* @value: without comment and outer blanks; lines of one value are
	 * joined by a blank. May be empty. */
	int (*key)(void *user, const char *key, const char *value,
		   unsigned int line);
	void *user;
};

/*
 * Reads the @size bytes at @text, named @path in @report.
 *
 * Nothing is guessed, cut or skipped: a text that is not wholly understood is
 * an error, the first one ends the reading. Returns 0, -EINVAL, -ENOMEM, or what
 * a handler returned.
 */
int ini_read(const char *text, size_t size, const char *path,
	     const struct ini_handler *handler, struct report *report);

#endif
