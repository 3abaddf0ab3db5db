// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * From a word of a command line to an open file and what it is: found once, as
 * execvp(3) would.
 *
 * The invariant: what is read, described and later executed is what was opened
 * here.  A name is looked up once; each later look is through the descriptor.
 */
#include "executable.h"

#include <elf.h>
#include <limits.h>
#include <string.h>
#include <sys/prctl.h>

#include <linux/xattr.h>

#include "arena.h"
#include "format.h"
#include "script.h"
#include "system.h"

#define DEFAULT_SEARCH_PATH "/bin:/usr/bin"
#define SHELL "/bin/sh"
#define HEAD_BYTES 4096
#define LINK_BYTES 32

#if defined(__LP64__)
#define OWN_CLASS ELFCLASS64
#else
#define OWN_CLASS ELFCLASS32
#endif

#ifndef __NR_faccessat2
#define __NR_faccessat2 439
#endif

static char *link_of(const int fd, char buffer[const LINK_BYTES])
{
	format_text(buffer, LINK_BYTES, "/proc/self/fd/%d", fd);
	return buffer;
}

static int may_execute(const int fd, const char *const name)
{
	const long error = SYSTEM_CALL(faccessat2, fd, "", X_OK,
				       AT_EACCESS | AT_EMPTY_PATH);

	/* Older than Linux 5.8, or a filter of somebody's that is. */
	if (error == -ENOSYS || error == -EPERM)
		return (int)SYSTEM_CALL(faccessat, AT_FDCWD, name, X_OK);
	return (int)error;
}

/* Opens what may be executed: a descriptor, or why not as execve(2) says it. */
static int open_program(const char *const name,
			struct system_status *const status)
{
	const int fd = system_open(AT_FDCWD, name, O_PATH);
	int error;

	if (fd < 0)
		return fd;
	error = system_stat_fd(fd, status);
	if (!error && !SYSTEM_IS(status->mode, REG))
		error = -EACCES;
	if (!error)
		error = may_execute(fd, name);
	if (!error)
		return fd;
	system_close(fd);
	return error;
}

/*
 * Exchanges @fd for one that can be read, of the same file; leaves it where that
 * cannot be had.
 */
static int open_for_reading(const int fd, const char *const name,
			    const struct system_file_id id)
{
	char link[LINK_BYTES];
	const char *const names[] = { link_of(fd, link), name };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const int readable = system_open(
			AT_FDCWD, names[i], O_RDONLY | O_NONBLOCK | O_NOCTTY);
		struct system_status status = { 0 };

		if (readable < 0)
			continue;
		if (!system_stat_fd(readable, &status) &&
		    system_same_file(status.id, id)) {
			system_close(fd);
			return readable;
		}
		system_close(readable);
	}
	return fd;
}

/* Is the search to go on after this?  As execvp(3) has it. */
static bool goes_on(const int error)
{
	return error == -ENOENT || error == -ENOTDIR || error == -EACCES ||
	       error == -ESTALE || error == -ENODEV || error == -ETIMEDOUT;
}

/*
 * Tries each directory of @search_path; an empty one is the current one.  Returns
 * a descriptor with @name filled (in the arena), or a negative errno.
 */
static int search(const char *const command, const char *directory,
		  const char **const name, struct system_status *const status)
{
	char *const candidate = arena_take(1, PATH_MAX);
	int result = -ENOENT;

	if (!candidate)
		return -ENOMEM;
	for (;;) {
		const size_t length = strcspn(directory, ":");
		int fd;

		if (format_text(candidate, PATH_MAX, "%.*s%s%s", (int)length,
				directory, length ? "/" : "",
				command) < PATH_MAX) {
			fd = open_program(candidate, status);
			if (fd >= 0) {
				*name = candidate;
				return fd;
			}
			if (!goes_on(fd))
				return fd;
			if (fd == -EACCES)
				result = fd;
		}
		if (!directory[length])
			return result;
		directory += length + 1;
	}
}

static int find(const char *const command, const char *const search_path,
		const char **const name, struct system_status *const status)
{
	int fd;

	if (!command[0])
		return -ENOENT;
	if (strchr(command, '/')) {
		*name = command;
		fd = open_program(command, status);
		/* env(1) and execvp(3) would tell of a file in the way. */
		return fd == -ENOTDIR ? -ENOENT : fd;
	}
	return search(command, search_path ? search_path : DEFAULT_SEARCH_PATH,
		      name, status);
}

/* NULL: no memory, or its directory has no name that could be had. */
static const char *make_absolute(const char *name)
{
	char *const path = arena_take(2, PATH_MAX);
	long size;

	if (name[0] == '/' || !path)
		return name[0] == '/' ? name : NULL;
	while (name[0] == '.' && name[1] == '/')
		name += 2 + strspn(name + 2, "/");
	size = SYSTEM_CALL(getcwd, path, PATH_MAX);
	if (size < 2 || path[0] != '/')
		return NULL;
	size -= path[1] ? 1 : 2;
	if (format_text(path + size, PATH_MAX, "/%s", name) + (size_t)size >=
	    PATH_MAX)
		return NULL;
	return path;
}

