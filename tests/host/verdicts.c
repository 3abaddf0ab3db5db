// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Tries each operation of a table at each of its places, from inside a sandbox,
 * and prints what came of it.
 *
 *	verdicts DIRECTORY < TABLE
 *
 * The places are made in DIRECTORY.  This process is outside: it puts everything
 * back in order before each operation, and asks a second one, itself under the
 * shim, to do it.  TABLE: lines of an operation's name and, for each place, what
 * is to be expected; see verdicts.table.  Out come the same lines with what was.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* Directories, in the order of the table's columns. */
static const char *const places[] = {
	"none",	       "read",	     "exec",
	"write",       "both",	     "open",
	"open/denied", "open/entry", "open/denied/granted",
};
#define PLACE_COUNT ARRAY_SIZE(places)

/* What was open before the sandbox, for each place, from descriptor 100 on. */
enum opened {
	OPENED_READ,
	OPENED_WRITE,
	OPENED_DIRECTORY,
	OPENED_DEVICE,
	OPENED
};
#define OPENED_FIRST 100

static int opened(const size_t place, const enum opened what)
{
	return OPENED_FIRST + (int)(place * OPENED + what);
}

/* An operation works in directory @at, and may have a second one. */
struct attempt {
	const char *at, *to;
	size_t place;
};

static int result(const long value)
{
	return value < 0 ? errno : 0;
}

static const char *in(const char *const directory, const char *const name)
{
	static char paths[4][PATH_MAX];
	static unsigned int next;
	char *const path = paths[next++ % ARRAY_SIZE(paths)];

	snprintf(path, PATH_MAX, "%s/%s", directory, name);
	return path;
}

static int try_open(const char *const path, const int flags)
{
	return result(open(path, flags | O_CLOEXEC, 0644));
}

#define FILE_OF(attempt) in((attempt)->at, "file")
#define OPEN(NAME, FLAGS)                                                      \
	static int do_##NAME(const struct attempt *const a)                    \
	{                                                                      \
		return try_open(FILE_OF(a), FLAGS);                            \
	}
OPEN(open_read, O_RDONLY)
OPEN(open_write, O_WRONLY)
OPEN(open_both, O_RDWR)
OPEN(open_append, O_WRONLY | O_APPEND)
OPEN(open_truncate, O_WRONLY | O_TRUNC)
OPEN(open_read_truncate, O_RDONLY | O_TRUNC)
OPEN(open_path, O_PATH)

/* The file again, by a descriptor that gives no access to it. */
static int by_proc(const struct attempt *const a, const int flags)
{
	char path[64];
	const int fd = open(FILE_OF(a), O_PATH);

	if (fd < 0)
		return errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return try_open(path, flags);
}

static int do_proc_read(const struct attempt *const a)
{
	return by_proc(a, O_RDONLY);
}

static int do_proc_write(const struct attempt *const a)
{
	return by_proc(a, O_WRONLY);
}

static int do_dotdot_read(const struct attempt *const a)
{
	return try_open(in(a->at, "directory/../file"), O_RDONLY);
}

static int do_link_read(const struct attempt *const a)
{
	return try_open(in(a->at, "link"), O_RDONLY);
}

static int do_create(const struct attempt *const a)
{
	return try_open(in(a->at, "new"), O_WRONLY | O_CREAT | O_EXCL);
}

static int do_create_there(const struct attempt *const a)
{
	return try_open(FILE_OF(a), O_WRONLY | O_CREAT);
}

static int do_list(const struct attempt *const a)
{
	return try_open(a->at, O_RDONLY | O_DIRECTORY);
}

static int do_tmpfile(const struct attempt *const a)
{
	return try_open(a->at, O_TMPFILE | O_RDWR);
}

static int do_tmpfile_link(const struct attempt *const a)
{
	char path[64];
	const int fd = open(a->at, O_TMPFILE | O_RDWR, 0600);

	if (fd < 0)
		return errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return result(linkat(AT_FDCWD, path, AT_FDCWD, in(a->at, "new"),
			     AT_SYMLINK_FOLLOW));
}

static int do_truncate(const struct attempt *const a)
{
	return result(truncate(FILE_OF(a), 0));
}

static int do_mkdir(const struct attempt *const a)
{
	return result(mkdir(in(a->at, "new"), 0755));
}

static int do_rmdir(const struct attempt *const a)
{
	return result(rmdir(in(a->at, "directory")));
}

