// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Sections and keys into profiles: the one place that knows what a key means.
 */
#include "profile.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ini.h"

#define FILE_BYTES_MAX (1024 * 1024)
#define BLANKS " \t"
/* Far above what anyone needs, far below what would take long. */
#define SECTIONS_MAX 4096
#define MATCHES_MAX 4096
#define RULES_MAX 1024
#define PARAMETERS_MAX 64
#define PATHS_MAX 65536
#define RANGES_MAX 1024
#define PORT_MAX 65535

struct builder {
	struct profile_file *file;
	struct report *report;
};

/* One key of a profile, and where it stands. */
struct place {
	struct builder *builder;
	struct profile *profile;
	const char *key;
	unsigned int line;
};

static int out_of_memory(const struct builder *const builder)
{
	return report_fill(builder->report, -ENOMEM, builder->file->path, 0,
			   NULL, NULL, "out of memory");
}

static int refuse(const struct place *const place, const char *const remedy,
		  const char *const cause, const char *const value)
{
	return report_fill(place->builder->report, -EINVAL,
			   place->builder->file->path, place->line, place->key,
			   remedy, "%s: \"%s\"", cause, value);
}

/* Makes room for one more element, zeroed, at the end of an array. */
static void *append(void *const array, const size_t count, const size_t size)
{
	char *const grown = reallocarray(array, count + 1, size);

	if (grown)
		memset(grown + count * size, 0, size);
	return grown;
}

static bool is_clean_path(const char *const path)
{
	const char *component = path;

	if (path[0] != '/' || !path[1])
		return false;
	while (component) {
		const size_t length = strcspn(++component, "/");

		if (!length || (length == 1 && component[0] == '.') ||
		    (length == 2 && component[0] == '.' && component[1] == '.'))
			return false;
		component = strchr(component, '/');
	}
	return true;
}

static int add_match(const struct place *const place, const char *const path)
{
	struct profile *const profile = place->profile;
	char **matches;

	if (profile->match_count == MATCHES_MAX)
		return refuse(place, "use globs", "too many paths before",
			      path);
	matches = append(profile->matches, profile->match_count,
			 sizeof(*matches));
	if (!matches)
		return out_of_memory(place->builder);
	profile->matches = matches;
	matches[profile->match_count] = strdup(path);
	if (!matches[profile->match_count])
		return out_of_memory(place->builder);
	profile->match_count++;
	return 0;
}

/* Drops all but the first @kept. */
static void clear_matches(struct profile *const profile, const size_t kept)
{
	while (profile->match_count > kept)
		free(profile->matches[--profile->match_count]);
}

static void clear_rule(struct profile_rule *const rule)
{
	while (rule->parameter_count) {
		free(rule->parameters[--rule->parameter_count].name);
		free(rule->parameters[rule->parameter_count].value);
	}
	free(rule->parameters);
	free(rule->object);
}

static void clear_rules(struct profile *const profile)
{
	while (profile->rule_count)
		clear_rule(&profile->rules[--profile->rule_count]);
}

static struct origin origin_of(const struct place *const place)
{
	return (struct origin){
		.file = place->builder->file->path,
		.line = place->line,
	};
}

static int set_mode(const struct place *const place, char *const value)
{
	if (!*value || strcmp(value, "enforce") == 0)
		place->profile->mode = PROFILE_ENFORCE;
	else if (strcmp(value, "complain") == 0)
		place->profile->mode = PROFILE_COMPLAIN;
	else if (strcmp(value, "off") == 0)
		place->profile->mode = PROFILE_OFF;
	else
		return refuse(place, "write enforce, complain or off",
			      "unknown mode", value);
	return 0;
}

static int set_on_error(const struct place *const place, char *const value)
{
	if (!*value || strcmp(value, "fail") == 0)
		place->profile->on_error = PROFILE_ON_ERROR_FAIL;
	else if (strcmp(value, "warn") == 0)
		place->profile->on_error = PROFILE_ON_ERROR_WARN;
	else
		return refuse(place, "write fail or warn",
			      "unknown answer to errors", value);
	return 0;
}

