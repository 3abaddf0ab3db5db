// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One bit for each name.
 *
 * The invariant: what openat(2) would find has its bit.  So only file systems count
 * that list whatever they find: others make a directory when it is asked for, or hide
 * one that takes snapshots.  Where case does not matter, other names than those listed
 * find something: of ASCII, the bits are the same; of more, such a directory is left
 * alone.
 */
#include "walk_names.h"

#include <linux/fs.h>

#include "arena.h"
#include "filesystem.h"
#include "hash.h"

#define NAMES_MAX 2000

/* Since Linux 5.4: linux/fs.h. */
#ifndef FS_CASEFOLD_FL
#define FS_CASEFOLD_FL 0x40000000
#endif

/* linux/magic.h; not overlayfs, as its layers may be on anything. */
static const uint32_t listing_all[] = {
	0xef53,	    /* ext2, ext3, ext4 */
	0x58465342, /* XFS */
	0x9123683e, /* Btrfs */
	0xf2f52010, /* F2FS */
	0x01021994, /* tmpfs */
};

static bool lists_all(const int fd)
{
	const uint32_t type = filesystem_type(fd);
	unsigned int flags;
	long error;
	size_t i;

	for (i = 0; i < sizeof(listing_all) / sizeof(*listing_all); i++)
		if (listing_all[i] == type)
			break;
	if (i == sizeof(listing_all) / sizeof(*listing_all))
		return false;
	error = SYSTEM_CALL(ioctl, fd, FS_IOC_GETFLAGS, &flags);
	/* tmpfs has these flags since before it could fold case. */
	return error ? error == -ENOTTY : !(flags & FS_CASEFOLD_FL);
}

/* XFS can be made so that the case of ASCII does not matter, and does not tell. */
static size_t bit_of(const char *name)
{
	uint64_t hash = HASH_START;

	for (; *name; name++) {
		const char small = *name >= 'A' && *name <= 'Z'
					   ? (char)(*name - 'A' + 'a')
					   : *name;

		hash = hash_add(hash, &small, 1);
	}
	return (size_t)(hash ^ hash >> 32) % WALK_NAMES_BITS;
}

const struct walk_names *walk_names_read(const int fd,
					 struct directory *const directory)
{
	const struct system_entry *entry;
	struct walk_names *names = NULL;
	size_t left = NAMES_MAX;
	int more = 0;

	if (directory_open(directory, fd))
		return NULL;
	if (lists_all(directory->fd))
		names = arena_take(1, sizeof(*names));
	while (names && left--) {
		size_t bit;

		more = directory_next(directory, &entry);
		if (more <= 0)
			break;
		bit = bit_of(entry->name);
		names->bits[bit / 64] |= UINT64_C(1) << bit % 64;
	}
	directory_close(directory);
	return more ? NULL : names;
}

bool walk_names_lack(const struct walk_names *const names,
		     const char *const name)
{
	const size_t bit = bit_of(name);

	return !(names->bits[bit / 64] >> bit % 64 & 1);
}
