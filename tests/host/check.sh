#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# landlock check: what is wrong in profiles, or will not do what it says.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/user.bash

layer=/etc/landlock
shipped=/usr/share/landlock/profiles
own=/home/alice/.config/landlock
export HOME=/root
unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_RUNTIME_DIR TMPDIR

# Without what is shipped here; that is tried in the end.
templates=/usr/share/landlock/templates
mv /usr/share/landlock /usr/share/real-landlock
mkdir -p $shipped $templates

file() { # FILE LINE...
	printf '%s\n' "${@:2}" > "$1"
}
# The identifiers of all that is told, but of what the kernel lacks: that is another
# one's on the next machine.
ids() { # ARGUMENT...
	landlock check "$@" | sed -n 's/.* \[\([a-z-]*\)\]$/\1/p' | grep -vx 'kernel\|left-out' |
		paste -sd ' '
}
finds() { # NAME IDS LINE...: in a file of a layer
	file $layer/landlock.ini "${@:3}"
	local found
	found=$(ids)
	[ "$found" = "$2" ]
	result $? "$1"
	[ "$found" = "$2" ] || echo "# found: $found"
}
base=('read = /usr /etc' 'exec = /usr/bin /usr/lib')

plain landlock check
gives "nothing is in order" 0 "0 files, nothing to mend" ""
finds "a plain profile is" "" '[/usr/bin/cat]' "${base[@]}"
finds "faults are told, all of them" "fault fault fault" \
	'[/usr/bin/cat]' 'raed = /usr' 'read = relative' 'mode = perhaps'
finds "those of no section as well" "fault" 'read = /usr' '[/usr/bin/cat]' "${base[@]}"
finds "a file without a section" "empty" '; nothing'
finds "a program that is not here" "no-program" '[/usr/bin/missing]' "${base[@]}"
finds "a glob that nothing matches" "no-program" '[x]' 'match = /usr/bin/missing*' "${base[@]}"
finds "one of several is enough" "" '[x]' 'match = /usr/bin/missing /usr/bin/ca[t]' "${base[@]}"
finds "a section that speaks of nobody is a note" "nobody" '[x]' "${base[@]}"
finds "as is what is not enforced" "mode mode" '[/usr/bin/cat]' 'mode = off' \
	'[/usr/bin/head]' 'mode = complain' "${base[@]}"
plain landlock check
holds "notes do not count for the status" [ "$status" = 0 ]
finds "of what is off, nothing is asked" "mode" \
	'[/usr/bin/cat]' 'mode = off' 'read = /missing' 'raed = x'

ln -s cat /usr/bin/kitten
finds "a link to another program is told" "link" '[/usr/bin/kitten]' "${base[@]}"
finds "a link to a directory is not" "" '[/bin/cat]' "${base[@]}"
printf 'int main(void) { return 0; }\n' > "$scratch/static.c"
gcc -static -o /usr/bin/unheld "$scratch/static.c" || exit
finds "a static program" "static" '[/usr/bin/unheld]' "${base[@]}"
cp /usr/bin/cat /usr/bin/secure
chown bob /usr/bin/secure && chmod u+s /usr/bin/secure
finds "a set-user-ID program" "privileged" '[/usr/bin/secure]' "${base[@]}"
ln -s /usr/bin/dash /usr/bin/logged-in
echo /usr/bin/logged-in >> /etc/shells
for program in /usr/bin/dash /usr/bin/dpkg /usr/bin/apt-get /usr/bin/env; do
	finds "a program that others depend on: $program" "vital" '[x]' "match = $program" "${base[@]}"
done
finds "a login shell" "vital link" '[/usr/bin/logged-in]' "${base[@]}"

finds "a path that is missing" "missing" '[/usr/bin/cat]' 'read = /usr /missing'
finds "not if it may be" "" '[/usr/bin/cat]' 'read = /usr -/missing'
holds "and nothing is made" eval '
	file $layer/landlock.ini "[/usr/bin/cat]" "read = /usr" "write = +/root/new/"
	landlock check > /dev/null && [ ! -e /root/new ]'
finds "a profile that grants nothing" "no-grant no-effect" '[/usr/bin/cat]' 'deny = /etc'
finds "what is denied outside of what is granted" "no-effect" \
	'[/usr/bin/cat]' 'read = /usr' 'deny = /etc'
finds "not inside of it" "" '[/usr/bin/cat]' 'read = /usr /etc' 'deny = /etc/passwd'
finds "what is denied already" "no-effect" \
	'[/usr/bin/cat]' 'read = / ' 'deny = /etc /etc/passwd'
