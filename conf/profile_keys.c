// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One table from keys to what sets them; manual, messages and words for others are
 * of the same.
 */
#include "profile_keys.h"

#include <errno.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "profile_values.h"

/* Far above what anyone needs, far below what would take long. */
#define MATCHES_MAX 4096
#define RULES_MAX 1024
#define PARAMETERS_MAX 64
#define PATHS_MAX 65536
#define RANGES_MAX 1024

static const char *const mode_words[] = {
	[PROFILE_ENFORCE] = "enforce",
	[PROFILE_COMPLAIN] = "complain",
	[PROFILE_OFF] = "off",
};

static const char *const on_error_words[] = {
	[PROFILE_ON_ERROR_FAIL] = "fail",
	[PROFILE_ON_ERROR_WARN] = "warn",
};

static const char *const scope_words[PROFILE_SCOPE_COUNT] = {
	[PROFILE_SCOPE_ABSTRACT_UNIX] = "abstract-unix",
	[PROFILE_SCOPE_SIGNAL] = "signal",
	[PROFILE_SCOPE_TERMINAL] = "terminal",
};

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Returns the index of @word in @words, or @count. */
static size_t find_word(const char *const word, const char *const *const words,
			const size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			break;
	return i;
}

static int refuse(const struct profile_place *const place,
		  const char *const remedy, const char *const cause,
		  const char *const word)
{
	return profile_fault(place, remedy, "%s: \"%s\"", cause, word);
}

static int set_mode(const struct profile_place *const place, char *const value,
		    const unsigned int which)
{
	const size_t mode =
		*value ? find_word(value, mode_words, ARRAY_SIZE(mode_words))
		       : PROFILE_ENFORCE;

	(void)which;
	if (mode == ARRAY_SIZE(mode_words))
		return refuse(place, "write enforce, complain or off",
			      "unknown mode", value);
	place->profile->mode = (enum profile_mode)mode;
	return 0;
}

static int set_on_error(const struct profile_place *const place,
			char *const value, const unsigned int which)
{
	const size_t answer = *value ? find_word(value, on_error_words,
						 ARRAY_SIZE(on_error_words))
				     : PROFILE_ON_ERROR_FAIL;

	(void)which;
	if (answer == ARRAY_SIZE(on_error_words))
		return refuse(place, "write fail or warn",
			      "unknown answer to errors", value);
	place->profile->on_error = (enum profile_on_error)answer;
	return 0;
}

int profile_add_match(const struct profile_place *const place,
		      const char *const word)
{
	struct profile *const profile = place->profile;
	const char **const matches = arena_append(
		profile->matches, profile->match_count, sizeof(*matches));

	if (!matches)
		return -ENOMEM;
	profile->matches = matches;
	matches[profile->match_count++] = word;
	return 0;
}

int profile_add_faulty_match(const struct profile_place *const place,
			     const char *word, const char *const cause,
			     const char *const remedy)
{
	const char *const salvaged = value_salvage(word);
	int error = refuse(place, remedy, cause, word);

	if (!salvaged)
		return -ENOMEM;
	if (!error && !*salvaged)
		error = profile_file_fault(place, remedy, "%s: \"%s\"", cause,
					   word);
	if (!error && *salvaged)
		error = profile_add_match(place, salvaged);
	/* As it is written: there may be a file of that very name. */
	if (!error && *salvaged && word[0] == '/' &&
	    strcmp(salvaged, word) != 0) {
		word = arena_text(word);
		error = word ? profile_add_match(place, word) : -ENOMEM;
	}
	return error;
}

static int add_match(const struct profile_place *const place,
		     const char *const word)
{
	const struct value_fault *const fault = value_match_fault(word);
	int error;

	if (place->profile->match_count >= MATCHES_MAX) {
		error = refuse(place, "use globs", "too many paths before",
			       word);
		return error
			       ?: profile_file_fault(
					  place, "use globs",
					  "too many paths before: \"%s\"",
					  word);
	}
	if (fault)
		return profile_add_faulty_match(place, word, fault->cause,
						fault->remedy);
	return profile_add_match(place, word);
}

static int set_match(const struct profile_place *const place, char *const value,
		     const unsigned int which)
{
	char *word, *rest = value;
	int error = 0;

	(void)which;
	/* The section's own name stays: it is not match that gave it. */
	if (!*value)
		place->profile->match_count = place->own_matches;
	while (!error && (word = value_next_word(&rest)))
		error = add_match(place, word);
	return error;
}

