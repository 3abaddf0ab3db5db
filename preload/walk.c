// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One component after the other, by descriptor: nobody can exchange what has been
 * passed.
 */
#include "walk.h"

#include <string.h>

#include "arena.h"
#include "filesystem.h"
#include "format.h"

#define LINKS_MAX 40 /* as the kernel's own */
#define NOWHERE SIZE_MAX
#define PROC_SUPER_MAGIC 0x9fa0

/* struct open_how, and of its flags: linux/openat2.h, since Linux 5.6. */
struct open_how {
	uint64_t flags;
	uint64_t mode;
	uint64_t resolve;
};
#define RESOLVE_NO_MAGICLINKS 0x02
#define RESOLVE_NO_SYMLINKS 0x04
#ifndef __NR_openat2
#define __NR_openat2 437
#endif

struct walking {
	const struct walk_policy *policy;
	struct walk_result *out;
	struct system_status here;	/* of the directory that we are in */
	const struct walk_names *names; /* in there; NULL: look for each */
	/* How long @resolved is for the outermost writable directory that we are
	 * inside of; NOWHERE: none. */
	size_t writable_bytes;
	bool must_be_writable; /* at the end: a link in such a one said so */
	unsigned int links;
	/* Each of PATH_MAX bytes: */
	char *rest;	/* what remains of the way */
	char *resolved; /* where we are; "" for the root */
	char *target;	/* of a link */
	size_t resolved_bytes;
	size_t here_bytes; /* of it, for the directory that we are in */
};

int walk_open_plain(const char *const path)
{
	const struct open_how how = {
		.flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};

	return (int)SYSTEM_CALL(openat2, AT_FDCWD, path, &how, sizeof(how));
}

static bool is_writable(const struct walking *const walking,
			const struct system_status *const status)
{
	return walking->policy->writable &&
	       file_set_word(walking->policy->writable, status->id);
}

static int remember(struct walk_result *const out,
		    const struct system_file_id id)
{
	struct system_file_id *const passed =
		arena_append(out->passed, out->passed_count, sizeof(*passed));

	if (!passed)
		return -ENOMEM;
	out->passed = passed;
	passed[out->passed_count++] = id;
	return 0;
}

static void leave(struct walk_result *const out)
{
	if (!out->is_cached)
		system_close(out->directory);
	out->directory = -1;
	out->is_cached = false;
}

/* Takes over @directory, of which @status is, as where we are. */
static int enter(struct walking *const walking, const int directory,
		 const struct system_status *const status)
{
	int error = 0;

	walking->here = *status;
	walking->names = NULL;
	walking->here_bytes = walking->resolved_bytes;
	leave(walking->out);
	walking->out->directory = directory;
	if (walking->policy->leads)
		error = remember(walking->out, walking->here.id);
	if (!error && walking->writable_bytes == NOWHERE &&
	    is_writable(walking, &walking->here))
		walking->writable_bytes = walking->resolved_bytes;
	return error;
}

/* The same, where nothing is known of it yet. */
static int enter_new(struct walking *const walking, const int directory)
{
	struct system_status status;
	const int error =
		directory < 0 ? directory : system_stat_fd(directory, &status);

	if (!error)
		return enter(walking, directory, &status);
	system_close(directory);
	return error;
}

static int enter_root(struct walking *const walking)
{
	const int root = system_open(AT_FDCWD, "/", O_PATH | O_DIRECTORY);

	walking->resolved_bytes = 0;
	walking->resolved[0] = '\0';
	walking->writable_bytes = NOWHERE;
	return enter_new(walking, root);
}

/* Appends /NAME to what is resolved. */
static int append(struct walking *const walking, const char *const name,
		  const size_t length)
{
	if (walking->resolved_bytes + 1 + length >= PATH_MAX)
		return -ENAMETOOLONG;
	walking->resolved[walking->resolved_bytes++] = '/';
	memcpy(walking->resolved + walking->resolved_bytes, name, length);
	walking->resolved_bytes += length;
	walking->resolved[walking->resolved_bytes] = '\0';
	return 0;
}

