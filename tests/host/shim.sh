#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The shim in strangers' processes, on whatever kernel runs: the tests need none
# that knows Landlock rules, as how the shim finds, reads, says and fails shows.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

# This user's own profiles stay out of the way.
export HOME=/nonexistent
unset XDG_CONFIG_HOME

profile() { # LINE...: the whole configuration
	rm -rf /etc/landlock /etc/landlock.off
	mkdir -m 755 /etc/landlock
	printf '%s\n' "$@" > /etc/landlock/landlock.ini
}
# A rule that cannot be loaded on any kernel: its report shows that its profile
# was found.
missing='rule = missing.o'
report='landlock-shim: /etc/landlock/landlock\.ini:[0-9]+: rule: .*missing\.o does not exist; .*'

# --- nothing to do ---

rm -rf /etc/landlock
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
	"$report"$'\n'"landlock-shim: /etc/landlock/landlock\.ini:1: mode: .*"

profile '[/usr/bin/echo]' 'rulez = x.o'
shim /bin/echo hello
gives "an invalid profile ends the program with 125" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rulez: .*'

echo text > "$scratch/text.o"
profile '[/usr/bin/echo]' "rule = $scratch/text.o"
shim /bin/echo hello
gives "an object in a directory that anyone may write is not believed" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rule: .*/tmp.*'

mkdir /etc/objects
echo text > /etc/objects/text.o
profile '[/usr/bin/echo]' "rule = /etc/objects/text.o"
shim /bin/echo hello
gives "an object that is no ELF file is refused" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rule: /etc/objects/text\.o .*no ELF file.*|landlock-shim: /etc/landlock/landlock\.ini:2: rule: /etc/objects/text\.o .*too short.*'

cp /usr/bin/true /etc/objects/machine.o
profile '[/usr/bin/echo]' "rule = /etc/objects/machine.o"
shim /bin/echo hello
gives "an object for another machine is refused" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rule: /etc/objects/machine\.o .*machine.*'

profile '[/usr/bin/echo]' 'rule = fs_readonly.o nope=1'
shim /bin/echo hello
gives "an unknown parameter is refused" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rule: .*fs_readonly\.o: there is no parameter nope; .*'

profile '[/usr/bin/echo]' 'rule = fs_readonly.o sockets=2'
shim /bin/echo hello
gives "a parameter out of its range is refused" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rule: .*fs_readonly\.o: sockets=2: not one of 0, 1, false, true'

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
rm /etc/landlock/landlock.ini
HOME=/etc/objects/home shim /bin/echo hello
gives "the user's profile counts" 125 "" \
	"landlock-shim: $user_profile:2: rule: .*missing\.o does not exist; .*"

HOME=etc/objects/home shim /bin/echo hello
gives "a relative home does not count" 0 hello ""

printf '[/usr/bin/echo]\n%s\n' "$missing" > /etc/landlock/usr.bin.echo.ini
shim /bin/echo hello
gives "a file is found by the program's name" 125 "" \
	'landlock-shim: /etc/landlock/usr\.bin\.echo\.ini:2: rule: .*'

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

container() { # NAMESPACE... -- COMMAND...: whose first process is the program
	plain unshare --pid --fork "$@"
}
container --mount-proc env LD_PRELOAD=liblandlock_shim.so /bin/echo hello
gives "process 1 of a container is held" 125 "" "$report"
container env LD_PRELOAD=liblandlock_shim.so /bin/echo hello
gives "also where /proc is that of outside" 125 "" "$report"

# --- programs with privileges of their own ---

cp /usr/bin/id /etc/objects/privileged
chmod 4755 /etc/objects/privileged
profile '[/etc/objects/privileged]' "$missing"
echo "/$(cd / && ls usr/lib/*/liblandlock_shim.so)" > /etc/ld.so.preload
plain setpriv --reuid 65534 --regid 65534 --clear-groups \
	/etc/objects/privileged -u
gives "a set-user-ID program is skipped with a word" 0 0 \
	'landlock-shim: /etc/landlock/landlock\.ini:1: /etc/objects/privileged has privileges of its own .*'

rm /etc/landlock/landlock.ini
echo 'rulez = x.o' > /etc/landlock/etc.objects.privileged.ini
plain setpriv --reuid 65534 --regid 65534 --clear-groups \
	/etc/objects/privileged -u
gives "an invalid profile does not end a set-user-ID program" 0 0 \
	'landlock-shim: /etc/landlock/etc\.objects\.privileged\.ini:1: .*'

profile '[/etc/objects/privileged]' "$missing" 'mode = off'
plain env HOME=/etc/objects/home setpriv --reuid 65534 --regid 65534 \
	--clear-groups /etc/objects/privileged -u
gives "with mode = off it is skipped without a word" 0 0 ''
rm /etc/ld.so.preload

done_testing
