#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# landlock preload: the shim before every program of a system of its own.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
file=/etc/ld.so.preload
# shellcheck disable=SC2016 # ld.so's own
shim='/usr/$LIB/liblandlock_shim.so'
library=$(find /usr/lib -name liblandlock_shim.so | head -n 1)

says() { # NAME LINE...: what the file says
	[ "$(cat $file)" = "$(printf '%s\n' "${@:2}")" ]
	result $? "$1"
}
tidy() {
	[ -z "$(find /etc -maxdepth 1 -name 'ld.so.preload.*')" ]
	result $? "nothing is left beside it"
}

# --- on and off ---

plain landlock preload status
gives "without a file it is off" 1 off ""
plain landlock preload on
gives "it is turned on" 0 "on: $shim" ""
says "by a line of its own" "$shim"
holds "that everyone may read and root alone may write" \
	[ "$(stat -c '%a %u %g' $file)" = "644 0 0" ]
tidy
plain landlock preload status
gives "status tells that it is on" 0 on ""
before=$(stat -c %i $file)
plain landlock preload on
gives "turning it on again changes nothing" 0 "on already" ""
holds "not even the file" [ "$(stat -c %i $file)" = "$before" ]

printf '%s\n' '[/usr/bin/echo]' 'rule = missing.o' > /etc/landlock/landlock.ini
plain /usr/bin/echo hello
gives "then every program is held to its profile" 125 "" 'landlock-shim: .*'
rm /etc/landlock/landlock.ini
plain setpriv --reuid=65534 --regid=65534 --clear-groups su --version
holds "and a set-user-ID program does not complain" eval '[[ $status = 0 && -z $err ]]'

plain landlock preload off
gives "it is turned off" 0 off ""
holds "and the file, which would be empty, is gone" [ ! -e $file ]
plain landlock preload off
gives "turning it off again changes nothing" 0 "off already" ""

# --- others' lines ---

# An empty library, which somebody else preloads.
printf 'int other;\n' > "$scratch/other.c"
gcc -shared -fPIC -o /etc/other.so "$scratch/other.c" || exit
printf '%s\n' '# by hand' '/etc/other.so' > $file
chmod 640 $file
chown 0:5 $file
plain landlock preload on
gives "beside others' lines" 0 "on: $shim" ""
says "which stay as they are" '# by hand' /etc/other.so "$shim"
holds "as do owner and mode" [ "$(stat -c '%a %u %g' $file)" = "640 0 5" ]
plain landlock preload status
gives "status tells of them" 0 $'on\n  other library: /etc/other.so' ""
plain landlock preload off
says "and off leaves them" '# by hand' /etc/other.so

printf '/etc/other.so' > $file
plain landlock preload on
says "a last line without an end is not run into" /etc/other.so "$shim"

# What is off by the spelling, and what stays.
while IFS='|' read -r name text rest; do
	printf '%b' "$text" > $file
	plain landlock preload off
	gives "off removes $name" 0 off ""
	if [ -n "$rest" ]; then
		[ "$(cat $file; echo .)" = "$(printf '%b' "$rest"; echo .)" ]
	else
		[ ! -e $file ]
	fi
	result $? "and nothing else: $name"
done <<'END'
the bare name|liblandlock_shim.so\n|
the name of a directory|/usr/lib/x86_64-linux-gnu/liblandlock_shim.so\n|
the other spelling of LIB|/usr/${LIB}/liblandlock_shim.so\n|
one of several on a line|/etc/other.so liblandlock_shim.so\n|/etc/other.so \n
one between colons|/etc/other.so:liblandlock_shim.so:/etc/a.so\n|/etc/other.so:/etc/a.so\n
the first on a line|liblandlock_shim.so /etc/other.so\n|/etc/other.so\n
two of them|liblandlock_shim.so\n# kept\n/usr/$LIB/liblandlock_shim.so\n|# kept\n
one before a comment|liblandlock_shim.so # why\n/etc/other.so\n|# why\n/etc/other.so\n
one without an end of line|# kept\nliblandlock_shim.so|# kept\n
END
printf '%s\n' '# liblandlock_shim.so' /etc/myliblandlock_shim.so /etc/liblandlock_shim.so.old > $file
plain landlock preload off
gives "what only looks like it is left alone" 0 "off already" ""
says "to the letter" '# liblandlock_shim.so' /etc/myliblandlock_shim.so /etc/liblandlock_shim.so.old

echo liblandlock_shim.so > $file
plain landlock preload status
holds "status tells of another spelling" eval '[[ $status = 0 && $out = *"should be spelt"* ]]'
plain landlock preload on
says "and on puts it right" "$shim"
rm $file