static int do_unlink(const struct attempt *const a)
{
	return result(unlink(FILE_OF(a)));
}

static int do_symlink(const struct attempt *const a)
{
	return result(symlink("file", in(a->at, "new")));
}

static int do_mkfifo(const struct attempt *const a)
{
	return result(mkfifo(in(a->at, "new"), 0644));
}

static int do_bind_socket(const struct attempt *const a)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0 || chdir("/"))
		return errno;
	snprintf(address.sun_path, sizeof(address.sun_path), "%s",
		 in(a->at, "new"));
	return result(bind(fd, (struct sockaddr *)&address, sizeof(address)));
}

static int do_mknod_char(const struct attempt *const a)
{
	return result(mknod(in(a->at, "new"), S_IFCHR | 0644, makedev(1, 3)));
}

static int do_rename_here(const struct attempt *const a)
{
	return result(rename(FILE_OF(a), in(a->at, "new")));
}

static int do_link_here(const struct attempt *const a)
{
	return result(link(FILE_OF(a), in(a->at, "new")));
}

static int do_rename(const struct attempt *const a)
{
	return result(rename(FILE_OF(a), in(a->to, "new")));
}

static int do_rename_over(const struct attempt *const a)
{
	return result(rename(FILE_OF(a), in(a->to, "file")));
}

static int do_rename_directory(const struct attempt *const a)
{
	return result(rename(in(a->at, "directory"), in(a->to, "new")));
}

static int do_exchange(const struct attempt *const a)
{
	return result(renameat2(AT_FDCWD, FILE_OF(a), AT_FDCWD,
				in(a->to, "file"), RENAME_EXCHANGE));
}

static int do_link(const struct attempt *const a)
{
	return result(link(FILE_OF(a), in(a->to, "new")));
}

/* In a child, which tells of a failure; nothing is told of a success. */
static int execute(const int fd, const char *const path)
{
	static char *const no_words[] = { NULL };
	char *const arguments[] = { (char *)(uintptr_t) "program", NULL };
	int ends[2], error = 0;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return errno;
	child = fork();
	if (!child) {
		execveat(fd, path, arguments, no_words, AT_EMPTY_PATH);
		error = errno;
		if (write(ends[1], &error, sizeof(error)) < 0)
			_exit(1);
		_exit(1);
	}
	close(ends[1]);
	if (read(ends[0], &error, sizeof(error)) < 0)
		error = errno;
	close(ends[0]);
	waitpid(child, NULL, 0);
	return error;
}

static int do_execute(const struct attempt *const a)
{
	return execute(AT_FDCWD, in(a->at, "program"));
}

static int do_execute_script(const struct attempt *const a)
{
	return execute(AT_FDCWD, in(a->at, "script"));
}

/* A script that may be executed, with its interpreter at the place. */
static int do_interpreter(const struct attempt *const a)
{
	char path[PATH_MAX], up[32] = "../";
	const char *slash = places[a->place];

	while ((slash = strchr(slash, '/'))) {
		strcat(up, "../");
		slash++;
	}
	snprintf(path, sizeof(path), "%s/%sexec/script-%zu", a->at, up,
		 a->place);
	return execute(AT_FDCWD, path);
}

static int do_execute_opened(const struct attempt *const a)
{
	const int fd = open(in(a->at, "program"), O_PATH | O_CLOEXEC);

	return fd < 0 ? errno : execute(fd, "");
}

static int do_execute_inherited(const struct attempt *const a)
{
	return execute(opened(a->place, OPENED_DIRECTORY), "program");
}

static int do_map_executable(const struct attempt *const a)
{
	const int fd = open(in(a->at, "program"), O_RDONLY);

	if (fd < 0)
		return errno;
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) ==
			       MAP_FAILED
		       ? errno
		       : 0;
}

static int do_stat(const struct attempt *const a)
{
	struct stat status;

	return result(stat(FILE_OF(a), &status));
}

static int do_stat_place(const struct attempt *const a)
{
	struct stat status;

	return result(stat(a->at, &status));
}

static int do_access(const struct attempt *const a)
{
	return result(access(FILE_OF(a), R_OK));
}

static int do_chdir(const struct attempt *const a)
{
	return result(chdir(in(a->at, "directory")));
}

static int do_readlink(const struct attempt *const a)
{
	char target[16];

	return result(readlink(in(a->at, "link"), target, sizeof(target)));
}

static int do_chmod(const struct attempt *const a)
{
	return result(chmod(FILE_OF(a), 0600));
}