finds "but to hide it" "" '[/usr/bin/cat]' 'read = / ' 'deny = /etc' 'hide = /etc/passwd'
finds "what a later line takes back" "overruled" \
	'[/usr/bin/cat]' 'read = /usr /etc /etc/passwd' 'deny = /etc/passwd'
finds "or gives again" "overruled" \
	'[/usr/bin/cat]' 'read = /usr /etc' 'deny = /etc/passwd' 'read = /etc/passwd'
finds "what everybody may write to, to be run" "writable-by-all" \
	'[/usr/bin/cat]' 'exec = /usr /tmp'
finds "above it as well" "writable-by-all writable-by-all writable-by-all" \
	'[/usr/bin/cat]' 'exec = /'
finds "not where that is denied" "" \
	'[/usr/bin/cat]' 'exec = /' 'deny = /tmp /var/tmp /dev/shm'
finds "not to be written, where all have done so for ever" "" \
	'[/usr/bin/cat]' 'read = /usr' 'write = /tmp'
mkdir -m 777 /usr/open
finds "but where anybody may take it away" "writable-by-all" \
	'[/usr/bin/cat]' 'write = /usr/open'

# --- templates ---

file $templates/credentials.ini '[@credentials]' 'deny = -~/.ssh -~/.netrc -/etc/shadow'
mkdir -p /root/.ssh
finds "a grant that includes what is to be kept" "credentials" '[/usr/bin/cat]' 'read = /'
holds "and how much of it" eval '
	landlock check | grep -q "read: / includes .* and 2 other places of @credentials"'
finds "not if that is denied" "" '[/usr/bin/cat]' 'read = /' 'include = @credentials'
finds "nor where it is named" "" '[/usr/bin/cat]' 'read = /usr -/root/.ssh -/root/.ssh/config'
finds "nor what is lifted by name" "" \
	'[/usr/bin/cat]' 'read = /' 'include = @credentials' 'read = -~/.ssh'
finds "what is lifted before it is denied" "overruled" \
	'[/usr/bin/cat]' 'read = / -~/.ssh' 'include = @credentials'
finds "what a template denies need not be granted" "" \
	'[/usr/bin/cat]' 'read = /usr' 'include = @credentials'
finds "a template that is not there" "fault" '[/usr/bin/cat]' 'include = @missing'
mkdir -m 755 $layer/templates
file $layer/templates/mine.ini '[@mine]' 'read = /usr' 'exec = /tmp /usr' 'include = @theirs'
file $layer/templates/theirs.ini '[@theirs]' 'raed = /usr'
finds "a fault of a template is told of it, and of who includes it" \
	"fault fault fault writable-by-all" '[/usr/bin/cat]' 'include = @mine'
plain landlock check
holds "with all that include it" grep -q \
	"theirs.ini:2: raed: .*(included by $layer/templates/mine.ini:4, by $layer/landlock.ini:2)" <<< "$out"
