// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Strict INI on top of inih.
 *
 * inih, as distributions build it, cuts lines at 199 bytes and names at 49.  So it
 * never meets such a line: feed() checks each line first, gives it a value in
 * short pieces, as the continuation lines that it knows how to read, and keeps
 * faults and the names of sections to itself.
 *
 * The invariant: the value handed on is, byte for byte, what the text says, less
 * lines that are faults.  Each piece stands between two marks, so that inih sees
 * neither blanks to strip nor comments in it.  Comments and outer blanks are gone
 * before.
 */
#include "ini.h"

#include <errno.h>
#include <ini.h>
#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "ini_line.h"

/* Together with a key, well below what inih takes in a line. */
#define PIECE_BYTES 120
#define FED_BYTES_MAX (INI_KEY_BYTES_MAX + PIECE_BYTES + sizeof("=\1 \1\n"))
/* No value has it: control characters are refused. */
#define MARK '\001'
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

struct fault {
	const char *cause;
	const char *remedy;
};

#define WRITE_SECTION "write it as [name], in the first column"
static const struct fault section_without_end = {
	"section without a name or an end", WRITE_SECTION
};
static const struct fault section_brackets = {
	"section name with brackets or outer blanks",
	"write it as [name]; a path with brackets goes into match"
};
static const struct fault section_indented = { "section that is indented",
					       WRITE_SECTION };
static const struct fault section_too_long = { "section name is too long",
					       "shorten it" };
static const struct fault control_character = { "control character in the line",
						"remove it" };
static const struct fault line_too_long = {
	"line is too long", "break it: an indented line continues a value"
};
static const struct fault byte_order_mark = { "byte order mark before the text",
					      "save the file without it" };
static const struct fault no_key = {
	"neither section, key, continuation nor comment",
	"write key = value, with a key of small letters and dashes"
};
static const struct fault colon = { "colon behind a key", "write key = value" };
static const struct fault indented_key = {
	"indented key",
	"take the blanks before it away; an indented line continues the one "
	"above"
};
static const struct fault key_outside = { "key outside a section",
					  "put it below a [section]" };
static const struct fault continues_nothing = {
	"indented line that continues no key",
	"start keys and sections in the first column"
};

/* Whose is a line? */
enum place {
	OUTSIDE, /* above the first section */
	INSIDE,
	NOBODYS, /* below a section whose name can't be told */
};

struct reader {
	const char *text;
	size_t left;
	unsigned int line; /* of the last line taken */
	const char *piece; /* rest of a value that inih has not seen yet */
	size_t piece_left;

	enum place place;
	char *name; /* of a section: INI_SECTION_BYTES_MAX + 1 */
	char key[INI_KEY_BYTES_MAX + 1]; /* "": none that could be continued */
	bool is_skipping; /* what continues a faulty line is part of the fault */
	unsigned int key_line;
	bool is_quote_open; /* at the end of the value so far */
	char *value;
	size_t value_bytes, value_room;

	const char *path;
	const struct ini_handler *handler;
	struct report *report;
	int error; /* of what ended the reading */
};

