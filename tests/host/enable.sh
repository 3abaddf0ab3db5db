#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# landlock enable, disable and list: shipped profiles into layers, by who asks.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/user.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
shipped=/usr/share/landlock/profiles
layer=/etc/landlock
own=/home/alice/.config/landlock

# What a profile of these tests denies, on every kernel that has Landlock: to read
# what is not below /usr, /etc or /proc.
mkdir -p $shipped
rm -f $shipped/*
ship() { # FILE SECTION LINE...
	printf '%s\n' "[$2]" 'read = /usr /etc /proc' 'exec = /usr /bin /lib' \
		'exec = -/lib64' 'write = /dev' "${@:3}" > "$shipped/$1"
}
ship usr.bin.cat.ini /usr/bin/cat
ship usr.bin.head.ini /usr/bin/head
ship usr.bin.absent.ini /usr/bin/absent
ship usr.bin.tool.ini /usr/bin/tool
ship usr.bin.agent.ini agent 'match = /usr/bin/agent /home/*/.local/bin/agent'
echo secret > /home/secret
chmod 644 /home/secret

# A program of several names, as alternatives make it.
cp /usr/bin/cat /usr/bin/tool.real
ln -s /etc/alternatives/tool /usr/bin/tool
ln -s /usr/bin/tool.real /etc/alternatives/tool
ln -s tool.real /usr/bin/tool.other
# One of a user's own, whose link another version will change.
as alice mkdir -p .local/bin .local/share/agent/1
cp /usr/bin/cat /home/alice/.local/share/agent/1/agent
ln -s ../share/agent/1/agent /home/alice/.local/bin/agent

names() { # DIRECTORY
	find "$1" -mindepth 1 -maxdepth 1 -printf '%f\n' 2> /dev/null | sort
}
has() { # NAME DIRECTORY FILE...
	[ "$(names "$2")" = "$(printf '%s\n' "${@:3}")" ]
	result $? "$1"
}
reads_secret() { # COMMAND: as alice, under the shim
	plain as alice LD_PRELOAD=liblandlock_shim.so "$@" /home/secret
}
is_held() { # NAME COMMAND
	reads_secret "${@:2}"
	[ "$status" = 1 ] && [ -z "$out" ] && [[ $err == *"Permission denied" ]]
	result $? "$1"
}
is_free() { # NAME COMMAND
	reads_secret "${@:2}"
	gives "$1" 0 secret ""
}

# --- a user's own layer ---

is_free "what is shipped alone restricts nobody" cat
plain as alice landlock enable cat
gives "a user enables a profile" 0 "cat: enabled: $own/usr.bin.cat.ini" ""
holds "in a directory that is his alone" \
	[ "$(stat -c '%a %U' $own)" = "700 alice" ]
holds "by a link to the shipped file" \
	[ "$(readlink $own/usr.bin.cat.ini)" = $shipped/usr.bin.cat.ini ]
is_held "and the program is held" cat
plain as bob LD_PRELOAD=liblandlock_shim.so cat /home/secret
gives "no other user's is" 0 secret ""
before=$(stat -c %i $own/usr.bin.cat.ini)
plain as alice landlock enable cat
gives "enabling it again changes nothing" 0 \
	"cat: enabled already: $own/usr.bin.cat.ini" ""
holds "not even the link" [ "$(stat -c %i $own/usr.bin.cat.ini)" = "$before" ]
plain as alice landlock disable cat
gives "he disables it" 0 "cat: disabled: $own/usr.bin.cat.ini" ""
is_free "and the program is free" cat
plain as alice landlock disable cat
gives "disabling it again changes nothing" 0 "cat: not enabled" ""
plain as alice landlock enable /usr/bin/cat head
gives "several are enabled, by path or name" 0 \
	"/usr/bin/cat: enabled: $own/usr.bin.cat.ini"$'\n'"head: enabled: $own/usr.bin.head.ini" ""
plain as alice landlock disable cat head
has "and disabled" $own ""

plain as alice XDG_CONFIG_HOME=/home/alice/configuration landlock enable cat
gives "XDG_CONFIG_HOME is heeded" 0 \
	"cat: enabled: /home/alice/configuration/landlock/usr.bin.cat.ini" ""
plain as alice HOME= landlock enable cat
gives "without a home there is no place" 1 "" 'landlock-shim: there is no place .*'

# --- names ---

