#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The landlock command, on whatever kernel runs.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
missing='rule = missing.o'
missing_object='landlock-shim: landlock run -r:1: rule: .*/missing\.o does not exist; .*'
missing_profile='landlock-shim: /etc/landlock/landlock\.ini:2: rule: .*/missing\.o does not exist; .*'
python=$(realpath /usr/bin/python3)

profile() { # LINE...
	printf '%s\n' "$@" > /etc/landlock/landlock.ini
}

# --- usage ---

plain landlock --version
holds "--version tells one line" eval '[[ $status = 0 && $out = landlock-shim\ * ]]'
plain landlock --help
holds "--help names every subcommand" eval '[[ $status = 0 &&
	$out = *"landlock run"*"landlock show"*"landlock features"*"landlock preload"* ]]'
for command in run show features preload; do
	plain landlock $command --help
	holds "$command --help tells its usage" \
		eval '[[ $status = 0 && $out = "Usage: landlock $command"* ]]'
done

wrong() { # NAME STATUS COMMAND...
	plain "${@:3}"
	holds "$1" eval '[[ $status = "'"$2"'" && -z $out && -n $err ]]'
}
wrong "no argument is wrong usage" 2 landlock
wrong "an unknown subcommand is wrong usage" 2 landlock frobnicate
wrong "an unknown option is wrong usage" 2 landlock features --jsonn
wrong "show without a program is wrong usage" 2 landlock show
wrong "preload without a word is wrong usage" 2 landlock preload
wrong "run without a command exits with 125" 125 landlock run
wrong "run with an unknown option exits with 125" 125 landlock run -x echo
wrong "an object without a command exits with 125" 125 landlock fs_readonly.o

# --- features ---

plain landlock features
holds "features tells of rules and of mainline Landlock" eval \
	'[[ $status = 0 && $out = *"Landlock rules"*"mainline Landlock"* ]]'
holds "and of who may load rules, where there are any" eval \
	'[[ $out = *"may be loaded"* ]] || [[ $out = *"Landlock rules"*" absent "* || $out = *"Landlock rules"*" off "* ]]'
holds "and of what no key reaches" grep -q '^  an inherited terminal: ' <<< "$out"
holds "and which keys this kernel enforces, or a newer one" eval \
	'[[ $out =~ "network, scope terminal "\ +(yes|no)" " && $out =~ "connect-unix "\ +(yes|no\ +needs\ ABI\ 9) ]]'
plain landlock features --json
holds "features --json is JSON" "$python" -c 'import json, sys
d = json.loads(sys.argv[1])
sys.exit(d["rules"] not in ("absent", "off", "on") or not d["limits"])' "$out"
holds "features fails when its output cannot be written" \
	eval '! landlock features > /dev/full 2> /dev/null'

# --- profiles ---

plain landlock run echo hello
gives "without -p, -r or a profile nothing is run" 125 "" \
	'landlock-shim: no profile speaks of /usr/bin/echo; .*'

profile '[/usr/bin/echo]' "$missing"
plain landlock run echo hello
gives "without -p and -r the command's profile counts" 125 "" "$missing_profile"
plain landlock run -p /usr/bin/echo true
gives "-p applies a section to another command" 125 "" "$missing_profile"
plain landlock run -p /usr/bin/none true
holds "-p with an unknown section is refused" \
	eval '[[ $status = 125 && $err = landlock-shim:*/usr/bin/none* ]]'

profile '[/usr/bin/echo]' 'rulez = x.o'
plain landlock run echo hello
gives "a faulty profile is refused" 125 "" 'landlock-shim: .*:2: rulez: .*'
profile '[/usr/bin/echo]' 'rulez = x.o' 'on-error = warn'
plain landlock run echo hello
gives "or told and left out" 0 hello 'landlock-shim: .*:2: rulez: .*'

profile '[/usr/bin/echo]' "$missing" 'mode = off'
plain landlock run echo hello
gives "a profile that is off is told of" 0 hello \
	'landlock-shim: .*:[0-9]+: mode: the profile /usr/bin/echo is off: nothing is enforced; .*'

# Two sections, each with something of its own that is missing.
profile '[one]' 'match = /x' 'read = /missing/one' 'on-error = warn' \
	'[two]' 'match = /y' 'read = /missing/two' 'on-error = warn'
both='.*: read: /missing/one.*: read: /missing/two.*'
plain landlock run -p one -p two /usr/bin/true
holds "-p adds up" eval '[[ $err =~ $both ]]'

profile '[one]' 'match = /x' 'read = /missing/one' 'on-error = warn'
mkdir -p /etc/home/landlock
printf '%s\n' '[one]' 'match = /x' 'read = /missing/two' 'on-error = warn' \
	> /etc/home/landlock/landlock.ini
