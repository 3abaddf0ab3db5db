// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From options to a profile: each is a key and a value for the reader of files.
 */
#include "given.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "given_path.h"
#include "lookup_layer.h"
#include "profile.h"
#include "profile_keys.h"
#include "report.h"
#include "resolve.h"

#define SECTION "landlock run"
#define BLANKS " \t"

/* How a value on the command line is other than one in a file, and what shells offer
 * for it. */
static const struct {
	const char *key;
	struct cmd_option option;
} values[] = {
	{ "include", { .value = "@TEMPLATE", .names = CMD_NAMES_TEMPLATE } },
	{ "read", { .value = "PATH", .names = CMD_NAMES_PATH } },
	{ "write", { .value = "PATH", .names = CMD_NAMES_PATH } },
	{ "exec", { .value = "PATH", .names = CMD_NAMES_PATH } },
	{ "deny", { .value = "PATH", .names = CMD_NAMES_PATH } },
	{ "hide", { .value = "PATH", .names = CMD_NAMES_PATH } },
	{ "network",
	  { .value = "FAMILY",
	    .words = "none any unix inet inet6 netlink packet" } },
	{ "connect-tcp",
	  { .value = "PORT", .words = "none any http https ssh" } },
	{ "bind-tcp", { .value = "PORT", .words = "none any" } },
	{ "connect-udp", { .value = "PORT", .words = "none any domain" } },
	{ "bind-udp", { .value = "PORT", .words = "none any" } },
	{ "connect-unix",
	  { .value = "PATH", .names = CMD_NAMES_PATH, .words = "none any" } },
	{ "scope",
	  { .value = "WORD", .words = "signal abstract-unix terminal" } },
	{ "rule",
	  { .letter = 'r',
	    .value = "'RULE.o [NAME=VALUE]...'",
	    .names = CMD_NAMES_OBJECT } },
	{ "log", { .value = "WORD", .words = "none self all" } },
	{ "on-error", { .value = "WORD", .words = "fail warn" } },
	{ "mode", { .value = "WORD", .words = "enforce complain" } },
};

bool given_key_at(size_t index, struct cmd_option *const option)
{
	const struct profile_key *key;
	size_t i;

	for (i = 0; (key = profile_key_at(i)); i++)
		if (key->on_command_line && !index--)
			break;
	if (!key)
		return false;
	*option = (struct cmd_option){ .value = key->values };
	for (i = 0; i < sizeof(values) / sizeof(*values); i++)
		if (strcmp(values[i].key, key->name) == 0)
			*option = values[i].option;
	option->name = key->name;
	option->purpose = key->purpose;
	return true;
}

/* Where an option stands, for messages. */
struct place {
	const struct given *given;
	const char *file;
	unsigned int line;
};

static int refuse(const struct place *const place, const char *const remedy,
		  const char *const cause, struct report *const report)
{
	return report_fill(report, -EINVAL, place->file, place->line,
			   place->given->key, remedy, "%s: \"%s\"", cause,
			   place->given->value);
}

/* The @count of those before it are all of its name, or more. */
static int find_place(const struct given *const given, const size_t index,
		      struct place *const place, struct report *const report)
{
	const char *const option = given[index].option;
	char *file = NULL;
	size_t i;

	*place = (struct place){ .given = &given[index] };
	for (i = 0; i <= index; i++)
		place->line += strcmp(given[i].option, option) == 0;
	if (asprintf(&file, "landlock run %s", option) >= 0)
		place->file = arena_text(file);
	free(file);
	return place->file ? 0 : report_no_memory(report);
}

static int path_value(const struct place *const place, const char **const value,
		      struct report *const report)
{
	const char *cause;

	*value = given_path_word(place->given->value, &cause);
	return *value ? 0 : refuse(place, NULL, cause, report);
}

/* connect-unix has words, too; a path of that name is ./none. */
static int sockets_value(const struct place *const place,
			 const char **const value, struct report *const report)
{
	if (strcmp(*value, "none") == 0 || strcmp(*value, "any") == 0)
		return 0;
	return path_value(place, value, report);
}

/*
 * Cuts @text into an object, which may be in "" if it has blanks, and parameters.
 * Returns NULL or what is wrong.
 */