static void cut_last(struct walking *const walking)
{
	char *const slash = strrchr(walking->resolved, '/');

	if (slash)
		*slash = '\0';
	walking->resolved_bytes = strlen(walking->resolved);
}

static int go_up(struct walking *const walking)
{
	const int up = system_open(walking->out->directory, "..",
				   O_PATH | O_DIRECTORY);

	if (up < 0)
		return up;
	cut_last(walking);
	if (walking->writable_bytes != NOWHERE &&
	    walking->resolved_bytes < walking->writable_bytes)
		walking->writable_bytes = NOWHERE;
	return enter_new(walking, up);
}

/* Puts what a link says before the rest of the way. */
static int prepend(struct walking *const walking, const char *const target,
		   const size_t length)
{
	const size_t rest = strlen(walking->rest);

	if (length + 1 + rest >= PATH_MAX)
		return -ENAMETOOLONG;
	memmove(walking->rest + length + 1, walking->rest, rest + 1);
	memcpy(walking->rest, target, length);
	walking->rest[length] = '/';
	return 0;
}

/* Could a program of this user have put something into the directory? */
static bool may_change(const uid_t user, const struct system_status *const here)
{
	return user == 0 || here->user == user ||
	       here->mode & (S_IWGRP | S_IWOTH);
}

/* Who may have put this link where it is? */
static int check_link(struct walking *const walking,
		      const struct system_status *const link)
{
	const bool sticky =
		walking->here.mode & S_ISVTX && walking->here.mode & S_IWOTH;

	if (walking->writable_bytes != NOWHERE &&
	    may_change(walking->policy->user, &walking->here))
		walking->must_be_writable = true;
	if (!sticky || link->user == 0 || link->user == walking->policy->user ||
	    link->user == walking->here.user)
		return 0;
	walking->out->remedy = "another user may have put this link there: "
			       "name what it should lead to";
	return -ELOOP;
}

/*
 * A link of /proc whose text may be no path: the kernel follows it.  Where it leads
 * to something with a path, that path counts.
 */
static int follow_magic(struct walking *const walking, const char *const name)
{
	struct walk_result *const out = walking->out;
	char link[32];
	ssize_t length;
	int error;

	out->fd = system_open(out->directory, name, O_PATH);
	if (out->fd < 0)
		return out->fd;
	format_text(link, sizeof(link), "/proc/self/fd/%d", out->fd);
	length = system_readlink(AT_FDCWD, link, walking->resolved, PATH_MAX);
	if (length < 0)
		return (int)length;
	walking->resolved[length] = '\0';
	error = system_stat_fd(out->fd, &out->status);
	if (error)
		return error;
	if (walking->resolved[0] != '/' || !out->status.links) {
		out->placeless = true;
		return 0;
	}
	system_close(out->fd);
	out->fd = -1;
	error = prepend(walking, walking->resolved, (size_t)length);
	return error ?: enter_root(walking);
}

static int remember_link(const struct walking *const walking,
			 const char *const name)
{
	struct walk_result *const out = walking->out;
	const char **const links =
		arena_append(out->links, out->link_count, sizeof(*links));
	const size_t size = walking->resolved_bytes + 1 + strlen(name) + 1;
	char *const link = arena_take(size, 1);

	if (!links || !link)
		return -ENOMEM;
	format_text(link, size, "%s/%s", walking->resolved, name);
	out->links = links;
	links[out->link_count++] = link;
	return 0;
}

