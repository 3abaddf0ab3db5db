#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What the shim leaves behind in a process, and in what processes it works: with
# descriptors closed, without /proc, of little stack and few descriptors, without names.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
missing='rule = missing.o'
report='landlock-shim: [^:]*:[0-9]+: rule: .*missing\.o does not exist; .*'
shim_library=$(ls /usr/lib/*/liblandlock_shim.so)
python=$(realpath /usr/bin/python3)

profile() { # LINE...
	printf '%s\n' "$@" > /etc/landlock/landlock.ini
}
compile() { # NAME, source on stdin
	cc -O1 -o "/etc/programs/$1" -x c - || exit
}
mkdir -m 755 /etc/programs

# --- what is left behind ---

compile witness <<'C'
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void list(const char *directory)
{
	DIR *dir = opendir(directory);
	struct dirent *entry;
	int count = 0;

	while (dir && (entry = readdir(dir)))
		count += entry->d_name[0] != '.';
	printf("%s %d\n", directory, count);
	if (dir)
		closedir(dir);
}

/* What is mapped but the shim and its .bss, without where: that is random. */
static void list_mappings(void)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned long start, end, shim_end = 0;
	char line[8192], access[8], path[4096];

	while (maps && fgets(line, sizeof(line), maps)) {
		path[0] = '\0';
		sscanf(line, "%lx-%lx %7s %*s %*s %*s %4095s", &start, &end, access, path);
		if (strstr(path, "liblandlock_shim") || (!path[0] && start == shim_end))
			shim_end = end;
		else
			printf("mapping %lx %s %s\n",
			       strcmp(path, "[stack]") ? end - start : 0, access, path);
	}
	if (maps)
		fclose(maps);
}

int main(void)
{
	const int first_errno = errno;
	sigset_t pending, blocked;
	struct sigaction action;
	struct rusage children;
	int i;

	printf("errno %d\n", first_errno);
	printf("%s %s\n", program_invocation_name, getenv("A"));
	list_mappings();
	list("/proc/self/fd");
	list("/proc/self/task");
	sigpending(&pending);
	sigprocmask(SIG_SETMASK, NULL, &blocked);
	for (i = 1; i < 65; i++) {
		if (!sigaction(i, NULL, &action) && action.sa_handler != SIG_DFL)
			printf("handler %d\n", i);
		if (sigismember(&pending, i) == 1)
			printf("pending %d\n", i);
		if (sigismember(&blocked, i) == 1)
			printf("blocked %d\n", i);
	}
	printf("child %d\n", waitpid(-1, NULL, WNOHANG | __WALL));
	for (i = 0; environ[i]; i++)
		if (strncmp(environ[i], "LD_PRELOAD=", 11))
			puts(environ[i]);
	printf("no_new_privs %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	return 7;
}
C
# The loader works and then refuses, so that all of it has run.
profile '[/etc/programs/witness]' 'rule = fs_readonly.o nope=1' 'on-error = warn'
refusal='landlock-shim: .* there is no parameter nope; .*'
both() { # COMMAND...: without the shim, and with it
	plain env -i A=1 B=2 "$@"
	without=$out
	plain env -i A=1 B=2 LD_PRELOAD=liblandlock_shim.so "$@"
}
both /etc/programs/witness
gives "errno, mappings, descriptors, threads, signals, environment are as without" \
	7 "$without" "$refusal"
both "$python" -c 'import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
os.execv("/etc/programs/witness", ["witness"])'
gives "the same with SIGCHLD blocked" 7 "$without" "$refusal"
both bash -c 'exec /etc/programs/witness 0<&- 2>&-'
gives "the same with standard input and error closed, where it is silent" 7 "$without" ""
both bash -c 'exec /etc/programs/witness 0<&- 1>&- 2>&-'
gives "the same with all three closed" 7 "" ""
profile '[/etc/programs/witness]' 'read = / /missing' 'on-error = warn'
both /etc/programs/witness
gives "the same but for no_new_privs where paths are asked for" 7 \
	"${without/no_new_privs 0/no_new_privs 1}" 'landlock-shim: .*read: /missing: .*'
profile '[/etc/programs/other]' "$missing"
both /etc/programs/witness
gives "the same without a profile" 7 "$without" ""
rm /etc/landlock/landlock.ini
both /etc/programs/witness
gives "and without any" 7 "$without" ""

# --- what standard error may be ---

profile '[/usr/bin/echo]' "$missing" 'on-error = warn' \
	'[/usr/bin/cat]' "$missing"
plain "$python" -c 'import os, subprocess, sys
r, w = os.pipe()
os.close(r)
for program in ["/usr/bin/echo", "/usr/bin/cat"]:
    print(subprocess.run([program, "-"], stderr=w, stdin=subprocess.DEVNULL, restore_signals=True,
        env={"LD_PRELOAD": "liblandlock_shim.so"}, stdout=subprocess.DEVNULL).returncode)'
gives "a pipe that nobody reads ends no program" 0 $'0\n125' ""
plain bash -c 'LD_PRELOAD=liblandlock_shim.so exec /bin/echo hello 2>&-'
gives "nor does a closed standard error" 0 hello ""
plain bash -c 'LD_PRELOAD=liblandlock_shim.so exec /bin/echo hello 2> /dev/full'
gives "nor one that is full" 0 hello ""
plain bash -c 'LD_PRELOAD=liblandlock_shim.so exec /bin/cat /dev/null 2>&-'
gives "while whose profile fails, does not start" 125 "" ""
# A file that the program opens in place of a closed one gets no words of ours.
plain bash -c 'LD_PRELOAD=liblandlock_shim.so exec /bin/echo hello 1>/etc/programs/out 2>&-
'
holds "words go nowhere else" [ "$(< /etc/programs/out)" = hello ]

# --- limits ---

# The kernel leaves up to 8 KiB unused, at random; below 16, ld.so itself may crash
# with any library preloaded.
limited() { # COMMAND...: with 16 KiB of stack, for it and its environment
	bash -c 'ulimit -s 24 && exec env -i LD_PRELOAD="$1" "${@:2}"' - "$shim_library" "$@"
}
few() { # DESCRIPTORS COMMAND...: of which the first is free, as ld.so needs one
	"$python" -c 'import os, resource, sys
os.close(0)
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)
os.execve(sys.argv[3], sys.argv[3:], {"LD_PRELOAD": sys.argv[2]})' \
		"$1" "$shim_library" "${@:2}"
}
profile '[/usr/bin/other]' "$missing"
plain limited /bin/echo hello
gives "a stack of 16 KiB suffices" 0 hello ""
plain few 3 /bin/echo hello
gives "with one descriptor, where a file may speak of the program, it does not start" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini: .*Too many open files[^'$'\n'']*'
plain few 4 /bin/echo hello
gives "two suffice to see that none does" 0 hello ""
mv /etc/landlock/landlock.ini /etc/landlock/usr.bin.other.ini
plain few 3 /bin/echo hello
gives "and others' files by name need none" 0 hello ""
rm /etc/landlock/usr.bin.other.ini
profile '[/usr/bin/echo]' "$missing"
plain limited /bin/echo hello
gives "a stack of 16 KiB suffices to find a profile" 125 "" "$report"
profile '[/usr/bin/echo]' 'read = /' 'exec = /usr' 'deny = /etc/programs' 'connect-tcp = 22'
plain limited /bin/echo hello
gives "and to apply one" 0 hello ""
plain few 3 /bin/echo hello
gives "and with one descriptor it is not started without its profile" 125 "" \
	'landlock-shim: .*Too many open files[^'$'\n'']*'