static const char *part_rule(const char *text, const char **const object,
			     const char **const parameters)
{
	char *to;

	text += strspn(text, BLANKS);
	if (*text != '"') {
		const size_t length = strcspn(text, BLANKS);

		*parameters = text + length;
		*object = arena_copy(text, length);
		return *object ? NULL : "no memory";
	}
	*object = to = arena_text(text);
	if (!to)
		return "no memory";
	for (text++; *text && *text != '"'; text++) {
		if (*text == '\\' && text[1])
			text++;
		*to++ = *text;
	}
	*to = '\0';
	if (!*text || (text[1] && !strchr(BLANKS, text[1])))
		return "a quotation mark is alone";
	*parameters = text + 1;
	return NULL;
}

bool cmd_is_object(const char *const name)
{
	const size_t length = strlen(name);

	return length > 2 && strcmp(name + length - 2, ".o") == 0 &&
	       name[length - 3] != '/';
}

/* A bare name means the shipped object, unless there is a file here. */
static int rule_value(const struct place *const place, const char **const value,
		      struct report *const report)
{
	const char *object, *parameters, *path;
	const char *const cause = part_rule(*value, &object, &parameters);
	char *text = NULL;

	if (cause)
		return refuse(place,
			      "end the object's name with \" and a blank",
			      cause, report);
	if (!cmd_is_object(object))
		return refuse(place,
			      "name a file that ends in .o, or a shipped "
			      "object (fs_readonly.o)",
			      "not a rule object", report);
	if (strchr(object, '/') ||
	    faccessat(AT_FDCWD, object, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		path = resolve_path(object, RESOLVE_KEEP);
		if (!path)
			return refuse(place, NULL,
				      "does not exist, or its directory has "
				      "no path",
				      report);
		object = path;
	}
	object = given_quote(object);
	if (object && asprintf(&text, "%s%s", object, parameters) >= 0)
		*value = arena_text(text);
	else
		*value = NULL;
	free(text);
	return *value ? 0 : report_no_memory(report);
}

/* Of keys whose value is no list of words. */
static const struct {
	const char *key;
	int (*value)(const struct place *place, const char **value,
		     struct report *report);
} readers[] = {
	{ "read", path_value }, { "write", path_value },
	{ "exec", path_value }, { "deny", path_value },
	{ "hide", path_value }, { "connect-unix", sockets_value },
	{ "rule", rule_value },
};

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	return false;
}

static int value_of(const struct place *const place, const char **const value,
		    struct report *const report)
{
	size_t i;

	*value = place->given->value;
	if (!(*value)[strspn(*value, BLANKS)])
		return refuse(place, "leave it out", "empty", report);
	if (has_control(*value))
		return refuse(place, NULL, "a control character", report);
	for (i = 0; i < sizeof(readers) / sizeof(*readers); i++)
		if (strcmp(readers[i].key, place->given->key) == 0)
			return readers[i].value(place, value, report);
	return 0;
}

/* Templates are those that the user's files have, besides the shipped ones. */
static struct profile *begin_profile(const struct lookup *const lookup,
				     struct report *const report)
{
	struct profile *const profile = arena_take(1, sizeof(*profile));
	struct profile_file *const file = arena_take(1, sizeof(*file));

	if (!profile || !file) {
		report_no_memory(report);
		return NULL;
	}
	file->path = SECTION;
	if (lookup_reader(lookup, PROFILE_USER, &file->reader, report))
		return NULL;
	profile->section = SECTION;
	profile->layer = PROFILE_USER;
	profile->file = file;
	profile->origin = (struct origin){ .file = SECTION, .line = 1 };
	profile->is_complete = true;
	return profile;
}

int given_profile(const struct given *const given, const size_t count,
		  const struct lookup *const lookup,
		  struct lookup_match *const match, struct report *const report)
{
	struct profile *const profile = begin_profile(lookup, report);
	size_t i;
	int error;

	if (!profile)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		struct profile_file *const file = arena_take(1, sizeof(*file));
		struct profile_place key;
		struct place place;
		const char *value;

		error = find_place(given, i, &place, report);
		if (!error)
			error = value_of(&place, &value, report);
		if (error)
			return error;
		if (!file)
			return report_no_memory(report);
		*file = *profile->file;
		file->path = place.file;
		key = (struct profile_place){ .file = file,
					      .profile = profile,
					      .key = given[i].key,
					      .variables = lookup->variables,
					      .line = place.line };
		if (profile_set_key(&key, value))
			return report_no_memory(report);
	}
	*match = (struct lookup_match){ .profile = profile, .text = SECTION };
	return profile_check(profile, report_warn, report);
}
