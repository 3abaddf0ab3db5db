// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Cuts words out of a value, and says what they mean.
 *
 * The invariant: nothing is guessed.  What other languages of configuration would
 * take for something else (a comma, $NAME, a quote in the wrong place) is a fault
 * that names it, unless it is quoted.
 */
#include "profile_words.h"

#include <errno.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "glob.h"
#include "ini.h"

#define BLANKS " \t"
#define BREAK "\002" /* INI_OPEN_QUOTE */
_Static_assert(INI_OPEN_QUOTE == '\002', "as in BREAK");
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define NAME_CHARACTERS LETTERS "0123456789_"
/* What a word has anywhere that means more than it says. */
#define SPECIAL GLOB_SPECIAL "\"$"

static const struct value_fault unclosed_quote = {
	"quote that is not closed", "close it in its line, or write \\\" for a "
				    "quote inside of quotes"
};
static const struct value_fault backslash_in_quotes = {
	"backslash inside of quotes",
	"write \\\\ for a backslash, \\\" for a quote, \\$ for a dollar"
};
static const struct value_fault backslash_at_end = {
	"backslash before a blank or the end",
	"put a path with blanks into double quotes"
};
static const struct value_fault dollar = {
	"variable without braces", "write ${NAME}, or \\$ for a dollar"
};
static const struct value_fault no_end = { "variable without an end",
					   "write ${NAME}" };
static const struct value_fault unknown = {
	"unknown variable",
	"use ${HOME}, ${USER}, ${UID}, ${XDG_CONFIG_HOME}, ${XDG_CACHE_HOME}, "
	"${XDG_DATA_HOME}, ${XDG_STATE_HOME}, ${XDG_RUNTIME_DIR}, ${TMPDIR}, "
	"${CWD} or ${PROJECT}"
};
static const struct value_fault home_of_other = {
	"home of another user", "write out the path; ~/ is the user's own home"
};
static const struct value_fault single_quote = { "single quotes",
						 "use double quotes" };
static const struct value_fault comma = {
	"comma in a list",
	"part words by blanks; put a comma that is meant into double quotes"
};
static const struct value_fault hash = {
	"# behind a value",
	"begin a comment behind a value with a blank and ;, "
	"or put it into a line of its own"
};
static const struct value_fault semicolon = {
	"; without a blank before it",
	"put a blank before it, or into double quotes what is no comment"
};
static const struct value_fault two_signs = { "more than one - or + before it",
					      "write one of them" };

/*
 * What a word means, as it grows.  It is gone through twice: first only its length is
 * counted, with @text and @pattern NULL.
 */
struct meaning {
	char *text, *pattern;
	size_t text_bytes, pattern_bytes;
	bool is_listing; /* behind a `[` that may begin a list */
	bool is_glob;
};

static void put(struct meaning *const meaning, const char byte)
{
	if (meaning->text)
		meaning->text[meaning->text_bytes] = byte;
	meaning->text_bytes++;
}

static void put_pattern(struct meaning *const meaning, const char byte)
{
	if (meaning->pattern)
		meaning->pattern[meaning->pattern_bytes] = byte;
	meaning->pattern_bytes++;
}

/* Adds a byte that means itself. */
static void put_literal(struct meaning *const meaning, const char byte)
{
	put(meaning, byte);
	if (strchr(GLOB_SPECIAL, byte) ||
	    (meaning->is_listing && strchr("]-!^", byte)))
		put_pattern(meaning, '\\');
	put_pattern(meaning, byte);
	if (byte == '/')
		meaning->is_listing = false;
}

/* Adds a byte that stands outside of quotes, special or not. */
static void put_bare(struct meaning *const meaning, const char byte)
{
	put(meaning, byte);
	put_pattern(meaning, byte);
	if (byte == '*' || byte == '?' || (byte == ']' && meaning->is_listing))
		meaning->is_glob = true;
	if (byte == '[')
		meaning->is_listing = true;
	else if (byte == '/')
		meaning->is_listing = false;
}