static int set_match(const struct place *const place, char *value)
{
	char *word, *rest = value;
	int error;

	/* The section's own name stays: it is not match that gave it. */
	if (!*value)
		clear_matches(place->profile,
			      place->profile->section[0] == '/');
	while ((word = strtok_r(rest, BLANKS, &rest))) {
		if (!is_clean_path(word) || word[strlen(word) - 1] == '\\')
			return refuse(place,
				      "write an absolute path or glob without "
				      "empty components, ., .. and a backslash "
				      "at its end",
				      "not a path that a program can have",
				      word);
		error = add_match(place, word);
		if (error)
			return error;
	}
	return 0;
}

static bool is_object(const char *const object)
{
	const size_t length = strlen(object);

	if (length <= 2 || strcmp(object + length - 2, ".o") != 0)
		return false;
	return object[0] == '/' ? is_clean_path(object) : !strchr(object, '/');
}

static bool is_parameter_name(const char *const name, const size_t length)
{
	return length && strspn(name, "0123456789") == 0 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") >= length;
}

static int add_parameter(const struct place *const place,
			 struct profile_rule *const rule, char *const word)
{
	const size_t length = strcspn(word, "=");
	struct profile_parameter *parameters;
	size_t i;

	if (!word[length] || !is_parameter_name(word, length))
		return refuse(
			place,
			"write name=value, with a name of letters, digits "
			"and _",
			"not a parameter", word);
	word[length] = '\0';
	for (i = 0; i < rule->parameter_count; i++)
		if (strcmp(rule->parameters[i].name, word) == 0)
			return refuse(place, "give it once",
				      "parameter given twice", word);
	if (i == PARAMETERS_MAX)
		return refuse(place, "remove some",
			      "too many parameters before", word);
	parameters = append(rule->parameters, i, sizeof(*parameters));
	if (!parameters)
		return out_of_memory(place->builder);
	rule->parameters = parameters;
	rule->parameter_count++;
	parameters[i].name = strdup(word);
	parameters[i].value = strdup(word + length + 1);
	if (!parameters[i].name || !parameters[i].value)
		return out_of_memory(place->builder);
	return 0;
}

static int add_rule(const struct place *const place, char *value)
{
	struct profile *const profile = place->profile;
	char *word, *rest = value;
	struct profile_rule *rules;
	int error;

	if (!*value) {
		clear_rules(profile);
		return 0;
	}
	word = strtok_r(rest, BLANKS, &rest);
	if (!is_object(word))
		return refuse(place,
			      "write the file name of a shipped object "
			      "(fs_readonly.o) or an absolute path",
			      "not a rule object", word);
	if (profile->rule_count == RULES_MAX)
		return refuse(place, "remove some", "too many rules before",
			      word);
	rules = append(profile->rules, profile->rule_count, sizeof(*rules));
	if (!rules)
		return out_of_memory(place->builder);
	profile->rules = rules;
	rules += profile->rule_count++;
	rules->origin = origin_of(place);
	rules->object = strdup(word);
	if (!rules->object)
		return out_of_memory(place->builder);
	while ((word = strtok_r(rest, BLANKS, &rest))) {
		error = add_parameter(place, rules, word);
		if (error)
			return error;
	}
	return 0;
}

static void clear_paths(struct profile *const profile,
			const enum profile_access access)
{
	size_t i, kept = 0;

	for (i = 0; i < profile->path_count; i++) {
		if (profile->paths[i].access == access)
			free(profile->paths[i].path);
		else
			profile->paths[kept++] = profile->paths[i];
	}
	profile->path_count = kept;
}