plain as alice landlock enable tool
holds "a program of several names is enabled by all that are its own" \
	[ "$status$out$err" = "0tool: enabled: $own/usr.bin.tool.ini
tool: enabled: $own/usr.bin.tool.real.ini" ]
for name in tool tool.real tool.other; do
	is_held "as which it is held: $name" $name
done
plain as alice landlock disable tool
has "all are disabled at once" $own ""

user_path=/home/alice/.local/bin:/usr/bin:/bin
plain as alice landlock enable agent
gives "a program of a user's own is enabled by where it is started" 0 \
	"agent: enabled: $own/home.alice..local.bin.agent.ini" ""
is_held "and held" agent
as alice mkdir .local/share/agent/2
cp /usr/bin/cat /home/alice/.local/share/agent/2/agent
ln -sf ../share/agent/2/agent /home/alice/.local/bin/agent
is_held "as is the next version" agent
user_path=
plain as alice landlock disable agent
gives "it is disabled when it is no more in PATH" 0 \
	"agent: disabled: $own/home.alice..local.bin.agent.ini" ""

plain as alice landlock enable absent
gives "a program that is not here is enabled, which is said" 0 \
	"absent: enabled: $own/usr.bin.absent.ini" \
	'landlock-shim: absent is not here: enabled by the name of the shipped file; .*'
plain as alice landlock disable absent
has "and disabled" $own ""
plain as alice landlock enable caat
gives "a slip is told with what may be meant" 1 "" \
	'landlock-shim: no profile is shipped for caat; did you mean cat\?'
plain as alice landlock enable nothing-like-it
gives "what is like nothing is told" 1 "" \
	'landlock-shim: no profile is shipped for nothing-like-it; landlock list names them'
plain as alice landlock disable caat
gives "to disable as well" 1 "" \
	'landlock-shim: no profile is shipped for caat; did you mean cat\?'
plain as alice landlock enable /usr/bin/missing
gives "a path to nothing is an error" 1 "" 'landlock-shim: /usr/bin/missing: No such file or directory'
cp /usr/bin/cat /usr/local/bin/head
plain as alice landlock enable /usr/local/bin/head
gives "another program of the same name is not held to it" 1 "" \
	"landlock-shim: $shipped/usr.bin.head.ini speaks of another program than /usr/local/bin/head, which would be found by usr.local.bin.head.ini; .*"
rm /usr/local/bin/head
plain as alice landlock enable caat head
gives "what can be enabled is, beside what cannot" 1 \
	"head: enabled: $own/usr.bin.head.ini" '.*caat.*'
as alice landlock disable head > /dev/null

# --- programs of one profile ---

ship usr.bin.first.ini /usr/bin/first 'match = /usr/bin/second /usr/bin/fourth /usr/bin/absent' \
	'match = /usr/bin/other*'
for name in first second other-1; do cp /usr/bin/cat /usr/bin/$name; done
ln -s second /usr/bin/fourth
plain as alice landlock enable first
gives "other programs of the profile, here and not enabled, are named" 0 \
	"first: enabled: $own/usr.bin.first.ini" \
	'landlock-shim: the profile of first speaks of programs that are not enabled: /usr/bin/second /usr/bin/fourth /usr/bin/other-1; enable them by name as well'
is_held "who is enabled is held" first
is_free "they are free" second
plain as alice landlock enable second other-1
gives "those of the same run, and other names of a file, are not" 0 \
	"second: enabled: $own/usr.bin.second.ini
other-1: enabled: $own/usr.bin.other-1.ini" ""
is_held "they are held" second
rm $own/usr.bin.second.ini
landlock enable second > /dev/null 2>&1
plain as alice landlock enable first
gives "nor those that the administrator enabled" 0 "first: enabled already: $own/usr.bin.first.ini" ""
plain landlock enable second
gives "root's word is of all users: what one of them enabled is named" 0 \
	"second: enabled already: $layer/usr.bin.second.ini" \
	'.*not enabled: /usr/bin/first /usr/bin/other-1; .*'
landlock disable second > /dev/null
rm $own/* /usr/bin/{first,second,fourth,other-1}

# --- files of others ---

as alice cp $shipped/usr.bin.cat.ini $own/usr.bin.cat.ini
plain as alice landlock enable cat
gives "a file of one's own is never written over" 1 "" \
	"landlock-shim: $own/usr.bin.cat.ini: is there and no link of landlock enable; .*"
plain as alice landlock disable cat
gives "nor removed" 1 "" \
	"landlock-shim: $own/usr.bin.cat.ini: is no link of landlock enable, and stays; .*"
holds "it is as it was" cmp -s $shipped/usr.bin.cat.ini $own/usr.bin.cat.ini
rm $own/usr.bin.cat.ini
as alice ln -s $shipped/usr.bin.gone.ini $own/usr.bin.cat.ini
plain as alice landlock enable cat
gives "a link of ours to what is gone is put right" 0 \
	"cat: enabled: $own/usr.bin.cat.ini" ""
has "and nothing is left beside it" $own usr.bin.cat.ini
rm $own/*
as alice ln -s $shipped/usr.bin.gone.ini $own/usr.bin.gone.ini
plain as alice landlock disable gone
gives "a link to what is no longer shipped is disabled" 0 \
	"gone: disabled: $own/usr.bin.gone.ini" ""

# --- what the shim would not believe ---

chmod 777 /home/alice/.config
plain as alice landlock enable cat
holds "what would not be believed is told" \
	eval '[[ $status = 1 && -z $out && $err == *"is not believed"* ]]'
chmod 700 /home/alice/.config
has "and taken back, as it would end the program" $own ""
mkdir /home/bob/.config && mkdir -m 755 /home/bob/.config/landlock
plain as alice XDG_CONFIG_HOME=/home/bob/.config landlock enable cat
holds "another user's directory is refused" eval '[[ $status = 1 && -z $out && -n $err ]]'
rm -r /home/bob/.config

# --- the administrator's layer ---

plain landlock enable cat
gives "root enables it for everyone" 0 "cat: enabled: $layer/usr.bin.cat.ini" ""
is_held "who is then held" cat
plain as alice landlock disable cat
gives "a user cannot disable that" 1 "" \
	"landlock-shim: $layer/usr.bin.cat.ini: cat is enabled by the administrator; .*"
plain as alice landlock enable cat
plain as alice landlock disable cat
gives "only his own of two" 1 "cat: disabled: $own/usr.bin.cat.ini" \
	"landlock-shim: $layer/usr.bin.cat.ini: cat is enabled by the administrator; .*"
plain landlock disable cat
gives "root disables it" 0 "cat: disabled: $layer/usr.bin.cat.ini" ""
rmdir $layer
plain landlock enable cat
gives "a directory that is missing is made" 0 "cat: enabled: $layer/usr.bin.cat.ini" ""
holds "for everyone to read" [ "$(stat -c '%a %u' $layer)" = "755 0" ]
landlock disable cat > /dev/null

# --- what will not be enforced ---

printf 'int main(void) { return 0; }\n' > "$scratch/static.c"
gcc -static -o /usr/bin/unheld "$scratch/static.c" || exit
ship usr.bin.unheld.ini /usr/bin/unheld
plain as alice landlock enable unheld
holds "that a program is static is told" \
	eval '[[ $status = 0 && $out == *enabled:* && $err == *"use landlock run"* ]]'
chmod u+s /usr/bin/tool.real
plain as alice landlock enable tool
holds "that it is set-user-ID is told" \
	eval '[[ $status = 0 && $err == *"privileges of its own"* ]]'
chmod u-s /usr/bin/tool.real
ship usr.bin.head.ini /usr/bin/head 'raed = /usr'
plain as alice landlock enable head
holds "that a profile has a fault is told" \
	eval '[[ $status = 1 && $out == *enabled:* && $err == *usr.bin.head.ini:6:*raed* ]]'
ship usr.bin.head.ini /usr/bin/head
rm $own/*

# --- what there is ---

rows() { # EXPRESSION: of each object, as alice
	plain as alice landlock list --json
	of_json "[($1) for p in d]"
}
rm -f $shipped/*
ship usr.bin.cat.ini /usr/bin/cat
ship usr.bin.tool.ini /usr/bin/tool
ship usr.bin.absent.ini /usr/bin/absent
landlock enable cat > /dev/null
as alice landlock enable tool > /dev/null
holds "each is told once, by whom it is enabled, and what of it is here" [ "$(rows \
	'p["name"], p["layer"], p["state"], p["program"]')" = \
	"[('cat', 'administrator', 'enabled', '/usr/bin/cat'), ('tool', 'user', 'enabled', '/usr/bin/tool'), ('absent', None, None, None)]" ]
holds "with the shipped file, and that of the layer" [ "$(rows 'p["shipped"], p["file"]')" = \
	"[('$shipped/usr.bin.cat.ini', '$layer/usr.bin.cat.ini'), ('$shipped/usr.bin.tool.ini', '$own/usr.bin.tool.ini'), ('$shipped/usr.bin.absent.ini', None)]" ]
plain as alice landlock list
holds "to people as columns" eval '
	grep -q "^cat  *enabled  *administrator  */usr/bin/cat  $layer/usr.bin.cat.ini$" <<< "$out" &&
	grep -q "^absent  *-  *-  *(not here)$" <<< "$out"'
as alice landlock disable tool > /dev/null
rm $shipped/usr.bin.cat.ini
printf '%s\n' '[mine]' 'match = /usr/bin/hea*' 'mode = off' '[/usr/bin/tail]' 'mode = complain' \
	'[@template]' 'read = /usr' '[/usr/bin/sort]' 'raed = x' > $own/landlock.ini
holds "a link to nothing is broken; own profiles have their state" [ "$(rows \
	'p["name"], p["state"], p["shipped"] is None')" = \
	"[('cat', 'broken', False), ('mine', 'off', True), ('/usr/bin/tail', 'complain', True), ('/usr/bin/sort', 'faulty', True), ('absent', None, False), ('tool', None, False)]" ]
printf '[/usr/bin/x]\nmode = off\n' > "$own/"$'a\e]0;x\a"\\\xff.ini'
holds "JSON stays JSON, whatever the names" [ "$(rows '1' | tr -dc 1)" = 1111111 ]
plain as alice landlock list
holds "and no name drives the terminal" eval '[[ $out != *$'"'\\e'"'* ]]'
plain landlock list cat
holds "nothing is asked for by name" [ "$status" = 2 ]

# --- usage ---

plain landlock enable
holds "a name is needed" eval '[[ $status = 2 && $err == *"no program given"* ]]'
plain landlock disable
holds "to disable as well" eval '[[ $status = 2 && $err == *"no program given"* ]]'
plain as alice landlock enable $'\e]0;x\a'
holds "no name drives the terminal" eval '[[ $status = 1 && $err != *$'"'\\e'"'* ]]'

done_testing
