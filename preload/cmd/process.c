// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reads /proc/PID.
 */
#include "process.h"

#include <ctype.h>
#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "executable.h"
#include "file.h"
#include "script.h"

#define FILE_BYTES_MAX (16 * 1024 * 1024)
#define PATH_BYTES 64
#define SHIM "liblandlock_shim.so"
#define DELETED " (deleted)"

static const char *const seccomp_words[PROCESS_SECCOMP_COUNT] = {
	[PROCESS_SECCOMP_NONE] = "none",
	[PROCESS_SECCOMP_STRICT] = "strict",
	[PROCESS_SECCOMP_FILTER] = "filter",
};

const char *process_seccomp_word(const enum process_seccomp seccomp)
{
	return seccomp_words[seccomp];
}

static const char *path_of(const struct process *const process,
			   const char *const name, char path[const PATH_BYTES])
{
	snprintf(path, PATH_BYTES, "/proc/%d/%s", process->pid, name);
	return path;
}

/* NULL, with errno set, if it cannot be read. */
static char *read_file(const struct process *const process,
		       const char *const name, size_t *const size)
{
	char path[PATH_BYTES];
	const int fd = open(path_of(process, name, path), O_RDONLY | O_CLOEXEC);
	char *text = NULL;
	int error;

	if (fd < 0)
		return NULL;
	error = file_read(fd, FILE_BYTES_MAX, &text, size);
	close(fd);
	errno = -error;
	return error ? NULL : text;
}

/* The text behind "NAME:" at a line's start, or NULL. */
static const char *find_field(const char *const text, const char *const name)
{
	const char *line = text;

	while (line) {
		if (strncmp(line, name, strlen(name)) == 0)
			return line + strlen(name);
		line = strchr(line, '\n');
		line = line ? line + 1 : NULL;
	}
	return NULL;
}

static unsigned long number(const char *const text, const char *const name)
{
	const char *const field = find_field(text, name);

	return field ? strtoul(field, NULL, 10) : 0;
}

static bool read_status(struct process *const process)
{
	size_t size;
	const char *const text = read_file(process, "status", &size);
	unsigned long seccomp;

	if (!text)
		return false;
	process->parent = (pid_t)number(text, "PPid:");
	process->user = (uid_t)number(text, "Uid:");
	process->no_new_privs = number(text, "NoNewPrivs:") == 1;
	seccomp = number(text, "Seccomp:");
	if (seccomp < PROCESS_SECCOMP_COUNT)
		process->seccomp = (enum process_seccomp)seccomp;
	return true;
}

