// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Keys whose values are single words, and what all setters share.
 */
#include "profile_setters.h"

#include <errno.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "profile_keys.h"
#include "profile_values.h"
#include "template.h"

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

static const char *const mode_words[] = {
	[PROFILE_ENFORCE] = "enforce",
	[PROFILE_COMPLAIN] = "complain",
	[PROFILE_OFF] = "off",
};

static const char *const on_error_words[] = {
	[PROFILE_ON_ERROR_FAIL] = "fail",
	[PROFILE_ON_ERROR_WARN] = "warn",
};

static const char *const log_words[] = {
	[PROFILE_LOG_DEFAULT] = "", /* which an empty value is */
	[PROFILE_LOG_NONE] = "none",
	[PROFILE_LOG_SELF] = "self",
	[PROFILE_LOG_ALL] = "all",
};

static const char *const scope_words[PROFILE_SCOPE_COUNT] = {
	[PROFILE_SCOPE_ABSTRACT_UNIX] = "abstract-unix",
	[PROFILE_SCOPE_SIGNAL] = "signal",
	[PROFILE_SCOPE_TERMINAL] = "terminal",
};

size_t profile_find_word(const char *const word, const char *const *const words,
			 const size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			break;
	return i;
}

int profile_refuse(const struct profile_place *const place,
		   const char *const remedy, const char *const cause,
		   const char *const word)
{
	return profile_fault(place, remedy, "%s: \"%s\"", cause, word);
}

/* A key with its = that was meant to begin a line. */
static bool is_indented_key(const char *const word)
{
	return profile_key_find(word, strcspn(word, "=")) && strchr(word, '=');
}

/* Has the path that a variable without a value left out stand where nothing is: below
 * /, where only root makes anything.  So the key still restricts. */
static int leave_out(struct profile_word *const word)
{
	const size_t bytes = strlen(word->text) + 2;
	char *const path = arena_take(bytes, 1);

	if (!path)
		return -ENOMEM;
	format_text(path, bytes, "/%s", word->text);
	word->text = word->pattern = path;
	word->fault.cause = NULL;
	return 0;
}

static int add_word(const struct profile_place *const place,
		    struct profile_word *const word, profile_adder_t *const add,
		    const unsigned int which)
{
	int error = 0;

	if (is_indented_key(word->written))
		return profile_refuse(place,
				      "begin a key in the first column, alone "
				      "in its line",
				      "key inside of a value", word->written);
	if (word->has_no_value && word->optional)
		error = leave_out(word);
	if (error)
		return error;
	return word->fault.cause
		       ? profile_refuse(place, word->fault.remedy,
					word->fault.cause, word->written)
		       : add(place, word, which);
}

int profile_add_words(const struct profile_place *const place,
		      char *const value, const enum profile_word_use use,
		      profile_adder_t *const add, const unsigned int which)
{
	struct profile_word word;
	char *rest = value;
	int error;

	do {
		error = profile_word_next(&rest, use, place->variables, &word);
		if (!error && word.written)
			error = add_word(place, &word, add, which);
	} while (!error && word.written);
	return error;
}

int profile_begin_list(const struct profile_place *const place,
		       const char *const value, const bool has_words,
		       bool *const restricted, struct origin *const origin)
{
	const bool any = strcmp(value, "any") == 0;
	const bool none = strcmp(value, "none") == 0;

	if (!*value)
		return PROFILE_LIST_RESET;
	if (origin->line && (any || none || !has_words))
		return profile_refuse(place,
				      "write any or none alone, or an empty "
				      "value first to start anew",
				      "contradicts the line before", value)
			       ?: PROFILE_LIST_DONE;
	if (!any && !none)
		return PROFILE_LIST_WORDS;
	*origin = profile_place_origin(place);
	*restricted = none;
	return PROFILE_LIST_DONE;
}

/*
 * Reads the one word of @value, out of @words, into @index; an empty value is the
 * first.  Tells of one that is none: @index is @count then.
 */