plain env XDG_CONFIG_HOME=/etc/home landlock run -p one /usr/bin/true
holds "-p means the sections of all layers" eval '[[ $err =~ $both ]]'
rm -r /etc/home

# --- objects ---

plain landlock run -r missing.o true
gives "-r with a missing object is refused" 125 "" "$missing_object"
plain landlock missing.o true
gives "landlock RULE.o COMMAND is the same" 125 "" "$missing_object"
plain landlock run -r '' true
gives "-r with an empty value is refused" 125 "" 'landlock-shim: landlock run -r:1: rule: .*'
plain landlock run -r $'a.o\nmode = off' true
gives "-r cannot smuggle in another key" 125 "" 'landlock-shim: landlock run -r:1: rule: .*'
plain landlock run -r $'a.o x=1\nmode = off' true
gives "nor by a parameter" 125 "" 'landlock-shim: landlock run -r:1: rule: .*'
plain landlock run -r 'a.o 1x=1' true
gives "parameters go through the checks of profiles" 125 "" \
	'landlock-shim: landlock run -r:1: rule: .*1x=1.*'
plain landlock run -r rule.txt true
gives "-r takes objects alone" 125 "" 'landlock-shim: landlock run -r:1: rule: not a rule object: "rule\.txt"; .*'
plain landlock run -r missing.o -r fs_readonly.o true
gives "-r adds up" 125 "" "$missing_object"

# An object that is none shows which file was meant.
mkdir -p '/etc/objects/a place'
cp /usr/bin/true '/etc/objects/a place/x.o'
cp /usr/bin/true /etc/objects/x.o
cp /usr/bin/true /etc/objects/fs_readonly.o
ln -s 'a place' /etc/objects/linked
refused() { # NAME OBJECT PATH
	plain landlock "$2" true
	gives "$1" 125 "" "landlock-shim: landlock run -r:1: rule: $3 .*"
}
cd /etc/objects || exit
refused "a name means the file here" fs_readonly.o '/etc/objects/fs_readonly\.o'
refused "and so does ./" ./x.o '/etc/objects/x\.o'
refused "and a path with a blank" 'a place/x.o' '/etc/objects/a place/x\.o'
refused "and an absolute one" /etc/objects/x.o '/etc/objects/x\.o'
refused "one that is missing is named" ./gone.o '/etc/objects/gone\.o'
cd '/etc/objects/a place' || exit
refused "../ is above" ../x.o '/etc/objects/x\.o'
refused "in a directory with a blank" ./x.o '/etc/objects/a place/x\.o'
cd /etc/objects || exit
refused "../ of a link is above what it leads to" linked/../x.o '/etc/objects/x\.o'
plain landlock run -r '"a place/x.o" n=1' true
gives "-r takes blanks between quotation marks" 125 "" \
	'landlock-shim: landlock run -r:1: rule: /etc/objects/a place/x\.o .*'
cd / || exit

# --- the command ---

profile '[any]' 'match = /usr/bin/none' 'bind-tcp = any'
run() {
	plain landlock run -p any "$@"
}
run echo -n hello
gives "the command's own options are its own" 0 hello ""
run -- echo hello
gives "-- ends the options" 0 hello ""
run sh -c 'exit 42'
gives "the exit status is the command's" 42 "" ""
for as in "" "-p any" "-r missing.o"; do
	# shellcheck disable=SC2086
	plain landlock run $as nonexistent-command
	gives "a command that is not found exits with 127 ($as)" 127 "" \
		'landlock-shim: nonexistent-command: No such file or directory'
done
run /etc/hostname/x
gives "a file in the way is not found" 127 "" 'landlock-shim: .*'
run /etc
gives "a directory cannot be executed" 126 "" 'landlock-shim: /etc: Permission denied'
run /etc/passwd
gives "nor what is not executable" 126 "" 'landlock-shim: .*Permission denied'
run ''
gives "an empty name is not found" 127 "" 'landlock-shim: .*'

bin=/etc/bin
mkdir $bin $bin/denied $bin/first $bin/second
cp /usr/bin/echo $bin/second/tool
printf 'x' > $bin/denied/tool
PATH=$bin/denied:$bin/second:$PATH run tool hello
gives "what may not be executed is passed over in PATH" 0 hello ""
PATH=$bin/denied:/usr/bin run tool hello
gives "and remembered when nothing else is found" 126 "" '.*Permission denied'
cd $bin/second || exit
PATH=:/usr/bin run tool hello
gives "an empty entry of PATH is this directory" 0 hello ""
PATH=/usr/bin:second:/none run tool hello
gives "a directory that is not there is passed over" 127 "" '.*'
cd $bin || exit
PATH=/usr/bin:second run tool hello
gives "a relative one is below this directory" 0 hello ""
cd / || exit