static int add_path(const struct place *const place,
		    const enum profile_access access, const char *word)
{
	struct profile *const profile = place->profile;
	const bool optional = word[0] == '-';
	struct profile_path *paths;

	if (optional)
		word++;
	if (strcmp(word, "/") != 0 && !is_clean_path(word))
		return refuse(place,
			      "write an absolute path without empty "
			      "components, . and ..; - before it if it may be "
			      "missing",
			      "not a path", word);
	if (strpbrk(word, "*?[\\$"))
		return refuse(place, "write out each path",
			      "globs, backslashes and variables are not "
			      "supported here",
			      word);
	if (profile->path_count == PATHS_MAX)
		return refuse(place, "grant a directory",
			      "too many paths before", word);
	paths = append(profile->paths, profile->path_count, sizeof(*paths));
	if (!paths)
		return out_of_memory(place->builder);
	profile->paths = paths;
	paths += profile->path_count;
	paths->path = strdup(word);
	if (!paths->path)
		return out_of_memory(place->builder);
	paths->access = access;
	paths->optional = optional;
	paths->origin = origin_of(place);
	profile->path_count++;
	return 0;
}

static const char *const access_keys[PROFILE_ACCESS_COUNT] = {
	[PROFILE_READ] = "read",
	[PROFILE_WRITE] = "write",
	[PROFILE_EXEC] = "exec",
	[PROFILE_DENY] = "deny",
};

static const char *const tcp_keys[PROFILE_TCP_COUNT] = {
	[PROFILE_CONNECT_TCP] = "connect-tcp",
	[PROFILE_BIND_TCP] = "bind-tcp",
};

static const char *const scope_words[PROFILE_SCOPE_COUNT] = {
	[PROFILE_SCOPE_ABSTRACT_UNIX] = "abstract-unix",
	[PROFILE_SCOPE_SIGNAL] = "signal",
};

static size_t find_word(const char *const word, const char *const *const words,
			const size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (strcmp(words[i], word) == 0)
			break;
	return i;
}

static int add_paths(const struct place *const place, char *value)
{
	const enum profile_access access = (enum profile_access)find_word(
		place->key, access_keys, PROFILE_ACCESS_COUNT);
	char *word, *rest = value;
	int error = 0;

	if (!*value)
		clear_paths(place->profile, access);
	while (!error && (word = strtok_r(rest, BLANKS, &rest)))
		error = add_path(place, access, word);
	return error;
}

/* Digits alone, up to PORT_MAX; NULL if not. */
static const char *read_port(const char *text, unsigned short *const port)
{
	unsigned long number = 0;
	const char *digit = text;

	for (; *digit >= '0' && *digit <= '9' && number <= PORT_MAX; digit++)
		number = number * 10 + (unsigned long)(*digit - '0');
	*port = (unsigned short)number;
	return digit != text && number <= PORT_MAX ? digit : NULL;
}

static int add_ports(const struct place *const place,
		     struct profile_tcp_ports *const ports,
		     const char *const word)
{
	struct profile_ports range, *ranges;
	const char *end = read_port(word, &range.first);

	range.last = range.first;
	if (end && *end == '-')
		end = read_port(end + 1, &range.last);
	if (!end || *end || range.last < range.first)
		return refuse(place,
			      "write none, any, or ports and ranges "
			      "(443 8000-8080)",
			      "not a port", word);
	if (ports->range_count == RANGES_MAX)
		return refuse(place, "write ranges", "too many ports before",
			      word);
	ranges = append(ports->ranges, ports->range_count, sizeof(*ranges));
	if (!ranges)
		return out_of_memory(place->builder);
	ports->ranges = ranges;
	ranges[ports->range_count++] = range;
	return 0;
}

static void clear_ports(struct profile_tcp_ports *const ports)
{
	free(ports->ranges);
	*ports = (struct profile_tcp_ports){ .restricted = false };
}

