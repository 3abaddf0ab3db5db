// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * getservbyname(3) without a C library: lines `name port/protocol alias… # comment`.
 */
#include "services.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "file.h"

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
	unsigned int number = 0;
	size_t i;

	for (i = 0; i < word.length && word.text[i] >= '0' &&
		    word.text[i] <= '9' && number <= PORT_MAX;
	     i++)
		number = number * 10 + (unsigned int)(word.text[i] - '0');
	if (!i || i == word.length || number > PORT_MAX || word.text[i] != '/')
		return false;
	i++;
	*port = (unsigned short)number;
	return is_text((struct word){ word.text + i, word.length - i },
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
