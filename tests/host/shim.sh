#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The shim in strangers' processes, on whatever kernel runs: the tests need none
# that knows Landlock rules, as how the shim finds, reads, says and fails shows.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

# This user's own profiles stay out of the way.
export HOME=/nonexistent
unset XDG_CONFIG_HOME

profile() { # LINE...: the whole of landlock.ini
	rm -rf /etc/landlock.d /etc/landlock.off
	printf '%s\n' "$@" > /etc/landlock.ini
}
# A rule that cannot be loaded on any kernel: its report shows that its profile
# was found.
missing='rule = missing.o'
report='landlock-shim: /etc/landlock\.ini:[0-9]+: rule: .*missing\.o does not exist; .*'

# --- nothing to do ---

rm -f /etc/landlock.ini
shim /bin/echo hello
gives "a system without profiles changes nothing" 0 hello ""

profile '[/usr/bin/other]' "$missing"
shim /bin/echo hello
gives "a program without profile runs as before" 0 hello ""

profile '[/usr/bin/echo]'
shim /bin/echo hello
gives "a profile without rules changes nothing" 0 hello ""

# --- failing ---

profile '[/usr/bin/echo]' "$missing"
shim /bin/echo hello
gives "a missing object ends the program with 125" 125 "" "$report"

profile '[/usr/bin/echo]' "$missing" 'on-error = warn'
shim /bin/echo hello
gives "on-error = warn runs it with a report" 0 hello "$report"

profile '[/usr/bin/echo]' "$missing" 'mode = off'
shim /bin/echo hello
gives "mode = off asks for nothing" 0 hello ""

profile '[/usr/bin/echo]' "$missing" 'mode = complain'
shim /bin/echo hello
gives "mode = complain runs it and says what is wrong" 0 hello \
	"$report"$'\n'"landlock-shim: /etc/landlock\.ini:1: mode: .*"

profile '[/usr/bin/echo]' 'rulez = x.o'
shim /bin/echo hello
gives "an invalid profile ends the program with 125" 125 "" \
	'landlock-shim: /etc/landlock\.ini:2: rulez: .*'

profile '[/usr/bin/echo]' "$missing"
chmod o+w /etc/landlock.ini
shim /bin/echo hello
gives "a profile that anyone may write is not believed" 125 "" \
	'landlock-shim: /etc/landlock\.ini.*'
chmod o-w /etc/landlock.ini

echo text > "$scratch/text.o"
profile '[/usr/bin/echo]' "rule = $scratch/text.o"
shim /bin/echo hello
gives "an object in a directory that anyone may write is not believed" 125 "" \
	'landlock-shim: /etc/landlock\.ini:2: rule: .*/tmp.*'

mkdir /etc/objects
echo text > /etc/objects/text.o
profile '[/usr/bin/echo]' "rule = /etc/objects/text.o"
shim /bin/echo hello
gives "an object that is no ELF file is refused" 125 "" \
	'landlock-shim: /etc/landlock\.ini:2: rule: /etc/objects/text\.o .*no ELF file.*|landlock-shim: /etc/landlock\.ini:2: rule: /etc/objects/text\.o .*too short.*'

cp /usr/bin/true /etc/objects/machine.o
profile '[/usr/bin/echo]' "rule = /etc/objects/machine.o"
shim /bin/echo hello
gives "an object for another machine is refused" 125 "" \
	'landlock-shim: /etc/landlock\.ini:2: rule: /etc/objects/machine\.o .*machine.*'

profile '[/usr/bin/echo]' 'rule = fs_readonly.o nope=1'
shim /bin/echo hello
gives "an unknown parameter is refused" 125 "" \
	'landlock-shim: /etc/landlock\.ini:2: rule: .*fs_readonly\.o: there is no parameter nope; .*'

profile '[/usr/bin/echo]' 'rule = fs_readonly.o sockets=2'
shim /bin/echo hello
gives "a parameter out of its range is refused" 125 "" \
	'landlock-shim: /etc/landlock\.ini:2: rule: .*fs_readonly\.o: sockets=2: not one of 0, 1, false, true'

# --- who are we ---

profile '[echo]' 'match = /usr/bin/ech?' "$missing"
shim /bin/echo hello
gives "match finds a program by glob, its links resolved" 125 "" "$report"

