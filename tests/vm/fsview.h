/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Views of the file system for tests inside the virtual machine: make, fill,
 * freeze, apply, and try something under one.
 *
 * "Or fails the test" means the same as in vm.h.
 */
#ifndef LANDLOCK_SHIM_TESTS_VM_FSVIEW_H
#define LANDLOCK_SHIM_TESTS_VM_FSVIEW_H

#include <stdint.h>

#include "fs_paths.h"
#include "vm.h"

/* All that the rule fs_paths asks for. */
#define FSVIEW_ALL                                                             \
	(FS_PATHS_SEE | FS_PATHS_READ | FS_PATHS_CHANGE | FS_PATHS_EXEC |      \
	 FS_PATHS_CONNECT)

/* A value of all of it. */
#define FSVIEW_GRANT_ALL                                                       \
	((struct landlock_fsview_value){ FSVIEW_ALL, FSVIEW_ALL })

/* bpf(2): what it returned, or a negative errno. */
int fsview_bpf(enum bpf_cmd command, union bpf_attr *attr);

/* How a view of @max_entries is made; for a test to vary. */
union bpf_attr fsview_attr(uint32_t max_entries);

/* Makes a view; returns its descriptor, or fails the test. */
int fsview_make(uint32_t max_entries);

/* BPF_MAP_UPDATE_ELEM, _LOOKUP_ELEM or _DELETE_ELEM (without @value). */
int fsview_element(enum bpf_cmd command, int view,
		   const struct landlock_fsview_key *key,
		   struct landlock_fsview_value *value, uint64_t flags);

/* The key of @path or, with @name, of that in the directory @path. */
struct landlock_fsview_key fsview_key(const char *path, const char *name);

/* Puts in an entry of @key, whose descriptor it closes: 0 or a negative errno. */
int fsview_put_key(int view, struct landlock_fsview_key key,
		   struct landlock_fsview_value value);

/*
 * Puts in an entry that grants @access beneath and on itself, for fsview_key().
 * Returns 0 or a negative errno; fails the test where there is no @path.
 */
int fsview_put(int view, const char *path, const char *name, uint64_t access);

/* Puts in what the view grants to all that no entry covers, or fails the test. */
void fsview_put_elsewhere(int view, struct landlock_fsview_value value);

/* Makes a view unchangeable, or fails the test. */
void fsview_freeze(int view);

/* Applies the rule @prog_fd with a frozen view, nothing else before. */
int fsview_prepend(int prog_fd, int view);

/*
 * Has fs_paths loaded before the tests of @tcase, which are processes of their own,
 * and once for all of a program: where a kernel is slow, that takes seconds.
 */
void fsview_share_rule(TCase *tcase);

/* fs_paths, the shim's rule on paths: a descriptor to it, or fails. */
int fsview_load_rule(void);

/*
 * Runs @function in a child under the rule @prog_fd with the frozen @view, and
 * returns what it returned or why the rule could not be applied.
 */
int fsview_child_under(int prog_fd, int view, vm_function_t *function,
		       void *argument);

/* The same under fs_paths. */
int fsview_child(int view, vm_function_t *function, void *argument);

/* Opens @path to read, and closes it: 0 or a negative errno. */
int fsview_read(const char *path);

/* fsview_read() in a child under fs_paths with the frozen @view. */
int fsview_child_reads(int view, const char *path);

#endif
