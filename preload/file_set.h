/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A set of files, known by device and inode, each with a word of the user's.
 */
#ifndef LANDLOCK_SHIM_FILE_SET_H
#define LANDLOCK_SHIM_FILE_SET_H

#include <stddef.h>
#include <stdint.h>

#include "system.h"

struct file_set_slot {
	struct system_file_id id;
	uint64_t word;
	bool used;
};

/* Zeroed: the empty set.  It lives in the arena. */
struct file_set {
	struct file_set_slot *slots;
	size_t slot_count; /* 0 or a power of two */
	size_t used;
};

/* The word of a file; 0 where it is not in the set. */
uint64_t file_set_word(const struct file_set *set, struct system_file_id id);

/*
 * Adds @bits to the word of a file, which is in the set from then on.  Returns 0
 * or -ENOMEM.
 */
int file_set_add(struct file_set *set, struct system_file_id id, uint64_t bits);

#endif
