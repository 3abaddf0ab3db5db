#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Real programs held to paths, ports and scopes by the running kernel's Landlock.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=$(mktemp -d /tmp/landlock-paths.XXXXXX)
trap 'rm -rf "$work" "$scratch"' EXIT
mkdir -p "$work"/{in/sub,out,secret/deep}
echo content | tee "$work"/{in,in/sub,out,secret,secret/deep}/file > "$work/file"
ln -s "$work/in" "$work/link"
ln -s "$work/secret/file" "$work/in/to-secret"
cd / || exit

has 5 || { done_testing; exit; }
refused='.*Permission denied.*'

# --- read, write, exec ---

profile "read = $work/in" "write = $work/out"
shim cat "$work/in/file" "$work/in/sub/file" "$work/out/file"
gives "what is granted can be read, and what may be written, too" 0 \
	$'content\ncontent\ncontent' ""
shim cat "$work/file"
gives "what is not granted cannot" 1 "" "$refused"
shim ls "$work/in/sub"
gives "directories are listed as well" 0 file ""
shim ls "$work"
gives "but not the one above" 2 "" "$refused"
shim bash -c "echo x > $work/in/file"
gives "what may be read cannot be written" 1 "" "$refused"
shim bash -c "echo x > $work/in/new"
gives "nor can anything be made there" 1 "" "$refused"
shim rm "$work/in/file"
gives "nor removed" 1 "" "$refused"
shim truncate -s 0 "$work/in/file"
gives "nor truncated" 1 "" "$refused"
shim bash -c "cd $work/out && echo x > new && mkdir d && ln -s a b && ln new hard &&
	mv new d && truncate -s 0 d/new && mkfifo p && rm -r d b p hard"
gives "what may be written can be changed in all ways" 0 "" ""
shim mv "$work/out/file" "$work/in/moved"
gives "nothing is moved to where one may only read" 1 "" "$refused"
shim cat "$work/in/to-secret"
gives "a link grants nothing that it leads to" 1 "" "$refused"
cp /usr/bin/true "$work/in/program"
shim bash -c "$work/in/program"
gives "what may be read cannot be run" 126 "" "$refused"
profile "exec = $work/in"
shim bash -c "$work/in/program && cat $work/in/file"
gives "what may be run can be run, and read" 0 content ""
mkdir "$work/names"
ln "$work/in/program" "$work/names/other"
profile "exec = $work/in" "read = $work/names/other"
shim bash -c "$work/in/program"
gives "a file can be run that is granted less by another name" 0 "" ""
rm -r "$work/names"
profile "read = $work/link"
shim cat "$work/in/file"
gives "a link in a profile means what it leads to" 0 content ""
profile "read = $work/in/file"
shim cat "$work/in/file"
gives "one file can be granted" 0 content ""
shim cat "$work/in/sub/file"
gives "without its directory" 1 "" "$refused"
profile "read = $work/in"
shim $python -c "print(open('$work/in/file').read().strip()); open('$work/file')"
gives "python3 is held" 1 content ".*PermissionError.*"
shim git -C "$work/in" hash-object file
gives "git reads" 0 "$(git hash-object "$work/in/file")" ""
shim git init -q "$work/in/repository"
holds "git makes nothing" [ "$status" != 0 ]

# --- deny ---

profile "write = $work" "deny = $work/secret"
shim cat "$work/file" "$work/in/file"
gives "beside what is denied all is granted" 0 $'content\ncontent' ""
shim bash -c "echo x > $work/out/new"
gives "and may be written" 0 "" ""
shim bash -c "cat $work/file"
gives "a program under such a profile starts others that have it" 0 content ""
shim cat "$work/secret/file"
gives "what is denied is not" 1 "" "$refused"
shim cat "$work/secret/deep/file"
gives "nor what is in it" 1 "" "$refused"
shim cat "$work/in/to-secret"
gives "nor by a link" 1 "" "$refused"
shim mv "$work/secret" "$work/out/secret"
gives "nor moved to where one may write" 1 "" "$refused"
profile "read = $work" "deny = $work/secret/file"
shim ls "$work" "$work/secret"
holds "around a denied file directories are listed" [ "$status" = 0 ]
shim cat "$work/secret/deep/file"
gives "and their other files read" 0 content ""
shim cat "$work/secret/file"
gives "but not that one" 1 "" "$refused"
shim bash -c "bash -c 'cat $work/secret/deep/file; cat $work/secret/file'"
gives "also in a child under the same profile" 1 content "$refused"
profile "read = $work" "deny = $work/secret" "read = $work/secret/deep"
shim cat "$work/secret/deep/file"
gives "what is granted inside of what is denied is granted" 0 content ""
shim cat "$work/secret/file"
gives "and nothing else" 1 "" "$refused"
profile "read = $work" "deny = -$work/later"
mkdir "$work/later" && echo content > "$work/later/file" && rm -r "$work/later"
shim cat "$work/in/file"
gives "what is denied may be missing" 0 content ""
profile "deny = $work/secret"
shim cat "$work/in/file"
gives "deny alone grants nothing" 1 "" "$refused"