/* Adds @word to @rule, unless it is faulty: then @good becomes false. */
static int add_parameter(const struct profile_place *const place,
			 struct profile_rule *const rule, char *const word,
			 bool *const good)
{
	const size_t length = strcspn(word, "="), count = rule->parameter_count;
	struct profile_parameter *parameters;
	size_t i;

	*good = false;
	if (!word[length] || !value_is_parameter_name(word, length))
		return refuse(place,
			      "write name=value, with a name of letters, "
			      "digits and _",
			      "not a parameter", word);
	word[length] = '\0';
	for (i = 0; i < count; i++)
		if (strcmp(rule->parameters[i].name, word) == 0)
			return refuse(place, "give it once",
				      "parameter given twice", word);
	if (count == PARAMETERS_MAX)
		return refuse(place, "remove some",
			      "too many parameters before", word);
	parameters = arena_append(rule->parameters, count, sizeof(*parameters));
	if (!parameters)
		return -ENOMEM;
	*good = true;
	rule->parameters = parameters;
	rule->parameter_count++;
	parameters[count].name = word;
	parameters[count].value = word + length + 1;
	return 0;
}

/* A rule with a faulty part is left out whole: it would be another one. */
static int add_rule(const struct profile_place *const place, char *const value,
		    const unsigned int which)
{
	struct profile *const profile = place->profile;
	struct profile_rule rule = { .origin = profile_place_origin(place) },
			    *rules;
	char *word, *rest = value;
	bool good = true;
	int error = 0;

	(void)which;
	if (!*value) {
		profile->rule_count = 0;
		return 0;
	}
	rule.object = value_next_word(&rest);
	if (!value_is_object(rule.object))
		return refuse(place,
			      "write the file name of a shipped object "
			      "(fs_readonly.o) or an absolute path",
			      "not a rule object", rule.object);
	if (profile->rule_count == RULES_MAX)
		return refuse(place, "remove some", "too many rules before",
			      rule.object);
	while (!error && good && (word = value_next_word(&rest)))
		error = add_parameter(place, &rule, word, &good);
	if (error || !good)
		return error;
	rules = arena_append(profile->rules, profile->rule_count,
			     sizeof(*rules));
	if (!rules)
		return -ENOMEM;
	profile->rules = rules;
	rules[profile->rule_count++] = rule;
	return 0;
}

static void clear_paths(struct profile *const profile,
			const enum profile_access access)
{
	size_t i, kept = 0;

	for (i = 0; i < profile->path_count; i++)
		if (profile->paths[i].access != access)
			profile->paths[kept++] = profile->paths[i];
	profile->path_count = kept;
}

static int add_path(const struct profile_place *const place,
		    const enum profile_access access, const char *word)
{
	struct profile *const profile = place->profile;
	const bool optional = word[0] == '-';
	const struct value_fault *const fault =
		value_path_fault(word + optional);
	struct profile_path *paths;

	if (fault)
		return refuse(place, fault->remedy, fault->cause,
			      word + optional);
	if (profile->path_count == PATHS_MAX)
		return refuse(place, "grant a directory",
			      "too many paths before", word);
	paths = arena_append(profile->paths, profile->path_count,
			     sizeof(*paths));
	if (!paths)
		return -ENOMEM;
	profile->paths = paths;
	paths[profile->path_count++] = (struct profile_path){
		.path = word + optional,
		.access = access,
		.optional = optional,
		.origin = profile_place_origin(place),
	};
	return 0;
}

static int add_paths(const struct profile_place *const place, char *const value,
		     const unsigned int which)
{
	const enum profile_access access = (enum profile_access)which;
	char *word, *rest = value;
	int error = 0;

	if (!*value)
		clear_paths(place->profile, access);
	while (!error && (word = value_next_word(&rest)))
		error = add_path(place, access, word);
	return error;
}

static int add_ports(const struct profile_place *const place,
		     struct profile_use_of_ports *const ports,
		     const char *const word)
{
	struct profile_ports range, *ranges;

	if (!value_read_ports(word, &range))
		return refuse(place,
			      "write none, any, or ports and ranges "
			      "(443 8000-8080)",
			      "not a port", word);
	if (ports->range_count == RANGES_MAX)
		return refuse(place, "write ranges", "too many ports before",
			      word);
	ranges = arena_append(ports->ranges, ports->range_count,
			      sizeof(*ranges));
	if (!ranges)
		return -ENOMEM;
	ports->ranges = ranges;
	ranges[ports->range_count++] = range;
	ports->restricted = true;
	ports->origin = profile_place_origin(place);
	return 0;
}

