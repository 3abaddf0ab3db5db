/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From a path to the file that it leads to, link by link.
 */
#ifndef LANDLOCK_SHIM_WALK_H
#define LANDLOCK_SHIM_WALK_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "file_set.h"
#include "system.h"
#include "walk_cache.h"

/* Whose links are followed. */
struct walk_policy {
	uid_t user;
	/* Directories that the program may write: a link in one of them has to
	 * lead into one of them.  NULL: none. */
	const struct file_set *writable;
	bool strict; /* no such link is followed, wherever it leads */
	bool leads;  /* what is passed has to be known */
	/* Of walks that differ in their paths alone: where they ended, or NULL. */
	struct walk_cache *cache;
	char *scratch; /* WALK_SCRATCH_BYTES, for one walk after the other */
};
#define WALK_SCRATCH_BYTES (3 * (size_t)PATH_MAX)

struct walk_result {
	int fd;	       /* O_PATH; -1: there is none */
	int directory; /* O_PATH, of the last directory that was found; or -1 */
	bool is_cached;		     /* @directory is the cache's */
	struct system_status status; /* of @fd */
	/* All directories that were passed, those of links on the way included: who
	 * exchanged one of them would lead elsewhere.  In the arena. */
	struct system_file_id *passed;
	size_t passed_count;
	const char *
		*links; /* that were followed: where they lie; in the arena */
	size_t link_count;
	const char *resolved; /* as paths_entry's, in @scratch */
	size_t missing_bytes;
	const char *remedy; /* of the error, or NULL */
	bool placeless;	    /* found, but in no file system */
};

/*
 * Walks to @path (absolute, shorter than PATH_MAX) without asking the kernel to
 * follow a link, but for those of /proc that lead to no path.
 *
 * Returns 0; -ENOENT or -ENOTDIR with @resolved and @missing_bytes set; -EACCES
 * with @resolved and @directory set to the one that can't be searched; or another
 * negative errno: -ELOOP for too many links or one that is not followed,
 * with @remedy set; -ENAMETOOLONG; -ENOMEM, -EMFILE, -ENFILE.  The caller ends
 * @out with walk_end() in any case.
 */
int walk(const char *path, const struct walk_policy *policy,
	 struct walk_result *out);

void walk_end(struct walk_result *result);

/* @directory of a result, the caller's from then on; or a negative errno. */
int walk_take_directory(struct walk_result *result);

/*
 * Opens @path (absolute) if there is no link in it: by one system call where the
 * kernel can do it.  Returns an O_PATH descriptor or a negative errno: -ELOOP if
 * there is a link; -ENOSYS or -EPERM where it can't be had in one call.
 */
int walk_open_plain(const char *path);

#endif
