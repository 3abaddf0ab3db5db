// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Strict INI on top of inih.
 *
 * inih, as distributions build it, cuts lines at 199 bytes and names at 49, and
 * goes on after errors. So it never meets such a line: feed() checks each line
 * first, gives it a value in short pieces, as the continuation lines that it
 * knows how to read, and keeps the names of sections to itself.
 *
 * The invariant: the value handed on is, byte for byte, what the text says. Each
 * piece stands between two marks, so that inih sees neither blanks to strip nor
 * comments in it. Comments and outer blanks are gone before.
 */
#include "ini.h"

#include <errno.h>
#include <ini.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Together with a key, well below what inih takes in a line. */
#define PIECE_BYTES 120
#define FED_BYTES_MAX (INI_KEY_BYTES_MAX + PIECE_BYTES + sizeof("=\1 \1\n"))
/* No text has it: control characters are refused. */
#define MARK '\001'

struct reader {
	const char *text;
	size_t left;
	unsigned int line; /* of the last line taken */
	const char *piece; /* rest of a value that inih has not seen yet */
	size_t piece_left;

	bool in_section;
	char key[INI_KEY_BYTES_MAX + 1]; /* "": none since the section */
	unsigned int key_line;
	char *value;
	size_t value_bytes;

	const char *path;
	const struct ini_handler *handler;
	struct report *report;
	int error; /* of the first thing that went wrong */
};

static void fail(struct reader *const reader, const char *const remedy,
		 const char *const cause)
{
	reader->error = report_fill(reader->report, -EINVAL, reader->path,
				    reader->line, NULL, remedy, "%s", cause);
}

static bool is_blank(const char c)
{
	return c == ' ' || c == '\t';
}

/* Hands on the key that is complete now that something else begins. */
static void end_key(struct reader *const reader)
{
	if (!reader->key[0] || reader->error)
		return;
	reader->error = reader->handler->key(reader->handler->user, reader->key,
					     reader->value, reader->key_line);
	reader->key[0] = '\0';
}

/* inih's handler: one piece of a value. Non-zero goes on. */
static int take_piece(void *const user, const char *const section,
		      const char *const name, const char *const value)
{
	struct reader *const reader = user;
	const size_t length = strlen(value) - 2; /* without the marks */
	char *grown;

	(void)section;
	(void)name;
	if (reader->error)
		return 1;
	grown = realloc(reader->value, reader->value_bytes + length + 1);
	if (!grown) {
		reader->error = report_fill(reader->report, -ENOMEM,
					    reader->path, reader->line,
					    reader->key, NULL, "out of memory");
		return 1;
	}
	reader->value = grown;
	memcpy(grown + reader->value_bytes, value + 1, length);
	reader->value_bytes += length;
	grown[reader->value_bytes] = '\0';
	return 1;
}

/* A comment begins a line, or follows a blank. Returns the length without it. */
static size_t without_comment(const char *const line, size_t length)
{
	size_t i;

	for (i = 1; i < length; i++)
		if (line[i] == ';' && is_blank(line[i - 1])) {
			length = i;
			break;
		}
	while (length && is_blank(line[length - 1]))
		length--;
	return length;
}

/* Writes the next piece of the value, after a blank if @blank. */
static void put_piece(struct reader *const reader, const bool blank, char *out)
{
	const size_t length = reader->piece_left < PIECE_BYTES
				      ? reader->piece_left
				      : PIECE_BYTES;

	*out++ = MARK;
	if (blank)
		*out++ = ' ';
	memcpy(out, reader->piece, length);
	out[length] = MARK;
	memcpy(out + length + 1, "\n", 2);
	reader->piece += length;
	reader->piece_left -= length;
}

static void begin_section(struct reader *const reader, const char *const line,
			  const size_t length)
{
	char name[INI_SECTION_BYTES_MAX + 1];

	end_key(reader);
	if (reader->error)
		return;
	if (line[length - 1] != ']' || length < 3) {
		fail(reader, "write it as [name]",
		     "section without a name or an end");
		return;
	}
	if (length - 2 >= sizeof(name)) {
		fail(reader, "shorten it", "section name is too long");
		return;
	}
	memcpy(name, line + 1, length - 2);
	name[length - 2] = '\0';
	if (strpbrk(name, "[]") || is_blank(name[0]) ||
	    is_blank(name[length - 3])) {
		fail(reader, "write it as [name]",
		     "section name with brackets or outer blanks");
		return;
	}
	reader->in_section = true;
	reader->error = reader->handler->section(reader->handler->user, name,
						 reader->line);
}