static int set_tcp(const struct profile_place *const place, char *const value,
		   const unsigned int which)
{
	struct profile_use_of_ports *const ports =
		&place->profile->ports[which];
	const bool any = strcmp(value, "any") == 0;
	const bool none = strcmp(value, "none") == 0;
	const bool is_list = ports->origin.line && ports->range_count;
	char *word, *rest = value;
	int error = 0;

	if (!*value) {
		*ports = (struct profile_use_of_ports){ .restricted = false };
		return 0;
	}
	if (ports->origin.line && (any || none || !is_list))
		return refuse(place,
			      "write any or none alone, or an empty value "
			      "first to start anew",
			      "contradicts the line before", value);
	if (any || none) {
		ports->origin = profile_place_origin(place);
		ports->restricted = none;
		return 0;
	}
	while (!error && (word = value_next_word(&rest)))
		error = add_ports(place, ports, word);
	return error;
}

static int set_scope(const struct profile_place *const place, char *const value,
		     const unsigned int which)
{
	char *word, *rest = value;
	int error = 0;

	(void)which;
	if (!*value)
		memset(place->profile->scopes, 0,
		       sizeof(place->profile->scopes));
	while (!error && (word = value_next_word(&rest))) {
		const size_t scope =
			find_word(word, scope_words, PROFILE_SCOPE_COUNT);

		if (scope == PROFILE_SCOPE_COUNT)
			error = refuse(place, "write signal or abstract-unix",
				       "unknown scope", word);
		else
			place->profile->scopes[scope] =
				profile_place_origin(place);
	}
	return error;
}

/* @value: in the arena, and the setter's, which may cut it into words. */
typedef int set_t(const struct profile_place *place, char *value,
		  unsigned int which);

/* In the order in which messages name them. */
static const struct key {
	const char *name;
	set_t *set;
	unsigned int which; /* of those that @set sets */
} keys[] = {
	{ "read", add_paths, PROFILE_READ },
	{ "write", add_paths, PROFILE_WRITE },
	{ "exec", add_paths, PROFILE_EXEC },
	{ "deny", add_paths, PROFILE_DENY },
	{ "hide", add_paths, PROFILE_HIDE },
	{ "connect-tcp", set_tcp, PROFILE_CONNECT_TCP },
	{ "bind-tcp", set_tcp, PROFILE_BIND_TCP },
	{ "scope", set_scope, 0 },
	{ "rule", add_rule, 0 },
	{ "mode", set_mode, 0 },
	{ "on-error", set_on_error, 0 },
	{ "match", set_match, 0 },
};

/* Takes time and memory only where it is needed: a fault is rare. */
static int refuse_key(const struct profile_place *const place)
{
	char text[256] = "use ";
	size_t length = strlen(text), i;
	const char *remedy;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		length += format_text(text + length, sizeof(text) - length,
				      "%s%s",
				      !i			 ? ""
				      : i < ARRAY_SIZE(keys) - 1 ? ", "
								 : " or ",
				      keys[i].name);
	remedy = arena_text(text);
	return remedy ? profile_fault(place, remedy, "unknown key") : -ENOMEM;
}

int profile_set_key(const struct profile_place *const place,
		    const char *const value)
{
	char *text;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (strcmp(keys[i].name, place->key) == 0)
			break;
	if (i == ARRAY_SIZE(keys))
		return refuse_key(place);
	text = arena_text(value);
	return text ? keys[i].set(place, text, keys[i].which) : -ENOMEM;
}

static const char *key_of(set_t *const set, const unsigned int which)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].set == set && keys[i].which == which)
			return keys[i].name;
	return "";
}

const char *profile_access_key(const enum profile_access access)
{
	return key_of(add_paths, access);
}

const char *profile_port_key(const enum profile_port_use use)
{
	return key_of(set_tcp, use);
}

const char *profile_scope_word(const enum profile_scope scope)
{
	return scope_words[scope];
}

const char *profile_mode_word(const enum profile_mode mode)
{
	return mode_words[mode];
}