static int do_fchmod(const struct attempt *const a)
{
	return result(fchmod(opened(a->place, OPENED_READ), 0600));
}

static int do_chown(const struct attempt *const a)
{
	return result(chown(FILE_OF(a), 0, 0));
}

static int do_utime(const struct attempt *const a)
{
	return result(utimensat(AT_FDCWD, FILE_OF(a), NULL, 0));
}

static int do_setxattr(const struct attempt *const a)
{
	return result(setxattr(FILE_OF(a), "user.verdicts", "1", 1, 0));
}

static int do_removexattr(const struct attempt *const a)
{
	const int error = result(removexattr(FILE_OF(a), "user.none"));

	return error == ENODATA ? 0 : error;
}

static int do_getxattr(const struct attempt *const a)
{
	const int error = result(getxattr(FILE_OF(a), "user.none", NULL, 0));

	return error == ENODATA ? 0 : error;
}

static int do_listxattr(const struct attempt *const a)
{
	return result(listxattr(FILE_OF(a), NULL, 0));
}

static int do_statfs(const struct attempt *const a)
{
	struct statfs status;

	return result(statfs(FILE_OF(a), &status));
}

/* A request that no device knows: whoever lets it through says ENOTTY. */
static int ask_device(const int fd)
{
	const int error = fd < 0 ? errno : result(ioctl(fd, 0x4c4c, 0));

	return error == ENOTTY || error == EINVAL ? 0 : error;
}

static int do_ioctl_device(const struct attempt *const a)
{
	return ask_device(open(in(a->at, "device"), O_RDONLY));
}

static int do_ioctl_device_harmless(const struct attempt *const a)
{
	const int fd = open(in(a->at, "device"), O_RDONLY);

	return fd < 0 ? errno : result(ioctl(fd, FIOCLEX));
}

static int do_ioctl_device_inherited(const struct attempt *const a)
{
	return ask_device(opened(a->place, OPENED_DEVICE));
}

static int do_read_inherited(const struct attempt *const a)
{
	char byte;

	return result(pread(opened(a->place, OPENED_READ), &byte, 1, 0));
}

static int do_write_inherited(const struct attempt *const a)
{
	return result(pwrite(opened(a->place, OPENED_WRITE), "x", 1, 0));
}

static int do_truncate_inherited(const struct attempt *const a)
{
	return result(ftruncate(opened(a->place, OPENED_WRITE), 4));
}

static int do_map_inherited(const struct attempt *const a)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED,
		    opened(a->place, OPENED_WRITE), 0) == MAP_FAILED
		       ? errno
		       : 0;
}

static int do_open_below_inherited(const struct attempt *const a)
{
	return result(
		openat(opened(a->place, OPENED_DIRECTORY), "file", O_RDONLY));
}

static int do_reopen_inherited(const struct attempt *const a)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d",
		 opened(a->place, OPENED_READ));
	return try_open(path, O_RDONLY);
}

static int do_chdir_inherited(const struct attempt *const a)
{
	if (fchdir(opened(a->place, OPENED_DIRECTORY)))
		return errno;
	return try_open("file", O_RDONLY);
}

/* What has no place: the same everywhere. */
static int do_memfd_execute(const struct attempt *const a)
{
	static char bytes[1 << 20];
	const int from = open("/usr/bin/true", O_RDONLY);
	const int fd = memfd_create("program", MFD_CLOEXEC);
	ssize_t size;

	(void)a;
	size = read(from, bytes, sizeof(bytes));
	if (size < 0 || write(fd, bytes, (size_t)size) != size)
		return errno;
	return execute(fd, "");
}

static int do_memfd_reopen(const struct attempt *const a)
{
	char path[64];

	(void)a;
	snprintf(path, sizeof(path), "/proc/self/fd/%d",
		 memfd_create("memory", 0));
	return try_open(path, O_RDWR);
}

static int do_pipe_reopen(const struct attempt *const a)
{
	char path[64];
	int ends[2];

	(void)a;
	if (pipe(ends))
		return errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[1]);
	return try_open(path, O_WRONLY);
}

