/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The checks of the file-system hooks, one row each.
 *
 * A row names one access and the one check in it that the test rule denies. The
 * check is singled out by its actions and by the mode of its object: every
 * object of the scene has its own. Where another hook asks for the same action
 * on the same object during the access, either it asks for more at once (then
 * the row is exact), or test_trace.c counts.
 */
#ifndef LANDLOCK_SHIM_TESTS_VM_HOOKS_H
#define LANDLOCK_SHIM_TESTS_VM_HOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/stat.h>

#include "vm.h"

/* Objects of the scene, relative to VM_SCRATCH, and their modes. */
#define FILE_MODE (S_IFREG | 0745)     /* file: FILE_BYTES long */
#define LINK_MODE (S_IFLNK | 0777)     /* link, to file */
#define OLD_DIR_MODE (S_IFDIR | 0711)  /* old */
#define OLD_FILE_MODE (S_IFREG | 0641) /* old/file */
#define OLD_SUB_MODE (S_IFDIR | 0701)  /* old/sub, empty */
#define NEW_DIR_MODE (S_IFDIR | 0733)  /* new */
#define NEW_FILE_MODE (S_IFREG | 0642) /* new/file; new/absent is not there */
#define UNDER_MODE (S_IFDIR | 0744)    /* under, empty: to mount upon */
#define MOUNTED_MODE (S_IFDIR | 0754)  /* root of what a row mounts */
#define MOUNTED_SUB_MODE (S_IFDIR | 0751) /* a directory in it */
#define FILE_BYTES 4096

/* The mode of a row whose object does not exist yet. */
#define ABSENT 0

/* What rows find ready; made anew for each. */
struct scene {
	int file_fd;  /* file, O_RDWR */
	int dir_fd;   /* old, O_RDONLY */
	int extra_fd; /* of the row's own prepare */
	void *memory; /* of the row's own prepare, FILE_BYTES */
};

struct hook_row {
	const char *hook;
	const char *check; /* object: action, and how if there are several */
	void (*prepare)(struct scene *scene); /* or NULL; asserts */
	vm_function_t *access;		      /* its argument is the scene */
	int allowed;	   /* its result without a rule; mostly 0 */
	uint64_t actions;  /* any of these is denied */
	bool exact;	   /* nothing but all of these at once is denied */
	unsigned int mode; /* of the object, or ABSENT */
};

struct hook_table {
	const char *name;
	const struct hook_row *rows;
	size_t row_count;
};

extern const struct hook_table hooks_mount;
extern const struct hook_table hooks_entry;
extern const struct hook_table hooks_inode;
extern const struct hook_table hooks_xattr;
extern const struct hook_table hooks_file;
extern const struct hook_table hooks_mapping;
extern const struct hook_table hooks_binder;

/* vm_scratch() with the objects above; fails the test when it can't. */
void hooks_scene(struct scene *scene);

#endif