/* Fills the fault of @word. */
static void blame(struct profile_word *const word,
		  const struct value_fault *const fault)
{
	if (!word->fault.cause)
		word->fault = *fault;
}

static int blame_variable(struct profile_word *const word,
			  const enum variable variable, const char *const why)
{
	char text[128];

	format_text(text, sizeof(text), "${%s} %s", variables_name(variable),
		    why);
	word->has_no_value = true;
	word->fault = (struct value_fault){
		.cause = arena_text(text),
		.remedy = "write out the path, or - before it to leave it out "
			  "then",
	};
	return word->fault.cause ? 0 : -ENOMEM;
}

/* Adds what @variable stands for. */
static int put_value(struct meaning *const meaning,
		     struct variables *const variables,
		     const enum variable variable,
		     struct profile_word *const word)
{
	struct variable_answer answer;
	const int error = variables_get(variables, variable, &answer);
	const char *byte;

	if (error)
		return error;
	if (!answer.value)
		return blame_variable(word, variable, answer.why);
	for (byte = answer.value; *byte; byte++)
		put_literal(meaning, *byte);
	return 0;
}

/* Adds what the variable at @at, a dollar, stands for.  Moves behind it. */
static int put_variable(struct meaning *const meaning,
			struct variables *const variables,
			const char **const at, struct profile_word *const word)
{
	const char *const name = *at + 2;
	enum variable variable;
	size_t length;

	if ((*at)[1] != '{') {
		if ((*at)[1] && strchr(LETTERS "_", (*at)[1]))
			blame(word, &dollar);
		put_literal(meaning, *(*at)++);
		return 0;
	}
	length = strspn(name, NAME_CHARACTERS);
	if (name[length] != '}') {
		blame(word, name[length] ? &unknown : &no_end);
		return 0;
	}
	variable = variables_find(name, length);
	if (variable == VARIABLE_COUNT) {
		blame(word, &unknown);
		return 0;
	}
	*at = name + length + 1;
	return put_value(meaning, variables, variable, word);
}

/* Adds what is between quotes, from @at, the first of them.  Moves behind the last. */
static int put_quoted(struct meaning *const meaning,
		      struct variables *const variables, const char **const at,
		      struct profile_word *const word)
{
	int error = 0;

	for ((*at)++; !error && !word->fault.cause && **at != '"';) {
		if (!**at) {
			blame(word, &unclosed_quote);
		} else if (**at == '$') {
			error = put_variable(meaning, variables, at, word);
		} else if (**at == '\\') {
			if (!(*at)[1] || !strchr("\"\\$", (*at)[1]))
				blame(word, &backslash_in_quotes);
			else
				put_literal(meaning, (*at)[1]);
			*at += 2;
		} else {
			put_literal(meaning, *(*at)++);
		}
	}
	if (!error && !word->fault.cause)
		(*at)++;
	return error;
}

/* Adds all of the word from @at on, until it ends or is found to be faulty. */
static int put_word(struct meaning *const meaning, const char *at,
		    const enum profile_word_use use,
		    struct variables *const variables,
		    struct profile_word *const word)
{
	int error = 0;

	if (at[0] == '~' &&
	    (use == PROFILE_WORD_PATH || use == PROFILE_WORD_SIGNED_PATH)) {
		if (at[1] && at[1] != '/') {
			blame(word, &home_of_other);
			return 0;
		}
		at++;
		error = put_value(meaning, variables, VARIABLE_HOME, word);
	}
	while (!error && !word->fault.cause && *at) {
		if (*at == '"') {
			error = put_quoted(meaning, variables, &at, word);
		} else if (*at == '$') {
			error = put_variable(meaning, variables, &at, word);
		} else if (*at == '\\') {
			if (!at[1])
				blame(word, &backslash_at_end);
			else
				put_literal(meaning, at[1]);
			at += 2;
		} else {
			put_bare(meaning, *at++);
		}
	}
	return error;
}