static time_t boot_time(void)
{
	static time_t time;
	char *text;
	size_t size;
	int fd;

	if (time)
		return time;
	fd = open("/proc/stat", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	if (!file_read(fd, FILE_BYTES_MAX, &text, &size))
		time = (time_t)number(text, "btime ");
	close(fd);
	return time;
}

/* The 22nd field; the second, a name in parentheses, may hold anything. */
static void read_start(struct process *const process)
{
	size_t size;
	const char *const text = read_file(process, "stat", &size);
	const char *field = text ? strrchr(text, ')') : NULL;
	unsigned int count;

	for (count = 2; field && count < 22; count++)
		field = strchr(field + 1, ' ');
	if (field)
		process->start =
			boot_time() +
			(time_t)(strtoull(field, NULL, 10) /
				 (unsigned long long)sysconf(_SC_CLK_TCK));
}

/* Its name at the end of a mapping's line, also when it was replaced since. */
static void read_maps(struct process *const process)
{
	size_t size;
	char *const text = read_file(process, "maps", &size);
	char *save, *line;

	for (line = text ? strtok_r(text, "\n", &save) : NULL; line;
	     line = strtok_r(NULL, "\n", &save)) {
		const char *const slash = strrchr(line, '/');

		if (slash && (strcmp(slash + 1, SHIM) == 0 ||
			      strcmp(slash + 1, SHIM DELETED) == 0))
			process->has_shim = true;
	}
}

static void read_environment(struct process *const process)
{
	size_t size, place, count = 0;
	char *const text = read_file(process, "environ", &size);
	char **environment;

	for (place = 0; text && place < size; place += strlen(text + place) + 1)
		count++;
	environment = text ? arena_take(count + 1, sizeof(*environment)) : NULL;
	if (!environment)
		return;
	count = 0;
	for (place = 0; place < size; place += strlen(text + place) + 1)
		environment[count++] = text + place;
	process->environment = environment;
}

/* A text at an address of the process: its memory may be kept from this user. */
static const char *read_text(const struct process *const process,
			     const unsigned long address)
{
	char path[PATH_BYTES], text[PATH_MAX] = "";
	const int fd =
		open(path_of(process, "mem", path), O_RDONLY | O_CLOEXEC);
	size_t filled = 0;
	ssize_t got = 1;

	/* Behind it the stack may end, which a longer read would not survive. */
	while (fd >= 0 && got > 0 && filled < sizeof(text) - 1 &&
	       !memchr(text, '\0', filled)) {
		got = pread(fd, text + filled, 1, (off_t)(address + filled));
		filled += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0)
		close(fd);
	return text[0] ? arena_text(text) : NULL;
}

/* The first argument, where that is a script by its path. */
static const char *find_script(const struct process *const process)
{
	size_t size;
	const char *const arguments = read_file(process, "cmdline", &size);
	const char *const second =
		arguments ? arguments + strlen(arguments) + 1 : NULL;
	char head[SCRIPT_HEAD_BYTES];
	ssize_t got;
	int fd;

	if (!second || second >= arguments + size || second[0] != '/')
		return NULL;
	fd = open(second, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	got = fd < 0 ? -1 : read(fd, head, sizeof(head));
	if (fd >= 0)
		close(fd);
	return got > 0 && script_interpreter(head, (size_t)got)
		       ? arena_text(second)
		       : NULL;
}

/* By what name was it started?  Of 64-bit processes: of others, it is not known. */
static void read_auxiliary(struct process *const process)
{
	size_t size, i;
	const char *const bytes = read_file(process, "auxv", &size);
	unsigned long vector[2];

	for (i = 0; bytes && i + sizeof(vector) <= size; i += sizeof(vector)) {
		memcpy(vector, bytes + i, sizeof(vector));
		if (vector[0] == AT_SECURE)
			process->secure = vector[1];
		if (vector[0] == AT_EXECFN)
			process->started = read_text(process, vector[1]);
	}
	/* From where is not known. */
	if (process->started && process->started[0] != '/')
		process->started = NULL;
}

static bool is_same(const char *const a, const char *const b)
{
	struct stat first, second;

	/* What this user may not look at is told of by other means. */
	return stat(a, &first) || stat(b, &second) ||
	       (first.st_dev == second.st_dev && first.st_ino == second.st_ino);
}

static void read_place(struct process *const process)
{
	char path[PATH_BYTES];

	process->is_elsewhere =
		!is_same(path_of(process, "ns/mnt", path),
			 "/proc/self/ns/mnt") ||
		!is_same(path_of(process, "root", path), "/proc/self/root");
}

static int read_program(struct process *const process)
{
	char path[PATH_BYTES], text[PATH_MAX];
	struct system_status status;
	ssize_t length;

	length =
		readlink(path_of(process, "exe", path), text, sizeof(text) - 1);
	if (length < 0)
		return errno == EACCES || errno == EPERM ? -EACCES : -ESRCH;
	text[length] = '\0';
	executable_undelete(path, text);
	process->program = arena_text(text);
	if (system_stat(AT_FDCWD, path, 0, &status) == 0)
		process->id = status.id;
	return process->program ? 0 : -ENOMEM;
}

int process_read(const pid_t pid, struct process *const process)
{
	int error;

	*process = (struct process){ .pid = pid };
	error = read_program(process);
	if (error)
		return error;
	if (!read_status(process))
		return -ESRCH;
	read_start(process);
	read_maps(process);
	read_environment(process);
	read_auxiliary(process);
	process->script = find_script(process);
	read_place(process);
	return 0;
}

static int is_number(const struct dirent *const entry)
{
	return isdigit((unsigned char)entry->d_name[0]);
}

int process_read_all(struct process **const all, size_t *const count)
{
	struct dirent **found = NULL;
	const int entries = scandir("/proc", &found, is_number, versionsort);
	int i, error = 0;

	*count = 0;
	if (entries < 0)
		return -errno;
	*all = arena_take((size_t)entries + 1, sizeof(**all));
	if (!*all)
		error = -ENOMEM;
	for (i = 0; i < entries; i++) {
		int result;

		if (!error) {
			result = process_read((pid_t)atoi(found[i]->d_name),
					      &(*all)[*count]);
			*count += !result;
			error = result == -ENOMEM ? result : 0;
		}
		free(found[i]);
	}
	free(found);
	return error;
}
