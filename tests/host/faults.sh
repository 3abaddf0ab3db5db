#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A fault ends only the programs that it speaks of, wherever it lies and whoever made
# it: the others start as ever, by one line at most.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
missing='rule = missing.o'
ini=/etc/landlock/landlock.ini by_name=/etc/landlock/usr.bin.echo.ini
line="landlock-shim: [^"$'\n'"]*" # and no other

fresh() { # LINE...: the whole of landlock.ini, if any
	rm -rf /etc/landlock
	mkdir -m 755 /etc/landlock
	[ $# = 0 ] || printf '%s\n' "$@" > $ini
}
starts() { # NAME ERR: programs that nobody speaks of
	shim /bin/echo hello
	gives "$1" 0 hello "$2"
}
ends() { # NAME ERR
	shim /bin/echo hello
	gives "$1" 125 "" "$2"
}

# --- in a file ---

fresh '[/usr/bin/other]' 'rulez = x.o' '[/usr/bin/echo]' 'rule = "'
shim /bin/cat /dev/null
gives "a typo in others' sections ends nobody and is not told" 0 "" ""
ends "but those that its section is of" "$line:4: rule: .*"
fresh '[/usr/bin/other]' 'rulez = x.o' '[/usr/bin/echo]' "$missing" 'on-error = warn'
starts "others' typos hide no profile" "$line:4: rule: .*missing\.o does not exist; [^"$'\n'"]*"
fresh '[/usr/bin/echo]' 'rulez = x.o' 'on-error = warn'
starts "a typo where on-error = warn is told" "$line:2: rulez: [^"$'\n'"]*"
fresh 'no section' '[/usr/bin/other]' "$missing"
starts "a fault outside of sections is told and ends nobody" "$line$ini:1: [^"$'\n'"]*"
fresh 'no section' '[/usr/bin/echo]' "$missing"
ends "and hides no profile" "$line$ini:1: .*$ini:3: rule: .*"

# --- a file that cannot be had ---

user=(setpriv --reuid 65533 --regid 65533 --clear-groups)
echo_as() { # COMMAND...: echo, in its hands
	plain "$@" env LD_PRELOAD=liblandlock_shim.so /bin/echo hello
}
declare -A broken=(
	[anyone may write]='chmod 666 $file'
	[is another user\'s]='chown 12345 $file'
	[cannot be read]='chmod 000 $file'
	[is a link to nothing]='rm $file; ln -s nowhere $file'
	[is a link to itself]='rm $file; ln -s $file $file'
	[is a directory]='rm $file; mkdir $file'
	[is a fifo]='rm $file; mkfifo $file'
	[is a device]='rm $file; mknod $file c 1 3'
	[holds bytes that are no text]='head -c 100 /usr/bin/echo > $file'
)
for how in "${!broken[@]}"; do
	fresh '[/usr/bin/echo]' "$missing"
	file=$ini
	eval "${broken[$how]}"
	echo_as "${user[@]}"
	gives "a landlock.ini that $how is told, and ends nobody" 0 hello "$line"

	fresh
	file=$by_name
	printf '%s\n' '[/usr/bin/echo]' 'bind-tcp = any' > $file
	eval "${broken[$how]}"
	echo_as "${user[@]}"
	gives "a file by name that $how ends its program" 125 "" "$line"
	plain "${user[@]}" env LD_PRELOAD=liblandlock_shim.so /bin/cat /dev/null
	gives "and no other" 0 "" ""
done

fresh
: > $by_name
ends "a file by name that was truncated ends its program" "$line"
shim /bin/cat /dev/null
gives "and no other" 0 "" ""
fresh
echo '[/usr/bin/other]' > $by_name
ends "so does one without a section for it" "$line"

# --- a directory ---

fresh '[/usr/bin/echo]' "$missing"
chmod 700 /etc/landlock # as mkdir makes it under umask 077
echo_as "${user[@]}"
gives "a directory that users cannot search is told, and ends nobody" 0 hello "$line"
ends "while it counts for root" "$line"
rm -rf /etc/landlock
ln -s nowhere /etc/landlock
starts "a directory that is a link to nothing is told, and ends nobody" "$line"
rm /etc/landlock
: > /etc/landlock
starts "so is a file in its place" "$line"
rm /etc/landlock

# --- the user's own ---

mkdir -p /etc/home/.config/landlock
users=/etc/home/.config/landlock/landlock.ini
echo 'no section' > $users
chown -R 65533:65533 /etc/home
echo_as "${user[@]}" env HOME=/etc/home
gives "a user's typo is told, and ends nobody" 0 hello "landlock-shim: $users:1: [^"$'\n'"]*"
printf '%s\n' '[all]' 'match = /usr/bin/* /etc/*' 'rulez = x.o' > $users
echo_as "${user[@]}" env HOME=/etc/home
gives "one in a section for all ends his programs" 125 "" "landlock-shim: $users:3: rulez: [^"$'\n'"]*"
cp /usr/bin/id /etc/privileged
chmod 4755 /etc/privileged
echo "/$(cd / && ls usr/lib/*/liblandlock_shim.so)" > /etc/ld.so.preload
HOME=/etc/home plain "${user[@]}" /etc/privileged -u
gives "a set-user-ID program does not hear of it" 0 0 ""
rm /etc/ld.so.preload
chown -R 12345:12345 /etc/home
echo_as "${user[@]}" env HOME=/etc/home
gives "nor a program in another's home, as su may leave it" 0 hello ""

# --- a user namespace that has no number for root ---

fresh '[/usr/bin/echo]' "$missing"
in_namespace() { # COMMAND...: as root of it, who is that user outside
	plain "${user[@]}" unshare -r \
		env LD_PRELOAD=liblandlock_shim.so "$@"
}
in_namespace /bin/cat /dev/null
gives "programs start in a user namespace" 0 "" ""
in_namespace /bin/echo hello
gives "the administrator's profiles hold there" 125 "" "$line"
chmod 666 $ini
in_namespace /bin/echo hello
gives "if nobody else may write them" 0 hello "$line"
fresh
cp $users $by_name
chown 12345 $by_name
in_namespace /bin/echo hello
gives "a file by name restricts there, whoever it belongs to" 125 "" "$line"

done_testing
