// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Walks to where something is missing by descriptor, and asks of each directory who
 * else could have put it there.
 *
 * The invariant: nobody but root and the user can exchange an entry of the directory
 * that the walk is in, but for those of others in a sticky one, which are not entered.
 */
#include "create.h"

#include <limits.h>
#include <string.h>

#include "arena.h"
#include "format.h"
#include "system.h"
#include "trust.h"
#include "trust_group.h"

#define FILE_MODE 0600
#define DIRECTORY_MODE 0700

struct creating {
	uid_t user;
	int directory; /* O_PATH, where we are */
	struct system_status here;
	const char *cause; /* of an error, or NULL */
};

static uid_t effective_user(void)
{
#ifdef __NR_geteuid32
	return (uid_t)SYSTEM_CALL(geteuid32);
#else
	return (uid_t)SYSTEM_CALL(geteuid);
#endif
}

/* By the group that may write to it, as of trust.c. */
static bool is_private(const struct creating *const creating,
		       const struct system_status *const status, const int fd)
{
	bool result = false;
	int readable;

	if (!trust_group_is_private(status->group, 0) &&
	    !trust_group_is_private(status->group, creating->user))
		return false;
	readable = system_open(fd, ".", O_RDONLY | O_DIRECTORY);
	if (readable >= 0)
		result = trust_acl_is_private(readable, creating->user);
	system_close(readable);
	return result;
}

static bool is_sticky(const struct system_status *const status)
{
	return status->mode & S_ISVTX && status->user == 0;
}

static int refuse(struct creating *const creating, const char *const cause)
{
	creating->cause = cause;
	return -EPERM;
}

/* Takes over @fd as where we are. */
static int enter(struct creating *const creating, const int fd)
{
	struct system_status status;
	int error = fd < 0 ? fd : system_stat_fd(fd, &status);

	if (error)
		goto out;
	error = -EPERM;
	if (SYSTEM_IS(status.mode, LNK)) {
		creating->cause = "it is not made through a symbolic link";
		goto out;
	}
	if (!SYSTEM_IS(status.mode, DIR)) {
		error = -ENOTDIR;
		goto out;
	}
	if (status.user != 0 && status.user != creating->user) {
		creating->cause = "a directory that leads there is neither "
				  "root's nor one's own, so it is not made";
		goto out;
	}
	if (status.mode & (S_IWGRP | S_IWOTH) && !is_sticky(&status) &&
	    (status.mode & S_IWOTH || !is_private(creating, &status, fd))) {
		creating->cause = "others may write to a directory that leads "
				  "there, so it is not made";
		goto out;
	}
	system_close(creating->directory);
	creating->directory = fd;
	creating->here = status;
	return 0;
out:
	system_close(fd);
	return error;
}

/* Makes @name where we are. */
static int make(struct creating *const creating, const char *const name,
		const enum profile_make what)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	long result;

	if (creating->here.user != creating->user &&
	    !is_sticky(&creating->here))
		return refuse(creating, "it would not be in a directory of "
					"one's own, so it is not made");
	if (what == PROFILE_MAKE_DIRECTORY) {
		result = SYSTEM_CALL(mkdirat, creating->directory, name,
				     DIRECTORY_MODE);
	} else {
		result = SYSTEM_CALL(openat, creating->directory, name, flags,
				     FILE_MODE);
		system_close((int)result);
	}
	/* Another program of this profile was faster. */
	return result == -EEXIST || result >= 0 ? 0 : (int)result;
}

static int go_down(struct creating *const creating, const char *const name)
{
	const int flags = O_PATH | O_NOFOLLOW;
	int fd = system_open(creating->directory, name, flags);

	if (fd == -ENOENT) {
		const int error = make(creating, name, PROFILE_MAKE_DIRECTORY);

		if (error)
			return error;
		fd = system_open(creating->directory, name, flags);
	}
	return enter(creating, fd);
}

static int create(struct creating *const creating, const char *rest,
		  const enum profile_make what)
{
	char name[NAME_MAX + 1];
	int error;

	if (creating->user != effective_user() ||
	    trust_is_nobody(creating->user))
		return refuse(creating,
			      "it is made by a user of his own alone");
	error = enter(creating,
		      system_open(AT_FDCWD, "/", O_PATH | O_DIRECTORY));
	while (!error) {
		size_t length;

		rest += strspn(rest, "/");
		length = strcspn(rest, "/");
		if (length > NAME_MAX)
			return -ENAMETOOLONG;
		memcpy(name, rest, length);
		name[length] = '\0';
		rest += length;
		if (!*rest)
			return make(creating, name, what);
		error = go_down(creating, name);
	}
	return error;
}

/* What went wrong, as the cause of @entry.  Without memory, the error says it. */
static void tell(struct paths_entry *const entry, const char *const cause)
{
	static const char before[] = "it cannot be made: ";
	const char *const text = report_error_text(entry->error);
	const size_t size = sizeof(before) + strlen(text);
	char *const told = cause ? NULL : arena_take(size, 1);

	if (told)
		format_text(told, size, "%s%s", before, text);
	entry->cause = cause ?: told;
	entry->remedy = "make it yourself, or write - before it if it may be "
			"missing";
}

int create_missing(struct paths_entry *const entry, const bool may_be_nested,
		   struct report *const report)
{
	struct creating creating = {
		.user = system_user(),
		.directory = -1,
	};
	const int error = create(&creating, entry->name, entry->path->make);

	system_close(creating.directory);
	if (!error)
		return 0;
	entry->error = error;
	if (error == -EACCES && may_be_nested) {
		entry->state = PATHS_OPTIONAL;
		return 1;
	}
	entry->state = PATHS_LACKING;
	tell(entry, creating.cause);
	return paths_fail(entry, error, NULL, report);
}
