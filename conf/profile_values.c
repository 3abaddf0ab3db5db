// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Words, paths, ports and parameters, as text.
 */
#include "profile_values.h"

#include <string.h>

#include "arena.h"
#include "glob.h"
#include "number.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define PORT_MAX 65535

/* Takes the first component, and the slash behind it, off @path. */
static const char *take_component(const char **const path, size_t *const length)
{
	const char *const component = *path;

	*length = strcspn(component, "/");
	*path += *length + (component[*length] == '/');
	return component;
}

static bool is_dots(const char *const component, const size_t length,
		    const size_t dots)
{
	return length == dots && memcmp(component, "..", dots) == 0;
}

bool value_is_clean_path(const char *const text)
{
	const char *rest = text + 1;

	if (text[0] != '/' || !*rest || text[strlen(text) - 1] == '/')
		return false;
	while (*rest) {
		size_t length;
		const char *const component = take_component(&rest, &length);

		if (!length || is_dots(component, length, 1) ||
		    is_dots(component, length, 2))
			return false;
	}
	return true;
}

static bool has_variable(const char *text)
{
	while ((text = strchr(text, '$')))
		if (*++text == '{')
			return true;
	return false;
}

/* A class of glob(7), which would be taken for a list of its letters. */
static bool has_class(const char *text)
{
	for (; *text; text++) {
		if (*text == '\\' && text[1])
			text++;
		else if (*text == '[' && text[1] && strchr(":=.", text[1]))
			return true;
	}
	return false;
}

static const struct value_fault class = {
	"classes of characters are not supported",
	"write out the characters, as [a-z]"
};

void value_drop_slash(char *const text)
{
	const size_t length = strlen(text);

	if (length > 1 && text[length - 1] == '/' && text[length - 2] != '/')
		text[length - 1] = '\0';
}

const struct value_fault *value_path_fault(const char *const text)
{
	static const struct value_fault unclean = {
		"not a path", "write an absolute path without empty "
			      "components, . and ..; - before it if it may be "
			      "missing"
	};

	if (strcmp(text, "/") == 0 || value_is_clean_path(text))
		return NULL;
	return &unclean;
}

const struct value_fault *value_glob_fault(const char *const text)
{
	return has_class(text) ? &class : value_path_fault(text);
}

const struct value_fault *value_match_fault(const char *const text)
{
	static const struct value_fault unclean = {
		"not a path that a program can have",
		"write an absolute path or glob without empty components, ., "
		".. and a slash at its end"
	};

	if (has_class(text))
		return &class;
	return value_is_clean_path(text) ? NULL : &unclean;
}

const struct value_fault *value_section_fault(const char *const text)
{
	static const struct value_fault template = {
		"no name of a template",
		"write letters, digits, - and _ behind the @"
	};
	static const struct value_fault variable = {
		"section that is called by a variable",
		"give it a name, and write the variable into match"
	};
	static const struct value_fault no_program = {
		"section that is not the path of a program",
		"write the program's absolute path without globs, . and ..; "
		"globs go into match"
	};

	if (text[0] == '@')
		return value_is_template(text + 1) ? NULL : &template;
	if (has_variable(text) || (text[0] == '~' && strchr(text, '/')))
		return &variable;
	if (strchr(text, '/') &&
	    (!value_is_clean_path(text) || strpbrk(text, GLOB_SPECIAL)))
		return &no_program;
	return NULL;
}

const char *value_salvage(const char *const text)
{
	const char *rest = text;
	size_t bytes = 0;
	char *path;

	/* Neither a name that is looked for in PATH, nor one that means another
	 * file for each user, is any program's for sure. */
	if (!strchr(text, '/') || has_variable(text) || has_class(text) ||
	    (text[0] != '/' && !strspn(text, LETTERS DIGITS "_")))
		return "";
	path = arena_take(strlen(text) + 2, 1);
	while (path && *rest) {
		size_t length;
		const char *const component = take_component(&rest, &length);

		if (is_dots(component, length, 2)) {
			while (bytes && path[--bytes] != '/')
				;
		} else if (length && !is_dots(component, length, 1)) {
			path[bytes++] = '/';
			memcpy(path + bytes, component, length);
			bytes += length;
		}
		path[bytes] = '\0';
	}
	return path;
}

bool value_is_object(const char *const text)
{
	const size_t length = strlen(text);

	if (length <= 2 || strcmp(text + length - 2, ".o") != 0)
		return false;
	return text[0] == '/' ? value_is_clean_path(text) : !strchr(text, '/');
}

bool value_is_parameter_name(const char *const text, const size_t length)
{
	return length && !strspn(text, DIGITS) &&
	       strspn(text, LETTERS DIGITS "_") >= length;
}

static const char *read_port(const char *const text, unsigned short *const port)
{
	uint32_t number = 0;
	const char *const end = number_read(text, PORT_MAX, &number);

	*port = (unsigned short)number;
	return end;
}

bool value_read_ports(const char *const text, struct profile_ports *const ports)
{
	const char *end = read_port(text, &ports->first);

	ports->last = ports->first;
	if (end && *end == '-')
		end = read_port(end + 1, &ports->last);
	return end && !*end && ports->first <= ports->last;
}

bool value_is_service(const char *const text)
{
	return strpbrk(text, LETTERS) &&
	       !text[strspn(text, LETTERS DIGITS "-_.+*/")];
}

bool value_is_template(const char *const text)
{
	return *text && !text[strspn(text, LETTERS DIGITS "-_")];
}
