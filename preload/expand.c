// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One component after the other, for all that matched those before it.
 *
 * Names are all that comes of it, whatever links led to them: each is looked up as any
 * other path of the profile, under its policy on links, and only that counts.
 */
#include "expand.h"

#include <limits.h>
#include <string.h>

#include "arena.h"
#include "glob.h"
#include "system.h"

struct expanding {
	bool denies;
	struct expand_budget *budget;
	struct expansion *out;
	/* What matched so far, and what matches with one component more. */
	const char **here, **next;
	size_t here_count, next_count;
	char *component; /* of the pattern, NUL-terminated */
	bool is_first;	 /* nothing before it was a glob */
};

static void tell(struct expanding *const expanding, const int error)
{
	if (!expanding->out->error)
		expanding->out->error = error;
}

static int append(const char ***const list, size_t *const count,
		  const char *const name)
{
	const char **const longer =
		arena_append(*list, *count, sizeof(*longer));

	if (!longer || !name)
		return -ENOMEM;
	*list = longer;
	longer[(*count)++] = name;
	return 0;
}

/* A name that is complete. */
static int yield(struct expanding *const expanding, const char *const name)
{
	if (!expanding->budget->names) {
		tell(expanding, -E2BIG);
		return 0;
	}
	expanding->budget->names--;
	return append(&expanding->out->names, &expanding->out->count, name);
}

/* DIRECTORY/NAME, of "" for the root. */
static char *join(const char *const directory, const char *const name)
{
	const size_t before = strlen(directory), behind = strlen(name);
	char *const joined = arena_take(before + 1 + behind + 1, 1);

	if (!joined)
		return NULL;
	memcpy(joined, directory, before);
	joined[before] = '/';
	memcpy(joined + before + 1, name, behind + 1);
	return joined;
}

static bool has_glob(const char *component)
{
	for (; *component; component++) {
		if (*component == '\\' && component[1])
			component++;
		else if (strchr("*?[", *component))
			return true;
	}
	return false;
}

/* Takes the backslashes out of what is no glob, in place. */
static void unescape(char *const component)
{
	const char *from = component;
	char *to = component;

	while (*from) {
		if (*from == '\\' && from[1])
			from++;
		*to++ = *from++;
	}
	*to = '\0';
}

static bool matches(const struct expanding *const expanding,
		    const struct system_entry *const entry, const bool is_last)
{
	const bool may_be_directory = !entry->type ||
				      entry->type == SYSTEM_ENTRY_DIRECTORY ||
				      entry->type == SYSTEM_ENTRY_LINK;

	if (!is_last && !may_be_directory)
		return false;
	if (entry->name[0] == '.' && expanding->component[0] != '.' &&
	    strncmp(expanding->component, "\\.", 2) != 0)
		return false;
	return glob_matches(expanding->component, entry->name);
}

static int take(struct expanding *const expanding, const char *const directory,
		const int fd, const struct system_entry *const entry,
		const bool is_last)
{
	const char *name;

	if (!matches(expanding, entry, is_last))
		return 0;
	/* A link to nothing is no file; who denies it means the name. */
	if (entry->type == SYSTEM_ENTRY_LINK && !expanding->denies &&
	    system_exists(fd, entry->name) == -ENOENT)
		return 0;
	name = join(directory, entry->name);
	if (!name)
		return -ENOMEM;
	if (is_last)
		return yield(expanding, name);
	if (expanding->next_count >= expanding->budget->names) {
		tell(expanding, -E2BIG);
		return 0;
	}
	return append(&expanding->next, &expanding->next_count, name);
}

static int list(struct expanding *const expanding, const char *const directory,
		const int fd, const bool is_last)
{
	const struct system_entry *entry;
	int error = directory_open(&expanding->budget->directory, fd);
	int more = 1;

	if (error)
		return error;
	while (!error && more > 0) {
		more = directory_next(&expanding->budget->directory, &entry);
		if (more <= 0)
			break;
		if (!expanding->budget->looked) {
			tell(expanding, -E2BIG);
			break;
		}
		expanding->budget->looked--;
		error = take(expanding, directory, fd, entry, is_last);
	}
	directory_close(&expanding->budget->directory);
	return error ?: more < 0 ? more : 0;
}

/* What matches in one directory. */
static int expand_in(struct expanding *const expanding,
		     const char *const directory, const bool is_last)
{
	const int fd = system_open(AT_FDCWD, directory[0] ? directory : "/",
				   O_PATH | O_DIRECTORY);
	int error = fd < 0 ? fd : 0;

	if (!error)
		error = list(expanding, directory, fd, is_last);
	system_close(fd);
	if (!error || system_is_exhausted(error))
		return error;
	/* A glob before it matched what is no directory, or of no use to us. */
	if (error == -EACCES && expanding->denies)
		return yield(expanding, directory[0] ? directory : "/");
	if (expanding->is_first)
		tell(expanding, error);
	return 0;
}

static int expand_all(struct expanding *const expanding, const bool is_last)
{
	size_t i;
	int error = 0;

	expanding->next = NULL;
	expanding->next_count = 0;
	for (i = 0; i < expanding->here_count && !error; i++)
		error = expand_in(expanding, expanding->here[i], is_last);
	expanding->here = expanding->next;
	expanding->here_count = expanding->next_count;
	expanding->is_first = false;
	return error;
}

/* Appends what is no glob to all that matched. */
static int go_down(struct expanding *const expanding)
{
	size_t i;

	unescape(expanding->component);
	for (i = 0; i < expanding->here_count; i++) {
		expanding->here[i] =
			join(expanding->here[i], expanding->component);
		if (!expanding->here[i])
			return -ENOMEM;
	}
	return 0;
}

/* Those of what matched that are there, behind the last glob. */
static int yield_all(struct expanding *const expanding)
{
	size_t i;
	int error = 0;

	for (i = 0; i < expanding->here_count && !error; i++)
		if (expanding->denies ||
		    !system_exists(AT_FDCWD, expanding->here[i]))
			error = yield(expanding, expanding->here[i]);
	return error;
}

int expand_glob(const char *const pattern, const bool denies,
		struct expand_budget *const budget, struct expansion *const out)
{
	struct expanding expanding = {
		.denies = denies,
		.budget = budget,
		.out = out,
		.is_first = true,
	};
	const char *rest = pattern + strspn(pattern, "/");
	int error;

	*out = (struct expansion){ .count = 0 };
	error = append(&expanding.here, &expanding.here_count, "");
	while (!error && *rest) {
		const size_t length = strcspn(rest, "/");
		const char *const behind =
			rest + length + strspn(rest + length, "/");
		const bool is_last = !*behind;

		expanding.component = arena_copy(rest, length);
		if (!expanding.component)
			return -ENOMEM;
		rest = behind;
		if (has_glob(expanding.component))
			error = expand_all(&expanding, is_last);
		else
			error = go_down(&expanding);
	}
	/* After a glob at the end, nothing is left here. */
	return error ?: yield_all(&expanding);
}