static const struct operation {
	const char *name;
	int (*function)(const struct attempt *attempt);
	bool two; /* also from each place to each other */
} operations[] = {
#define ONE(NAME)                                                              \
	{                                                                      \
#NAME, do_##NAME, false                                        \
	}
#define TWO(NAME)                                                              \
	{                                                                      \
#NAME, do_##NAME, true                                         \
	}
	ONE(open_read),
	ONE(open_write),
	ONE(open_both),
	ONE(open_append),
	ONE(open_truncate),
	ONE(open_read_truncate),
	ONE(open_path),
	ONE(proc_read),
	ONE(proc_write),
	ONE(dotdot_read),
	ONE(link_read),
	ONE(create),
	ONE(create_there),
	ONE(list),
	ONE(tmpfile),
	ONE(tmpfile_link),
	ONE(truncate),
	ONE(mkdir),
	ONE(rmdir),
	ONE(unlink),
	ONE(symlink),
	ONE(mkfifo),
	ONE(bind_socket),
	ONE(mknod_char),
	ONE(rename_here),
	ONE(link_here),
	TWO(rename),
	TWO(rename_over),
	TWO(rename_directory),
	TWO(exchange),
	TWO(link),
	ONE(execute),
	ONE(execute_script),
	ONE(interpreter),
	ONE(execute_opened),
	ONE(execute_inherited),
	ONE(map_executable),
	ONE(stat),
	ONE(stat_place),
	ONE(access),
	ONE(chdir),
	ONE(readlink),
	ONE(chmod),
	ONE(fchmod),
	ONE(chown),
	ONE(utime),
	ONE(setxattr),
	ONE(removexattr),
	ONE(getxattr),
	ONE(listxattr),
	ONE(statfs),
	ONE(ioctl_device),
	ONE(ioctl_device_harmless),
	ONE(ioctl_device_inherited),
	ONE(read_inherited),
	ONE(write_inherited),
	ONE(truncate_inherited),
	ONE(map_inherited),
	ONE(open_below_inherited),
	ONE(reopen_inherited),
	ONE(chdir_inherited),
	ONE(memfd_execute),
	ONE(memfd_reopen),
	ONE(pipe_reopen),
};

static void die(const char *const what)
{
	fprintf(stderr, "verdicts: %s: %m\n", what);
	exit(2);
}

static void put_file(const char *const path, const char *const text,
		     const mode_t mode)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);

	if (fd < 0 || write(fd, text, strlen(text)) < 0 || fchmod(fd, mode))
		die(path);
	close(fd);
}

static bool is_kept(const char *const name)
{
	static const char *const kept[] = {
		".",	   "..",     "file",   "directory", "link",    "script",
		"program", "device", "denied", "entry",	    "granted",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kept); i++)
		if (strcmp(kept[i], name) == 0)
			return true;
	return strncmp(name, "script-", 7) == 0;
}

/* Puts back what is missing and takes away what is new; the rest stays itself. */
static void reset_place(const char *const place)
{
	DIR *directory;
	struct dirent *entry;
	struct stat status;

	if (mkdir(place, 0755) && errno != EEXIST)
		die(place);
	directory = opendir(place);
	if (!directory)
		die(place);
	while ((entry = readdir(directory)))
		if (!is_kept(entry->d_name) &&
		    unlinkat(dirfd(directory), entry->d_name, 0) &&
		    unlinkat(dirfd(directory), entry->d_name, AT_REMOVEDIR))
			die(entry->d_name);
	closedir(directory);
	if (stat(in(place, "file"), &status) || status.st_size != 8)
		put_file(in(place, "file"), "content\n", 0644);
	if (mkdir(in(place, "directory"), 0755) && errno != EEXIST)
		die("directory");
	if (symlink("file", in(place, "link")) && errno != EEXIST)
		die("link");
	if (mknod(in(place, "device"), S_IFCHR | 0666, makedev(1, 5)) &&
	    errno != EEXIST)
		die("device");
	if (access(in(place, "script"), X_OK))
		put_file(in(place, "script"), "#!/bin/true\n", 0755);
}

static void reset(void)
{
	size_t i;

	for (i = 0; i < PLACE_COUNT; i++) {
		char command[PATH_MAX * 2];

		if (access(in(places[i], "program"), X_OK)) {
			if (mkdir(places[i], 0755) && errno != EEXIST)
				die(places[i]);
			snprintf(command, sizeof(command),
				 "cp /usr/bin/true %s/program", places[i]);
			if (system(command))
				die(command);
		}
		reset_place(places[i]);
	}
}

