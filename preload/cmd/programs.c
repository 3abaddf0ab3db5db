// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Globs stand for what the shim's own reader of globs finds.
 */
#include "programs.h"

#include <string.h>
#include <sys/stat.h>

#include "arena.h"
#include "expand.h"
#include "glob.h"

static bool is_program(const char *const path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
	       status.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH);
}

static void each_of_glob(const char *const pattern, programs_each_t *const each,
			 void *const user)
{
	struct expand_budget budget = { .names = EXPAND_NAMES_MAX,
					.looked = EXPAND_LOOKED_MAX };
	struct expansion found = { .count = 0 };
	size_t i;

	if (expand_glob(pattern, false, &budget, &found))
		return;
	for (i = 0; i < found.count; i++)
		if (is_program(found.names[i]) && !each(found.names[i], user))
			return;
}

void programs_each(const char *const match, programs_each_t *const each,
		   void *const user)
{
	if (match[0] != '/')
		return;
	if (strpbrk(match, GLOB_SPECIAL))
		each_of_glob(match, each, user);
	else if (is_program(match))
		each(match, user);
}

static bool keep_first(const char *const path, void *const user)
{
	*(const char **)user = arena_text(path);
	return false;
}

const char *programs_first(const char *const match)
{
	const char *first = NULL;

	programs_each(match, keep_first, &first);
	return first;
}
