/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a NAME of `landlock enable` and `disable` means: a program, the shipped
 * profile that speaks of it, and the files by which it would be found.
 */
#ifndef LANDLOCK_SHIM_CMD_TARGET_H
#define LANDLOCK_SHIM_CMD_TARGET_H

#include <limits.h>
#include <stdbool.h>

#include "executable.h"
#include "lookup.h"
#include "report.h"
#include "shipped.h"
#include "show.h"

#define TARGET_FILES_MAX 2

struct target {
	const char *name; /* as given */
	bool is_installed;
	/* Where it is installed; its descriptor is closed. */
	struct executable executable;
	struct show_program program;
	/* Of the program alone: of a script, without its interpreter. */
	struct lookup lookup;
	const struct shipped *shipped; /* that speaks of it, or NULL */
	/* Files that the shim asks for when the program is started: by the path that
	 * it is found by, and by its own, where that is of a directory of PATH. */
	char files[TARGET_FILES_MAX][NAME_MAX + 1];
	size_t file_count;
};

/*
 * Finds @name: a word, in PATH, or a path.  What is not installed has the shipped
 * profile that is called so, and its file.  Returns 0 or a negative errno with
 * @report filled; that nothing is shipped is no error.
 */
int target_find(const char *name, const struct shipped_list *list,
		struct target *target, struct report *report);

/*
 * Fills @report with why @target has no shipped profile, and what it may be that is
 * meant.  Returns -ENOENT.
 */
int target_fail(const struct target *target, const struct shipped_list *list,
		struct report *report);

/*
 * The profiles that the shim would find for @target, installed, as all users start it
 * if this is root; faults that end nobody are not told.
 */
int target_profiles(const struct target *target, struct lookup_result *found,
		    struct report *report);

/* The directory of this user's layer: of root, the administrator's; or NULL. */
const char *target_directory(const struct lookup *lookup);

#endif