ln -s real $file
echo /etc/other.so > /etc/real
plain landlock preload on
holds "a link stays one" [ -L $file ]
says "and what it leads to is changed" /etc/other.so "$shim"
rm $file /etc/real

mkdir /etc/full
mount -t tmpfs -o size=64k tmpfs /etc/full || exit
ln -s full/preload $file
printf '%s\n' /etc/other.so "$shim" /etc/other.so > /etc/full/preload
cat /dev/zero > /etc/full/zero 2> /dev/null
plain landlock preload off
gives "off works on a full disk" 0 off ""
holds "and leaves what others preload" eval \
	'[[ $(tr -s " \n" " " < $file) = "/etc/other.so /etc/other.so " ]]'
umount -l /etc/full
rm $file

# --- what would be noticed ---

refused() { # NAME ERR
	local pattern=$2

	plain landlock preload on
	holds "$1" eval '[[ $status = 1 && -z $out && $err =~ $pattern ]]'
	holds "and nothing is changed" [ ! -e $file ]
	tidy
}
echo 'no section' > /etc/landlock/landlock.ini
refused "a faulty configuration is refused" landlock.ini
printf '%s\n' '[/usr/bin/x]' > /etc/landlock/landlock.ini
chmod o+w /etc/landlock/landlock.ini
refused "and one that is not believed" landlock.ini
rm /etc/landlock/landlock.ini
printf '%s\n' '[/usr/bin/dpkg]' 'reed = /' > /etc/landlock/usr.bin.dpkg.ini
refused "and a fault that ends a program that matters" 'usr\.bin\.dpkg\.ini:2: reed'
rm /etc/landlock/usr.bin.dpkg.ini

printf '%s\n' '[/usr/bin/dpkg]' 'bind-tcp = none' > /etc/landlock/landlock.ini
plain landlock preload on
holds "a profile of a program that matters is warned of" eval \
	'[[ $status = 0 && $err = *"warning: /usr/bin/dpkg has a profile"* ]]'
plain landlock preload off
printf '%s\n' '[login]' 'match = /bin/bash' 'bind-tcp = none' > /etc/landlock/landlock.ini
plain landlock preload on
holds "and so is one of a login shell" eval \
	'[[ $status = 0 && $err = *"warning: /bin/bash has a profile"* ]]'
plain landlock preload off
rm /etc/landlock/landlock.ini

mv "$library" /etc/moved.so
refused "a library that is missing is refused" 'cannot be preloaded'
head -c 1000 /etc/moved.so > "$library"
refused "and one that was cut short" '/bin/true'
cat > "$scratch/bad.c" <<'END'
#include <unistd.h>
static void __attribute__((constructor)) end(void) { _exit(3); }
END
gcc -shared -fPIC -o "$library" "$scratch/bad.c" || exit
refused "and one that ends programs" 'exit status 3'
cp /etc/moved.so "$library"

printf 'int main(void) { return 0; }\n' > "$scratch/narrow.c"
if gcc -m32 -o /usr/bin/narrow "$scratch/narrow.c" 2> /dev/null && /usr/bin/narrow 2> /dev/null; then
	refused "32-bit programs without a library of theirs are refused" 'cannot be preloaded'
else
	echo "# not tested: this system makes or runs no 32-bit programs"
fi

rm -f /usr/bin/narrow

# --- when everything else is broken ---

plain landlock preload on
gives "it is turned on once all is well" 0 "on: $shim" ""
landlock=$(command -v landlock)
echo 'no section' > /etc/landlock/landlock.ini
mkdir /etc/landlock/usr.bin.landlock.ini
head -c 1000 /etc/moved.so > "$library"
# Nothing but the shell and what is static works now.
"$landlock" preload off > /etc/out 2> /etc/err
status=$?
: > $file
out=$(< /etc/out) err=$(< /etc/err)
cp /etc/moved.so "$library"
gives "off works with a broken library and configuration" 0 off ""
rm $file
rm -r /etc/landlock
mkdir -m 755 /etc/landlock
without_mounts() {
	setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin "$@"
}
plain without_mounts landlock preload on
holds "without mounts it is tried by LD_PRELOAD, and that is said" eval \
	'[[ $status = 0 && $err = *"no mount namespace"* ]]'
mv "$library" /etc/moved.so
rm $file
plain without_mounts landlock preload on
holds "and a missing library is refused as well" eval \
	'[[ $status = 1 && $err = *"cannot be preloaded"* ]]'
mv /etc/moved.so "$library"

done_testing
