#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What is denied, hidden or guarded stays so, by whatever name or way it is come upon;
# what is asked for and can't be had is told.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=$(mktemp -d /tmp/landlock-denials.XXXXXX)
trap 'umount "$work"/in/mounted* 2> /dev/null; rm -rf "$work" "$scratch"' EXIT
chmod 755 "$work"
cd / || exit
has 5 || { done_testing; exit; }
refused='.*Permission denied.*'

fresh() { # the files of one test
	umount "$work"/in/mounted* 2> /dev/null
	rm -rf "${work:?}"/*
	mkdir -p "$work"/{in,home/.ssh/deep,home/.mail,other}
	echo secret | tee "$work"/home/.ssh/{key,deep/key} "$work/home/.mail/letter" \
		> "$work/home/secret"
	echo content | tee "$work"/{in,home,other}/file > "$work/file"
}

# --- by another name ---

fresh
ln "$work/home/secret" "$work/in/link"
profile "read = $work" "deny = $work/home/secret"
shim cat "$work/home/secret"
if has_view; then
	gives "a denied file of two names is refused by its denied one" 1 "" "$refused"
else
	gives "a denied file of two names is refused by its denied one, and they are told" \
		1 "" "landlock-shim: .*: deny: $work/home/secret has other names.*$refused"
fi
ln "$work/home/secret" "$work/home/beside"
shim cat "$work/home/beside"
holds "nor is a link beside it a way to it" [ "$status" = 1 ]

fresh
mkdir "$work/in/mounted" && mount --bind "$work/home" "$work/in/mounted"
profile "read = $work" "deny = $work/home/.ssh"
shim cat "$work/home/.ssh/key"
gives "what leads to it may be mounted in the grant as well" 1 "" "$refused"
shim cat "$work/in/mounted/.ssh/key"
gives "and is refused there" 1 "" "$refused"
shim cat "$work/in/mounted/file"
gives "while the rest is not" 0 content ""
fresh
mkdir "$work/in/mounted" && mount --bind "$work/home/.ssh" "$work/in/mounted"
shim cat "$work/in/mounted/key"
gives "what is denied is so where it is mounted, too" 1 "" "$refused"

fresh
ln "$work/home/.ssh/key" "$work/in/key"
profile "read = $work/in/key $work/home" "deny = $work/home/.ssh"
shim cat "$work/home/.ssh/key"
has_view || holds "a file that is granted by name and lies in something denied is told" \
	eval '[[ $err = *"deny: $work/home/.ssh holds a file that is granted by another name"* ]]'

# --- around it ---

fresh
profile "write = $work" "deny = $work/home/.ssh"
shim ls -a "$work/home"
gives "a directory that something is denied in is listed" 0 \
	$'.\n..\n.mail\n.ssh\nfile\nsecret' ""
shim bash -c "ls $work/home > /dev/null && bash -c 'cat $work/home/file'"
gives "and programs of the same profile start in it" 0 content ""
profile "read = $work" "hide = $work/home/.ssh"
shim ls "$work/home/.ssh"
gives "what is hidden is not listed" 2 "" "$refused"
shim cat "$work/home/.ssh/key" "$work/home/file"
gives "nor read" 1 content "$refused"
shim bash -c "bash -c 'bash -c \"cat $work/home/file $work/home/.ssh/key\"'"
gives "and programs of the same profile start beside it" 1 content "$refused"
profile "write = $work" "deny = $work/home/.ssh"
shim mv "$work/file" "$work/home/.ssh/planted"
gives "nothing is moved into it" 1 "" "$refused"
shim bash -c "echo x > $work/home/.ssh/new"
gives "nor made in it" 1 "" "$refused"
shim mv "$work/home/.ssh" "$work/other/moved"
gives "nor is it moved away" 1 "" "$refused"
shim mv "$work/home" "$work/moved"
gives "nor what leads to it" 1 "" "$refused"
profile "read = $work" "deny = $work/home/.ssh" "read = $work/home/.ssh/deep"
shim cat "$work/home/.ssh/deep/key" "$work/home/.ssh/key"
gives "what is granted inside of what is denied is granted" 1 secret "$refused"
if has_view; then
	profile "read = $work" "deny = $work/home/.ssh" "deny = $work/home/.ssh/deep/key"
	shim bash -c "cd $work/home/.ssh/deep"
	gives "a denial inside of another makes no way to it" 1 "" "$refused"
	shim stat "$work/home/.ssh/deep"
	gives "nor makes it seen" 1 "" "$refused"
fi

# --- moving files under what is about something else ---

fresh
only 'connect-tcp = none'
shim mv "$work/file" "$work/other/moved"
gives "a profile without paths lets files be moved between directories" 0 "" ""
fresh
{
	printf '%s\n' '[/usr/bin/bash]' 'scope = signal'
	printf '%s\n' '[/usr/bin/mv]' "${base[@]}" "write = $work"
} > /etc/landlock/landlock.ini
shim bash -c "mv $work/file $work/other/moved; true"
gives "also with paths restricted after it" 0 "" ""
fresh
{
	printf '%s\n' '[/usr/bin/mv]' 'scope = signal'
	printf '%s\n' '[/usr/bin/bash]' "${base[@]}" "write = $work"
} > /etc/landlock/landlock.ini
shim bash -c "mv $work/file $work/other/moved; true"
gives "and with paths restricted before it" 0 "" ""

# --- out of reach, missing, without a place ---

as_nobody() {
	setpriv --reuid 65534 --regid 65534 --clear-groups env \
		LD_PRELOAD=liblandlock_shim.so "$@"
}
fresh
mkdir -m 700 "$work/closed" && mkdir "$work/closed/in"
only "${base[@]}" "read = $work/in" "read = -$work/closed/in"
plain as_nobody cat "$work/in/file"
gives "- covers what this user cannot reach" 0 content ""
only "${base[@]}" "read = $work/in" "read = $work/closed/in"
plain as_nobody cat "$work/in/file"
gives "without it, that is told" 125 "" \
	"landlock-shim: .*: read: $work/closed/in: Permission denied; .*"
profile 'read = /dev/stdin /dev/stdout'
plain bash -c 'echo piped | LD_PRELOAD=liblandlock_shim.so cat /dev/stdin | cat'
gives "a pipe as /dev/stdin needs no grant" 0 piped ""
profile "read = $work/none" "read = $work/in" 'on-error = warn'
shim cat "$work/in/file" "$work/file"
gives "on-error = warn leaves out the path, not the profile" 1 content \
	"landlock-shim: .*: read: $work/none: .*$refused"

# --- links that the program, or somebody else, could have put there ---

fresh
mkdir "$work/in/plugins" "$work/in/elsewhere"
profile "write = $work/in" "exec = $work/in/plugins"
rmdir "$work/in/plugins" && ln -s "$work/home" "$work/in/plugins"
shim cat "$work/home/file"
gives "a link in what may be written leads nowhere else" 125 "" \
	"landlock-shim: .*: exec: $work/in/plugins: .*symbolic links.*"
profile "write = $work/in" "exec = $work/in/plugins" 'on-error = warn'
shim cat "$work/home/file"
gives "or, with on-error = warn, is left out" 1 "" ".*: exec: $work/in/plugins: .*$refused"
ln -sfn elsewhere "$work/in/plugins"
profile "write = $work/in" "exec = $work/in/plugins"
shim cat "$work/in/file"
gives "one that stays inside is followed" 0 content ""
ln -sfn "$work/in/plugins" "$work/link"
ln -sfn "$work/home" "$work/in/plugins"
profile "write = $work/in" "read = $work/link"
shim cat "$work/home/file"
gives "nor does a link to such a link" 125 "" ".*: read: $work/link: .*"
mkdir "$work/sticky" && chmod 1777 "$work/sticky"
ln -s "$work/home" "$work/sticky/link" && chown -h 12345 "$work/sticky/link"
profile "read = $work/sticky/link"
shim cat "$work/home/file"
gives "another user's link in a sticky directory is not followed" 125 "" \
	".*: read: $work/sticky/link: .*another user may have put this link there.*"
chown -h 0 "$work/sticky/link"
shim cat "$work/home/file"
gives "root's is" 0 content ""

# --- the profiles themselves ---

fresh
profile 'write = /etc'
shim bash -c 'echo x >> /etc/landlock/landlock.ini'
gives "write = /etc does not include the profiles" 1 "" "$refused"
shim bash -c 'echo x > /etc/landlock/new.ini'
gives "nor new ones" 1 "" "$refused"
shim mv /etc/landlock /etc/elsewhere
gives "nor are they moved away" 1 "" "$refused"
touch /etc/some
shim bash -c 'echo x > /etc/some && cat /etc/landlock/landlock.ini > /dev/null'
gives "while other files are written, and profiles read" 0 "" ""
profile 'write = /etc/landlock'
shim bash -c 'echo x >> /etc/landlock/landlock.ini'
gives "nor does writing them by name" 1 "" "$refused"
profile "read = $work/in"
plain bash -c 'LD_PRELOAD=liblandlock_shim.so bash -c "
	read -r _; cat '"$work"'/in/file" < <(
		sleep 1
		cp /etc/landlock/landlock.ini /etc/landlock/copy
		mv /etc/landlock/copy /etc/landlock/landlock.ini
		echo "[/usr/bin/none]" > /etc/landlock/usr.bin.none.ini
		rm /etc/landlock/usr.bin.none.ini
		echo)'
gives "files of /etc/landlock are replaced, added and removed under running sandboxes" \
	0 content ""

done_testing
