// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Walks to a file by descriptor and asks of each step who could have put it
 * there.
 *
 * Symbolic links are followed here, not by the kernel: a link is believed like a
 * file, and each directory on the way it names is checked as well.  Who owns the
 * way owns what is found at its end.
 *
 * The invariant: nobody but root and the user can exchange an entry of the
 * directory that the walk is in, or the entry is root's own in a sticky one.
 */
#include "trust.h"

#include <limits.h>
#include <string.h>

#include "arena.h"
#include "file.h"
#include "format.h"
#include "system.h"
#include "trust_group.h"

#define LINKS_MAX 40 /* as the kernel's own */
/* For users that a user namespace has no number for, unless set otherwise. */
#define OVERFLOW_USER 65534

struct walk {
	const char *path; /* as asked for */
	uid_t user;
	enum trust_use use;
	struct report *report;
	int directory;	/* how far we are */
	bool is_sticky; /* others may add to it, but not exchange root's */
	unsigned int links;
	int file;	      /* what was asked for, once it is open, else -1 */
	char where[PATH_MAX]; /* what is looked at, for messages */
	char rest[PATH_MAX];  /* what remains of the way */
	char other[PATH_MAX]; /* what a link says */
	char joined[PATH_MAX];
};

/* Where the last sibling was found, by a walk without links. */
static struct {
	int directory; /* -1: there is none */
	bool is_sticky;
	uid_t user;
	enum trust_use use;
	char path[PATH_MAX];
} sibling_of = { .directory = -1 };

/* What the reader can do: never one that would harm others or the system. */
static const char in_own_directory[] =
	"copy it to a directory that nobody else may write to";

static const char *where(const struct walk *const walk)
{
	return walk->where[0] ? walk->where : "/";
}

static int refuse(const struct walk *const walk, const int error,
		  const char *const remedy, const char *const cause)
{
	return report_fill(walk->report, error, walk->path, 0, NULL, remedy,
			   "%s %s", where(walk), cause);
}

static int fail(const struct walk *const walk, const int error)
{
	return report_fill(
		walk->report, error, walk->path, 0, NULL,
		error == -EACCES ? "let the user of the program read it" : NULL,
		"%s cannot be opened: %s", where(walk),
		report_error_text(error));
}

static const char *read_proc(const char *const path)
{
	char *text;
	size_t size;

	return file_read_path(path, 4096, &text, &size) ? "" : text;
}

bool trust_is_nobody(const uid_t user)
{
	char number[16];
	const char *overflow;

	if (user == OVERFLOW_USER || user == (uid_t)-1)
		return true;
	overflow = read_proc("/proc/sys/kernel/overflowuid");
	format_text(number, sizeof(number), "%u\n", user);
	return strcmp(overflow, number) == 0;
}

/*
 * Is nobody a user like others here, as all numbers are users?  Then his files are
 * his; else they may be root's.
 */
static bool has_all_users(void)
{
	const char *map = read_proc("/proc/self/uid_map");

	map += strspn(map, " ");
	if (*map != '0')
		return false;
	map++;
	map += strspn(map, " ");
	if (*map != '0')
		return false;
	map++;
	map += strspn(map, " ");
	return strcmp(map, "4294967295\n") == 0;
}

static int check_owner(const struct walk *const walk,
		       const struct system_status *const status)
{
	const bool is_file = SYSTEM_IS(status->mode, REG);

	if (status->user == 0 ||
	    (status->user == walk->user && !walk->is_sticky))
		return 0;
	if (walk->is_sticky)
		return refuse(walk, -EPERM, in_own_directory,
			      "is not root's, in a directory that everyone may "
			      "write to, and is not believed");
	if (!trust_is_nobody(status->user))
		return refuse(walk, -EPERM,
			      !is_file	   ? in_own_directory
			      : walk->user ? "make a copy of your own"
					   : "chown it to root",
			      "belongs to another user and is not believed");
	if (walk->use == TRUST_PROFILE && !has_all_users())
		return 0;
	return refuse(walk, -EPERM,
		      walk->use == TRUST_CODE
			      ? "start the program outside of the user "
				"namespace, or map root into it"
		      : walk->user ? "make a copy of your own"
				   : "chown it to root",
		      "belongs to nobody, or to a user whom this user "
		      "namespace does not know, and is not believed");
}

/*
 * Opens what is checked as @status in @directory for its ACL: no O_PATH will do.
 * @name: "." for a directory itself.
 */