printf '#!/bin/cat\nscript\n' > /etc/objects/script
chmod +x /etc/objects/script
profile '[/etc/objects/script]' "$missing"
shim /etc/objects/script
gives "a script goes by its own name" 125 "" "$report"

profile '[/usr/bin/cat]' "$missing"
shim /etc/objects/script
gives "a script goes by its interpreter's name as well" 125 "" "$report"

profile '[/usr/bin/echo]' "$missing"
shim "$(readelf -p .interp /bin/sh | grep -o '/.*')" /bin/echo hello
gives "a program started through ld.so goes by its name" 125 "" "$report"

cp /bin/sleep /etc/objects/gone
profile '[/etc/objects/gone]' "$missing" 'on-error = warn'
shim python3 -c '
import os
fd = os.open("/etc/objects/gone", os.O_RDONLY)
os.unlink("/etc/objects/gone")
os.execve(fd, ["gone", "0"], os.environ)'
gives "a deleted program keeps its name" 0 "" "$report"

# --- whose word counts ---

mkdir -p /etc/objects/home/.config/landlock
user_profile=/etc/objects/home/.config/landlock/landlock.ini
printf '[/usr/bin/echo]\n%s\n' "$missing" > $user_profile
rm /etc/landlock.ini
HOME=/etc/objects/home shim /bin/echo hello
gives "the user's profile counts" 125 "" \
	"landlock-shim: $user_profile:2: rule: .*missing\.o does not exist; .*"

HOME=etc/objects/home shim /bin/echo hello
gives "a relative home does not count" 0 hello ""

mkdir /etc/landlock.d
printf '[/usr/bin/echo]\n%s\n' "$missing" > /etc/landlock.d/usr.bin.echo.ini
shim /bin/echo hello
gives "landlock.d is asked by name" 125 "" \
	'landlock-shim: /etc/landlock\.d/usr\.bin\.echo\.ini:2: rule: .*'

# --- the way out ---

profile '[/usr/bin/echo]' "$missing"
touch /etc/landlock.off
shim /bin/echo hello
gives "landlock.off switches the shim off" 0 hello ""
profile '[/usr/bin/echo]' 'rulez = x.o'
touch /etc/landlock.off
shim /bin/echo hello
gives "landlock.off also helps against an invalid profile" 0 hello ""

profile '[/usr/bin/echo]' "$missing"
echo "quiet landlock_shim=off" > "$scratch/cmdline"
in_rescue() {
	unshare --mount --propagation private bash -c \
		'mount --bind "$0" /proc/cmdline && LD_PRELOAD=liblandlock_shim.so exec "$@"' \
		"$scratch/cmdline" "$@"
}
plain in_rescue /bin/echo hello
gives "landlock_shim=off on the kernel command line switches it off" 0 hello ""

echo "quiet landlock_shim=offline" > "$scratch/cmdline"
plain in_rescue /bin/echo hello
gives "only as a whole word" 125 "" "$report"

plain unshare --pid --fork --mount-proc env LD_PRELOAD=liblandlock_shim.so \
	/bin/echo hello
gives "process 1 is not touched" 0 hello ""

# --- programs with privileges of their own ---

cp /usr/bin/id /etc/objects/privileged
chmod 4755 /etc/objects/privileged
profile '[/etc/objects/privileged]' "$missing"
echo "/$(cd / && ls usr/lib/*/liblandlock_shim.so)" > /etc/ld.so.preload
plain setpriv --reuid 65534 --regid 65534 --clear-groups \
	/etc/objects/privileged -u
gives "a set-user-ID program is skipped with a word" 0 0 \
	'landlock-shim: /etc/landlock\.ini:1: /etc/objects/privileged has privileges of its own .*'

rm /etc/landlock.ini
mkdir -p /etc/landlock.d
echo 'rulez = x.o' > /etc/landlock.d/etc.objects.privileged.ini
plain setpriv --reuid 65534 --regid 65534 --clear-groups \
	/etc/objects/privileged -u
gives "an invalid profile does not end a set-user-ID program" 0 0 \
	'landlock-shim: /etc/landlock\.d/etc\.objects\.privileged\.ini:1: .*'