# --- what used to run without its profile ---

profile '[/usr/bin/echo]' "$missing"
landlock=$(command -v landlock)
plain env -u PATH "$landlock" run echo hello
gives "without PATH the command is found all the same" 125 "" "$missing_profile"

profile '[/etc/bin/second/tool]' "$missing"
deep=/etc/deep
mkdir $deep
long=$(printf 'x%.0s' {1..250})
(
	cd $deep || exit
	for ((i = 0; i < 20; i++)); do
		mkdir "$long" && cd "$long" || exit
	done
	ln $bin/second/tool tool || cp $bin/second/tool tool
)
in_deep() {
	cd $deep || exit
	for ((i = 0; i < 20; i++)); do
		cd "$long" || exit
	done
	"$@"
}
plain in_deep landlock run ./tool hello
gives "in a directory without a name a program is known by its file" 125 "" "$missing_profile"
profile '[any]' 'match = /usr/bin/none' 'bind-tcp = any'
plain in_deep landlock run ./tool hello
gives "one without a name has no profile by name" 125 "" 'landlock-shim: no profile speaks of .*'
plain in_deep landlock run -p any ./tool hello
gives "and is run under one that is given" 0 hello ""
printf '#!/bin/sh\necho script\n' > $bin/second/script
chmod 755 $bin/second/script
plain in_deep cp $bin/second/script script
plain in_deep landlock run -p any ./script
gives "a script there as well" 0 script ""
cd / || exit

without_proc() {
	unshare --mount sh -c 'umount -l /proc && exec "$@"' sh "$@"
}
profile '[/usr/bin/echo]' "$missing"
plain without_proc landlock run /usr/bin/../bin/echo hello
gives "without /proc a program has its profile" 125 "" "$missing_profile"
ln -s /usr/bin/echo /etc/objects/link
plain without_proc landlock run /etc/objects/link hello
gives "and by a link" 125 "" "$missing_profile"
profile '[any]' 'match = /usr/bin/none' 'bind-tcp = any'

in_unmounted() {
	mkdir -p /etc/mounted
	mount -t tmpfs tmpfs /etc/mounted || exit
	cp /usr/bin/echo /etc/mounted/tool
	cd /etc/mounted || exit
	umount -l /etc/mounted
	"$@"
}
plain in_unmounted landlock run ./tool hello
gives "in an unmounted directory nothing runs without a profile" 125 "" \
	'landlock-shim: no profile speaks of .*'
plain in_unmounted landlock run -p any ./tool hello
gives "and it runs with one" 0 hello ""
cd / || exit

in_memory() {
	"$python" -c '
import os, sys
fd = os.memfd_create("tool", 0)
os.write(fd, open("/usr/bin/echo", "rb").read())
os.execvp("landlock", ["landlock", "run", *sys.argv[1:],
	f"/proc/self/fd/{fd}", "hello"])' "$@"
}
profile '[/usr/bin/echo]' 'bind-tcp = any'
plain in_memory
gives "a program in memory does not run without a profile" 125 "" \
	'landlock-shim: no profile speaks of .*'
plain in_memory -p /usr/bin/echo
gives "and runs with one" 0 hello ""

# --- scripts ---

