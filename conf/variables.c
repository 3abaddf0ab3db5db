// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Finds directories, and asks whose they are.
 */
#include "variables.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "records.h"
#include "system.h"
#include "trust.h"

/* Deeper homes have none of their parents compared. */
#define HOME_DEPTH_MAX 64

static const char not_set[] = "is not set";
static const char not_own[] = "is not a directory of the user's own";
static const char no_path[] = "is not an absolute path without ..";
static const char too_long[] = "is too long";
static const char is_root[] = "is /";
static const char is_home[] = "is the home directory or above it";
static const char unreachable[] = "cannot be told";

/* Sets @answer to a value; -ENOMEM where that is NULL. */
static int give(struct variable_answer *const answer, const char *const value)
{
	answer->value = value;
	return value ? 0 : -ENOMEM;
}

static int give_none(struct variable_answer *const answer,
		     const char *const why)
{
	answer->value = NULL;
	answer->why = why;
	return 0;
}

static const char *of_environment(const struct variables *const variables,
				  const char *const name)
{
	const size_t length = strlen(name);
	char *const *entry = variables->environment;

	for (; entry && *entry; entry++)
		if (strncmp(*entry, name, length) == 0 &&
		    (*entry)[length] == '=')
			return *entry + length + 1;
	return NULL;
}

static bool is_nobody(struct variables *const variables)
{
	if (!variables->is_nobody_known) {
		variables->is_nobody =
			variables->user && trust_is_nobody(variables->user);
		variables->is_nobody_known = true;
	}
	return variables->is_nobody;
}

/* Is what @status tells of a directory of the user's, or, if @sticky_counts, one that
 * everybody may use without harm? */
static bool is_own(struct variables *const variables,
		   const struct system_status *const status,
		   const bool sticky_counts)
{
	if (!SYSTEM_IS(status->mode, DIR))
		return false;
	if (sticky_counts && !status->user && (status->mode & S_ISVTX))
		return true;
	return status->user == variables->user && !is_nobody(variables);
}

/* Writes @text without doubled slashes, . and a slash at the end to @clean; false if
 * it has a component .. */
static bool tidy(const char *text, char *clean)
{
	while (*text) {
		const size_t length = strcspn(text, "/");

		if (length == 2 && memcmp(text, "..", 2) == 0)
			return false;
		if (length && !(length == 1 && *text == '.')) {
			*clean++ = '/';
			memcpy(clean, text, length);
			clean += length;
		}
		text += length + (text[length] == '/');
	}
	*clean = '\0';
	return true;
}

/* @text, from the environment, is a directory that counts. */
static int answer_directory(struct variables *const variables,
			    const char *const text, const bool sticky_counts,
			    struct variable_answer *const answer)
{
	struct system_status status;
	char *clean;

	if (!text || !*text)
		return give_none(answer, not_set);
	if (text[0] != '/')
		return give_none(answer, no_path);
	if (strlen(text) >= PATH_MAX)
		return give_none(answer, too_long);
	clean = arena_take(strlen(text) + 1, 1);
	if (!clean)
		return -ENOMEM;
	if (!tidy(text, clean))
		return give_none(answer, no_path);
	if (!*clean)
		return give_none(answer, is_root);
	if (system_stat(AT_FDCWD, clean, 0, &status) ||
	    !is_own(variables, &status, sticky_counts))
		return give_none(answer, not_own);
	return give(answer, clean);
}

static int answer_user(const struct variables *const variables,
		       struct variable_answer *const answer)
{
	const char *users;
	struct record record;

	if (!records_read("/etc/passwd", &users))
		return give_none(answer, unreachable);
	while (record_take(&users, &record)) {
		const char *const name = record.fields[RECORD_NAME];
		const size_t length = record.lengths[RECORD_NAME];

		if (!record_is_id(&record, RECORD_ID, variables->user))
			continue;
		if (!length || memchr(name, '/', length) || name[0] == '.')
			break;
		return give(answer, arena_copy(name, length));
	}
	return give_none(answer, "has no name in /etc/passwd");
}

static int answer_id(const struct variables *const variables,
		     struct variable_answer *const answer)
{
	char number[16];

	format_text(number, sizeof(number), "%u", variables->user);
	return give(answer, arena_text(number));
}

