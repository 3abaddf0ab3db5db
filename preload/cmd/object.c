// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Rule objects of the command line as a profile of the user's.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "cmd.h"
#include "profile.h"
#include "report.h"
#include "resolve.h"

#define ORIGIN "landlock run -r"
#define SECTION "/run"
#define BLANKS " \t"
/* Stands for each object while the rest of its value is read. */
#define PLACEHOLDER "object.o"
#define FIRST_LINE 2

static int fail(struct report *const report, const int error,
		const char *const remedy, const char *const object,
		const char *const cause)
{
	return report_fill(report, error, ORIGIN, 0, NULL, remedy, "%s%s%s",
			   object, *object ? ": " : "", cause);
}

int cmd_object_parse(const char *value, struct cmd_object *const object,
		     struct report *const report)
{
	size_t length;

	value += strspn(value, BLANKS);
	if (*value == '"') {
		value++;
		length = strcspn(value, "\"");
		if (!value[length] ||
		    (value[length + 1] && !strchr(BLANKS, value[length + 1])))
			return fail(report, -EINVAL,
				    "end the object's name with \" and a blank",
				    value, "a quotation mark is alone");
		object->parameters = value + length + 1;
	} else {
		length = strcspn(value, BLANKS);
		object->parameters = value + length;
	}
	object->object = arena_copy(value, length);
	return object->object ? 0 : report_no_memory(report);
}

static bool is_object(const char *const name)
{
	const size_t length = strlen(name);

	return length > 2 && strcmp(name + length - 2, ".o") == 0 &&
	       name[length - 3] != '/';
}

/*
 * What the name means here: an absolute path, or the bare name of a shipped
 * object.  NULL, with the report filled: nothing.
 */
static const char *place(const char *const name, struct report *const report)
{
	const char *path;

	if (!strchr(name, '/') &&
	    faccessat(AT_FDCWD, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		return name;
	path = resolve_path(name, RESOLVE_KEEP);
	if (!path) {
		report_fill(report, -ENOENT, ORIGIN, 0, "rule", NULL,
			    "%s does not exist, or its directory has no path",
			    name);
		return NULL;
	}
	path = arena_text(path);
	if (!path)
		report_no_memory(report);
	return path;
}

static int check(const struct cmd_object *const object,
		 struct report *const report)
{
	if (!object->object[0] || strpbrk(object->parameters, "\n\r") ||
	    strpbrk(object->object, "\n\r"))
		return fail(report, -EINVAL, "name an object", "",
			    "a value is empty or has a newline");
	if (!is_object(object->object))
		return fail(report, -EINVAL,
			    "name a file that ends in .o, or a shipped object "
			    "(fs_readonly.o)",
			    object->object, "not a rule object");
	return 0;
}

/*
 * The parameters are read by the reader of profiles, from a section made of them:
 * one syntax, one set of checks.  One line each, so that the line told of an object
 * is its number.
 */
static int read_parameters(const struct cmd_object *const objects,
			   const size_t count, struct profile_file *const file,
			   struct report *const report)
{
	char *text = NULL;
	size_t size, i;
	const struct profile_reader reader = { .layer = PROFILE_USER };
	FILE *const stream = open_memstream(&text, &size);
	int error;

	if (!stream)
		return report_no_memory(report);
	fputs("[" SECTION "]\n", stream);
	for (i = 0; i < count; i++)
		fprintf(stream, "rule = " PLACEHOLDER " %s\n",
			objects[i].parameters);
	error = fclose(stream) ? report_no_memory(report)
			       : profile_text_read(text, size, ORIGIN, &reader,
						   file, report);
	free(text);
	return error || !file->profile_count
		       ? error
		       : profile_complete(file->profiles, report);
}

int cmd_object_profile(const struct cmd_object *const objects,
		       const size_t count, struct lookup_match *const match,
		       struct report *const report)
{
	struct profile_file file = { 0 };
	struct profile *profile;
	size_t i;
	int error = 0;

	for (i = 0; i < count && !error; i++)
		error = check(&objects[i], report);
	if (!error)
		error = read_parameters(objects, count, &file, report);
	if (error)
		return error;
	profile = file.profiles;
	error = profile_check(profile, report_warn, report);
	if (error)
		return error;
	if (file.profile_count != 1 || profile->rule_count != count)
		return fail(report, -EINVAL, "give one object with each -r", "",
			    "not one rule for each");
	for (i = 0; i < count; i++) {
		const size_t number =
			profile->rules[i].origin.line - FIRST_LINE;

		profile->rules[i].object =
			place(objects[number].object, report);
		if (!profile->rules[i].object)
			return -ENOENT;
	}
	*match = (struct lookup_match){ .profile = profile, .text = SECTION };
	return 0;
}