holds "or that alone" grep -q "theirs.ini:2: raed: [^(]*\[fault\]" <<< "$out"
mv $layer/templates/theirs.ini $layer/templates/other.ini
finds "a template in a file of another name" "fault never-read fault" '[/usr/bin/cat]' 'read = /usr'
plain landlock check $layer/templates/mine.ini
holds "a template may be named" eval '[[ $status = 1 && $out == *"mine.ini:4: include: "* ]]'
rm -r $layer/templates $templates/*

finds "a rule object that is not there" "rule" '[/usr/bin/cat]' 'rule = missing.o'
finds "one that is" "" '[/usr/bin/cat]' 'rule = fs_readonly.o'
: > /usr/open/mine.o && chown bob /usr/open/mine.o
finds "one that another could have written" "rule" \
	'[/usr/bin/cat]' 'rule = /usr/open/mine.o'
rm $layer/landlock.ini

# --- names of files, and links ---

file $layer/usr.bin.cat.ini '[/usr/bin/cat]' "${base[@]}"
holds "a file by the program's name" [ -z "$(ids)" ]
mv $layer/usr.bin.cat.ini $layer/cat.ini
holds "a file that no program asks for" [ "$(ids)" = never-read ]
plain landlock check
holds "whose name is told" grep -q 'found by usr.bin.cat.ini' <<< "$out"
mv $layer/cat.ini $layer/bin.cat.ini
holds "without /usr it is asked for" [ -z "$(ids)" ]
mv $layer/bin.cat.ini $layer/usr.bin.kitten.ini
file $layer/usr.bin.kitten.ini '[/usr/bin/kitten]' "${base[@]}"
holds "by the name of the link that is the section as well" [ "$(ids)" = link ]
rm $layer/*
file $shipped/usr.bin.kitten.ini '[/usr/bin/kitten]' "${base[@]}"
landlock enable kitten > /dev/null
holds "as landlock enable makes them" [ "$(ids)" = "link link" ]
rm $shipped/*
holds "a link to nothing" [ "$(ids)" = "unreadable unreadable" ]
rm $layer/*
file $layer/landlock.ini '[/usr/bin/cat]' "${base[@]}"
chmod 666 $layer/landlock.ini
holds "a file that is not believed" [ "$(ids)" = unreadable ]
plain landlock check
holds "and why" grep -q 'may be written by others' <<< "$out"
rm $layer/landlock.ini

# --- what is shipped, users' own, and files that are named ---

file $shipped/usr.bin.missing.ini '[/usr/bin/missing]' 'read = /missing' 'rule = missing.o'
file $shipped/usr.bin.unheld.ini '[/usr/bin/unheld]' 'read = /usr'
holds "what is shipped for what is not here is in order" [ -z "$(ids)" ]
file $shipped/usr.bin.cat.ini '[/usr/bin/cat]' 'read = /missing' 'raed = x'
holds "but for what can be told" [ "$(ids)" = "fault missing" ]
rm $shipped/*

as alice mkdir -p .config/landlock
file $own/usr.bin.cat.ini '[/usr/bin/cat]' 'read = /usr /missing'
chown -R alice:alice /home/alice/.config
plain as alice landlock check
gives "a user's own are looked at" 1 \
	"$own/usr.bin.cat.ini:2: read: /missing is missing; write a - before it if it may be missing [missing]
1 finding in 1 file" ""
plain as bob landlock check
gives "by nobody else" 0 "0 files, nothing to mend" ""
plain as alice landlock check .config/landlock/usr.bin.cat.ini
holds "a file may be named" eval '[[ $status = 1 && $out == "$own/usr.bin.cat.ini:2: read: "* ]]'
file /home/bob/some.ini '[/usr/bin/cat]' 'read = /usr'
chmod 755 /home/bob && chown bob /home/bob/some.ini
plain as alice landlock check /home/bob/some.ini
holds "it need not be believed, which is told" \
	eval '[[ $status = 0 && $out == *"is not believed"*"[unbelieved]"* ]]'
plain landlock check /missing.ini
holds "it has to be there" eval '[[ $status = 1 && $out == "/missing.ini: does not exist [unreadable]"* ]]'
plain landlock check /etc
holds "and to be a file" eval '[[ $status = 1 && $out == *"is no regular file"* ]]'
cd / || exit
file /hostile.ini $'[/usr/bin/\e]0;x\a"\\\xff]' 'read = /usr'
plain landlock check hostile.ini
holds "no byte drives the terminal" eval '[[ $out != *$'"'\\e'"'* ]]'
plain landlock check --json hostile.ini
holds "and JSON stays JSON" [ "$(of_json 'd["files"], d["findings"], d["all"][0]["id"]')" = "1 3 fault" ]
rm /hostile.ini
cd - > /dev/null || exit

# --- the kernel ---

file $layer/landlock.ini '[/usr/bin/cat]' "${base[@]}" 'deny = /etc/passwd'
plain landlock check
brief=$out
plain landlock check --verbose
holds "limits are told when asked for" eval '[[ $out == *"[limit]"* && $brief != *"[limit]"* ]]'
file $layer/landlock.ini '[/usr/bin/cat]' 'rule = fs_readonly.o'
plain landlock check
if [ "$(landlock features | sed -n 's/^Landlock rules (rule =) *\([a-z]*\).*/\1/p')" = on ]; then
	holds "rules are enforced here" [ "$status" = 0 ]
else
	holds "what this kernel lacks is told" eval '[[ $status = 1 && $out == *"[kernel]"* ]]'
	echo 'on-error = warn' >> $layer/landlock.ini
	plain landlock check
	holds "with on-error = warn, that it is left out" eval '[[ $status = 1 && $out == *"[left-out]"* ]]'
fi
rm $layer/landlock.ini

for wrong in --wrong -x; do
	plain landlock check $wrong
	holds "an option that is none: $wrong" [ "$status" = 2 ]
done

# --- all that is shipped ---

rm -rf /usr/share/landlock $own
mv /usr/share/real-landlock /usr/share/landlock
for place in / /root; do
	plain env -C $place landlock check
	holds "all that is shipped passes, from $place" [ "$status" = 0 ]
done
plain as alice landlock check
holds "and for a user" [ "$status" = 0 ]

done_testing
