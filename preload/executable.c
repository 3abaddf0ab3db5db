// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of a program, by what the kernel says first.
 *
 * Most programs are started by the very path that they are executed from: then
 * comparing the two texts is all there is to do.
 */
#include "executable.h"

#include <limits.h>
#include <string.h>

#include "arena.h"
#include "resolve.h"
#include "script.h"
#include "start.h"
#include "system.h"

#define PROC_EXE "/proc/self/exe"
#define DELETED " (deleted)"

static const struct {
	const char *variable;
	const char *below;
} user_directories[] = {
	{ "XDG_CONFIG_HOME", "/landlock" },
	{ "HOME", "/.config/landlock" },
};

/* What the kernel calls a program that was started by its descriptor. */
static const char *const descriptor_directories[] = { "/dev/fd/",
						      "/proc/self/fd/" };

/* What is no absolute path is no name; false: no memory. */
static bool add_name(struct lookup_file *const file, const char *const path)
{
	size_t i;

	if (!path || path[0] != '/')
		return true;
	for (i = 0; i < file->name_count; i++)
		if (strcmp(file->names[i], path) == 0)
			return true;
	if (i == LOOKUP_NAMES_MAX)
		return true;
	file->names[i] = arena_text(path);
	if (!file->names[i])
		return false;
	file->name_count++;
	return true;
}

static void identify(struct lookup_file *const file, const char *const path)
{
	struct system_status status;

	file->identified = !system_stat(AT_FDCWD, path, 0, &status);
	if (file->identified)
		file->id = status.id;
}

static bool is_same(const struct lookup_file *const a,
		    const struct lookup_file *const b)
{
	return a->identified && b->identified && system_same_file(a->id, b->id);
}

void executable_undelete(const char *const link, char *const text)
{
	const size_t length = strlen(text), suffix = strlen(DELETED);
	struct lookup_file linked = { 0 }, named = { 0 };

	if (length <= suffix || strcmp(text + length - suffix, DELETED) != 0)
		return;
	identify(&linked, link);
	identify(&named, text);
	if (!is_same(&linked, &named))
		text[length - suffix] = '\0';
}

/* What is executed: known by what it is even where it has no name. */
static bool find_executed(struct lookup_file *const file,
			  const char *const link)
{
	static char path[PATH_MAX];
	const ssize_t length =
		system_readlink(AT_FDCWD, link, path, sizeof(path) - 1);

	identify(file, link);
	if (length < 0)
		return true;
	path[length] = '\0';
	executable_undelete(link, path);
	return add_name(file, path);
}

/* Is it the name of a descriptor: with something below it, or alone? */
enum descriptor {
	NO_DESCRIPTOR,
	DESCRIPTOR,
	BELOW_DESCRIPTOR
};

static enum descriptor descriptor_kind(const char *const path)
{
	size_t i;

	for (i = 0; i < sizeof(descriptor_directories) /
				sizeof(descriptor_directories[0]);
	     i++) {
		const char *const directory = descriptor_directories[i];

		if (strncmp(path, directory, strlen(directory)) == 0)
			return strchr(path + strlen(directory), '/')
				       ? BELOW_DESCRIPTOR
				       : DESCRIPTOR;
	}
	return NO_DESCRIPTOR;
}

/*
 * A descriptor's number is no name.  The text of its link is one if it still
 * leads to the same file.
 */
static bool add_linked_name(struct lookup_file *const file,
			    const char *const started)
{
	const char *const path = resolve_path(started, RESOLVE_FOLLOW);
	struct lookup_file linked = { 0 };

	if (!path)
		return true;
	identify(&linked, path);
	return !is_same(&linked, file) || add_name(file, path);
}

/*
 * The names of the file that was started as @started: what that leads to, what it
 * says, and the place of the link that it may be.
 */
