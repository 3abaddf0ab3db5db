/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A path that was typed, as the reader of profiles takes it: absolute, and one
 * word.
 */
#ifndef LANDLOCK_SHIM_CMD_GIVEN_PATH_H
#define LANDLOCK_SHIM_CMD_GIVEN_PATH_H

/*
 * Returns the word for @text, in the arena.  A relative path is below the current
 * directory; . and .. are taken out of all but those that begin with a variable
 * or ~.  A - or + before it stays.  NULL, with @cause filled: why there is none.
 */
char *given_path_word(const char *text, const char **cause);

/* Returns @text as one word: between quotation marks, where it has to be.  NULL when
 * there is no memory. */
char *given_quote(const char *text);

#endif