static bool is_key(const char *const key, const size_t length)
{
	return length && length <= INI_KEY_BYTES_MAX &&
	       strspn(key, "abcdefghijklmnopqrstuvwxyz-") >= length;
}

static void begin_key(struct reader *const reader, const char *const line,
		      const size_t length, char *const out)
{
	const char *const equals = memchr(line, '=', length);
	size_t key_bytes = equals ? (size_t)(equals - line) : 0;

	end_key(reader);
	if (reader->error)
		return;
	while (key_bytes && is_blank(line[key_bytes - 1]))
		key_bytes--;
	if (!is_key(line, key_bytes)) {
		fail(reader,
		     "write key = value, with a key of small letters and dashes",
		     "neither section, key, continuation nor comment");
		return;
	}
	if (!reader->in_section) {
		fail(reader, "put it below a [section]",
		     "key outside a section");
		return;
	}
	memcpy(reader->key, line, key_bytes);
	reader->key[key_bytes] = '\0';
	reader->key_line = reader->line;
	reader->value_bytes = 0;
	reader->piece = equals + 1;
	reader->piece_left = length - (size_t)(equals + 1 - line);
	while (reader->piece_left && is_blank(*reader->piece)) {
		reader->piece++;
		reader->piece_left--;
	}
	memcpy(out, reader->key, key_bytes);
	out[key_bytes] = '=';
	put_piece(reader, false, out + key_bytes + 1);
}

static void continue_key(struct reader *const reader, const char *line,
			 size_t length, char *const out)
{
	if (!reader->key[0]) {
		fail(reader, "start keys and sections in the first column",
		     "indented line that continues no key");
		return;
	}
	while (is_blank(*line)) {
		line++;
		length--;
	}
	reader->piece = line;
	reader->piece_left = length;
	out[0] = ' ';
	put_piece(reader, reader->value_bytes, out + 1);
}

/* Checks one line, whole, and writes what inih shall see of it to @out. */
static void take_line(struct reader *const reader, const char *const line,
		      size_t length, char *const out)
{
	size_t i;

	memcpy(out, "\n", 2);
	if (length && line[length - 1] == '\r')
		length--;
	for (i = 0; i < length; i++)
		if (((unsigned char)line[i] < ' ' && line[i] != '\t') ||
		    line[i] == '\177') {
			fail(reader, "remove it",
			     "control character in the line");
			return;
		}
	if (length > INI_LINE_BYTES_MAX) {
		fail(reader, "break it: an indented line continues a value",
		     "line is too long");
		return;
	}
	for (i = 0; i < length && is_blank(line[i]); i++)
		;
	if (i == length || line[i] == ';' || line[i] == '#')
		return;
	length = without_comment(line, length);
	if (reader->line == 1 && length >= 3 &&
	    memcmp(line, "\xef\xbb\xbf", 3) == 0)
		fail(reader, "save the file without it",
		     "byte order mark before the text");
	else if (i)
		continue_key(reader, line, length, out);
	else if (line[0] == '[')
		begin_section(reader, line, length);
	else
		begin_key(reader, line, length, out);
}

/* inih's fgets: the next line or piece, or NULL at the end or after an error. */
static char *feed(char *const out, const int size, void *const user)
{
	struct reader *const reader = user;
	const char *line, *end;

	if (reader->error)
		return NULL;
	if (size < (int)FED_BYTES_MAX) {
		fail(reader, "build it with INI_MAX_LINE=200 or more",
		     "inih takes too short lines");
		return NULL;
	}
	if (reader->piece_left) {
		out[0] = ' ';
		put_piece(reader, false, out + 1);
		return out;
	}
	if (!reader->left) {
		end_key(reader);
		return NULL;
	}
	line = reader->text;
	end = memchr(line, '\n', reader->left);
	reader->text = end ? end + 1 : line + reader->left;
	reader->left -= (size_t)(reader->text - line);
	reader->line++;
	take_line(reader, line,
		  end ? (size_t)(end - line) : (size_t)(reader->text - line),
		  out);
	return reader->error ? NULL : out;
}

int ini_read(const char *const text, const size_t size, const char *const path,
	     const struct ini_handler *const handler,
	     struct report *const report)
{
	struct reader reader = {
		.text = text,
		.left = size,
		.path = path,
		.handler = handler,
		.report = report,
	};
	int rejected;

	rejected = ini_parse_stream(feed, &reader, take_piece, &reader);
	/* Not reached as long as feed() only lets through what inih knows. */
	if (!reader.error && rejected) {
		reader.line = (unsigned int)(rejected > 0 ? rejected : 0);
		fail(&reader, NULL, "inih does not understand the file");
	}
	free(reader.value);
	return reader.error;
}