static bool add_started_names(struct lookup_file *const file,
			      const char *const started, const bool resolved)
{
	const enum descriptor kind = descriptor_kind(started);

	if (!resolved &&
	    !(kind == DESCRIPTOR
		      ? add_linked_name(file, started)
		      : add_name(file, resolve_path(started, RESOLVE_FOLLOW))))
		return false;
	return (kind != NO_DESCRIPTOR || add_name(file, started)) &&
	       (kind == DESCRIPTOR ||
		add_name(file, resolve_path(started, RESOLVE_KEEP)));
}

/*
 * Without /proc, only what a program was started as is known: of a script, its
 * interpreter can be told by reading it.  It then stands first.
 */
static bool add_interpreter(struct lookup *const lookup, const char *started)
{
	struct lookup_file *const script = &lookup->files[0];
	unsigned int depth;

	for (depth = 0; depth <= SCRIPT_DEPTH_MAX; depth++) {
		static char head[SCRIPT_HEAD_BYTES];
		const int fd = system_open(AT_FDCWD, started,
					   O_RDONLY | O_NONBLOCK | O_NOCTTY);
		const ssize_t size =
			fd < 0 ? fd : system_read(fd, head, sizeof(head));
		const char *const interpreter =
			size < 0 ? NULL
				 : script_interpreter(head, (size_t)size);

		system_close(fd);
		if (!interpreter)
			break;
		started = interpreter;
	}
	if (!depth)
		return true;
	lookup->files[1] = *script;
	*script = (struct lookup_file){ 0 };
	lookup->file_count = 2;
	identify(script, started);
	return add_started_names(script, started, false);
}

/* Is it executed by the path that it was started by?  Compares text alone. */
static bool is_started_plainly(const struct lookup_file *const executed,
			       const char *const started)
{
	return executed->name_count && strcmp(executed->names[0], started) == 0;
}

static bool add_started(struct lookup *const lookup, const char *const started)
{
	struct lookup_file *const executed = &lookup->files[0];
	struct lookup_file other = { 0 };
	const bool has_executed = lookup->file_count;
	const char *kept;

	/* A link in a directory on the way, or a relative path. */
	if (has_executed && executed->name_count &&
	    descriptor_kind(started) == NO_DESCRIPTOR) {
		kept = resolve_path(started, RESOLVE_KEEP);
		if (kept && strcmp(kept, executed->names[0]) == 0)
			return add_name(executed, started);
	}
	identify(&other, started);
	if (!other.identified)
		return true;
	if (has_executed && is_same(executed, &other))
		return add_started_names(executed, started,
					 executed->name_count);
	if (!add_started_names(&other, started, false))
		return false;
	lookup->files[lookup->file_count++] = other;
	return has_executed || add_interpreter(lookup, started);
}

int executable_describe(struct lookup *const lookup, const char *const link,
			const char *const started)
{
	struct lookup_file *const executed = &lookup->files[0];

	*executed = (struct lookup_file){ 0 };
	lookup->file_count = 0;
	if (!find_executed(executed, link))
		return -ENOMEM;
	if (executed->identified || executed->name_count)
		lookup->file_count = 1;
	if (!started || !*started || is_started_plainly(executed, started))
		return 0;
	return add_started(lookup, started) ? 0 : -ENOMEM;
}

int executable_find(struct lookup *const lookup, const char *const execfn)
{
	return executable_describe(lookup, PROC_EXE, execfn);
}

const char *executable_user_directory(char *const *const environment)
{
	size_t i;

	for (i = 0; i < sizeof(user_directories) / sizeof(user_directories[0]);
	     i++) {
		const char *const value = start_variable(
			environment, user_directories[i].variable);
		const char *const below = user_directories[i].below;
		size_t length;
		char *path;

		if (!value || value[0] != '/')
			continue;
		length = strlen(value);
		path = arena_take(length + strlen(below) + 1, 1);
		if (path) {
			memcpy(path, value, length);
			memcpy(path + length, below, strlen(below) + 1);
		}
		return path;
	}
	return NULL;
}