struct head {
	char bytes[HEAD_BYTES];
	size_t size;
};

/* Reads up to @size bytes from @offset on; returns how many, or a negative errno. */
static ssize_t read_at(const int fd, const size_t offset, char *const buffer,
		       const size_t size)
{
	size_t filled = 0;

	if (offset > INT32_MAX)
		return -ENOEXEC;
	if (SYSTEM_CALL(lseek, fd, offset, SEEK_SET) < 0)
		return -EBADF;
	while (filled < size) {
		const ssize_t got =
			system_read(fd, buffer + filled, size - filled);

		if (got < 0)
			return got;
		if (!got)
			break;
		filled += (size_t)got;
	}
	return (ssize_t)filled;
}

static bool is_elf(const struct head *const head)
{
	return head->size >= sizeof(Elf32_Ehdr) &&
	       memcmp(head->bytes, ELFMAG, SELFMAG) == 0;
}

/* A file that a shell may have been meant for: no byte of its start is NUL. */
static bool is_text(const struct head *const head)
{
	return !memchr(head->bytes, '\0', head->size) &&
	       !(head->size >= SELFMAG &&
		 memcmp(head->bytes, ELFMAG, SELFMAG) == 0);
}

/* Where program headers are, and what one says: the same for both classes. */
struct headers {
	size_t offset, size, count;
	size_t type_at, offset_at, bytes_at;
	bool is_wide;
};

static bool find_headers(const struct head *const head,
			 struct headers *const headers)
{
	if (head->bytes[EI_CLASS] == ELFCLASS32) {
		Elf32_Ehdr elf;

		memcpy(&elf, head->bytes, sizeof(elf));
		*headers = (struct headers){
			.offset = elf.e_phoff,
			.size = sizeof(Elf32_Phdr),
			.count = elf.e_phnum,
			.type_at = offsetof(Elf32_Phdr, p_type),
			.offset_at = offsetof(Elf32_Phdr, p_offset),
			.bytes_at = offsetof(Elf32_Phdr, p_filesz),
		};
		return elf.e_phentsize == headers->size;
	}
	if (head->bytes[EI_CLASS] == ELFCLASS64 &&
	    head->size >= sizeof(Elf64_Ehdr)) {
		Elf64_Ehdr elf;

		memcpy(&elf, head->bytes, sizeof(elf));
		*headers = (struct headers){
			.offset = (size_t)elf.e_phoff,
			.size = sizeof(Elf64_Phdr),
			.count = elf.e_phnum,
			.type_at = offsetof(Elf64_Phdr, p_type),
			.offset_at = offsetof(Elf64_Phdr, p_offset),
			.bytes_at = offsetof(Elf64_Phdr, p_filesz),
			.is_wide = true,
		};
		return elf.e_phentsize == headers->size;
	}
	return false;
}

static size_t get(const char *const at, const bool is_wide)
{
	uint32_t narrow;
	uint64_t wide;

	if (is_wide) {
		memcpy(&wide, at, sizeof(wide));
		return (size_t)wide;
	}
	memcpy(&narrow, at, sizeof(narrow));
	return narrow;
}

/* Fills @executable->loader: none of what the kernel would not execute. */
static int read_elf(const int fd, const struct head *const head,
		    struct executable *const executable)
{
	struct headers headers;
	char *table, *loader;
	ssize_t size;
	size_t i;

	executable->is_other_class = head->bytes[EI_CLASS] != OWN_CLASS;
	executable->is_static = true;
	/* The kernel takes no table that is larger than a page. */
	if (!find_headers(head, &headers) ||
	    headers.count > HEAD_BYTES / headers.size)
		return 0;
	table = arena_take(headers.count + 1, headers.size);
	if (!table)
		return -ENOMEM;
	size = read_at(fd, headers.offset, table, headers.count * headers.size);
	for (i = 0; size >= 0 && i < (size_t)size / headers.size; i++) {
		const char *const header = table + i * headers.size;
		const size_t bytes =
			get(header + headers.bytes_at, headers.is_wide);

		if (get(header + headers.type_at, false) != PT_INTERP)
			continue;
		executable->is_static = false;
		if (bytes < 2 || bytes > PATH_MAX)
			return 0;
		loader = arena_take(bytes + 1, 1);
		if (!loader)
			return -ENOMEM;
		if (read_at(fd,
			    get(header + headers.offset_at, headers.is_wide),
			    loader, bytes) > 0)
			executable->loader = loader;
		return 0;
	}
	return 0;
}

/*
 * Would executing it give privileges to this user?  None are given to who has
 * them, or has said that he wants none.
 */