static void prepare(const char *const directory)
{
	size_t i;

	if (chdir(directory))
		die(directory);
	umask(0);
	reset();
	for (i = 0; i < PLACE_COUNT; i++) {
		char script[64], text[PATH_MAX + 16];

		snprintf(script, sizeof(script), "exec/script-%zu", i);
		snprintf(text, sizeof(text), "#!%s/%s/program\n", directory,
			 places[i]);
		put_file(script, text, 0755);
		if (dup2(open(in(places[i], "file"), O_RDONLY),
			 opened(i, OPENED_READ)) < 0 ||
		    dup2(open(in(places[i], "file"), O_RDWR),
			 opened(i, OPENED_WRITE)) < 0 ||
		    dup2(open(places[i], O_RDONLY),
			 opened(i, OPENED_DIRECTORY)) < 0 ||
		    dup2(open(in(places[i], "device"), O_RDONLY),
			 opened(i, OPENED_DEVICE)) < 0)
			die(places[i]);
	}
}

/* What the one inside is asked; the answer is an errno. */
struct request {
	size_t operation, place, to;
};

static int serve(const char *const directory)
{
	struct request request;

	while (read(0, &request, sizeof(request)) == sizeof(request)) {
		char at[PATH_MAX], to[PATH_MAX];
		const struct attempt attempt = { at, to, request.place };
		int ends[2], error = 0;
		pid_t child;

		snprintf(at, sizeof(at), "%s/%s", directory,
			 places[request.place]);
		snprintf(to, sizeof(to), "%s/%s", directory,
			 places[request.to]);
		if (pipe2(ends, O_CLOEXEC))
			die("pipe");
		child = fork();
		if (!child) {
			error = operations[request.operation].function(
				&attempt);
			_exit(write(ends[1], &error, sizeof(error)) < 0);
		}
		close(ends[1]);
		if (read(ends[0], &error, sizeof(error)) != sizeof(error))
			error = ECHILD;
		close(ends[0]);
		waitpid(child, NULL, 0);
		if (write(1, &error, sizeof(error)) != sizeof(error))
			die("answer");
	}
	return 0;
}

static void start(const char *const directory, int *const to, int *const from)
{
	int requests[2], answers[2];

	if (pipe(requests) || pipe(answers))
		die("pipe");
	if (!fork()) {
		dup2(requests[0], 0);
		dup2(answers[1], 1);
		close(requests[0]);
		close(requests[1]);
		close(answers[0]);
		close(answers[1]);
		setenv("LD_PRELOAD", "liblandlock_shim.so", 1);
		execl("/proc/self/exe", "verdicts", "serve", directory, NULL);
		die("exec");
	}
	close(requests[0]);
	close(answers[1]);
	*to = requests[1];
	*from = answers[0];
}

static const char *verdict(const int error)
{
	switch (error) {
	case 0:
		return ".";
	case EACCES:
		return "A";
	case EPERM:
		return "P";
	case EXDEV:
		return "X";
	default:
		return strerrorname_np(error);
	}
}

static const struct operation *find_operation(const char *const name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(operations); i++)
		if (strcmp(operations[i].name, name) == 0)
			return &operations[i];
	errno = EINVAL;
	die(name);
	return NULL;
}

static int ask(const int to, const int from, const struct request request)
{
	int error;

	reset();
	if (write(to, &request, sizeof(request)) != sizeof(request) ||
	    read(from, &error, sizeof(error)) != sizeof(error))
		die("the process inside has ended");
	return error;
}

/* One line for an operation, or one for each place that it begins at. */
static void try_all(const int to, const int from,
		    const struct operation *const operation, const char *at)
{
	const size_t index = (size_t)(operation - operations);
	size_t place, i;

	for (place = 0; operation->two && place < PLACE_COUNT; place++)
		if (at && strcmp(places[place], at) == 0)
			break;
	printf("%s%s%s", operation->name, operation->two ? " " : "",
	       operation->two ? at : "");
	for (i = 0; i < PLACE_COUNT; i++)
		printf(" %s",
		       verdict(ask(to, from,
				   (struct request){ index,
						     operation->two ? place : i,
						     i })));
	putchar('\n');
	fflush(stdout);
}

int main(const int argc, char **const argv)
{
	char line[256], name[64], at[64];
	int to, from;

	if (argc == 3 && strcmp(argv[1], "serve") == 0)
		return serve(argv[2]);
	if (argc != 2)
		return 2;
	prepare(argv[1]);
	start(argv[1], &to, &from);
	while (fgets(line, sizeof(line), stdin)) {
		if (sscanf(line, "%63[a-z_] %63[a-z/]", name, at) < 1)
			continue;
		try_all(to, from, find_operation(name), at);
	}
	return 0;
}
