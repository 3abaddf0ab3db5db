// SPDX-License-Identifier: LGPL-2.1-or-later
/* Hooks of memory that shows a file. */
#include "hooks.h"

#include <sys/mman.h>

static int map(const struct scene *const scene, const int prot, const int flags)
{
	return mmap(NULL, FILE_BYTES, prot, flags, scene->file_fd, 0) ==
			       MAP_FAILED
		       ? -errno
		       : 0;
}

static int do_map_read(void *const scene)
{
	return map(scene, PROT_READ, MAP_PRIVATE);
}

static int do_map_execute(void *const scene)
{
	return map(scene, PROT_EXEC, MAP_PRIVATE);
}

static int do_map_write(void *const scene)
{
	return map(scene, PROT_WRITE, MAP_SHARED);
}

static int do_map_write_validated(void *const scene)
{
	return map(scene, PROT_WRITE, MAP_SHARED_VALIDATE);
}

static void prepare(struct scene *const scene, const int flags)
{
	scene->memory =
		mmap(NULL, FILE_BYTES, PROT_NONE, flags, scene->file_fd, 0);
	ck_assert_ptr_ne(scene->memory, MAP_FAILED);
}

static void prepare_private(struct scene *const scene)
{
	prepare(scene, MAP_PRIVATE);
}

static void prepare_shared(struct scene *const scene)
{
	prepare(scene, MAP_SHARED);
}

static int protect(const struct scene *const scene, const int prot)
{
	return vm_result(mprotect(scene->memory, FILE_BYTES, prot));
}

static int do_protect_read(void *const scene)
{
	return protect(scene, PROT_READ);
}

static int do_protect_execute(void *const scene)
{
	return protect(scene, PROT_EXEC);
}

static int do_protect_write(void *const scene)
{
	return protect(scene, PROT_WRITE);
}

#define MAPPING(HOOK, CHECK, PREPARE, ACCESS, ACTION)                          \
	{                                                                      \
		.hook = HOOK, .check = CHECK, .prepare = PREPARE,              \
		.access = ACCESS, .actions = LANDLOCK_ACTION_FS_##ACTION,      \
		.exact = 1, .mode = FILE_MODE                                  \
	}

static const struct hook_row rows[] = {
	MAPPING("mmap_file", "file: PROT_READ is READ", NULL, do_map_read,
		READ),
	MAPPING("mmap_file", "file: PROT_EXEC is EXEC", NULL, do_map_execute,
		EXEC),
	MAPPING("mmap_file", "file: PROT_WRITE is WRITE (MAP_SHARED)", NULL,
		do_map_write, WRITE),
	MAPPING("mmap_file", "file: PROT_WRITE is WRITE (MAP_SHARED_VALIDATE)",
		NULL, do_map_write_validated, WRITE),
	MAPPING("file_mprotect", "vma's file: PROT_READ is READ",
		prepare_private, do_protect_read, READ),
	MAPPING("file_mprotect", "vma's file: PROT_EXEC is EXEC",
		prepare_private, do_protect_execute, EXEC),
	MAPPING("file_mprotect", "vma's file: PROT_WRITE is WRITE (shared)",
		prepare_shared, do_protect_write, WRITE),
};

const struct hook_table hooks_mapping = {
	.name = "mappings",
	.rows = rows,
	.row_count = sizeof(rows) / sizeof(*rows),
};