/* Returns the end of the word at @text: blanks inside of quotes are part of it. */
static char *find_end(char *text, bool *const is_unclosed)
{
	bool is_quoted = false;

	for (; *text && *text != INI_OPEN_QUOTE; text++) {
		if (*text == '"')
			is_quoted = !is_quoted;
		else if (*text == '\\' && text[1] &&
			 text[1] != INI_OPEN_QUOTE &&
			 (is_quoted || !strchr(BLANKS, text[1])))
			text++;
		else if (!is_quoted && strchr(BLANKS, *text))
			break;
	}
	*is_unclosed = is_quoted;
	return text;
}

/* Is there a comma outside of quotes that does not look like part of a name? */
static bool has_comma(const char *const text, const bool is_path)
{
	const char *at;
	bool is_quoted = false;

	for (at = text; *at; at++) {
		if (*at == '\\' && at[1])
			at++;
		else if (*at == '"')
			is_quoted = !is_quoted;
		else if (*at == ',' && !is_quoted &&
			 (!is_path || at == text || !at[1] ||
			  strchr("/~$\"+-", at[1])))
			return true;
	}
	return false;
}

/* What other languages mean by @text, and this one does not; or NULL. */
static const struct value_fault *find_slip(const char *const text,
					   const enum profile_word_use use)
{
	const size_t length = strlen(text);
	const char *const equals = strchr(text, '=');

	if (text[0] == '#')
		return &hash;
	if (text[0] == '\'' ||
	    (use == PROFILE_WORD_PARAMETER && equals && equals[1] == '\''))
		return &single_quote;
	if (use == PROFILE_WORD_PARAMETER)
		return NULL;
	if (length > 1 && text[length - 1] == ';' && text[length - 2] != '\\')
		return &semicolon;
	return has_comma(text, use != PROFILE_WORD_PLAIN) ? &comma : NULL;
}

/* Takes - or + off the start of @text. */
static char *take_sign(char *text, struct profile_word *const word)
{
	if (*text != '-' && *text != '+')
		return text;
	word->optional = *text == '-';
	word->make = *text == '+';
	text++;
	if (*text == '-' || *text == '+')
		blame(word, &two_signs);
	return text;
}

/* Fills @word with what @text, special in some way, means. */
static int explain(const char *const text, const enum profile_word_use use,
		   struct variables *const variables,
		   struct profile_word *const word)
{
	struct meaning meaning = { .text = NULL };
	int error = put_word(&meaning, text, use, variables, word);

	if (error || word->fault.cause)
		return error;
	meaning = (struct meaning){
		.text = arena_take(meaning.text_bytes + 1, 1),
		.pattern = arena_take(meaning.pattern_bytes + 1, 1),
	};
	if (!meaning.text || !meaning.pattern)
		return -ENOMEM;
	error = put_word(&meaning, text, use, variables, word);
	word->text = meaning.text;
	word->pattern = meaning.pattern;
	word->is_glob = meaning.is_glob;
	return error;
}

int profile_word_next(char **const rest, const enum profile_word_use use,
		      struct variables *const variables,
		      struct profile_word *const word)
{
	char *const start = *rest + strspn(*rest, BLANKS BREAK);
	bool is_unclosed;
	char *const end = find_end(start, &is_unclosed);
	const struct value_fault *slip;
	char *text = start;

	*word = (struct profile_word){ .written = NULL };
	*rest = *end ? end + 1 : end;
	*end = '\0';
	if (!*start)
		return 0;
	word->written = word->text = word->pattern = start;
	slip = is_unclosed ? &unclosed_quote : find_slip(text, use);
	if (slip) {
		word->fault = *slip;
		return 0;
	}
	if (use == PROFILE_WORD_SIGNED_PATH)
		text = take_sign(text, word);
	word->text = word->pattern = text;
	if (word->fault.cause ||
	    (text[0] != '~' && !text[strcspn(text, SPECIAL)]))
		return 0;
	return explain(text, use, variables, word);
}