/* The home by /etc/passwd, for who has none in the environment; NULL: none. */
static const char *listed_home(const struct variables *const variables)
{
	const char *users;
	struct record record;

	if (!records_read("/etc/passwd", &users))
		return NULL;
	while (record_take(&users, &record))
		if (record_is_id(&record, RECORD_ID, variables->user))
			return record.count > RECORD_HOME &&
					       record.lengths[RECORD_HOME] > 1
				       ? arena_copy(record.fields[RECORD_HOME],
						    record.lengths[RECORD_HOME])
				       : NULL;
	return NULL;
}

/* Of a default of the XDG specification: one that is missing could only become the
 * user's own. */
static int answer_below_home(struct variables *const variables,
			     const char *const below,
			     struct variable_answer *const answer)
{
	struct variable_answer home;
	struct system_status status;
	int error = variables_get(variables, VARIABLE_HOME, &home);
	size_t bytes;
	char *path;

	if (error)
		return error;
	if (!home.value)
		return give_none(answer, "is not set to a directory of the "
					 "user's own, nor is ${HOME}");
	bytes = strlen(home.value) + strlen(below) + 1;
	path = arena_take(bytes, 1);
	if (!path)
		return -ENOMEM;
	format_text(path, bytes, "%s%s", home.value, below);
	error = system_stat(AT_FDCWD, path, 0, &status);
	if (error == -ENOENT || (!error && is_own(variables, &status, false)))
		return give(answer, path);
	return give_none(answer, not_own);
}

static int answer_runtime(struct variables *const variables,
			  struct variable_answer *const answer)
{
	char path[32];

	format_text(path, sizeof(path), "/run/user/%u", variables->user);
	return answer_directory(variables, path, false, answer);
}

/* Is the path @text the directory @other, or one that it lies in? */
static bool is_above(const char *const text, const char *const other)
{
	const size_t length = strlen(text);

	return strncmp(text, other, length) == 0 &&
	       (!other[length] || other[length] == '/');
}

/*
 * The same question for a home whose path leads through links: it goes up from the
 * home by `..`, which the kernel resolves.
 */
static bool is_above_by_id(const struct system_file_id id,
			   const char *const home)
{
	const size_t length = strlen(home);
	char *const path = arena_take(length + 3 * HOME_DEPTH_MAX + 1, 1);
	struct system_file_id last = { .inode = 0 };
	struct system_status status;
	size_t depth;

	if (!path)
		return true;
	memcpy(path, home, length);
	for (depth = 0; depth <= HOME_DEPTH_MAX; depth++) {
		if (system_stat(AT_FDCWD, path, 0, &status))
			return false;
		if (system_same_file(status.id, id))
			return true;
		if (system_same_file(status.id, last))
			return false;
		last = status.id;
		if (depth < HOME_DEPTH_MAX)
			memcpy(path + length + 3 * depth, "/..", 4);
	}
	return true;
}

/* Is @path, free of links, which is the file @id, the user's home or above it? */
static bool holds_home(const char *const path, const struct system_file_id id,
		       const char *const home)
{
	if (!home)
		return false;
	if (is_above(path, home))
		return true;
	/* What the kernel says lies in it, is neither. */
	return !is_above(home, path) && is_above_by_id(id, home);
}

/* Where ${CWD} and ${PROJECT} are looked for. */
struct working_directory {
	struct variables *variables;
	const char *home;
	char *path; /* as of getcwd(2) */
};

/* Why @path can't be a working directory of the user's own; NULL: it can. */
static const char *refuse_working(const struct working_directory *const working,
				  const char *const path)
{
	struct system_status status;

	if (strcmp(path, "/") == 0)
		return is_root;
	if (system_stat(AT_FDCWD, path, 0, &status) ||
	    !is_own(working->variables, &status, false))
		return not_own;
	return holds_home(path, status.id, working->home) ? is_home : NULL;
}

static int find_working(struct variables *const variables,
			struct working_directory *const working)
{
	struct variable_answer home;
	char *const path = arena_take(PATH_MAX, 1);
	const int error = variables_get(variables, VARIABLE_HOME, &home);
	long length;

	if (error || !path)
		return -ENOMEM;
	length = SYSTEM_CALL(getcwd, path, PATH_MAX);
	*working = (struct working_directory){
		.variables = variables,
		.home = home.value ?: listed_home(variables),
		/* One that was removed, or lies outside of the root, is none. */
		.path = length > 0 && path[0] == '/' ? path : NULL,
	};
	return 0;
}

static int answer_working(struct variables *const variables,
			  struct variable_answer *const answer)
{
	struct working_directory working;
	const int error = find_working(variables, &working);
	const char *why;

