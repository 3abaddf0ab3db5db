/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the kernel tells of another process.
 */
#ifndef LANDLOCK_SHIM_CMD_PROCESS_H
#define LANDLOCK_SHIM_CMD_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>
#include <time.h>

#include "system.h"

enum process_seccomp {
	PROCESS_SECCOMP_NONE,
	PROCESS_SECCOMP_STRICT,
	PROCESS_SECCOMP_FILTER,
	PROCESS_SECCOMP_COUNT,
};

struct process {
	pid_t pid;
	pid_t parent;
	uid_t user;   /* the real one */
	time_t start; /* when it was forked, to the second */
	/* What it executes: for messages, and to know the same again. */
	const char *program;
	struct system_file_id id;
	/* The rest a process may have changed of itself. */
	const char *started; /* AT_EXECFN, as far as it can be told; or NULL */
	/* The script that its interpreter seems to run, also where another program,
	 * as env(1), has started that; or NULL. */
	const char *script;
	char *const *environment; /* that it was started with, or NULL */
	bool secure;		  /* AT_SECURE */
	bool has_shim;		  /* the library is mapped */
	/* Of the kernel's word alone. */
	bool no_new_privs;
	enum process_seccomp seccomp;
	bool is_elsewhere; /* has another root or mount namespace */
};

/*
 * Fills @process, in the arena.  Returns 0; -ESRCH when there is no such process,
 * or it executes nothing, as the kernel's own; -EACCES when this user may not know;
 * -ENOMEM.
 */
int process_read(pid_t pid, struct process *process);

/* Of all that process_read() tells of, in the order of their numbers.  Returns 0 or
 * -ENOMEM, or why /proc cannot be read. */
int process_read_all(struct process **all, size_t *count);

/* "none", … */
const char *process_seccomp_word(enum process_seccomp seccomp);

#endif