static int set_tcp(const struct place *const place, char *value)
{
	struct profile_tcp_ports *const ports = &place->profile->tcp[find_word(
		place->key, tcp_keys, PROFILE_TCP_COUNT)];
	const bool any = strcmp(value, "any") == 0;
	const bool none = strcmp(value, "none") == 0;
	const bool listed = ports->origin.line && ports->range_count;
	char *word, *rest = value;
	int error = 0;

	if (!*value) {
		clear_ports(ports);
		return 0;
	}
	if (ports->origin.line && (any || none || !listed))
		return refuse(place,
			      "write any or none alone, or an empty value "
			      "first to start anew",
			      "contradicts the line before", value);
	ports->origin = origin_of(place);
	ports->restricted = !any;
	if (any || none)
		return 0;
	while (!error && (word = strtok_r(rest, BLANKS, &rest)))
		error = add_ports(place, ports, word);
	return error;
}

static int set_scope(const struct place *const place, char *value)
{
	char *word, *rest = value;

	if (!*value)
		memset(place->profile->scopes, 0,
		       sizeof(place->profile->scopes));
	while ((word = strtok_r(rest, BLANKS, &rest))) {
		const size_t scope =
			find_word(word, scope_words, PROFILE_SCOPE_COUNT);

		if (scope == PROFILE_SCOPE_COUNT)
			return refuse(place, "write signal or abstract-unix",
				      "unknown scope", word);
		place->profile->scopes[scope] = origin_of(place);
	}
	return 0;
}

static const struct {
	const char *name;
	int (*set)(const struct place *place, char *value);
} keys[] = {
	{ "read", add_paths },	      { "write", add_paths },
	{ "exec", add_paths },	      { "deny", add_paths },
	{ "connect-tcp", set_tcp },   { "bind-tcp", set_tcp },
	{ "scope", set_scope },	      { "mode", set_mode },
	{ "on-error", set_on_error }, { "match", set_match },
	{ "rule", add_rule },
};

static int take_key(void *const user, const char *const key,
		    const char *const value, const unsigned int line)
{
	struct builder *const builder = user;
	const struct place place = {
		.builder = builder,
		.profile = builder->file->profiles +
			   builder->file->profile_count - 1,
		.key = key,
		.line = line,
	};
	char *text;
	size_t i;
	int error;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i].name, key) == 0)
			break;
	if (i == sizeof(keys) / sizeof(keys[0]))
		return report_fill(builder->report, -EINVAL,
				   builder->file->path, line, key,
				   "use read, write, exec, deny, connect-tcp, "
				   "bind-tcp, scope, rule, mode, on-error or "
				   "match",
				   "unknown key");
	text = strdup(value);
	if (!text)
		return out_of_memory(builder);
	error = keys[i].set(&place, text);
	free(text);
	return error;
}

/* A section that names no path and no match would never apply. */
static int end_section(const struct builder *const builder)
{
	const struct profile_file *const file = builder->file;
	const struct profile *last;

	if (!file->profile_count)
		return 0;
	last = &file->profiles[file->profile_count - 1];
	if (last->match_count)
		return 0;
	return report_fill(builder->report, -EINVAL, builder->file->path,
			   last->origin.line, NULL,
			   "name the section by the program's absolute path, "
			   "or add match = PATH ...",
			   "section [%s] speaks of no program", last->section);
}

