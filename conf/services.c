// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * getservbyname(3) without a C library: lines `name port/protocol alias… # comment`.
 */
#include "services.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "file.h"
#include "number.h"

#define FILE_BYTES_MAX ((size_t)1 << 20)
#define PORT_MAX 65535
#define BLANKS " \t\r"

struct word {
	const char *text;
	size_t length;
};

/* Takes a word off the line at @rest; false at its end. */
static bool take(const char **const rest, struct word *const word)
{
	word->text = *rest + strspn(*rest, BLANKS);
	word->length = strcspn(word->text, BLANKS "#\n");
	*rest = word->text + word->length;
	return word->length;
}

static bool is_text(const struct word word, const char *const text)
{
	return strlen(text) == word.length &&
	       memcmp(word.text, text, word.length) == 0;
}

/* Reads "443/tcp" if it is of @protocol. */
static bool read_port(const struct word word, const char *const protocol,
		      unsigned short *const port)
{
	uint32_t number = 0;
	const char *const end = number_read(word.text, PORT_MAX, &number);

	if (!end || *end != '/')
		return false;
	*port = (unsigned short)number;
	return is_text(
		(struct word){ end + 1,
			       word.length - (size_t)(end + 1 - word.text) },
		protocol);
}

int service_port(const char **const text, const char *const name,
		 const char *const protocol, unsigned short *const port)
{
	const char *line;
	size_t size;
	char *all;

	if (!*text) {
		const int error = file_read_path("/etc/services",
						 FILE_BYTES_MAX, &all, &size);

		if (error)
			return error;
		*text = all;
	}
	for (line = *text; line; line = strchr(line, '\n')) {
		struct word first, number, alias;
		bool is_named;

		line += *line == '\n';
		if (!take(&line, &first) || !take(&line, &number))
			continue;
		is_named = is_text(first, name);
		while (!is_named && take(&line, &alias))
			is_named = is_text(alias, name);
		if (is_named && read_port(number, protocol, port))
			return 0;
	}
	return -ENOENT;
}