# --- what is wrong is told ---

profile "read = $work/missing"
shim cat /etc/hostname
gives "a missing path ends the start, with its line" 125 "" \
	"landlock-shim: /etc/landlock/landlock\.ini:[0-9]+: read: $work/missing: No such file or directory; .*"
profile "read = -$work/missing"
shim cat /etc/passwd
gives "unless it may be missing" 0 "$(< /etc/passwd)" ""
profile "deny = $work/missing"
shim cat /etc/passwd
gives "a denied path has to be there as well" 125 "" ".*: deny: $work/missing: .*"
profile "read = $work/missing $work/in" 'on-error = warn'
shim cat "$work/in/file" "$work/file"
gives "with on-error = warn it is said, and left out of the profile" 1 content \
	".*: read: $work/missing: .*$refused"
profile "read = $work/missing" 'mode = complain'
shim cat "$work/file"
gives "so it is with mode = complain" 0 content \
	".*: read: $work/missing: .*"$'\n'".*: mode: complain: .*"
if ! has_rules; then
	profile 'rule = deny_create.o' 'on-error = warn'
	shim cat "$work/file"
	holds "a kernel without rules still enforces paths, and says so" eval \
		'[ $status = 1 ] && [[ $err =~ ^.*:\ rule:.*Permission\ denied ]]'
fi

# --- ports ---

# listen PORT [accept]: prints the port that it got
listen='import signal, socket, sys
s = socket.socket()
s.bind(("127.0.0.1", int(sys.argv[1])))
s.listen()
print(s.getsockname()[1], flush=True)
signal.alarm(60)
if len(sys.argv) > 2: s.accept()'
connect='import socket, sys
socket.create_connection(("127.0.0.1", int(sys.argv[1])))'

coproc $python -c "$listen" 0 accept
read -r port <&"${COPROC[0]}"
profile "connect-tcp = $((port - 1))-$((port + 1))"
shim $python -c "$connect" "$port"
gives "a granted port is connected to" 0 "" ""
profile "connect-tcp = $((port - 1)) $((port + 1))"
shim $python -c "$connect" "$port"
gives "another is not" 1 "" ".*PermissionError.*"
profile 'connect-tcp = none'
shim $python -c "$connect" "$port"
gives "none means none" 1 "" ".*PermissionError.*"
profile 'bind-tcp = none'
shim $python -c "$listen" 0
gives "no port is bound" 1 "" ".*PermissionError.*"
profile "bind-tcp = $((port + 1))"
shim $python -c "$listen" 0
gives "one that is granted is not another" 1 "" ".*PermissionError.*"

# --- scopes ---

abstract_listen='import socket, time
s = socket.socket(socket.AF_UNIX)
s.bind("\0landlock-paths")
s.listen()
time.sleep(60)'
abstract_connect='import socket
socket.socket(socket.AF_UNIX).connect("\0landlock-paths")'

if has 6; then
	sleep 60 &
	outside=$!
	profile 'scope = signal'
	shim bash -c "kill -0 $outside"
	gives "no signal leaves the sandbox" 1 "" ".*Operation not permitted.*"
	shim bash -c 'sleep 60 & kill $!; wait $!'
	gives "inside they arrive" 143 "" ""
	kill $outside

	$python -c "$abstract_listen" &
	listener=$!
	until grep -q @landlock-paths /proc/net/unix; do sleep 0.1; done
	profile 'scope = abstract-unix'
	shim $python -c "$abstract_connect"
	gives "no abstract socket outside is reached" 1 "" ".*PermissionError.*"
	profile
	shim $python -c "$abstract_connect"
	gives "without the key it is" 0 "" ""
	kill $listener
fi

# --- landlock run ---

profile "read = $work/in"
plain landlock run -p tools cat "$work/in/file" "$work/file"
gives "landlock run holds its command" 1 content "$refused"

