// SPDX-License-Identifier: LGPL-2.1-or-later
/* The objects that the hooks are tried on. */
#include "hooks.h"

#include <fcntl.h>
#include <unistd.h>

static int make_file(const char *const path, const mode_t mode)
{
	const int fd =
		open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode & 07777);

	ck_assert_int_ge(fd, 0);
	return fd;
}

static void make_dir(const char *const path, const mode_t mode)
{
	ck_assert_int_eq(mkdir(path, mode & 07777), 0);
}

void hooks_scene(struct scene *const scene)
{
	vm_scratch();
	make_dir("old", OLD_DIR_MODE);
	make_dir("old/sub", OLD_SUB_MODE);
	make_dir("new", NEW_DIR_MODE);
	make_dir("under", UNDER_MODE);
	close(make_file("old/file", OLD_FILE_MODE));
	close(make_file("new/file", NEW_FILE_MODE));
	ck_assert_int_eq(symlink("file", "link"), 0);

	*scene = (struct scene){
		.file_fd = make_file("file", FILE_MODE),
		.dir_fd = open("old", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
		.extra_fd = -1,
	};
	ck_assert_int_ge(scene->dir_fd, 0);
	ck_assert_int_eq(ftruncate(scene->file_fd, FILE_BYTES), 0);
}
