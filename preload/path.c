// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Links followed, once, before anything is restricted.
 */
#include "path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

int path_resolve(const char *const path, char *const resolved)
{
	char prefix[PATH_MAX];
	size_t length = strlen(path);
	int error = 0;

	if (length >= sizeof(prefix))
		return -ENAMETOOLONG;
	memcpy(prefix, path, length + 1);
	while (!realpath(prefix, resolved)) {
		if (errno != ENOENT && errno != ENOTDIR)
			return -errno;
		error = -ENOENT;
		length = (size_t)(strrchr(prefix, '/') - prefix);
		prefix[length ? length : 1] = '\0';
	}
	if (!error)
		return 0;
	if (!resolved[1])
		resolved[0] = '\0';
	if (strlen(resolved) + strlen(path + length) >= PATH_MAX)
		return -ENAMETOOLONG;
	strcat(resolved, path + length);
	return error;
}

bool path_is_beneath(const char *const path, const char *const top)
{
	const size_t length = top[1] ? strlen(top) : 0;

	return strncmp(path, top, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}

int path_fail(struct report *const report,
	      const struct profile_path *const path, const int error,
	      const char *const remedy, const char *const where)
{
	return report_fill(report, error, path->origin.file, path->origin.line,
			   profile_access_key(path->access), remedy, "%s: %s",
			   where, strerror(-error));
}

int path_fail_resolving(struct report *const report,
			const struct profile_path *const path, const int error)
{
	return path_fail(report, path, error,
			 error == -ENOENT
				 ? "correct it, or write - before it if it may "
				   "be missing"
				 : NULL,
			 path->path);
}
