/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The paths of a profile as they are on this system: each looked up once, before
 * anything is restricted.  Views and rulesets are both made of these.
 */
#ifndef LANDLOCK_SHIM_PATHS_H
#define LANDLOCK_SHIM_PATHS_H

#include <stdbool.h>
#include <stddef.h>

#include "profile.h"
#include "report.h"
#include "system.h"

enum paths_state {
	/* Of what is denied, written with a -, and out of reach, that is the
	 * directory that can't be searched. */
	PATHS_FOUND,
	/* Written with a -, or of a glob, and missing or out of this user's reach;
	 * or denied, and refused to this process already. */
	PATHS_OPTIONAL,
	/* A pipe, a socket or the like, which has no place in a file system:
	 * nothing restricts it. */
	PATHS_PLACELESS,
	/* Written with a +, and missing: create.h makes it. */
	PATHS_UNMADE,
	/* A later line of the profile denies the same path; or grants the same that
	 * this one denies. */
	PATHS_OVERRULED,
	/* Missing, out of reach, or by a link that is not followed; @error says. */
	PATHS_LACKING,
};

/* A path of a profile, what a glob of it stands for, or one that the shim itself asks
 * for. */
struct paths_entry {
	const struct profile_path *path; /* NULL: the shim's */
	/* As it is looked up; NULL: of a glob, that what it stands for is not known,
	 * or is nothing. */
	const char *name;
	enum profile_access access;
	bool guarded; /* may not be written, whatever the profile says */
	enum paths_state state;
	int error;		     /* unless found: a negative errno */
	const char *cause;	     /* of @error, where that says too little */
	const char *remedy;	     /* of @error, or NULL */
	int fd;			     /* see paths_fd() */
	struct system_status status; /* where found */
	/* What it leads to, without links, as far as it exists, and as written
	 * from there on; NULL where nothing is known. */
	const char *resolved;
	/* How much of @resolved names the first component that does not exist;
	 * 0: all of it exists. */
	size_t missing_bytes;
	/* The directories that lead to it, by its name and by links: of what is
	 * denied or guarded alone. */
	struct system_file_id *way;
	size_t way_count;
	const char **links; /* that lead to it, of the same */
	size_t link_count;
};

/* What a glob of a profile stands for, now and later, as far as it can be said. */
struct paths_pattern {
	struct paths_entry directory; /* that was found; its path is the glob */
	const char *const *names;     /* see pattern.h */
	size_t count;
};

struct paths {
	/* Of the profile, in its order, one or more for each path: a glob has one for
	 * each name that it stands for, or one without a name.  Then those of
	 * connect-unix, so, too; then the shim's. */
	struct paths_entry *entries;
	size_t count;
	/* Where asked for. */
	struct paths_pattern *patterns;
	size_t pattern_count;
};

/* Paths that the shim asks for besides: each ends with NULL, and may be missing. */
struct paths_extra {
	const char *const *readable; /* whatever the profile says */
	const char *const *runnable; /* so, too */
	const char *const *guarded;  /* readable, and never to be written */
	bool sockets;		     /* of the profile's connect-unix as well */
	bool patterns;		     /* what globs stand for later */
};

/*
 * Looks up the paths of @profile, then those of @extra.  A glob stands for what is there
 * now: what of that is missing or out of reach when it is looked up is left out.
 *
 * Where one path, links followed, is denied and granted, the later line counts.
 *
 * Links are followed, once, now, but for these, which make a path lacking with
 * -ELOOP: one in a directory that the profile itself grants for writing, that
 * leads out of all such directories (the program may have put it there); and one
 * in a sticky directory, that belongs to neither root, nor the user, nor the
 * directory's owner.
 *
 * Returns 0; or -ENOMEM, -EMFILE or -ENFILE with @report filled.  What is lacking
 * is no error here: each entry tells.  The caller ends @out with paths_close().
 */
int paths_open(const struct profile *profile, const struct paths_extra *extra,
	       struct paths *out, struct report *report);

void paths_close(struct paths *paths);

/*
 * An O_PATH descriptor of an entry that was found, which stays the entry's.  It may
 * be opened again for that, as not all are held open; it is the same file then, or
 * -ESTALE.  Returns it, or a negative errno.
 */
int paths_fd(struct paths_entry *entry);

/* Closes the descriptor of an entry until it is asked for again. */
void paths_release(struct paths_entry *entry);

/* Is @path the directory @top, or inside of it? Both are resolved. */
bool paths_is_beneath(const char *path, const char *top);

/* What is wrong with an entry that was not found. */
const char *paths_cause(const struct paths_entry *entry);

/*
 * Fills @report for an entry that is lacking, or for an @error at one that was
 * found.  Returns @error.
 */
int paths_fail(const struct paths_entry *entry, int error, const char *remedy,
	       struct report *report);

#endif
