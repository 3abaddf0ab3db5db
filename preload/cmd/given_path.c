// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Paths of the command line: made absolute and quoted.
 *
 * Who types a path, or has a script hand one on, means that path: neither a blank
 * nor a glob's character in it, nor what the current directory is called, makes it
 * another one.
 */
#include "given_path.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"

/* No byte of it is special anywhere. */
static bool is_plain(const char *text)
{
	const char *at = text;

	for (; *at; at++)
		if (!(*at & 0x80) && !isalnum((unsigned char)*at) &&
		    !strchr("/._,:=@%-", *at))
			return false;
	return at > text && *text != '-';
}

char *given_quote(const char *text)
{
	char *const word = arena_take(2 * strlen(text) + 3, 1);
	char *to = word;

	if (!word)
		return NULL;
	/* Messages show it as it was written, then. */
	if (is_plain(text))
		return strcpy(word, text);
	*to++ = '"';
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			*to++ = '\\';
		*to++ = *text;
	}
	*to = '"';
	return word;
}

/* The path so far: "" is the root. */
struct walk {
	char path[PATH_MAX];
	size_t length;
};

/* Leaves the last directory: of a link, that above what it leads to. */
static bool go_up(struct walk *const walk)
{
	char real[PATH_MAX];
	char *slash;

	if (!walk->length)
		return true;
	if (!realpath(walk->path, real))
		return false;
	slash = strrchr(real, '/');
	*slash = '\0';
	walk->length = (size_t)(slash - real);
	memcpy(walk->path, real, walk->length + 1);
	return true;
}

static bool go_down(struct walk *const walk, const char *const name,
		    const size_t length)
{
	if (walk->length + 1 + length >= sizeof(walk->path))
		return false;
	walk->path[walk->length++] = '/';
	memcpy(walk->path + walk->length, name, length);
	walk->length += length;
	walk->path[walk->length] = '\0';
	return true;
}

static const char *start(struct walk *const walk, const char *const text)
{
	walk->length = 0;
	walk->path[0] = '\0';
	if (text[0] == '/')
		return NULL;
	if (!getcwd(walk->path, sizeof(walk->path)) || walk->path[0] != '/')
		return "the current directory has no path";
	walk->length = walk->path[1] ? strlen(walk->path) : 0;
	walk->path[walk->length] = '\0';
	return NULL;
}

/* Returns why @text is no path, or NULL. */
static const char *follow(struct walk *const walk, const char *text)
{
	const char *const cause = start(walk, text);

	if (cause)
		return cause;
	while (*(text += strspn(text, "/"))) {
		const size_t length = strcspn(text, "/");

		if (length == 2 && strncmp(text, "..", 2) == 0) {
			if (!go_up(walk))
				return "what is before .. does not exist";
		} else if (length != 1 || *text != '.') {
			if (!go_down(walk, text, length))
				return "too long";
		}
		text += length;
	}
	return NULL;
}

static char *word_of(const char prefix, const char *const path)
{
	char *const quoted = given_quote(path);
	char *word;

	if (!quoted || !prefix)
		return quoted;
	word = arena_take(strlen(quoted) + 2, 1);
	if (word) {
		word[0] = prefix;
		strcpy(word + 1, quoted);
	}
	return word;
}

/* NULL: it is none that is looked up from here. */
static const char *find(const char *const text, const char **const cause)
{
	static struct walk walk;
	const size_t length = strlen(text);

	*cause = follow(&walk, text);
	if (*cause)
		return NULL;
	/* It would be taken for a variable, whoever named the directory so. */
	if (text[0] != '/' && strstr(walk.path, "${")) {
		*cause = "a relative path with ${ in it cannot be told from a "
			 "variable";
		return NULL;
	}
	if (!walk.length)
		return "/";
	/* Of what is made, it says: a directory. */
	if (text[length - 1] == '/' && !go_down(&walk, "", 0)) {
		*cause = "too long";
		return NULL;
	}
	return walk.path;
}

/* Shells leave the ~ of --read=~/x to us. */
static const char *expand_home(const char *const text, const char **const cause)
{
	static const char home[] = "${HOME}";
	char *path;

	if (text[1] && text[1] != '/') {
		*cause = "of ~, only ~/ is known; begin a name with ./~";
		return NULL;
	}
	path = arena_take(sizeof(home) + strlen(text), 1);
	if (path)
		strcat(strcpy(path, home), text + 1);
	return path;
}

char *given_path_word(const char *text, const char **const cause)
{
	const char prefix = *text == '-' || *text == '+' ? *text : '\0';
	const char *path;
	char *word = NULL;

	if (prefix)
		text++;
	*cause = NULL;
	if (!*text || *text == '-' || *text == '+')
		*cause = "not a path";
	else if (strncmp(text, "${", 2) == 0)
		path = text;
	else if (*text == '~')
		path = expand_home(text, cause);
	else
		path = find(text, cause);
	if (*cause)
		return NULL;
	word = path ? word_of(prefix, path) : NULL;
	if (!word)
		*cause = "no memory";
	return word;
}
