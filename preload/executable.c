// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of the running program, by what the kernel says first.
 */
#include "executable.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROC_EXE "/proc/self/exe"
#define DELETED " (deleted)"

static const struct {
	const char *variable;
	const char *below;
} user_directories[] = {
	{ "XDG_CONFIG_HOME", "/landlock" },
	{ "HOME", "/.config/landlock" },
};

void executable_add(struct executable *const executable, const char *const path)
{
	const size_t length = strlen(path);
	size_t i;

	if (path[0] != '/' || length >= sizeof(executable->paths[0]))
		return;
	for (i = 0; i < executable->name_count; i++)
		if (strcmp(executable->names[i], path) == 0)
			return;
	if (i == sizeof(executable->names) / sizeof(executable->names[0]))
		return;
	memcpy(executable->paths[i], path, length + 1);
	executable->names[i] = executable->paths[i];
	executable->name_count++;
}

void executable_undelete(const char *const link, char *const text)
{
	const size_t length = strlen(text), suffix = strlen(DELETED);
	struct stat linked, named;

	if (length <= suffix || strcmp(text + length - suffix, DELETED) != 0)
		return;
	if (stat(link, &linked) == 0 && stat(text, &named) == 0 &&
	    linked.st_dev == named.st_dev && linked.st_ino == named.st_ino)
		return;
	text[length - suffix] = '\0';
}

static void add_proc_exe(struct executable *const executable)
{
	char path[PATH_MAX];
	const ssize_t length = readlink(PROC_EXE, path, sizeof(path));

	/* A path that fills the buffer may have been cut: it names nothing. */
	if (length < 0 || (size_t)length >= sizeof(path))
		return;
	path[length] = '\0';
	executable_undelete(PROC_EXE, path);
	executable_add(executable, path);
}

static void add_execfn(struct executable *const executable)
{
	const char *const execfn = (const char *)getauxval(AT_EXECFN);
	char path[PATH_MAX];

	if (execfn && realpath(execfn, path))
		executable_add(executable, path);
}

int executable_find(struct executable *const executable,
		    struct report *const report)
{
	const int saved_errno = errno;

	executable->name_count = 0;
	add_proc_exe(executable);
	add_execfn(executable);
	errno = saved_errno;
	if (!executable->name_count)
		return report_fill(report, -ENOENT, NULL, 0, NULL,
				   "mount /proc",
				   "the running program has no name by which "
				   "its profile could be found");
	return 0;
}

static const char *find_variable(char *const *const environment,
				 const char *const name)
{
	const size_t length = strlen(name);
	char *const *variable;

	for (variable = environment; *variable; variable++)
		if (strncmp(*variable, name, length) == 0 &&
		    (*variable)[length] == '=')
			return *variable + length + 1;
	return NULL;
}

const char *executable_user_directory(char *const *const environment,
				      char *const buffer, const size_t size)
{
	size_t i;

	for (i = 0; i < sizeof(user_directories) / sizeof(user_directories[0]);
	     i++) {
		const char *const value = find_variable(
			environment, user_directories[i].variable);
		int length;

		if (!value || value[0] != '/')
			continue;
		length = snprintf(buffer, size, "%s%s", value,
				  user_directories[i].below);
		return length >= 0 && (size_t)length < size ? buffer : NULL;
	}
	return NULL;
}
