#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# landlock status: which processes are held, by what can be known from outside.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/user.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
layer=/etc/landlock
# Our processes alone, and no process of the machine is asked for.
started=()
end() {
	[ ${#started[@]} = 0 ] || kill "${started[@]}" 2> /dev/null
	rm -rf "$scratch"
}
trap end EXIT

profile() { # FILE SECTION LINE...
	printf '%s\n' "[$2]" 'read = /usr /etc /proc' 'exec = /usr /bin /lib' \
		'exec = -/lib64' 'write = /dev' "${@:3}" > "$layer/$1"
}
start() { # COMMAND...: $pid is the process, once it is the program that it stays
	"$@" > /dev/null 2>&1 < /dev/null &
	pid=$!
	started+=("$pid")
	local i
	for ((i = 0; i < 400; i++)); do
		case $(readlink "/proc/$pid/exe") in
		*/setpriv | */env | "$(readlink /proc/$$/exe)" | */landlock) sleep 0.02 ;;
		*) break ;;
		esac
	done
	# Its start is past, to the second, for the clock of files to be told from it.
	sleep 0.2
}
as_alice() { # COMMAND...
	start setpriv --reuid=alice --regid=alice --clear-groups env -i \
		HOME=/home/alice PATH=/usr/bin:/bin "$@"
}
preload=LD_PRELOAD=liblandlock_shim.so
state() { # NAME STATE STATUS [TEXT]: of $pid, as alice
	plain as alice landlock status "$pid"
	[ "$status" = "$3" ] && [[ $out == *" $pid  $2  "*"${4-}"* ]] && [ -z "$err" ]
	result $? "$1"
}

cp /usr/bin/sleep /usr/bin/held
cp /usr/bin/sleep /usr/bin/other
printf '%s\n' '#!/usr/bin/env bash' '/usr/bin/other 1000' 'exit' > /usr/bin/script
chmod 755 /usr/bin/script

as_alice $preload held 1000
state "a process that no profile speaks of" "no profile " 1 /usr/bin/held
free=$pid
sleep 1.1
profile usr.bin.held.ini /usr/bin/held
pid=$free
state "one that began before its profile is not held" "not held   " 1 \
	"$layer/usr.bin.held.ini:1 [/usr/bin/held]: it was started before its profile"
sleep 1.1
as_alice $preload held 1000
state "one that began with it is" "held       " 0 "$layer/usr.bin.held.ini:1 [/usr/bin/held]"
held=$pid
as_alice held 1000
state "one without the library is not" "not held   " 1 "it was started without the library"
as_alice landlock run held 1000
state "of one of landlock run it can't be told" "may be held" 1 "landlock run may have started it"
run=$pid
sleep 1.1
touch $layer/usr.bin.held.ini
pid=$held
state "nor where the profile was changed since" "may be held" 1 "its profile was changed since"
profile usr.bin.held.ini /usr/bin/held 'mode = complain'
pid=$run
state "what is under something else has no profile of its own" "no profile " 1 "no_new_privs"
pid=$free
state "complain holds nobody" "no profile " 1 "its profile is not to be enforced"

profile usr.bin.script.ini /usr/bin/script 'exec = /usr/bin'
sleep 1.1
as_alice $preload script
state "a script that env(1) has started is told by its own profile" "held       " 0 \
	"$layer/usr.bin.script.ini:1 [/usr/bin/script]"
script=$pid
for ((i = 0; i < 100; i++)); do
	child=$(< "/proc/$script/task/$script/children")
	[ -z "$child" ] || [[ $(readlink "/proc/${child% }/exe") != *other ]] || break
	sleep 0.05
done
pid=${child% }
started+=("$pid")
state "what it starts inherits that" "inherits   " 0 "from $script: $layer/usr.bin.script.ini:1"

printf '#include <unistd.h>\nint main(void) { return pause(); }\n' > "$scratch/static.c"
gcc -static -o /usr/bin/unheld "$scratch/static.c" || exit
profile usr.bin.unheld.ini /usr/bin/unheld
as_alice $preload unheld
state "of a static program it is said" "not held   " 1 "held by landlock run alone"
static=$pid

profile usr.bin.held.ini /usr/bin/held 'raed = /usr'
as_alice held 1000
state "a profile with a fault speaks all the same" "not held   " 1 "without the library"
rm $layer/usr.bin.held.ini
: > $layer/usr.bin.held.ini
pid=$free
state "a file that cannot be used is told" "not held   " 1 "holds no section"
rm $layer/usr.bin.held.ini

# --- a user's own profiles, and whose processes are shown ---

as alice mkdir -p .config/landlock
profile usr.bin.other.ini /usr/bin/other
mv $layer/usr.bin.other.ini /home/alice/.config/landlock/
chown alice:alice /home/alice/.config/landlock/*
sleep 1.1
as_alice $preload other 1000
state "the user's own profile counts for his" "held       " 0 "/home/alice/.config/landlock/usr.bin.other.ini:1"
mine=$pid
plain landlock status "$mine"
holds "as root sees it" eval '[[ $status = 0 && $out == *" held "*"/home/alice/.config"* ]]'
plain as bob landlock status "$mine"
gives "to other users it is not there" 1 "" "landlock-shim: process $mine is not there, .*"
plain as bob landlock status
gives "who have none of their own" 0 "    PID  STATE        PROGRAM  PROFILE" ""
plain as alice landlock status
holds "without a number, all that matter are told, and the status says if all is well" \
	eval '[[ $status = 1 && $out == *" $mine  held "* && $out == *" $static  not held "* &&
		$out != *" $run "* ]]'

# --- JSON, and names of any bytes ---

plain as alice landlock status --json
holds "JSON has the same" [ "$(of_json \
	"[(p['state'], p['no_new_privs'], p['library']) for p in d if p['pid'] == $mine]")" = "[('held', True, True)]" ]
hostile=$'/usr/bin/a\e]0;x\a"\\\xff\n'
cp /usr/bin/sleep "$hostile"
printf '%s\n' '[hostile]' 'match = /usr/bin/a*' 'exec = /usr' > $layer/landlock.ini
as_alice "$hostile" 1000
plain as alice landlock status --json "$pid"
holds "and stays JSON" [ "$(of_json 'd[0]["program"][:11].encode()')" = "b'/usr/bin/a\\x1b'" ]
plain as alice landlock status "$pid"
holds "no name drives the terminal, or forges a line" \
	eval '[[ $out != *$'"'\\e'"'* && $(wc -l <<< "$out") = 2 ]]'

for wrong in 0 -1 x 1x 99999999999999999999 '1 2'; do
	# shellcheck disable=SC2086 # two of them
	plain landlock status $wrong
	holds "no process is called $wrong" eval '[[ $status = 2 && -n $err ]]'
done

done_testing
