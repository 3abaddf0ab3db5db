// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Walks to a file by descriptor and asks of each step who could have put it
 * there.
 *
 * Symbolic links are followed here, not by the kernel: a link is believed like a
 * file, and each directory on the way it names is checked as well. Who owns the
 * way owns what is found at its end.
 */
#include "trust.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40 /* as the kernel's own */
/* What the kernel shows for a user that the user namespace has no number for. */
#define OVERFLOW_UID 65534

struct walk {
	const char *path; /* as asked for */
	uid_t user;
	struct report *report;
	int directory;	      /* how far we are */
	char where[PATH_MAX]; /* what is looked at, for messages */
	char rest[PATH_MAX];  /* what remains of the way */
	unsigned int links;
	int file; /* what was asked for, once it is open, else -1 */
};

static int refuse(const struct walk *const walk, const int error,
		  const char *const remedy, const char *const cause)
{
	return report_fill(walk->report, error, walk->path, 0, NULL, remedy,
			   "%s %s", walk->where[0] ? walk->where : "/", cause);
}

static int fail(const struct walk *const walk, const int error)
{
	return report_fill(
		walk->report, error, walk->path, 0, NULL,
		error == -EACCES ? "let the user of the program read it" : NULL,
		"%s cannot be opened: %s", walk->where[0] ? walk->where : "/",
		strerror(-error));
}

static int check_owner(const struct walk *const walk,
		       const struct stat *const status)
{
	if (status->st_uid == 0 || status->st_uid == walk->user)
		return 0;
	if (status->st_uid == OVERFLOW_UID)
		return refuse(walk, -EPERM,
			      "map root into the user namespace, or chown it "
			      "to root",
			      "belongs to nobody, or to a user whom this user "
			      "namespace does not know, and is not believed");
	return refuse(walk, -EPERM,
		      walk->user ? "chown it to root or to the user"
				 : "chown it to root",
		      "belongs to another user and is not believed");
}

/* Could someone else have written what @fd is? */
static int check(const struct walk *const walk, const int fd,
		 struct stat *const status)
{
	int error;

	if (fstat(fd, status))
		return fail(walk, -errno);
	error = check_owner(walk, status);
	if (error)
		return error;
	/*
	 * Also for group root: whom an ACL lets write shows in the bits of the
	 * group, whichever it is.
	 */
	if (!S_ISLNK(status->st_mode) && status->st_mode & (S_IWGRP | S_IWOTH))
		return refuse(walk, -EPERM, "chmod go-w it",
			      "may be written by others and is not believed");
	return 0;
}

static void move_to(struct walk *const walk, const int directory)
{
	if (walk->directory >= 0)
		close(walk->directory);
	walk->directory = directory;
}

static int enter_root(struct walk *const walk)
{
	struct stat status;
	const int fd = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);

	walk->where[0] = '\0';
	if (fd < 0)
		return fail(walk, -errno);
	move_to(walk, fd);
	return check(walk, fd, &status);
}

/* Moves the next component of the way to @name. Was it the last one? */
static int take_component(struct walk *const walk,
			  char name[const NAME_MAX + 1], bool *const last)
{
	const char *const begin = walk->rest + strspn(walk->rest, "/");
	const size_t length = strcspn(begin, "/");
	const char *const next = begin + length + strspn(begin + length, "/");
	const size_t before = strlen(walk->where);

	if (!length)
		return refuse(walk, -EINVAL, NULL, "is no regular file");
	if (length > NAME_MAX || before + length + 2 > sizeof(walk->where))
		return fail(walk, -ENAMETOOLONG);
	memcpy(name, begin, length);
	name[length] = '\0';
	walk->where[before] = '/';
	memcpy(walk->where + before + 1, name, length + 1);
	*last = !*next;
	memmove(walk->rest, next, strlen(next) + 1);
	return 0;
}

/* Puts what the link @fd says, the last component of where, before the rest. */
static int follow(struct walk *const walk, const int fd)
{
	char target[PATH_MAX], rest[PATH_MAX];
	const ssize_t length = readlinkat(fd, "", target, sizeof(target));
	int bytes;

	if (length < 0)
		return fail(walk, -errno);
	if (++walk->links > LINKS_MAX)
		return fail(walk, -ELOOP);
	bytes = snprintf(rest, sizeof(rest), "%.*s%s%s", (int)length, target,
			 walk->rest[0] ? "/" : "", walk->rest);
	if (bytes < 0 || (size_t)bytes >= sizeof(rest))
		return fail(walk, -ENAMETOOLONG);
	memcpy(walk->rest, rest, (size_t)bytes + 1);
	if (rest[0] == '/')
		return enter_root(walk);
	*strrchr(walk->where, '/') = '\0';
	return 0;
}

/*
 * Opens the file at the end of the way. It is known to be a regular file that
 * none but root and the user can exchange; it is checked again all the same.
 */
static int open_file(struct walk *const walk, const char *const name)
{
	struct stat status;
	const int fd = openat(walk->directory, name,
			      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
				      O_CLOEXEC);
	int error;

	if (fd < 0)
		return fail(walk, -errno);
	error = check(walk, fd, &status);
	if (!error && !S_ISREG(status.st_mode))
		error = refuse(walk, -EINVAL, NULL, "is no regular file");
	if (error)
		close(fd);
	else
		walk->file = fd;
	return error;
}

/* A link to nothing is no absent file: someone meant a file to be there. */
static int fail_step(const struct walk *const walk, const int error)
{
	if (error != -ENOENT)
		return fail(walk, error);
	if (!walk->links)
		return error;
	return refuse(walk, -EINVAL, "remove the link or put the file there",
		      "does not exist, but a symbolic link leads there");
}

/* One component of the way. */
static int step(struct walk *const walk)
{
	char name[NAME_MAX + 1];
	struct stat status;
	bool last = false;
	int fd, error;

	error = take_component(walk, name, &last);
	if (error)
		return error;
	fd = openat(walk->directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return fail_step(walk, -errno);
	error = check(walk, fd, &status);
	if (error)
		goto out;
	if (S_ISLNK(status.st_mode)) {
		error = follow(walk, fd);
	} else if (last) {
		error = S_ISREG(status.st_mode) ? open_file(walk, name)
						: refuse(walk, -EINVAL, NULL,
							 "is no regular file");
	} else if (S_ISDIR(status.st_mode)) {
		move_to(walk, fd);
		return 0;
	} else {
		error = fail(walk, -ENOTDIR);
	}
out:
	close(fd);
	return error;
}

int trust_open(const char *const path, const uid_t user,
	       struct report *const report)
{
	struct walk walk = {
		.path = path,
		.user = user,
		.report = report,
		.directory = -1,
		.file = -1,
	};
	struct stat status;
	int error;

	/* Most files asked for are absent: that answer is to be cheap. */
	if (lstat(path, &status) && (errno == ENOENT || errno == ENOTDIR))
		return -ENOENT;
	if (strlen(path) >= sizeof(walk.rest))
		return fail(&walk, -ENAMETOOLONG);
	memcpy(walk.rest, path, strlen(path) + 1);
	error = enter_root(&walk);
	while (!error && walk.file < 0)
		error = step(&walk);
	move_to(&walk, -1);
	return error ?: walk.file;
}
