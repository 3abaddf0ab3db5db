// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The key `rule`: an object and its parameters.
 */
#include <errno.h>
#include <string.h>

#include "arena.h"
#include "profile_setters.h"
#include "profile_values.h"

/* Far above what anyone needs, far below what would take long. */
#define RULES_MAX 1024
#define PARAMETERS_MAX 64

/* Adds @word to @rule, unless it is faulty: then @good becomes false. */
static int add_parameter(const struct profile_place *const place,
			 struct profile_rule *const rule,
			 const struct profile_word *const taken,
			 bool *const good)
{
	char *const word = taken->text;
	const size_t length = strcspn(word, "="), count = rule->parameter_count;
	struct profile_parameter *parameters;
	size_t i;

	*good = false;
	if (taken->fault.cause)
		return profile_refuse(place, taken->fault.remedy,
				      taken->fault.cause, taken->written);
	if (!word[length] || !value_is_parameter_name(word, length))
		return profile_refuse(
			place,
			"write name=value, with a name of letters, "
			"digits and _",
			"not a parameter", word);
	word[length] = '\0';
	for (i = 0; i < count; i++)
		if (strcmp(rule->parameters[i].name, word) == 0)
			return profile_refuse(place, "give it once",
					      "parameter given twice", word);
	if (count == PARAMETERS_MAX)
		return profile_refuse(place, "remove some",
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
int profile_set_rule(const struct profile_place *const place, char *const value,
		     const unsigned int which)
{
	struct profile *const profile = place->profile;
	struct profile_rule rule = { .origin = profile_place_origin(place) },
			    *rules;
	struct profile_word word;
	char *rest = value;
	bool good = true;
	int error;

	(void)which;
	if (!*value) {
		profile->rule_count = 0;
		return 0;
	}
	error = profile_word_next(&rest, PROFILE_WORD_PATH, place->variables,
				  &word);
	if (error)
		return error;
	if (word.fault.cause)
		return profile_refuse(place, word.fault.remedy,
				      word.fault.cause, word.written);
	rule.object = word.text;
	if (!value_is_object(rule.object))
		return profile_refuse(place,
				      "write the file name of a shipped object "
				      "(fs_readonly.o) or an absolute path",
				      "not a rule object", rule.object);
	if (profile->rule_count == RULES_MAX)
		return profile_refuse(place, "remove some",
				      "too many rules before", rule.object);
	while (!error && good &&
	       !(error = profile_word_next(&rest, PROFILE_WORD_PARAMETER,
					   place->variables, &word)) &&
	       word.written)
		error = add_parameter(place, &rule, &word, &good);
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
