/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Strict INI: sections, logical lines and faults out of a text.
 */
#ifndef LANDLOCK_SHIM_INI_H
#define LANDLOCK_SHIM_INI_H

#include <stddef.h>

#include "report.h"

#define INI_LINE_BYTES_MAX 65536
#define INI_SECTION_BYTES_MAX 4095
#define INI_KEY_BYTES_MAX 32
/* Between two lines of one value in place of the blank, where the first ends inside of
 * double quotes; no text has it, as control characters are refused. */
#define INI_OPEN_QUOTE '\002'

/*
 * What the reader hands on, in the order of the text.  @line is that of the
 * section, of the key or of the fault; strings live until the call returns.  Each
 * returns 0, or a negative errno with the report filled, which ends the reading.
 */
struct ini_handler {
	/* A section begins.  NULL: one whose name can't be told; nothing of it
	 * but that fault is handed on. */
	int (*section)(void *user, const char *name, unsigned int line);
	/* @key: letters, digits, dashes and underscores.  @value: without
	 * comment and outer blanks, quotes and all; lines of one value are
	 * joined by a blank, or INI_OPEN_QUOTE.  May be empty. */
	int (*key)(void *user, const char *key, const char *value,
		   unsigned int line);
	/*
	 * A line makes no sense and is left out: a fault of the section that is
	 * open, or of the text when none is.  @key: that the line belongs to, or
	 * NULL.  A section's own line is a fault of that section.
	 */
	int (*fault)(void *user, unsigned int line, const char *key,
		     const char *remedy, const char *cause);
	void *user;
};

/*
 * Reads the @size bytes at @text, named @path in @report.
 *
 * Nothing is guessed or cut: what is not understood is a fault, and the reading
 * goes on with the next line.  What may have been meant as the line of a section
 * ends the section before it, so that nothing counts for the wrong one.
 *
 * Returns 0, -ENOMEM with @report filled, or what a handler returned.
 */
int ini_read(const char *text, size_t size, const char *path,
	     const struct ini_handler *handler, struct report *report);

#endif