plain few 5 /bin/echo hello
holds "with three descriptors it is held, or that is told" eval \
	'[ "$status$out$err" = 0hello ] || [[ $status$out = 125 && $err = landlock-shim:* ]]'

# --- without a name, and without /proc ---

compile nameless <<'C'
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

/* Executes a file by descriptor, or one deeper than PATH_MAX; without /proc. */
int main(int argc, char **argv)
{
	const int fd = open(argv[2], O_RDONLY);
	int depth;

	(void)argc;
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    (argv[1][0] == '-' && umount2("/proc", MNT_DETACH)))
		return 98;
	if (argv[1][1] == 'd') {
		char name[251];

		for (depth = 0; depth < 250; depth++)
			name[depth] = 'x';
		name[250] = '\0';
		if (chdir("/etc/programs"))
			return 97;
		for (depth = 0; depth < 20; depth++) {
			mkdirat(AT_FDCWD, name, 0755);
			if (chdir(name))
				return 96;
		}
		linkat(AT_FDCWD, argv[2], AT_FDCWD, "program", 0);
		execv("./program", argv + 2);
	} else {
		fexecve(fd, argv + 2, environ);
	}
	perror("nameless");
	return 99;
}
C
cp /usr/bin/echo /etc/programs/echo
nameless() { # HOW: '-' or '+' for /proc, 'f' by descriptor, 'd' in a deep directory
	plain env LD_PRELOAD="$shim_library" /etc/programs/nameless "$1" /etc/programs/echo hello
}
nameless='(landlock-shim: [^'$'\n''/]* has no name [^'$'\n'']*)?'$'\n''?'
for how in +f:'a program executed by descriptor' -f:'and without /proc' \
	+d:'one deeper than PATH_MAX' -d:'and without /proc, too'; do
	rm -rf /etc/landlock
	nameless ${how%%:*}
	gives "${how#*:}, starts without a configuration" 0 hello ""
	mkdir -m 755 /etc/landlock
	profile '[/usr/bin/other]' "$missing"
	nameless ${how%%:*}
	gives "${how#*:}, starts with others' profiles" 0 hello "$nameless"
	profile '[/etc/programs/echo]' "$missing"
	nameless ${how%%:*}
	if [[ $how = -f* ]]; then
		gives "${how#*:}, is told to have no name" 0 hello "$nameless"
	else
		gives "${how#*:}, is held to its profile" 125 "" "$nameless($report)"
	fi
done

profile '[/usr/bin/echo]' "$missing"
no_proc() {
	unshare --mount --propagation private bash -c \
		'umount -l /proc && LD_PRELOAD=liblandlock_shim.so exec "$@"' - "$@"
}
plain no_proc /bin/echo hello
gives "without /proc the program is known by its start" 125 "" "$report"

shim "$python" -c 'import subprocess, sys
sys.exit(subprocess.run(["/bin/echo", "hello"], close_fds=False).returncode)'
gives "a vfork child is held to its profile" 125 "" "$report"

done_testing