static bool acl_is_private(const struct walk *const walk, const int directory,
			   const char *const name,
			   const struct system_status *const status)
{
	struct system_status opened;
	const int fd = system_open(
		directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	bool result;

	result = fd >= 0 && !system_stat_fd(fd, &opened) &&
		 system_same_file(opened.id, status->id) &&
		 trust_acl_is_private(fd, walk->user);
	system_close(fd);
	return result;
}

/* Does the group of a file, which may write to it, count as root or the user? */
static bool group_is_private(const struct walk *const walk, const int directory,
			     const char *const name,
			     const struct system_status *const status)
{
	return (trust_group_is_private(status->group, 0) ||
		(walk->user &&
		 trust_group_is_private(status->group, walk->user))) &&
	       acl_is_private(walk, directory, name, status);
}

static int refuse_directory(const struct walk *const walk,
			    const struct system_status *const status)
{
	/* Whoever made a directory for others to write to meant it. */
	return refuse(walk, -EPERM,
		      status->mode & S_IWOTH ? in_own_directory
		      : status->user
			      ? "chmod g-w it"
			      : "let root alone write there, or keep the file "
				"in a directory where that is so",
		      "may be written by others and is not believed");
}

/* Enters @directory, which becomes the walk's. */
static int enter(struct walk *const walk, const int directory)
{
	struct system_status status;
	int error;

	system_close(walk->directory);
	walk->directory = directory;
	error = system_stat_fd(directory, &status);
	if (error)
		return fail(walk, error);
	error = check_owner(walk, &status);
	if (error)
		return error;
	walk->is_sticky = false;
	if (!(status.mode & (S_IWGRP | S_IWOTH)))
		return 0;
	if (!(status.mode & S_IWOTH) &&
	    group_is_private(walk, directory, ".", &status))
		return 0;
	walk->is_sticky = status.mode & S_ISVTX && status.user == 0;
	return walk->is_sticky ? 0 : refuse_directory(walk, &status);
}

/*
 * Opens a directory: to go through it, where it need not be readable; where
 * somebody's filter of system calls does not know that way, to read it.
 */
static int open_directory(const int directory, const char *const name)
{
	const int flags = O_DIRECTORY | O_NOFOLLOW;
	const int fd = system_open(directory, name, O_PATH | flags);

	return fd == -ENOSYS || fd == -EPERM || fd == -EINVAL
		       ? system_open(directory, name, O_RDONLY | flags)
		       : fd;
}

static int enter_root(struct walk *const walk)
{
	const int fd = open_directory(AT_FDCWD, "/");

	walk->where[0] = '\0';
	walk->is_sticky = false;
	return fd < 0 ? fail(walk, fd) : enter(walk, fd);
}

/* Moves the next component of the way to @name.  Was it the last one? */
static int take_component(struct walk *const walk,
			  char name[const NAME_MAX + 1], bool *const last)
{
	const char *const begin = walk->rest + strspn(walk->rest, "/");
	const size_t length = strcspn(begin, "/");
	const char *const next = begin + length + strspn(begin + length, "/");
	const size_t before = strlen(walk->where);

	if (!length)
		return refuse(walk, -EINVAL, "put a file there",
			      "is no regular file");
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

/* Puts what the link @name says before the rest of the way. */
static int follow(struct walk *const walk, const char *const name)
{
	const ssize_t length = system_readlink(
		walk->directory, name, walk->other, sizeof(walk->other));

	if (length < 0)
		return fail(walk, (int)length);
	if (++walk->links > LINKS_MAX)
		return fail(walk, -ELOOP);
	if (format_text(walk->joined, sizeof(walk->joined), "%.*s%s%s",
			(int)length, walk->other, walk->rest[0] ? "/" : "",
			walk->rest) >= sizeof(walk->joined))
		return fail(walk, -ENAMETOOLONG);
	memcpy(walk->rest, walk->joined, strlen(walk->joined) + 1);
	if (walk->rest[0] == '/')
		return enter_root(walk);
	*strrchr(walk->where, '/') = '\0';
	return 0;
}

/* Opens the regular file at the end of the way, and checks what was opened. */
static int open_file(struct walk *const walk, const char *const name)
{
	struct system_status status;
	const int fd =
		system_open(walk->directory, name,
			    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	int error;

	if (fd < 0)
		return fail(walk, fd);
	error = system_stat_fd(fd, &status);
	if (error)
		error = fail(walk, error);
	else
		error = check_owner(walk, &status);
	if (!error && !SYSTEM_IS(status.mode, REG))
		error = refuse(walk, -EINVAL, "put a file there",
			       "is no regular file");
	if (!error && status.mode & (S_IWGRP | S_IWOTH) &&
	    (status.mode & S_IWOTH ||
	     !group_is_private(walk, walk->directory, name, &status)))
		error = refuse(walk, -EPERM, "chmod go-w it",
			       "may be written by others and is not believed");
	if (error)
		system_close(fd);
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
	struct system_status status;
	char name[NAME_MAX + 1];
	bool last = false;
	int error, fd;

	error = take_component(walk, name, &last);
	if (error)
		return error;
	if (!last) {
		fd = open_directory(walk->directory, name);
		if (fd >= 0)
			return enter(walk, fd);
		/* A link says ENOTDIR as well; ELOOP, where O_PATH is refused. */
		if (fd != -ENOTDIR && fd != -ELOOP)
			return fail_step(walk, fd);
	}
	error = system_stat(walk->directory, name, AT_SYMLINK_NOFOLLOW,
			    &status);
	if (error)
		return fail_step(walk, error);
	if (SYSTEM_IS(status.mode, LNK))
		return check_owner(walk, &status) ?: follow(walk, name);
	if (SYSTEM_IS(status.mode, REG))
		return last ? open_file(walk, name) : fail(walk, -ENOTDIR);
	return refuse(walk, -EINVAL, "put a file there", "is no regular file");
}

void trust_end(void)
{
	system_close(sibling_of.directory);
	sibling_of.directory = -1;
}

static bool goes_on(const struct walk *const walk)
{
	const size_t bytes = strlen(sibling_of.path);

	/* What root alone can have written, each user believes. */
	return sibling_of.directory >= 0 &&
	       (!sibling_of.user || sibling_of.user == walk->user) &&
	       sibling_of.use == walk->use &&
	       strncmp(walk->path, sibling_of.path, bytes) == 0 &&
	       walk->path[bytes] == '/' && !strchr(walk->path + bytes + 1, '/');
}

/* The directory of the last sibling becomes the walk's. */
static int go_on(struct walk *const walk)
{
	const size_t bytes = strlen(sibling_of.path);

	memcpy(walk->where, sibling_of.path, bytes + 1);
	memmove(walk->rest, walk->rest + bytes, strlen(walk->rest + bytes) + 1);
	walk->directory = sibling_of.directory;
	walk->is_sticky = sibling_of.is_sticky;
	sibling_of.directory = -1;
	return 0;
}

/* The walk's directory becomes that of the last sibling. */
static void keep(const struct walk *const walk)
{
	const size_t bytes = (size_t)(strrchr(walk->where, '/') - walk->where);

	trust_end();
	sibling_of.directory = walk->directory;
	sibling_of.is_sticky = walk->is_sticky;
	sibling_of.user = walk->user;
	sibling_of.use = walk->use;
	memcpy(sibling_of.path, walk->where, bytes);
	sibling_of.path[bytes] = '\0';
}

static int open_believed(const char *const path, const uid_t user,
			 const enum trust_use use, const bool sibling,
			 struct report *const report)
{
	/* Large, and one at a time: its pages serve all files of a start. */
	static struct walk only;
	struct walk *const walk = &only;
	char nothing[1];
	ssize_t length;
	int error;

	/* Most files asked for are absent: that answer is to be cheap. */
	length = system_readlink(AT_FDCWD, path, nothing, sizeof(nothing));
	if (length == -ENOENT || length == -ENOTDIR)
		return -ENOENT;
	walk->path = path;
	walk->user = user && !trust_is_nobody(user) ? user : 0;
	walk->use = use;
	walk->report = report;
	walk->directory = -1;
	walk->links = 0;
	walk->file = -1;
	walk->where[0] = '\0';
	if (strlen(path) >= sizeof(walk->rest))
		return fail(walk, -ENAMETOOLONG);
	memcpy(walk->rest, path, strlen(path) + 1);
	error = sibling && goes_on(walk) ? go_on(walk) : enter_root(walk);
	while (!error && walk->file < 0)
		error = step(walk);
	if (!error && sibling && !walk->links)
		keep(walk);
	else
		system_close(walk->directory);
	return error ?: walk->file;
}

int trust_open(const char *const path, const uid_t user,
	       const enum trust_use use, struct report *const report)
{
	return open_believed(path, user, use, false, report);
}

int trust_open_sibling(const char *const path, const uid_t user,
		       const enum trust_use use, struct report *const report)
{
	return open_believed(path, user, use, true, report);
}