static int follow(struct walking *const walking, const char *const name,
		  const struct system_status *const link)
{
	int error = check_link(walking, link);
	ssize_t length;

	if (!error && ++walking->links > LINKS_MAX)
		error = -ELOOP;
	if (error)
		return error;
	if (walking->policy->leads)
		error = remember_link(walking, name);
	if (error)
		return error;
	if (filesystem_type(walking->out->directory) == PROC_SUPER_MAGIC)
		return follow_magic(walking, name);
	length = system_readlink(walking->out->directory, name, walking->target,
				 PATH_MAX);
	if (length < 0)
		return (int)length;
	error = prepend(walking, walking->target, (size_t)length);
	if (!error && walking->target[0] == '/')
		error = enter_root(walking);
	return error;
}

/* What does not exist is resolved as it is written. */
static int tell_missing(struct walking *const walking, const char *const name,
			const size_t length, const int error)
{
	if (append(walking, name, length))
		return -ENAMETOOLONG;
	/* Of a file that is no directory, what is missing is in it. */
	if (error == -ENOENT)
		walking->out->missing_bytes = walking->resolved_bytes;
	while (*walking->rest) {
		const char *const next =
			walking->rest + strspn(walking->rest, "/");
		const size_t next_bytes = strcspn(next, "/");

		if (!next_bytes)
			break;
		if (append(walking, next, next_bytes))
			return -ENAMETOOLONG;
		if (!walking->out->missing_bytes)
			walking->out->missing_bytes = walking->resolved_bytes;
		memmove(walking->rest, next + next_bytes,
			strlen(next + next_bytes) + 1);
	}
	walking->out->resolved = walking->resolved;
	return error;
}

/* One component of the way; @done: it was the last. */
static int step(struct walking *const walking, bool *const done)
{
	struct walk_result *const out = walking->out;
	const char *const begin = walking->rest + strspn(walking->rest, "/");
	const size_t length = strcspn(begin, "/");
	char name[NAME_MAX + 1];
	int fd, error;

	if (!length) { /* the directory that we are in */
		*done = true;
		out->fd = system_open(out->directory, ".", O_PATH);
		return out->fd < 0 ? out->fd
				   : system_stat_fd(out->fd, &out->status);
	}
	if (length > NAME_MAX)
		return -ENAMETOOLONG;
	memcpy(name, begin, length);
	name[length] = '\0';
	memmove(walking->rest, begin + length, strlen(begin + length) + 1);
	if (strcmp(name, ".") == 0)
		return 0;
	if (strcmp(name, "..") == 0)
		return go_up(walking);
	fd = walking->names && walk_names_lack(walking->names, name)
		     ? -ENOENT
		     : system_open(out->directory, name, O_PATH | O_NOFOLLOW);
	if (fd == -ENOENT)
		return tell_missing(walking, name, length, fd);
	/* A link, where O_PATH can't be had. */
	if (fd < 0 && fd != -ELOOP)
		return fd;
	error = fd < 0 ? system_stat(out->directory, name, AT_SYMLINK_NOFOLLOW,
				     &out->status)
		       : system_stat_fd(fd, &out->status);
	if (!error && SYSTEM_IS(out->status.mode, LNK)) {
		system_close(fd);
		error = follow(walking, name, &out->status);
		*done = out->placeless;
		return error;
	}
	if (!error && !walking->rest[strspn(walking->rest, "/")]) {
		out->fd = fd;
		*done = true;
		return append(walking, name, length);
	}
	if (!error && !SYSTEM_IS(out->status.mode, DIR)) {
		system_close(fd);
		return tell_missing(walking, name, length, -ENOTDIR);
	}
	if (!error)
		error = append(walking, name, length);
	if (error) {
		system_close(fd);
		return error;
	}
	return enter(walking, fd, &out->status);
}

/*
 * Is the directory that we are in, really, inside of one that the program may write?
 * It may have been moved while we were there: what its path says is no answer.
 */
