/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the variables of profiles stand for: a closed set, each found when it is
 * first asked for.
 *
 * Most are directories.  Whoever started the program chose its environment and its
 * working directory, so that a directory counts only where it is the user's own: what
 * a profile grants in it is his to grant.
 */
#ifndef LANDLOCK_SHIM_VARIABLES_H
#define LANDLOCK_SHIM_VARIABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum variable {
	VARIABLE_HOME,
	VARIABLE_USER,
	VARIABLE_UID,
	VARIABLE_XDG_CONFIG_HOME,
	VARIABLE_XDG_CACHE_HOME,
	VARIABLE_XDG_DATA_HOME,
	VARIABLE_XDG_STATE_HOME,
	VARIABLE_XDG_RUNTIME_DIR,
	VARIABLE_TMPDIR,
	VARIABLE_CWD,
	VARIABLE_PROJECT,
	VARIABLE_COUNT,
};

/* What a variable stands for. */
struct variable_answer {
	/* A directory is an absolute path other than /, without empty, . and ..
	 * components and without a slash at its end.  NULL: none. */
	const char *value;
	const char *why; /* there is none: "is not set", … */
	bool is_known;	 /* has been asked for */
};

/* What variables are taken from, and all that was found; lives as long as the arena
 * does. */
struct variables {
	/* "NAME=value", up to a NULL; or NULL for none: what comes from the
	 * environment then has no value. */
	char *const *environment;
	uid_t user; /* the real user */

	/* For this module and services.h; zeroed. */
	struct variable_answer answers[VARIABLE_COUNT];
	const char *services;
	bool is_nobody, is_nobody_known;
};

/* Returns the variable called by the @length bytes at @name, or VARIABLE_COUNT. */
enum variable variables_find(const char *name, size_t length);

/* "HOME", … */
const char *variables_name(enum variable variable);

/*
 * Finds what @variable stands for.  @variables: NULL for none that has a value.
 *
 * ${HOME}, the directories of the XDG specification and ${TMPDIR} are those of the
 * environment, as long as they are the user's own, else the XDG specification's below
 * ${HOME}, /run/user/UID, or /tmp; a sticky directory of root's is as good for
 * ${TMPDIR}.  ${USER} is the user's name by /etc/passwd.  ${CWD} is where the program
 * was started, ${PROJECT} the nearest directory at or above it with a .git, else
 * ${CWD}: neither is ever /, the home or what is above it, or another user's.
 *
 * Each is found at most once; none costs a system call before.  Returns 0 or
 * -ENOMEM.
 */
int variables_get(struct variables *variables, enum variable variable,
		  struct variable_answer *answer);

#endif
