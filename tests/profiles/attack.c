// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Attacks from inside of a program, preloaded behind the shim, before its main().
 *
 * Only in the first process that was started by the name ATTACK_IN; where ATTACK_AS is
 * set, not before one of that name becomes the user of that number by setuid(), as the
 * workers of servers do. Descriptor 8 has the attacks, a line each: a kind of the table
 * below and its target, which is the rest of the line. Descriptor 9 gets a line for each:
 * "open", "refused" or, for an error that no sandbox gives, "broken", then the attack,
 * and behind a tab what errno was.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	FD_TERMINAL = 7,
	FD_ATTACKS = 8,
	FD_RESULTS = 9,
};
static const char mark[] = "attacked\n";

static int closed(const int fd, const int result)
{
	const int error = errno;

	close(fd);
	errno = error;
	return result;
}

static int read_file(const char *const path)
{
	const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	char byte;

	return fd < 0 ? -1 : closed(fd, read(fd, &byte, 1) < 0 ? -1 : 0);
}

static int write_to(const int fd)
{
	if (fd < 0)
		return -1;
	return closed(fd, write(fd, mark, strlen(mark)) < 0 ? -1 : 0);
}

static int write_file(const char *const path)
{
	return write_to(open(path, O_WRONLY | O_APPEND | O_CLOEXEC));
}

static int create(const char *const path)
{
	return write_to(
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

static int move(const char *const path)
{
	char to[4096];

	snprintf(to, sizeof(to), "%s-attacked", path);
	return rename(path, to);
}

static int change_mode(const char *const path)
{
	return chmod(path, 0777);
}

static int run(const char *const path)
{
	const pid_t child = vfork();
	int status;

	if (!child) {
		execle(path, path, NULL, (char *[]){ NULL });
		_exit(errno);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return -1;
	errno = WEXITSTATUS(status);
	return status ? -1 : 0;
}

static int by_inet(const char *const port, const int type, const bool bound)
{
	const int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
	const struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((in_port_t)atoi(port)),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	const struct sockaddr *const to = (const struct sockaddr *)&address;

	if (fd < 0)
		return -1;
	if (bound)
		return closed(
			fd, bind(fd, to, sizeof(address)) ? -1 : listen(fd, 1));
	if (type == SOCK_STREAM)
		return closed(fd, connect(fd, to, sizeof(address)));
	return closed(fd,
		      sendto(fd, mark, 1, 0, to, sizeof(address)) < 0 ? -1 : 0);
}

static int tcp(const char *const port)
{
	return by_inet(port, SOCK_STREAM, false);
}

static int udp(const char *const port)
{
	return by_inet(port, SOCK_DGRAM, false);
}

static int serve(const char *const port)
{
	return by_inet(port, SOCK_STREAM, true);
}

static int by_unix(const char *const name, const size_t zeroes)
{
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const size_t length = strlen(name);

	if (fd < 0)
		return -1;
	memcpy(address.sun_path + zeroes, name, length);
	return closed(
		fd, connect(fd, (const struct sockaddr *)&address,
			    (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
					zeroes + length)));
}

static int unix_path(const char *const path)
{
	return by_unix(path, 0);
}

static int unix_abstract(const char *const name)
{
	return by_unix(name, 1);
}

static int family(const char *const number)
{
	const int fd = socket(atoi(number), SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	/* One that knows no sequences was reached as well. */
	if (fd < 0 && errno == ESOCKTNOSUPPORT)
		return 0;
	return fd < 0 ? -1 : closed(fd, 0);
}

static int send_signal(const char *const pid)
{
	return kill(atoi(pid), SIGCONT);
}

/* Where the kernel has done away with it (EIO), it was asked all the same. */
static int type(const char *const text)
{
	if (!ioctl(FD_TERMINAL, TIOCSTI, text) || errno == EIO)
		return 0;
	return -1;
}

static const struct kind {
	const char *name;
	int (*try)(const char *target);
} kinds[] = {
	{ "read", read_file },
	{ "write", write_file },
	{ "create", create },
	{ "move", move },
	{ "chmod", change_mode },
	{ "run", run },
	{ "tcp", tcp },
	{ "udp", udp },
	{ "listen", serve },
	{ "unix", unix_path },
	{ "abstract", unix_abstract },
	{ "family", family },
	{ "signal", send_signal },
	{ "type", type },
};

static const char *attack(const char *const name, const char *const target)
{
	size_t i;

	errno = EINVAL;
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(name, kinds[i].name) == 0 && !kinds[i].try(target))
			return "open";
	switch (errno) {
	case EACCES:
	case EPERM:
	case EXDEV:
	case ENOENT:
	case EAFNOSUPPORT:
		return "refused";
	default:
		return "broken";
	}
}

static bool is_asked_for(void)
{
	const char *const path = (const char *)getauxval(AT_EXECFN);
	const char *const name = getenv("ATTACK_IN");
	const char *const slash = path ? strrchr(path, '/') : NULL;
	struct stat results;

	return name && path && strcmp(name, slash ? slash + 1 : path) == 0 &&
	       !fstat(FD_RESULTS, &results) && results.st_size == 0;
}

static void attack_all(void)
{
	static char attacks[1 << 17];
	char *line, *rest, *target;
	const char *verdict;
	ssize_t size;

	size = pread(FD_ATTACKS, attacks, sizeof(attacks) - 1, 0);
	for (line = size > 0 ? strtok_r(attacks, "\n", &rest) : NULL; line;
	     line = strtok_r(NULL, "\n", &rest)) {
		target = strchr(line, ' ');
		if (!target)
			continue;
		*target = 0;
		verdict = attack(line, target + 1);
		*target = ' ';
		dprintf(FD_RESULTS, "%s %s\t%s\n", verdict, line,
			strerror(errno));
	}
}

/* Whom the program has to become first; as it may clear its environment. */
static uid_t attack_as = (uid_t)-1;

__attribute__((constructor)) static void start(void)
{
	const char *const user = getenv("ATTACK_AS");

	if (!is_asked_for())
		return;
	if (user)
		attack_as = (uid_t)atoi(user);
	else
		attack_all();
}

/* The program calls this one. */
int setuid(const uid_t user)
{
	if (syscall(SYS_setuid, user))
		return -1;
	if (user == attack_as) {
		attack_as = (uid_t)-1;
		attack_all();
	}
	return 0;
}