static void tell(struct reader *const reader, const char *const key,
		 const struct fault *const fault)
{
	if (!reader->error && reader->place != NOBODYS)
		reader->error =
			reader->handler->fault(reader->handler->user,
					       reader->line, key, fault->remedy,
					       fault->cause);
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

static bool make_room(struct reader *const reader, const size_t bytes)
{
	size_t room = reader->value_room ?: 256;
	char *grown;

	while (room < bytes)
		room *= 2;
	if (room == reader->value_room)
		return true;
	grown = arena_take(room, 1);
	if (!grown)
		return false;
	if (reader->value_bytes)
		memcpy(grown, reader->value, reader->value_bytes);
	reader->value = grown;
	reader->value_room = room;
	return true;
}

/* inih's handler: one piece of a value.  Non-zero goes on. */
static int take_piece(void *const user, const char *const section,
		      const char *const name, const char *const value)
{
	struct reader *const reader = user;
	const size_t length = strlen(value) - 2; /* without the marks */

	(void)section;
	(void)name;
	if (reader->error)
		return 1;
	if (!make_room(reader, reader->value_bytes + length + 1)) {
		reader->error = report_no_memory(reader->report);
		return 1;
	}
	memcpy(reader->value + reader->value_bytes, value + 1, length);
	reader->value_bytes += length;
	reader->value[reader->value_bytes] = '\0';
	return 1;
}

/* A semicolon behind a blank, inside of quotes, begins a piece. */
static size_t piece_length(const char *const piece, const size_t left)
{
	size_t i;

	for (i = 1; i < left && i < PIECE_BYTES; i++)
		if (piece[i] == ';' && ini_is_blank(piece[i - 1]))
			break;
	return i < left ? i : left;
}

/* Writes the next piece of the value, behind @before unless that is 0. */
static void put_piece(struct reader *const reader, const char before, char *out)
{
	const size_t length = piece_length(reader->piece, reader->piece_left);

	*out++ = MARK;
	if (before)
		*out++ = before;
	memcpy(out, reader->piece, length);
	out[length] = MARK;
	memcpy(out + length + 1, "\n", 2);
	reader->piece += length;
	reader->piece_left -= length;
}

/* What is wrong with the line of a section, or NULL. */
static const struct fault *find_section_fault(const char *const line,
					      const size_t length)
{
	if (line[0] != '[' || line[length - 1] != ']' || length < 3)
		return &section_without_end;
	if (memchr(line + 1, '[', length - 2) ||
	    memchr(line + 1, ']', length - 2) || ini_is_blank(line[1]) ||
	    ini_is_blank(line[length - 2]))
		return &section_brackets;
	return NULL;
}

/*
 * Reads the name of a section, as far as it can be told of a faulty one: what is
 * between the brackets or the ends of the line, without control characters.  Is
 * there one that is not too long?
 */
static bool read_name(struct reader *const reader, const char *const line,
		      const size_t length, const struct fault **const fault)
{
	size_t i = 0, bytes = 0;

	while (i < length && (line[i] == '[' || ini_is_blank(line[i]) ||
			      ini_is_control(line[i])))
		i++;
	for (; i < length && line[i] != ']'; i++) {
		if (ini_is_control(line[i]))
			continue;
		if (bytes == INI_SECTION_BYTES_MAX) {
			*fault = &section_too_long;
			return false;
		}
		reader->name[bytes++] = line[i];
	}
	while (bytes && ini_is_blank(reader->name[bytes - 1]))
		bytes--;
	reader->name[bytes] = '\0';
	return bytes;
}

static void begin_section(struct reader *const reader, const char *const line,
			  const size_t length, const struct fault *fault)
{
	bool is_named;

	end_key(reader);
	if (reader->error)
		return;
	reader->is_skipping = false;
	if (!fault)
		fault = find_section_fault(line, length);
	is_named = read_name(reader, line, length, &fault);
	reader->error = reader->handler->section(reader->handler->user,
						 is_named ? reader->name : NULL,
						 reader->line);
	reader->place = is_named ? INSIDE : OUTSIDE;
	if (fault)
		tell(reader, NULL, fault);
	if (!is_named)
		reader->place = NOBODYS;
}

/* A line in the first column is left out, and with it what continues it. */
static void skip_key(struct reader *const reader,
		     const struct fault *const fault)
{
	end_key(reader);
	reader->is_skipping = true;
	tell(reader, NULL, fault);
}

static void begin_key(struct reader *const reader, const char *const line,
		      const size_t length, const bool is_open, char *const out)
{
	size_t behind;
	const size_t key_bytes = ini_find_key(line, length, '=', &behind);

	if (!key_bytes) {
		skip_key(reader, ini_find_key(line, length, ':', &behind)
					 ? &colon
					 : &no_key);
		return;
	}
	if (reader->place != INSIDE) {
		skip_key(reader, &key_outside);
		return;
	}
	end_key(reader);
	if (reader->error)
		return;
	reader->is_skipping = false;
	memcpy(reader->key, line, key_bytes);
	reader->key[key_bytes] = '\0';
	reader->key_line = reader->line;
	reader->value_bytes = 0;
	reader->is_quote_open = is_open;
	reader->piece = line + behind;
	reader->piece_left = length - behind;
	while (reader->piece_left && ini_is_blank(*reader->piece)) {
		reader->piece++;
		reader->piece_left--;
	}
	memcpy(out, reader->key, key_bytes);
	out[key_bytes] = '=';
	put_piece(reader, 0, out + key_bytes + 1);
}

static void continue_key(struct reader *const reader, const char *const line,
			 const size_t length, const bool is_open,
			 char *const out)
{
	if ((reader->key[0] || reader->is_skipping) &&
	    ini_looks_like_key(line, length)) {
		/* Nor is what comes below a part of the key above. */
		skip_key(reader, &indented_key);
		return;
	}
	if (!reader->key[0]) {
		if (!reader->is_skipping)
			tell(reader, NULL, &continues_nothing);
		return;
	}
	reader->piece = line;
	reader->piece_left = length;
	out[0] = ' ';
	put_piece(reader,
		  !reader->value_bytes	  ? 0
		  : reader->is_quote_open ? INI_OPEN_QUOTE
					  : ' ',
		  out + 1);
	reader->is_quote_open = is_open;
}

/* What is wrong with a line whatever it says, or NULL. */
static const struct fault *find_line_fault(const char *const line,
					   const size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (ini_is_control(line[i]))
			return &control_character;
	return length > INI_LINE_BYTES_MAX ? &line_too_long : NULL;
}

/* Checks one line, whole, and writes what inih shall see of it to @out. */
static void take_line(struct reader *const reader, const char *line,
		      size_t length, char *const out)
{
	const struct fault *fault;
	bool is_comment, is_open;
	size_t start = 0;

	memcpy(out, "\n", 2);
	if (length && line[length - 1] == '\r')
		length--;
	if (reader->line == 1 && length >= strlen(BYTE_ORDER_MARK) &&
	    memcmp(line, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) {
		tell(reader, NULL, &byte_order_mark);
		line += strlen(BYTE_ORDER_MARK);
		length -= strlen(BYTE_ORDER_MARK);
	}
	fault = find_line_fault(line, length);
	while (start < length &&
	       (ini_is_blank(line[start]) || ini_is_control(line[start])))
		start++;
	is_comment =
		start == length || line[start] == ';' || line[start] == '#';
	if (is_comment) {
		if (fault)
			tell(reader, NULL, fault);
		return;
	}
	line += start;
	length = ini_without_comment(line, length - start, &is_open);
	/* An indented path in brackets is nothing that a value could go on with. */
	if (line[0] == '[' || (!start && ini_is_section(line, length)))
		begin_section(reader, line, length,
			      fault ?: (start ? &section_indented : NULL));
	else if (reader->place == NOBODYS)
		return;
	else if (fault && start && reader->key[0])
		tell(reader, reader->key, fault);
	else if (fault)
		skip_key(reader, fault);
	else if (start)
		continue_key(reader, line, length, is_open, out);
	else
		begin_key(reader, line, length, is_open, out);
}

/* inih's fgets: the next line or piece, or NULL at the end or after an error. */
static char *feed(char *const out, const int size, void *const user)
{
	struct reader *const reader = user;
	const char *line, *end;

	if (reader->error)
		return NULL;
	if (size < (int)FED_BYTES_MAX) {
		reader->error =
			report_fill(reader->report, -EINVAL, reader->path, 0,
				    NULL,
				    "build it with INI_MAX_LINE=200 or more",
				    "inih takes too short lines");
		return NULL;
	}
	if (reader->piece_left) {
		out[0] = ' ';
		put_piece(reader, 0, out + 1);
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
	/* Large, and no file is read while another one is. */
	static char name[INI_SECTION_BYTES_MAX + 1];
	struct reader reader = {
		.text = text,
		.left = size,
		.name = name,
		.path = path,
		.handler = handler,
		.report = report,
	};
	int rejected;

	name[0] = '\0';
	rejected = ini_parse_stream(feed, &reader, take_piece, &reader);
	if (!reader.error && rejected == -2)
		return report_no_memory(report);
	/* Not reached as long as feed() only lets through what inih knows. */
	if (!reader.error && rejected)
		return report_fill(report, -EINVAL, path,
				   (unsigned int)(rejected > 0 ? rejected : 0),
				   NULL, NULL,
				   "inih does not understand the file");
	return reader.error;
}
