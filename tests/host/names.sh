#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Which names a program goes by, for the shim and for the command alike.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
# A rule that cannot be loaded on any kernel: that it is asked for shows that its
# profile was found.
missing='rule = missing.o'
report='landlock-shim: /etc/landlock/[^:]*:[0-9]+: rule: .*missing\.o does not exist; .*'

profile() { # LINE...
	rm -rf /etc/landlock
	mkdir -m 755 /etc/landlock
	printf '%s\n' "$@" > /etc/landlock/landlock.ini
}
by_name() { # PATH: its profile is found by the file's name
	local file=${1#/}

	rm -rf /etc/landlock
	mkdir -m 755 /etc/landlock
	printf '%s\n' "[$1]" "$missing" > "/etc/landlock/${file//\//.}.ini"
}

held() { # NAME COMMAND...: by the shim, by the command, and show tells of it
	shim "${@:2}"
	gives "$1" 125 "" "$report"
	plain landlock run "${@:2}"
	gives "$1, for landlock run" 125 "" "$report"
	plain landlock show "$2"
	holds "$1, and show tells" grep -q '^  matched ' <<< "$out"
}
free() { # NAME OUT COMMAND...
	shim "${@:3}"
	gives "$1" 0 "$2" ""
}

# --- links ---

mkdir -m 755 /etc/programs
cp /usr/bin/echo /etc/programs/real
ln -s real /etc/programs/link
ln -s /etc/programs/link /etc/programs/longer
ln -s programs /etc/linked

profile '[/etc/programs/real]' "$missing"
held "a program goes by its own name" /etc/programs/real hello
held "and where it is started by a link" /etc/programs/link hello
held "and by a link to a link" /etc/programs/longer hello
held "and through a linked directory" /etc/linked/real hello

profile '[/etc/programs/link]' "$missing"
held "a section that names a link means what it leads to" /etc/programs/real hello
held "and the link itself" /etc/programs/link hello
profile '[/etc/linked/longer]' "$missing"
held "through any number of links" /etc/programs/real hello
plain landlock show /etc/programs/real
holds "show tells what the section leads to" \
	grep -qxF '  matched      /etc/linked/longer, which is the same file -> /etc/programs/real' <<< "$out"
profile '[/etc/programs/gone]' "$missing"
free "a section that names nothing speaks of nobody" hello /etc/programs/real hello

by_name /etc/programs/link
held "a file is found by the name that a program is started by" /etc/programs/link hello
held "and by a directory that is a link" /etc/linked/link hello
free "but not by links that were not used" hello /etc/programs/real hello

profile '[any]' 'match = /etc/programs/l*' "$missing"
held "match counts for the name that a program is started by" /etc/programs/link hello
free "and not for others" hello /etc/programs/real hello
profile '[any]' 'match = /etc/linked/*' "$missing"
held "match counts for the path as it was typed" /etc/linked/real hello

cd /etc/programs || exit
profile '[any]' 'match = /etc/programs/li*' "$missing"
held "a relative name is completed" ./link hello
held "and cleaned" ../programs/./link hello
cd / || exit
PATH=/etc/programs:$PATH held "and found in PATH" link hello

# --- what the issue names ---

profile '[/bin/cat]' "$missing"
held "/bin/cat is /usr/bin/cat" cat /etc/hostname
profile '[/usr/bin/awk]' "$missing"
held "/usr/bin/awk means the alternative that is chosen" awk 'BEGIN { print 1 }'
held "by whichever name it is started" "$(realpath /usr/bin/awk)" 'BEGIN { print 1 }'
profile '[any]' 'match = /bin/*' "$missing"
held "match = /bin/* finds /bin/cat" /bin/cat /etc/hostname

python=$(realpath /usr/bin/python3)
mkdir -p /etc/venv/bin
ln -s /usr/bin/python3 /etc/venv/bin/python
profile '[/etc/venv/bin/python]' "$missing"
held "a virtual environment's python has a profile" /etc/venv/bin/python -c 'print(1)'
by_name /etc/venv/bin/python
held "by a file of its own" /etc/venv/bin/python -c 'print(1)'
free "which leaves the system's alone" 1 "$python" -c 'print(1)'

# As redis-server is a link to redis-check-rdb: one program, several jobs.
cat > "$scratch/multi.c" <<'END'
#include <stdio.h>
#include <string.h>
int main(int argc, char **argv)
{
	(void)argc;
	puts(strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0]);
	return 0;
}
END
gcc -o /etc/programs/multi "$scratch/multi.c" || exit
ln -s multi /etc/programs/server
ln -s multi /etc/programs/client
by_name /etc/programs/server
held "a multi-call binary started by its link has the link's profile" /etc/programs/server
free "which its other names do not have" client /etc/programs/client
plain landlock show /etc/programs/server
holds "show tells the name that counted" \
	grep -qxF '  matched      /etc/programs/server' <<< "$out"

# --- scripts ---

printf '#!/etc/programs/interpreter\n' > /etc/programs/script
cp /usr/bin/cat /etc/programs/interpreter
ln -s script /etc/programs/script-link
chmod 755 /etc/programs/script
profile '[/etc/programs/script]' "$missing"
held "a script has its own profile" /etc/programs/script
held "and by a link" /etc/programs/script-link
profile '[/etc/programs/script-link]' "$missing"
held "a section may name the link" /etc/programs/script-link
held "and then means the script" /etc/programs/script
profile '[/etc/programs/interpreter]' "$missing"
held "a script has its interpreter's profile" /etc/programs/script
profile '[/bin/sh]' "$missing"
printf 'echo hello\n' > /etc/programs/text
chmod 755 /etc/programs/text
plain landlock run /etc/programs/text
gives "a text without #! has the shell's profile" 125 "" "$report"
profile '[/etc/programs/text]' "$missing"
plain landlock run /etc/programs/text
gives "and its own" 125 "" "$report"

# --- without a name ---

profile '[/etc/programs/real]' "$missing"
by_descriptor='
import os, sys
fd = os.open(sys.argv[1], os.O_RDONLY)
os.set_inheritable(fd, True)
os.execve(fd, [sys.argv[1], "hello"], os.environ)'
shim "$python" -c "$by_descriptor" /etc/programs/real
gives "a program executed by descriptor has its name" 125 "" "$report"
profile '[/etc/programs/link]' "$missing"
shim "$python" -c "$by_descriptor" /etc/programs/real
gives "and is the file that a section's link leads to" 125 "" "$report"
profile '[/etc/programs/script]' "$missing"
shim "$python" -c "$by_descriptor" /etc/programs/script
gives "a script executed by descriptor has its name" 125 "" "$report"

profile '[/etc/programs/link]' "$missing"
without_proc() {
	unshare --mount sh -c 'umount -l /proc && exec "$@"' sh \
		env LD_PRELOAD=liblandlock_shim.so "$@"
}
plain without_proc /etc/programs/link hello
gives "without /proc a program goes by what it was started as" 125 "" "$report"
profile '[/etc/programs/interpreter]' "$missing"
plain without_proc /etc/programs/script
gives "without /proc a script has its interpreter's profile" 125 "" "$report"
profile '[/etc/programs/real]' "$missing"
plain without_proc /etc/linked/longer hello
gives "without /proc links are followed" 125 "" "$report"

done_testing
