// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Keys whose values are paths.
 */
#include <errno.h>
#include <string.h>

#include "arena.h"
#include "profile_keys.h"
#include "profile_setters.h"
#include "profile_values.h"

/* Far above what anyone needs, far below what would take long. */
#define MATCHES_MAX 4096
#define PATHS_MAX 65536

/* What is wrong with the path that @word means, for @access; or NULL. */
static const struct value_fault *
find_path_fault(const struct profile_word *const word,
		const enum profile_access access)
{
	static const struct value_fault made_glob = {
		"glob that would have to be made", "write out what + makes"
	};
	static const struct value_fault made_denied = {
		"+ before what is not granted", "remove the +"
	};

	if (word->make && word->is_glob)
		return &made_glob;
	if (word->make && access > PROFILE_EXEC)
		return &made_denied;
	return word->is_glob ? value_glob_fault(word->pattern)
			     : value_path_fault(word->text);
}

static enum profile_make find_make(const struct profile_word *const word)
{
	if (!word->make)
		return PROFILE_MAKE_NOTHING;
	return word->text[strlen(word->text) - 1] == '/'
		       ? PROFILE_MAKE_DIRECTORY
		       : PROFILE_MAKE_FILE;
}

/* Adds the path that @word means to the @count at @paths. */
static int add_path(const struct profile_place *const place,
		    struct profile_path **const paths, size_t *const count,
		    const enum profile_access access,
		    const struct profile_word *const word)
{
	const enum profile_make make =
		*word->text ? find_make(word) : PROFILE_MAKE_NOTHING;
	const struct value_fault *fault;
	struct profile_path *grown;

	value_drop_slash(word->text);
	value_drop_slash(word->pattern);
	fault = find_path_fault(word, access);
	if (fault)
		return profile_refuse(place, fault->remedy, fault->cause,
				      word->written);
	if (*count == PATHS_MAX)
		return profile_refuse(place, "grant a directory",
				      "too many paths before", word->written);
	grown = arena_append(*paths, *count, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	*paths = grown;
	grown[(*count)++] = (struct profile_path){
		.path = word->is_glob ? word->pattern : word->text,
		.is_glob = word->is_glob,
		.access = access,
		.optional = word->optional,
		.make = make,
		.origin = profile_place_origin(place),
	};
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

static int add_file(const struct profile_place *const place,
		    const struct profile_word *const word,
		    const unsigned int which)
{
	return add_path(place, &place->profile->paths,
			&place->profile->path_count, (enum profile_access)which,
			word);
}

int profile_set_paths(const struct profile_place *const place,
		      char *const value, const unsigned int which)
{
	if (!*value)
		clear_paths(place->profile, (enum profile_access)which);
	return profile_add_words(place, value, PROFILE_WORD_SIGNED_PATH,
				 add_file, which);
}

static int add_socket(const struct profile_place *const place,
		      const struct profile_word *const word,
		      const unsigned int which)
{
	struct profile_sockets *const sockets = &place->profile->sockets;
	const size_t before = sockets->path_count;
	const int error = add_path(place, &sockets->paths, &sockets->path_count,
				   (enum profile_access)which, word);

	if (sockets->path_count > before) {
		sockets->restricted = true;
		sockets->origin = profile_place_origin(place);
	}
	return error;
}

int profile_set_sockets(const struct profile_place *const place,
			char *const value, const unsigned int which)
{
	struct profile_sockets *const sockets = &place->profile->sockets;
	const int list =
		profile_begin_list(place, value, sockets->path_count,
				   &sockets->restricted, &sockets->origin);

	if (list == PROFILE_LIST_RESET) {
		*sockets = (struct profile_sockets){ .restricted = false };
		return 0;
	}
	return list != PROFILE_LIST_WORDS
		       ? list
		       : profile_add_words(place, value,
					   PROFILE_WORD_SIGNED_PATH, add_socket,
					   which);
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
	int error = profile_refuse(place, remedy, cause, word);

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
		     const struct profile_word *const word)
{
	const struct value_fault *fault = &word->fault;

	/* Where there is no such directory, no program is in it. */
	if (word->has_no_value)
		return 0;
	if (!fault->cause)
		fault = value_match_fault(word->pattern);
	if (place->profile->match_count >= MATCHES_MAX)
		return profile_refuse(place, "use globs",
				      "too many paths before", word->written)
			       ?: profile_file_fault(
					  place, "use globs",
					  "too many paths before: \"%s\"",
					  word->written);
	if (fault)
		return profile_add_faulty_match(place, word->written,
						fault->cause, fault->remedy);
	return profile_add_match(place, word->pattern);
}

int profile_set_match(const struct profile_place *const place,
		      char *const value, const unsigned int which)
{
	struct profile_word word;
	char *rest = value;
	int error;

	(void)which;
	/* The section's own name stays: it is not match that gave it. */
	if (!*value)
		place->profile->match_count = place->profile->own_matches;
	while (!(error = profile_word_next(&rest, PROFILE_WORD_PATH,
					   place->variables, &word)) &&
	       word.written) {
		error = add_match(place, &word);
		if (error)
			break;
	}
	return error;
}