static bool gives_privileges(const int fd,
			     const struct system_status *const status)
{
	char link[LINK_BYTES];
	const uid_t user = system_user();
#ifdef __NR_getgid32
	const gid_t group = (gid_t)SYSTEM_CALL(getgid32);
#else
	const gid_t group = (gid_t)SYSTEM_CALL(getgid);
#endif

	if (SYSTEM_CALL(prctl, PR_GET_NO_NEW_PRIVS) == 1)
		return false;
	if ((status->mode & S_ISUID) && status->user != user)
		return true;
	if ((status->mode & S_ISGID) && (status->mode & S_IXGRP) &&
	    status->group != group)
		return true;
	return user && SYSTEM_CALL(getxattr, link_of(fd, link), XATTR_NAME_CAPS,
				   NULL, 0) > 0;
}

static int fail(struct report *const report, const int error,
		const char *const command, const char *const interpreter)
{
	if (interpreter)
		return report_fill(report, error, NULL, 0, NULL, NULL,
				   "%s: its interpreter %s: %s", command,
				   interpreter, report_error_text(error));
	return report_fill(report, error, NULL, 0, NULL, NULL, "%s: %s",
			   command, report_error_text(error));
}

/* What runs @head: NULL for what the kernel executes by itself. */
static const char *interpreter_of(const struct head *const head,
				  bool *const is_shell_text)
{
	const char *const interpreter =
		script_interpreter(head->bytes, head->size);

	*is_shell_text = !interpreter && is_text(head);
	return *is_shell_text ? SHELL : interpreter;
}

/*
 * Goes from interpreter to interpreter until there is none: *@fd is then that of
 * what is executed in the end, and not @executable->fd unless it is that.
 */
static int read_program(struct executable *const executable, int *const fd,
			struct system_status *const status,
			struct report *const report)
{
	struct head *const head = arena_take(1, sizeof(*head));
	const char *interpreter = NULL;
	unsigned int depth;
	ssize_t size;

	if (!head)
		return report_no_memory(report);
	for (depth = 0;; depth++) {
		bool is_shell_text;

		size = read_at(*fd, 0, head->bytes, sizeof(head->bytes));
		if (size < 0) {
			executable->is_unread = true;
			return 0;
		}
		head->size = (size_t)size;
		interpreter = interpreter_of(head, &is_shell_text);
		if (!interpreter)
			break;
		if (depth == SCRIPT_DEPTH_MAX || executable->is_text)
			return fail(report, -ELOOP, executable->name,
				    interpreter);
		if (!depth)
			executable->interpreter = interpreter;
		executable->is_text = is_shell_text;
		if (*fd != executable->fd)
			system_close(*fd);
		*fd = open_program(interpreter, status);
		if (*fd < 0)
			return fail(report, *fd, executable->name, interpreter);
		*fd = open_for_reading(*fd, interpreter, status->id);
	}
	if (is_elf(head) && read_elf(*fd, head, executable))
		return report_no_memory(report);
	return 0;
}

/*
 * Names what is executed, @fd, as the shim will see it.  A shell that is given a
 * text knows nothing of it, but profiles of both are meant.
 */
static int describe(const struct executable *const executable, const int fd,
		    const struct system_file_id id, struct lookup *const lookup)
{
	const char *const started =
		executable->path ? executable->path : executable->name;
	struct lookup script = { 0 };
	char link[LINK_BYTES];
	int error;

	error = executable_describe(lookup, link_of(fd, link),
				    executable->is_text ? SHELL : started);
	if (error)
		return error;
	/* Without /proc the file was found by its name once more. */
	lookup->files[0].id = id;
	lookup->files[0].identified = true;
	if (!lookup->file_count)
		lookup->file_count = 1;
	if (!executable->is_text)
		return 0;
	error = executable_describe(&script, link_of(executable->fd, link),
				    started);
	if (script.file_count && lookup->file_count < LOOKUP_FILES_MAX)
		lookup->files[lookup->file_count++] = script.files[0];
	return error;
}

int executable_open(const char *const command, const char *const search_path,
		    struct executable *const executable,
		    struct lookup *const lookup, struct report *const report)
{
	struct system_status status;
	int fd, error;

	*executable = (struct executable){ .fd = -1 };
	fd = find(command, search_path, &executable->name, &status);
	if (fd < 0)
		return fail(report, fd, command, NULL);
	executable->path = make_absolute(executable->name);
	fd = open_for_reading(fd, executable->name, status.id);
	executable->fd = fd;
	error = read_program(executable, &fd, &status, report);
	if (!error) {
		executable->has_privileges = gives_privileges(fd, &status);
		if (describe(executable, fd, status.id, lookup))
			error = report_no_memory(report);
	}
	if (fd != executable->fd)
		system_close(fd);
	if (error) {
		system_close(executable->fd);
		executable->fd = -1;
	}
	return error;
}