static int take_section(void *const user, const char *const name,
			const unsigned int line)
{
	struct builder *const builder = user;
	struct profile_file *const file = builder->file;
	const struct place place = { .builder = builder, .line = line };
	struct profile *profiles;
	size_t i;
	int error;

	error = end_section(builder);
	if (error)
		return error;
	if (name[0] == '@')
		return refuse(&place, "choose a name without @",
			      "templates are not supported", name);
	if (strchr(name, '/') &&
	    (!is_clean_path(name) || strpbrk(name, "*?\\")))
		return refuse(
			&place,
			"write the program's absolute path without globs, "
			". and ..; globs go into match",
			"section that is not the path of a program", name);
	for (i = 0; i < file->profile_count; i++)
		if (strcmp(file->profiles[i].section, name) == 0)
			return report_fill(builder->report, -EINVAL, file->path,
					   line, NULL, "join the two",
					   "section [%s] is in line %u already",
					   name, file->profiles[i].origin.line);
	if (i == SECTIONS_MAX)
		return refuse(&place, "split the file",
			      "too many sections before", name);
	profiles =
		append(file->profiles, file->profile_count, sizeof(*profiles));
	if (!profiles)
		return out_of_memory(builder);
	file->profiles = profiles;
	profiles += file->profile_count++;
	profiles->origin = (struct origin){ .file = file->path, .line = line };
	profiles->section = strdup(name);
	if (!profiles->section)
		return out_of_memory(builder);
	if (name[0] != '/')
		return 0;
	return add_match(&(struct place){ .builder = builder,
					  .profile = profiles,
					  .line = line },
			 name);
}

static int read_all(const int fd, char **const text, size_t *const size,
		    const struct builder *const builder)
{
	char *const buffer = malloc(FILE_BYTES_MAX + 1);
	size_t length = 0;
	ssize_t got = 1;
	int error = 0;

	if (!buffer)
		return out_of_memory(builder);
	while (!error && got && length <= FILE_BYTES_MAX) {
		got = read(fd, buffer + length, FILE_BYTES_MAX + 1 - length);
		if (got > 0)
			length += (size_t)got;
		else if (got < 0 && errno != EINTR)
			error = report_fill(builder->report, -errno,
					    builder->file->path, 0, NULL, NULL,
					    "cannot be read: %s",
					    strerror(errno));
	}
	if (!error && length > FILE_BYTES_MAX)
		error = report_fill(builder->report, -EINVAL,
				    builder->file->path, 0, NULL, "split it",
				    "is larger than 1 MiB");
	if (error) {
		free(buffer);
		return error;
	}
	*text = buffer;
	*size = length;
	return 0;
}

int profile_file_read(const int fd, const char *const path,
		      struct profile_file *const out,
		      struct report *const report)
{
	struct builder builder = { .file = out, .report = report };
	const struct ini_handler handler = {
		.section = take_section,
		.key = take_key,
		.user = &builder,
	};
	size_t size = 0;
	char *text = NULL;
	int error;

	*out = (struct profile_file){ .path = strdup(path) };
	if (!out->path)
		return report_fill(report, -ENOMEM, path, 0, NULL, NULL,
				   "out of memory");
	error = read_all(fd, &text, &size, &builder);
	if (!error) {
		error = ini_read(text, size, path, &handler, report);
		free(text);
	}
	if (!error)
		error = end_section(&builder);
	if (error)
		profile_file_free(out);
	return error;
}

void profile_file_free(struct profile_file *const file)
{
	while (file->profile_count) {
		struct profile *const profile =
			&file->profiles[--file->profile_count];

		clear_matches(profile, 0);
		clear_rules(profile);
		while (profile->path_count)
			free(profile->paths[--profile->path_count].path);
		free(profile->paths);
		clear_ports(&profile->tcp[PROFILE_CONNECT_TCP]);
		clear_ports(&profile->tcp[PROFILE_BIND_TCP]);
		free(profile->matches);
		free(profile->rules);
		free(profile->section);
	}
	free(file->profiles);
	free(file->path);
	*file = (struct profile_file){ 0 };
}

bool profile_matches(const struct profile *const profile,
		     const char *const path)
{
	size_t i;

	for (i = 0; i < profile->match_count; i++)
		if (fnmatch(profile->matches[i], path, FNM_PATHNAME) == 0)
			return true;
	return false;
}

const char *profile_access_key(const enum profile_access access)
{
	return access_keys[access];
}

const char *profile_tcp_key(const enum profile_tcp use)
{
	return tcp_keys[use];
}

const char *profile_scope_word(const enum profile_scope scope)
{
	return scope_words[scope];
}