	if (error)
		return error;
	if (!working.path)
		return give_none(answer, unreachable);
	why = refuse_working(&working, working.path);
	return why ? give_none(answer, why) : give(answer, working.path);
}

/* Is there a .git in the directory @path?  Its end, with room for it, is restored. */
static bool is_repository(char *const path)
{
	static const char name[] = "/.git";
	const size_t length = strlen(path);
	bool result;

	memcpy(path + length, name, sizeof(name));
	result = !system_exists(AT_FDCWD, path);
	path[length] = '\0';
	return result;
}

/* A repository that can't be the project ends the search: what is above it, too, was
 * not made for what lies here. */
static int answer_project(struct variables *const variables,
			  struct variable_answer *const answer)
{
	struct working_directory working;
	int error = find_working(variables, &working);
	char *path;

	if (error)
		return error;
	path = working.path ? arena_take(strlen(working.path) + 8, 1) : NULL;
	if (working.path && !path)
		return -ENOMEM;
	if (path)
		memcpy(path, working.path, strlen(working.path));
	while (path && path[1] &&
	       !(working.home && is_above(path, working.home))) {
		if (is_repository(path)) {
			if (refuse_working(&working, path))
				break;
			return give(answer, path);
		}
		*strrchr(path, '/') = '\0';
		if (!*path)
			break;
	}
	return variables_get(variables, VARIABLE_CWD, answer);
}

/* What stands for a directory where the environment's does not count. */
static const struct {
	const char *name;
	const char *fallback; /* below ${HOME}; or a path, for ${TMPDIR} */
} table[VARIABLE_COUNT] = {
	[VARIABLE_HOME] = { "HOME", NULL },
	[VARIABLE_USER] = { "USER", NULL },
	[VARIABLE_UID] = { "UID", NULL },
	[VARIABLE_XDG_CONFIG_HOME] = { "XDG_CONFIG_HOME", "/.config" },
	[VARIABLE_XDG_CACHE_HOME] = { "XDG_CACHE_HOME", "/.cache" },
	[VARIABLE_XDG_DATA_HOME] = { "XDG_DATA_HOME", "/.local/share" },
	[VARIABLE_XDG_STATE_HOME] = { "XDG_STATE_HOME", "/.local/state" },
	[VARIABLE_XDG_RUNTIME_DIR] = { "XDG_RUNTIME_DIR", NULL },
	[VARIABLE_TMPDIR] = { "TMPDIR", "/tmp" },
	[VARIABLE_CWD] = { "CWD", NULL },
	[VARIABLE_PROJECT] = { "PROJECT", NULL },
};

enum variable variables_find(const char *const name, const size_t length)
{
	unsigned int i;

	for (i = 0; i < VARIABLE_COUNT; i++)
		if (strncmp(table[i].name, name, length) == 0 &&
		    !table[i].name[length])
			break;
	return (enum variable)i;
}

const char *variables_name(const enum variable variable)
{
	return table[variable].name;
}

static int find_directory(struct variables *const variables,
			  const enum variable variable,
			  struct variable_answer *const answer)
{
	const char *const fallback = table[variable].fallback;
	const int error = answer_directory(
		variables, of_environment(variables, table[variable].name),
		variable == VARIABLE_TMPDIR, answer);

	if (error || answer->value || variable == VARIABLE_HOME)
		return error;
	if (variable == VARIABLE_XDG_RUNTIME_DIR)
		return answer_runtime(variables, answer);
	if (variable == VARIABLE_TMPDIR)
		return answer_directory(variables, fallback, true, answer);
	return answer_below_home(variables, fallback, answer);
}

static int find(struct variables *const variables, const enum variable variable,
		struct variable_answer *const answer)
{
	switch (variable) {
	case VARIABLE_USER:
		return answer_user(variables, answer);
	case VARIABLE_UID:
		return answer_id(variables, answer);
	case VARIABLE_CWD:
		return answer_working(variables, answer);
	case VARIABLE_PROJECT:
		return answer_project(variables, answer);
	default:
		return find_directory(variables, variable, answer);
	}
}

int variables_get(struct variables *const variables,
		  const enum variable variable,
		  struct variable_answer *const answer)
{
	struct variable_answer *kept;
	int error = 0;

	if (!variables) {
		*answer = (struct variable_answer){ .why = not_set };
		return 0;
	}
	kept = &variables->answers[variable];
	if (!kept->is_known)
		error = find(variables, variable, kept);
	kept->is_known = !error;
	*answer = *kept;
	return error;
}