static bool is_in_writable(const struct walking *const walking)
{
	struct system_file_id below = { 0 };
	struct system_status status;
	int fd = system_open(walking->out->directory, ".", O_PATH);
	bool found = false;

	while (!found && fd >= 0 && !system_stat_fd(fd, &status) &&
	       !system_same_file(status.id, below)) {
		const int up = system_open(fd, "..", O_PATH);

		found = is_writable(walking, &status);
		below = status.id;
		system_close(fd);
		fd = up;
	}
	system_close(fd);
	return found;
}

static int finish(struct walking *const walking, const int error)
{
	struct walk_result *const out = walking->out;

	if (error && error != -EACCES)
		return error;
	out->resolved = walking->resolved_bytes || out->placeless
				? walking->resolved
				: "/";
	if (error)
		return error;
	/* What has no place is granted in any case. */
	if (!walking->must_be_writable || out->placeless ||
	    (!walking->policy->strict &&
	     (is_in_writable(walking) || is_writable(walking, &out->status))))
		return 0;
	out->remedy = "the program may have put a link there: name what it "
		      "should lead to";
	return -ELOOP;
}

/* Begins where another walk ended, or at the root. */
static int begin(struct walking *const walking, const char *const path)
{
	struct walk_cached *const cached =
		walk_cache_find(walking->policy->cache, path);
	struct walk_result *const out = walking->out;
	size_t i;
	int error = 0;

	if (!cached) {
		memcpy(walking->rest, path, strlen(path) + 1);
		return enter_root(walking);
	}
	walking->here = cached->status;
	walking->names = walk_cache_names(walking->policy->cache, cached);
	walking->writable_bytes = cached->writable_bytes;
	walking->resolved_bytes = walking->here_bytes = strlen(cached->path);
	memcpy(walking->resolved, cached->path, walking->resolved_bytes + 1);
	memcpy(walking->rest, path + walking->resolved_bytes,
	       strlen(path + walking->resolved_bytes) + 1);
	out->directory = cached->fd;
	out->is_cached = true;
	for (i = 0; i < cached->passed_count && !error; i++)
		error = remember(out, cached->passed[i]);
	return error;
}

/* Keeps where a walk ended that went as its path is written. */
static int keep(struct walking *const walking)
{
	struct walk_cache *const cache = walking->policy->cache;
	struct walk_result *const out = walking->out;
	const char *path;

	if (!cache || walking->links || out->is_cached || out->directory < 0)
		return 0;
	path = arena_copy(walking->resolved, walking->here_bytes);
	if (!path)
		return -ENOMEM;
	walk_cache_keep(cache,
			(struct walk_cached){
				.path = path,
				.fd = out->directory,
				.status = walking->here,
				.writable_bytes = walking->writable_bytes,
				.passed = out->passed,
				.passed_count = out->passed_count,
			});
	out->is_cached = true;
	return 0;
}

int walk(const char *const path, const struct walk_policy *const policy,
	 struct walk_result *const out)
{
	struct walking walking = {
		.policy = policy,
		.out = out,
		.rest = policy->scratch,
		.resolved = policy->scratch + PATH_MAX,
		.target = policy->scratch + 2 * (size_t)PATH_MAX,
	};
	bool done = false;
	int error;

	*out = (struct walk_result){ .fd = -1, .directory = -1 };
	if (strlen(path) >= PATH_MAX)
		return -ENAMETOOLONG;
	error = begin(&walking, path);
	while (!error && !done)
		error = step(&walking, &done);
	if (!error || error == -ENOENT)
		error = keep(&walking) ?: error;
	return finish(&walking, error);
}

void walk_end(struct walk_result *const result)
{
	system_close(result->fd);
	leave(result);
	result->fd = -1;
}

int walk_take_directory(struct walk_result *const result)
{
	const int directory =
		result->is_cached ? (int)SYSTEM_CALL(fcntl, result->directory,
						     F_DUPFD_CLOEXEC, 0)
				  : result->directory;

	if (!result->is_cached)
		result->directory = -1;
	return directory;
}
