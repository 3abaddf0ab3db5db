/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What one line of an INI file may be.  Pure: each question is one of the text alone.
 */
#ifndef LANDLOCK_SHIM_INI_LINE_H
#define LANDLOCK_SHIM_INI_LINE_H

#include <stdbool.h>
#include <stddef.h>

bool ini_is_blank(char c);

/* But for a tab. */
bool ini_is_control(char c);

/*
 * Returns the length of @line without its comment, which follows a blank outside of
 * quotes, and without blanks at its end.  @is_open: does it end inside of quotes?
 */
size_t ini_without_comment(const char *line, size_t length, bool *is_open);

/*
 * May @line have been meant to begin a section?  One without its `[` is told from
 * a value that nobody indented by having no `[` at all, nor blanks but in a path.
 */
bool ini_is_section(const char *line, size_t length);

/*
 * Returns the length of the key that @line begins with, if @mark follows it, after
 * blanks or not; @behind is where the rest begins.  Else 0.
 */
size_t ini_find_key(const char *line, size_t length, char mark, size_t *behind);

/* May @line, which is indented, have been meant as a key?  Parameters of rules, of
 * which that isn't true, have no blanks around their `=`. */
bool ini_looks_like_key(const char *line, size_t length);

#endif
