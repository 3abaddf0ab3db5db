// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Descriptors of paths into a ruleset, by raw system calls.
 */
#include "mainline.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "mainline_abi.h"
#include "path.h"

/* A path of the profile's deny. */
struct denied {
	char *resolved;
	bool file; /* it is there, and is no directory */
};

/* A ruleset while it is filled. */
struct filling {
	const struct plan *plan;
	struct report *report;
	int ruleset_fd;
	struct denied *denied;
	size_t denied_count;
	size_t opened; /* entries, up to MAINLINE_OPENED_MAX */
};

/* From the least to the most. */
enum denial {
	DENIAL_NONE,
	DENIAL_FILES,  /* of files inside of it */
	DENIAL_INSIDE, /* of other things inside of it */
	DENIAL_WHOLE,
};

static enum denial find_denial(const struct filling *const filling,
			       const char *const path)
{
	enum denial denial = DENIAL_NONE;
	size_t i;

	for (i = 0; i < filling->denied_count; i++) {
		const struct denied *const denied = &filling->denied[i];

		if (strcmp(denied->resolved, path) == 0)
			return DENIAL_WHOLE;
		if (path_is_beneath(denied->resolved, path) &&
		    denial != DENIAL_INSIDE)
			denial = denied->file ? DENIAL_FILES : DENIAL_INSIDE;
	}
	return denial;
}

static int add_fd(const struct filling *const filling, const int fd,
		  const uint64_t rights, const bool directory)
{
	const struct mainline_path_beneath rule = {
		.allowed_access =
			directory ? rights : rights & MAINLINE_FS_OF_FILES,
		.parent_fd = fd,
	};

	if (!rule.allowed_access)
		return 0;
	return syscall(MAINLINE_NR_ADD_RULE, filling->ruleset_fd,
		       MAINLINE_RULE_PATH_BENEATH, &rule, 0)
		       ? -errno
		       : 0;
}

static int grant(struct filling *filling, const struct profile_path *path,
		 int parent_fd, const char *name, const char *resolved);

/* Grants what is in a directory, but for what is denied. Takes over @fd. */
static int grant_entries(struct filling *const filling,
			 const struct profile_path *const path, const int fd,
			 const char *const resolved)
{
	DIR *const directory = fdopendir(fd);
	char inside[PATH_MAX];
	struct dirent *entry;
	int length, error = 0;

	if (!directory) {
		error = -errno;
		close(fd);
		return path_fail(filling->report, path, error, NULL, resolved);
	}
	while (!error && (errno = 0, entry = readdir(directory))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		length = snprintf(inside, sizeof(inside), "%s/%s",
				  resolved[1] ? resolved : "", entry->d_name);
		if (length < 0 || (size_t)length >= sizeof(inside))
			error = path_fail(filling->report, path, -ENAMETOOLONG,
					  NULL, resolved);
		else if (++filling->opened > MAINLINE_OPENED_MAX)
			error = path_fail(filling->report, path, -E2BIG,
					  "grant less than a directory that "
					  "something is denied in",
					  resolved);
		else
			error = grant(filling, path, fd, entry->d_name, inside);
	}
	if (!error && errno)
		error = path_fail(filling->report, path, -errno, NULL,
				  resolved);
	closedir(directory);
	return error;
}

/*
 * Grants a directory but for what is denied in it. That it may be listed goes
 * for all directories below as well: only if none of them is denied.
 */
static int open_up(struct filling *const filling,
		   const struct profile_path *const path, const int fd,
		   const char *const resolved, const bool may_list)
{
	const uint64_t rights = filling->plan->rights[path->access];
	int error = 0, list;

	if (may_list)
		error = add_fd(filling, fd, rights & MAINLINE_FS_READ_DIR,
			       true);
	if (error)
		return path_fail(filling->report, path, error, NULL, resolved);
	list = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (list < 0)
		return path_fail(filling->report, path, -errno,
				 "it has to be listed, as something in it is "
				 "denied; inside of a sandbox that denies a "
				 "directory in it, it can't be",
				 resolved);
	return grant_entries(filling, path, list, resolved);
}

/*
 * Grants the entry @name of @parent_fd, whose resolved path is @resolved. Links
 * are left out: what they lead to is granted, or not, where it is.
 */