# --- landlock show ---

profile "read = $work/link" "write = -$work/missing" 'connect-tcp = 80 8000-8080' \
	'scope = signal' 'rule = deny_create.o'
plain landlock show /usr/bin/cat
holds "show prints a path and what it leads to" \
	grep -qF "  read         $work/link -> $work/in  [" <<< "$out"
holds "what is missing" grep -qF "  write        $work/missing  (missing)  [" <<< "$out"
holds "ports" grep -qF '  connect-tcp  80 8000-8080  [' <<< "$out"
has_rules || holds "and what this kernel does not enforce" \
	grep -qE '^  NOT ENFORCED /etc/landlock/landlock\.ini:[0-9]+: rule: .*; .*' <<< "$out"
plain landlock show --json /usr/bin/cat
holds "the same as JSON" eval '/usr/bin/python3 -c "
import json, sys
plan, = json.load(sys.stdin)
assert plan[\"section\"] == \"tools\" and plan[\"scope\"] == [\"signal\"]
assert plan[\"connect-tcp\"] == [[80, 80], [8000, 8080]]
assert [p for p in plan[\"paths\"] if p[\"resolved\"] == \"$work/in\"]
" <<< "$out"'
plain landlock show /usr/sbin/init
holds "show says when no profile speaks of a program" eval \
	'[ $status != 0 ] || [[ $out = "no profile speaks of "* ]]'

# --- what is left behind ---

profile "read = $work/in"
plain ls /proc/self/fd
before=$out
shim ls /proc/self/fd
gives "no descriptor stays" 0 "$before" ""
shim cat "$work/in/file" <&-
gives "a closed standard input changes nothing" 0 content ""

# --- much, long and gone ---

mkdir "$work/many"
(cd "$work/many" && seq 0 9999 | xargs touch)
echo last > "$work/many/9999"
mapfile -t many < <(seq -f "read = $work/many/%.0f" 1 9999)
profile "${many[@]}"
shim cat "$work/many/9999"
gives "ten thousand paths are granted" 0 last ""
shim cat "$work/many/0"
gives "and not one more" 1 "" "$refused"
mapfile -t many < <(seq -f "deny = $work/many/%.0f" 0 9998)
profile "read = $work/many" "${many[@]}"
shim cat "$work/many/9999" "$work/many/5000"
gives "as many are denied" 1 last "$refused"
rm -r "$work/many"

component=$(printf 'x%.0s' {1..254})
long=
for ((i = 0; i < 16; i++)); do
	long+=/$component
done
profile "read = ${long:0:4095}"
shim /usr/bin/true
gives "a path of 4095 bytes that is missing is an error" 125 "" '.*: read: /x.*'
profile "deny = -${long:0:4095}"
shim /usr/bin/true
gives "and may be missing" 0 "" ""
profile "read = $long/x"
shim /usr/bin/true
gives "one of 4096 bytes and more is refused" 125 "" '.*: read: .*'
(
	cd "$work" || exit
	for ((i = 0; i < 20; i++)); do
		mkdir "$component" && cd "$component" || exit
	done
	echo content > file
)
profile "read = $work/$component"
shim bash -c "cd $work/$component/$component && cat ../$component/file ./file; true"
gives "below a grant, depth is no matter" 0 "" '.*No such file.*'
rm -r "${work:?}/$component"

# Between the look at a path and its use it is gone, or a link: the program starts
# with all of its profile or not at all.
mkdir -p "$work/flip"
(
	while :; do
		mv "$work/flip" "$work/flop"
		ln -s "$work/out" "$work/flip"
		rm "$work/flip"
		mv "$work/flop" "$work/flip"
	done
) 2> /dev/null &
flipper=$!
wrong=0 starts=0
profile "read = $work" "deny = $work/flip" "deny = $work/file"
for ((i = 0; i < 20; i++)); do
	shim cat "$work/in/file" "$work/file"
	case $status in
	1) starts=$((starts + 1)); [[ $out == content && $err =~ ^cat:.*file:\ Permission\ denied$ ]] || wrong=1 ;;
	125) [[ $err =~ ^landlock-shim:.*flip ]] || wrong=1 ;;
	*) wrong=1 ;;
	esac
done
kill $flipper
wait $flipper 2> /dev/null
echo "# $starts of 20 started"
holds "a path that comes and goes is denied, or nothing is started" [ $wrong = 0 ]

done_testing