profile '[/etc/objects/privileged]' "$missing" 'mode = off'
plain env HOME=/etc/objects/home setpriv --reuid 65534 --regid 65534 \
	--clear-groups /etc/objects/privileged -u
gives "with mode = off it is skipped without a word" 0 0 ''
rm /etc/ld.so.preload

# --- what is left behind ---

# The loader works and then refuses, so that all of it has run.
profile '[witness]' 'match = /etc/objects/witness' \
	'rule = fs_readonly.o nope=1' 'on-error = warn'
refusal='landlock-shim: .* there is no parameter nope; .*'
cat > "$scratch/witness.c" <<'C'
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
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

int main(void)
{
	const int first_errno = errno;
	char line[8192];
	FILE *maps = fopen("/proc/self/maps", "r");
	int i, strange = 0;
	struct sigaction action;

	printf("errno %d\n", first_errno);
	printf("%s %s\n", program_invocation_name, getenv("A"));
	while (maps && fgets(line, sizeof(line), maps))
		strange += strstr(line, "landlock_loader") || strstr(line, "libbpf") ||
			   strstr(line, "libelf") || strstr(line, "libz.");
	if (maps)
		fclose(maps);
	printf("mappings %d\n", strange);
	list("/proc/self/fd");
	list("/proc/self/task");
	for (i = 1; i < 65; i++)
		if (!sigaction(i, NULL, &action) && action.sa_handler != SIG_DFL)
			printf("handler %d\n", i);
	for (i = 0; environ[i]; i++)
		if (strncmp(environ[i], "LD_PRELOAD=", 11))
			puts(environ[i]);
	printf("no_new_privs %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
	return 7;
}
C
cc -o /etc/objects/witness "$scratch/witness.c"
plain env -i A=1 B=2 /etc/objects/witness
without=$out
plain env -i A=1 B=2 LD_PRELOAD=liblandlock_shim.so /etc/objects/witness
gives "errno, mappings, descriptors, threads, handlers, environment are as without" \
	7 "$without" "$refusal"

half_closed='exec /etc/objects/witness 0<&- 2>&-'
plain env -i A=1 B=2 bash -c "$half_closed"
without=$out
plain env -i A=1 B=2 bash -c "export LD_PRELOAD=liblandlock_shim.so; $half_closed"
gives "the same with standard input and error closed, where it is silent" \
	7 "$without" ""

plain env -i LD_PRELOAD=liblandlock_shim.so bash -c \
	'exec /etc/objects/witness 0<&- 1>&- 2>&-'
gives "the same with all three closed" 7 "" ""

profile '[/usr/bin/echo]' "$missing"
no_proc() {
	unshare --mount --propagation private bash -c \
		'umount -l /proc && LD_PRELOAD=liblandlock_shim.so exec "$@"' - "$@"
}
plain no_proc /bin/echo hello
gives "without /proc the program is known by its start" 125 "" "$report"

shim python3 -c 'import subprocess, sys
sys.exit(subprocess.run(["/bin/echo", "hello"], close_fds=False).returncode)'
gives "a vfork child is held to its profile" 125 "" "$report"

# --- the libraries ---

shim_library=$(ls /usr/lib/*/liblandlock_shim.so)
loader_library=$(ls /usr/lib/*/landlock_shim/landlock_loader.so)
needed=$(readelf -d "$shim_library" | grep -o 'NEEDED.*\[.*\]' | grep -o '\[.*')
holds "the shim needs the C library alone" test "$needed" = '[libc.so.6]'
flags=$(readelf -d "$shim_library" | grep FLAGS_1)
holds "the shim is INITFIRST, NODELETE and NOW" \
	eval '[[ $flags = *INITFIRST* && $flags = *NODELETE* && $flags = *NOW* ]]'
holds "the shim exports nothing" \
	test -z "$(nm -D --defined-only "$shim_library")"
holds "the shim is relro" \
	eval 'readelf -lW "$shim_library" | grep -q GNU_RELRO'
holds "the loader exports its one function" test \
	"$(nm -D --defined-only "$loader_library" | cut -d' ' -f3)" = \
	landlock_loader_load
holds "the loader may be unloaded" \
	eval '! readelf -d "$loader_library" | grep -q NODELETE'

done_testing