static int grant(struct filling *const filling,
		 const struct profile_path *const path, const int parent_fd,
		 const char *const name, const char *const resolved)
{
	const enum denial denial = find_denial(filling, resolved);
	const uint64_t rights = filling->plan->rights[path->access];
	struct stat status;
	bool directory;
	int fd, error = 0;

	if (denial == DENIAL_WHOLE)
		return 0;
	fd = openat(parent_fd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return 0; /* gone since it was listed */
	if (fd < 0 || fstat(fd, &status)) {
		error = path_fail(filling->report, path, -errno, NULL,
				  resolved);
		goto out;
	}
	directory = S_ISDIR(status.st_mode);
	if (S_ISLNK(status.st_mode))
		goto out;
	if (directory && denial != DENIAL_NONE) {
		error = open_up(filling, path, fd, resolved,
				denial == DENIAL_FILES);
		goto out;
	}
	error = add_fd(filling, fd, rights, directory);
	if (error)
		path_fail(filling->report, path, error, NULL, resolved);
out:
	if (fd >= 0)
		close(fd);
	return error;
}

static int resolve_denied(struct filling *const filling)
{
	const struct profile *const profile = filling->plan->profile;
	char resolved[PATH_MAX];
	size_t i;
	int error;

	filling->denied =
		calloc(profile->path_count + 1, sizeof(*filling->denied));
	if (!filling->denied)
		return report_fill(filling->report, -ENOMEM, NULL, 0, NULL,
				   NULL, "no memory");
	for (i = 0; i < profile->path_count; i++) {
		const struct profile_path *const path = &profile->paths[i];
		struct denied *const denied =
			&filling->denied[filling->denied_count];
		struct stat status;

		if (path->access != PROFILE_DENY)
			continue;
		error = path_resolve(path->path, resolved);
		if (error && !(error == -ENOENT && path->optional))
			return path_fail_resolving(filling->report, path,
						   error);
		denied->resolved = strdup(resolved);
		if (!denied->resolved)
			return path_fail(filling->report, path, -ENOMEM, NULL,
					 path->path);
		denied->file = !error && !lstat(resolved, &status) &&
			       !S_ISDIR(status.st_mode);
		filling->denied_count++;
	}
	return 0;
}

static int add_paths(struct filling *const filling)
{
	const struct profile *const profile = filling->plan->profile;
	char resolved[PATH_MAX];
	size_t i;
	int error = 0;

	for (i = 0; i < profile->path_count && !error; i++) {
		const struct profile_path *const path = &profile->paths[i];

		if (path->access == PROFILE_DENY)
			continue;
		error = path_resolve(path->path, resolved);
		if (error == -ENOENT && path->optional)
			error = 0;
		else if (error)
			error = path_fail_resolving(filling->report, path,
						    error);
		else
			error = grant(filling, path, AT_FDCWD, resolved,
				      resolved);
	}
	return error;
}

/* What is not there, or not for this user, needs no grant. */
static int add_readable(const struct filling *const filling,
			const char *const *path)
{
	const uint64_t rights = filling->plan->rights[PROFILE_READ];
	struct stat status;
	int fd, error = 0;

	for (; *path && rights && !error; path++) {
		fd = open(*path, O_PATH | O_CLOEXEC);
		if (fd < 0)
			continue;
		error = fstat(fd, &status) ? -errno
					   : add_fd(filling, fd, rights,
						    S_ISDIR(status.st_mode));
		if (error)
			report_fill(filling->report, error, NULL, 0, NULL, NULL,
				    "%s: %s", *path, strerror(-error));
		close(fd);
	}
	return error;
}

static int add_ports(const struct filling *const filling)
{
	size_t use, i;
	unsigned int port;

	for (use = 0; use < PROFILE_TCP_COUNT; use++) {
		const struct profile_tcp_ports *const ports =
			&filling->plan->profile->tcp[use];
		const uint64_t right = plan_tcp_right((enum profile_tcp)use);

		if (!(filling->plan->handled_net & right))
			continue;
		for (i = 0; i < ports->range_count; i++) {
			for (port = ports->ranges[i].first;
			     port <= ports->ranges[i].last; port++) {
				const struct mainline_net_port rule = { right,
									port };

				if (!syscall(MAINLINE_NR_ADD_RULE,
					     filling->ruleset_fd,
					     MAINLINE_RULE_NET_PORT, &rule, 0))
					continue;
				return report_fill(
					filling->report, -errno,
					ports->origin.file, ports->origin.line,
					profile_tcp_key((enum profile_tcp)use),
					NULL, "port %u: %s", port,
					strerror(errno));
			}
		}
	}
	return 0;
}

int mainline_ruleset(const struct plan *const plan,
		     const char *const *const readable,
		     struct report *const report)
{
	const struct mainline_ruleset_attr attr = {
		.handled_access_fs = plan->handled_fs,
		.handled_access_net = plan->handled_net,
		.scoped = plan->scoped,
	};
	struct filling filling = { .plan = plan, .report = report };
	int error;

	filling.ruleset_fd = (int)syscall(MAINLINE_NR_CREATE_RULESET, &attr,
					  sizeof(attr), 0);
	if (filling.ruleset_fd < 0)
		return report_fill(report, -errno, plan->profile->origin.file,
				   plan->profile->origin.line, NULL, NULL,
				   "[%s]: no Landlock ruleset can be made: %s",
				   plan->profile->section, strerror(errno));
	error = resolve_denied(&filling);
	if (!error)
		error = add_paths(&filling);
	if (!error)
		error = add_readable(&filling, readable);
	if (!error)
		error = add_ports(&filling);
	while (filling.denied_count)
		free(filling.denied[--filling.denied_count].resolved);
	free(filling.denied);
	if (error) {
		close(filling.ruleset_fd);
		return error;
	}
	return filling.ruleset_fd;
}

int mainline_restrict(const int ruleset_fd)
{
	return syscall(MAINLINE_NR_RESTRICT_SELF, ruleset_fd, 0) ? -errno : 0;
}
