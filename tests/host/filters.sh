#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Seccomp filters: those of others, under which the shim asks for no more than it
# needs, and its own, which closes what leads around TCP ports.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=$(mktemp -d /tmp/landlock-filters.XXXXXX)
trap 'kill $COPROC_PID 2> /dev/null; rm -rf "$work" "$scratch"' EXIT
has 5 || { done_testing; exit; }
refused='.*Permission denied.*'
mkdir "$work/in"
echo content | tee "$work/in/file" > "$work/file"
chmod 755 "$work"
mkdir "$work/bin" && cp build/tests/host/filtered build/tests/host/tcp "$work/bin"
PATH=$PATH:$work/bin programs+=" $work/bin/*" base+=("exec = $work/bin")
under() { # ANSWER CALL... -- COMMAND...
	plain filtered "$@"
}
start=(/usr/bin/env LD_PRELOAD=liblandlock_shim.so /usr/bin/cat "$work/in/file" "$work/file")
everything=(seccomp bpf self-attr landlock-create landlock-add landlock-restrict capget
	getppid no-new-privs socketpair fork openat2)

# --- a program without a profile, and one without what would be asked ---

printf '%s\n' '[/usr/bin/other]' 'read = /usr' > /etc/landlock/landlock.ini
under kill "${everything[@]}" -- "${start[@]}"
gives "without a profile nothing is asked that a filter could kill for" 0 $'content\ncontent' ""
under 38 open-by-path openat2 -- "${start[@]}"
gives "nor is there a word if O_PATH gets ENOSYS, as from man's filter" 0 $'content\ncontent' ""
under 1 statx -- "${start[@]}"
holds "without statx(2) the program starts" [ "$status" = 0 ]
profile "read = $work/in"
[ -n "$(has_view && echo view)" ] || {
	under kill bpf self-attr socketpair fork -- "${start[@]}"
	gives "a profile of paths asks for no rules" 1 content "$refused"
	under kill seccomp -- /usr/bin/setpriv --bounding-set=-sys_admin "${start[@]}"
	gives "nor, of who could not load them, for views" 1 content "$refused"
}
under 38 open-by-path openat2 -- "${start[@]}"
gives "a profile of paths does without O_PATH and openat2(2)" 1 content "$refused"

# --- what it needs is refused ---

told() { # ANSWER CALL PATTERN
	profile "read = $work/in"
	under "$1" "$2" -- /usr/bin/setpriv --bounding-set=-sys_admin "${start[@]}"
	gives "$2 with errno $1 ends the start" 125 "" "landlock-shim: $3"
	profile "read = $work/in" 'on-error = warn'
	under "$1" "$2" -- /usr/bin/setpriv --bounding-set=-sys_admin "${start[@]}"
	gives "or, with on-error = warn, is told" 0 $'content\ncontent' "landlock-shim: $3"
}
told 1 landlock-create '.*: read: .*seccomp filter \(EPERM\).*SystemCallFilter=landlock_create_ruleset .*'
told 38 landlock-create '.*: read: .*\(ENOSYS\).*'
told 95 landlock-create '.*: read: .*\(EOPNOTSUPP\).*'
told 1 landlock-restrict '.*the ruleset cannot be applied: .*'
told 38 landlock-add '.*: read: .*Function not implemented.*'

# --- around TCP ports ---

listen='import socket
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1], flush=True)
while True: s.accept()'
coproc $python -c "$listen" 2> /dev/null
read -r port <&"${COPROC[0]}"

declare -A answers=([mptcp]=93 [sendto]=95 [sendmsg]=95 [sendmmsg]=95 [option]=95
	[io_uring]=1 [connect]=13)
for way in "${!answers[@]}"; do
	profile 'connect-tcp = any'
	shim tcp "$way" "$port"
	open=$status
	profile 'connect-tcp = none'
	shim tcp "$way" "$port"
	if [ "$open" = 0 ]; then
		holds "connect-tcp refuses $way" [ "$status" = "${answers[$way]}" ]
	else
		echo "# not tested here, as it fails in any case with errno $open: $way"
	fi
done
profile "connect-tcp = $port" 'bind-tcp = none'
shim tcp connect "$port"
gives "a granted port is connected to all the same" 0 "" ""
profile 'connect-tcp = none'
shim landlock show /usr/bin/cat
holds "show tells what is left open" grep -q 'connect-tcp.*UDP is not restricted' <<< "$out"

done_testing