profile '[/usr/bin/cat]' "$missing"
printf '#!/bin/cat\nscript\n' > $bin/script
printf '#!%s\nscript\n' $bin/script > $bin/nested
chmod 755 $bin/script $bin/nested
plain landlock run $bin/script
gives "a script has its interpreter's profile" 125 "" "$missing_profile"
plain landlock run $bin/nested
gives "and so has one whose interpreter is a script" 125 "" "$missing_profile"
profile '[any]' 'match = /usr/bin/none' 'bind-tcp = any'
run $bin/script
gives "it runs as by its name" 0 $'#!/bin/cat\nscript' ""
printf '#!%s\n' /nonexistent > $bin/orphan
printf '#!%s\n' $bin/loop > $bin/loop
printf 'echo "$0 $1"\n' > $bin/text
printf '\0\0binary' > $bin/binary
chmod 755 $bin/*
run $bin/orphan
gives "a script without its interpreter is not found" 127 "" '.*its interpreter /nonexistent.*'
run $bin/loop
gives "one that is its own interpreter is refused" 126 "" '.*its interpreter.*'
run $bin/text 1
gives "a text without #! is run by sh" 0 "$bin/text 1" ""
run $bin/binary
gives "bytes that are no program are refused" 126 "" '.*Exec format error'

cp /usr/bin/echo $bin/exec-only
chmod 111 $bin/exec-only $bin/script
plain setpriv --reuid=65534 --regid=65534 --clear-groups landlock run -p any $bin/exec-only hello
gives "a program that may not be read is run" 0 hello ""
plain setpriv --reuid=65534 --regid=65534 --clear-groups landlock run -p any $bin/script
gives "a script that may not be read is not, as its interpreter is not known" 127 "" \
	'.*a script has to be readable.*'

# --- one look-up ---

# While the command is found and executed, its name leads to the one and to the
# other program in turn: the profile is that of the program that runs, always.
flip=$bin/flip
mkdir -m 777 $flip
cp /usr/bin/echo $flip/held
printf 'int main(void) { return 7; }\n' > "$scratch/other.c"
gcc -o $flip/other "$scratch/other.c" || exit
profile "[$flip/held]" "$missing" "[$flip/other]" 'bind-tcp = any'
(
	cd $flip || exit
	while :; do
		ln -f held new && mv new now
		ln -f other new && mv new now
	done
) 2> /dev/null &
flipper=$!
ran=0
while [ ! -e $flip/now ]; do sleep 0.1; done
for ((i = 0; i < 60; i++)); do
	plain landlock run $flip/now
	[ $status != 0 ] || ran=$((ran + 1))
done
kill $flipper
wait $flipper 2> /dev/null
holds "a name that is exchanged never runs a program without its profile" [ $ran = 0 ]

profile '[any]' 'match = /usr/bin/none' 'bind-tcp = any'
run "$python" -c 'import sys; print(sys.orig_argv[0])'
gives "the process has the name that was typed" 0 "$python" ""
plain bash -c 'landlock run -p any sleep 5 & sleep 0.5; cat /proc/$!/comm; kill $!'
holds "and the program's own name" eval '[[ $out = sleep ]]'

# --- show ---

profile '[/usr/bin/cat]' 'read = -/missing'
plain landlock show cat
holds "show searches PATH" grep -qxF '[/usr/bin/cat]  /etc/landlock/landlock.ini:1' <<< "$out"
holds "show exits with 0" [ "$status" = 0 ]
plain landlock show nonexistent-command
gives "show of nothing fails" 1 "" 'landlock-shim: nonexistent-command: .*'
profile '[/usr/bin/cat]' 'read = /missing'
plain landlock show cat
holds "what ends the program is told" eval \
	'[[ $status = 1 && $out = *"/missing"*"this fails"*"exit status 125"* ]]'
profile '[/usr/bin/cat]' 'reed = /'
plain landlock show cat
holds "and so is a fault" eval '[[ $status = 1 && $out = *"fault "*":2: reed: "* ]]'
profile '[/usr/bin/cat]' 'reed = /' 'mode = off'
plain landlock show cat
holds "a profile that is off says so" eval '[[ $status = 0 && $out = *"nothing is enforced"* ]]'

profile $'[/etc/bin/odd\xff\xc2\x9b"\\*]' $'match = /etc/bin/odd*' 'bind-tcp = none'
odd=$'/etc/bin/odd\xff\xc2\x9b"\\x\e'
cp /usr/bin/echo "$odd"
plain landlock show --json "$odd"
holds "JSON is JSON whatever the bytes" "$python" -c 'import json, sys
d, = json.loads(sys.stdin.buffer.read().decode("utf-8"))
sys.exit(d["program"]["path"] != "/etc/bin/odd\ufffd\u009b\"\\x\x1b")' <<< "$out"
plain landlock show "$odd"
holds "what drives a terminal is not printed" \
	eval '! grep -qP "[\x00-\x08\x0b-\x1f\x7f]|\xc2\x9b" <<< "$out" && [[ $out = *odd??* ]]'

profile '[any]' 'match = /usr/bin/* /etc/bin/*' 'bind-tcp = any'
plain landlock show "$landlock"
holds "show tells that a program is static" grep -q 'static program.*landlock run' <<< "$out"
plain setpriv --reuid=65534 --regid=65534 --clear-groups landlock show /usr/bin/passwd
holds "and that one is set-user-ID" grep -q 'privileges of its own' <<< "$out"
touch /etc/landlock.off
plain landlock show cat
holds "and that all is switched off" grep -q 'landlock\.off' <<< "$out"
rm /etc/landlock.off
plain landlock show /usr/bin/cat
holds "and nothing of that of others" eval '! grep -q "static\|privileges\|32-bit" <<< "$out"'
if gcc -m32 -o $bin/narrow "$scratch/other.c" 2> /dev/null; then
	plain landlock show $bin/narrow
	holds "and that one is a 32-bit program" grep -q '32-bit program' <<< "$out"
else
	echo "# not tested: this system's compiler makes no 32-bit programs"
fi

done_testing