static int read_choice(const struct profile_place *const place, char *value,
		       const char *const *const words, const size_t count,
		       const char *const remedy, const char *const cause,
		       size_t *const index)
{
	const char *const whole = *value ? arena_text(value) : value;
	struct profile_word word, more;
	int error;

	*index = 0;
	if (!*value)
		return 0;
	if (!whole)
		return -ENOMEM;
	error = profile_word_next(&value, PROFILE_WORD_PLAIN, place->variables,
				  &word)
			?: profile_word_next(&value, PROFILE_WORD_PLAIN,
					     place->variables, &more);
	if (error)
		return error;
	*index = count;
	if (!word.fault.cause && more.fault.cause)
		word = more;
	if (word.fault.cause)
		return profile_refuse(place, word.fault.remedy,
				      word.fault.cause, word.written);
	if (!more.written && *word.text)
		*index = profile_find_word(word.text, words, count);
	return *index == count ? profile_refuse(place, remedy, cause, whole)
			       : 0;
}

int profile_set_mode(const struct profile_place *const place, char *const value,
		     const unsigned int which)
{
	size_t mode;
	const int error =
		read_choice(place, value, mode_words, ARRAY_SIZE(mode_words),
			    "write enforce, complain or off", "unknown mode",
			    &mode);

	(void)which;
	if (!error && mode < ARRAY_SIZE(mode_words))
		place->profile->mode = (enum profile_mode)mode;
	return error;
}

int profile_set_on_error(const struct profile_place *const place,
			 char *const value, const unsigned int which)
{
	size_t answer;
	const int error =
		read_choice(place, value, on_error_words,
			    ARRAY_SIZE(on_error_words), "write fail or warn",
			    "unknown answer to errors", &answer);

	(void)which;
	if (!error && answer < ARRAY_SIZE(on_error_words))
		place->profile->on_error = (enum profile_on_error)answer;
	return error;
}

int profile_set_log(const struct profile_place *const place, char *const value,
		    const unsigned int which)
{
	struct profile *const profile = place->profile;
	size_t log;
	const int error =
		read_choice(place, value, log_words, ARRAY_SIZE(log_words),
			    "write none, self or all", "unknown log", &log);

	(void)which;
	if (error || log == ARRAY_SIZE(log_words))
		return error;
	profile->log = (enum profile_log)log;
	profile->log_origin = log == PROFILE_LOG_DEFAULT
				      ? (struct origin){ .line = 0 }
				      : profile_place_origin(place);
	return 0;
}

static int add_scope(const struct profile_place *const place,
		     const struct profile_word *const word,
		     const unsigned int which)
{
	const size_t scope =
		profile_find_word(word->text, scope_words, PROFILE_SCOPE_COUNT);

	(void)which;
	if (scope == PROFILE_SCOPE_COUNT)
		return profile_refuse(place,
				      "write signal, abstract-unix or terminal",
				      "unknown scope", word->written);
	place->profile->scopes[scope] = profile_place_origin(place);
	return 0;
}

int profile_set_scope(const struct profile_place *const place,
		      char *const value, const unsigned int which)
{
	if (!*value)
		memset(place->profile->scopes, 0,
		       sizeof(place->profile->scopes));
	return profile_add_words(place, value, PROFILE_WORD_PLAIN, add_scope,
				 which);
}

static int include(const struct profile_place *const place,
		   const struct profile_word *const word,
		   const unsigned int which)
{
	(void)which;
	if (word->text[0] != '@' || !value_is_template(word->text + 1))
		return profile_refuse(place,
				      "write @ and the name of a template",
				      "not a template", word->written);
	return template_include(place, word->text + 1);
}

int profile_set_include(const struct profile_place *const place,
			char *const value, const unsigned int which)
{
	if (!*value)
		return profile_fault(
			place,
			"remove the line; an empty value of each key "
			"takes back what was included for it",
			"an include cannot be taken back");
	return profile_add_words(place, value, PROFILE_WORD_PLAIN, include,
				 which);
}

const char *profile_scope_word(const enum profile_scope scope)
{
	return scope_words[scope];
}

const char *profile_mode_word(const enum profile_mode mode)
{
	return mode_words[mode];
}

const char *profile_log_word(const enum profile_log log)
{
	return log_words[log];
}
