#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Address families and terminals, which a seccomp filter alone holds real programs to.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=$(mktemp -d /tmp/landlock-network.XXXXXX)
trap 'kill $COPROC_PID 2> /dev/null; rm -rf "$work" "$scratch"' EXIT
chmod 755 "$work"
mkdir "$work/bin" && cp build/tests/host/filtered "$work/bin"
PATH=$PATH:$work/bin programs+=" $work/bin/*"
cd "$work" || exit

# Opens a socket of each family named: EAFNOSUPPORT, or whatever else came of it.
cat > families.py << 'END'
import errno, socket, sys
for name in sys.argv[1:]:
    family = getattr(socket, "AF_" + name)
    kind = {"NETLINK": socket.SOCK_RAW, "PACKET": socket.SOCK_RAW}.get(name, socket.SOCK_STREAM)
    try:
        socket.socket(family, kind)
        print(name, "ok")
    except OSError as error:
        print(name, errno.errorcode[error.errno])
END
families() { # COMMAND...
	shim "$@" $python "$work/families.py" UNIX INET INET6 NETLINK PACKET
}
tells() { # NAME WORD...: what came of each family
	gives "$1" 0 "$(printf '%s %s\n' UNIX "$2" INET "$3" INET6 "$4" NETLINK "$5" PACKET "$6")" ""
}
no=EAFNOSUPPORT

# --- families ---

only 'network = any'
families
# What this machine's kernel has, and root may.
read -ra open < <(cut -d' ' -f2 <<< "$out" | xargs)
tells "network = any leaves all families" "${open[@]}"
only 'network = none'
families
tells "network = none leaves none" $no $no $no $no $no
only 'network = inet'
families
tells "one family is granted alone" $no "${open[1]}" $no $no $no
only 'network = unix inet6' 'network = netlink'
families
tells "families add up" "${open[0]}" $no "${open[2]}" "${open[3]}" $no
only 'network = unix'
families bash -c 'exec "$@"' bash
tells "what a program starts is held as it is" "${open[0]}" $no $no $no $no
families env -i
tells "without its environment, too" "${open[0]}" $no $no $no $no

only 'network = none'
shim $python -c 'import socket
a, b = socket.socketpair()
a.send(b"hello")
print(b.recv(9).decode())'
gives "a pair of sockets works without any family" 0 hello ""
shim $python -c 'import asyncio
async def main():
    child = await asyncio.create_subprocess_exec("/usr/bin/echo", "hello")
    return await child.wait()
print(asyncio.run(main()))'
gives "and so does an event loop that needs one" 0 $'hello\n0' ""
shim $python -c 'import socket
try: a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
except OSError as error: print(error.strerror)'
gives "but none that could send to others" 0 "Socket type not supported" ""
shim $python -c 'import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
print(libc.syscall(425, 1, ctypes.create_string_buffer(120)), ctypes.get_errno())'
gives "nor a ring that would make one" 0 "-1 1" ""
shim getent hosts 192.0.2.1
holds "a resolver gives up in peace" [ "$status" = 2 ]
if [ -x /usr/bin/curl ]; then
	shim curl -sS http://127.0.0.1:9/
	holds "curl tells that it cannot connect" eval '[ "$status" = 7 ] && [[ $err == *onnect* ]]'
else
	echo "# not tested here: curl"
fi

listen='import socket
s = socket.create_server(("127.0.0.1", 0))
print(s.getsockname()[1], flush=True)
while True:
    c, _ = s.accept()
    c.recv(9999)
    c.sendall(b"HTTP/1.0 200 OK\r\n\r\nhello\n")
    c.close()'
coproc $python -c "$listen" 2> /dev/null
read -r port <&"${COPROC[0]}"
fetch='import sys, urllib.request
print(urllib.request.urlopen("http://127.0.0.1:" + sys.argv[1]).read().decode(), end="")'
only 'network = inet'
shim $python -c "$fetch" "$port"
gives "a granted family reaches its servers" 0 hello ""
if has 4; then
	only 'network = inet' "connect-tcp = $port"
	shim $python -c "$fetch" "$port"
	gives "and so beside granted ports" 0 hello ""
	only 'network = inet' 'connect-tcp = none'
	shim $python -c "$fetch" "$port"
	holds "both are held to" eval '[ "$status" = 1 ] && [[ $err == *"Permission denied"* ]]'
	only 'network = none' "connect-tcp = $port"
	families
	tells "whichever says less" $no $no $no $no $no
fi

# --- whatever kernel and whatever filters are on already ---

only 'network = none' 'scope = terminal'
plain filtered kill landlock-create landlock-add landlock-restrict bpf capget seccomp -- \
	/usr/bin/env LD_PRELOAD=liblandlock_shim.so $python families.py UNIX INET
gives "a filter alone asks nothing of Landlock" 0 $'UNIX EAFNOSUPPORT\nINET EAFNOSUPPORT' ""
plain filtered 38 landlock-create landlock-add landlock-restrict -- \
	/usr/bin/env LD_PRELOAD=liblandlock_shim.so $python families.py UNIX
gives "nor needs it" 0 'UNIX EAFNOSUPPORT' ""

# --- programs that start each other ---

cat > deep.sh << 'END'
if [ "$1" = 0 ]; then
	grep Seccomp_filters: /proc/self/status
	exec /usr/bin/python3 families.py UNIX INET
fi
bash deep.sh $(($1 - 1))
exit $?
END
count=$(sed -n 's/^Seccomp_filters:[[:space:]]*//p' /proc/self/status)
for lines in 'network = inet' 'network = inet:scope = terminal'; do
	mapfile -td : each < <(printf %s "$lines")
	only "${each[@]}"
	shim bash deep.sh 60
	gives "60 that start each other under \"$lines\" have one filter" 0 \
		$'Seccomp_filters:\t'$((count + 1))$'\nUNIX EAFNOSUPPORT\nINET ok' ""
done
only 'scope = terminal'
shim bash deep.sh 60
gives "and so under \"scope = terminal\"" 0 \
	$'Seccomp_filters:\t'$((count + 1))$'\nUNIX ok\nINET ok' ""

# A profile inside of another takes away, and gives nothing.
{
	printf '%s\n' '[/usr/bin/bash]' 'network = inet'
	printf '%s\n' '[python]' 'match = /usr/bin/python3*' 'network = unix inet inet6'
} > /etc/landlock/landlock.ini
families bash -c '"$@"' bash
tells "a profile inside of another widens nothing" $no "${open[1]}" $no $no $no

only 'network = none'
plain filtered 2017 witness -- /usr/bin/env LD_PRELOAD=liblandlock_shim.so \
	$python families.py UNIX
gives "outside, a witness that lies is found out" 0 'UNIX EAFNOSUPPORT' ""
only 'scope = terminal'
plain filtered 2017 witness -- /usr/bin/env LD_PRELOAD=liblandlock_shim.so \
	$python -c 'import fcntl
try: fcntl.ioctl(0, 0x5412, b"x")
except OSError as error: print(error.strerror)' < /dev/null
gives "about terminals as well" 0 'Operation not permitted' ""

# --- terminals ---

# In a terminal of its own, types into it: what a shell would read next.
cat > typing.py << 'END'
import fcntl, os, pty, sys, termios
pid, master = pty.fork()
if not pid:
    os.execvp(sys.argv[1], sys.argv[1:])
said = b""
while True:
    try: more = os.read(master, 999)
    except OSError: break
    if not more: break
    said += more
os.waitpid(pid, 0)
sys.stdout.write(said.decode().replace("\r", ""))
END
cat > type.py << 'END'
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
for command in (0x5412, 0x5412 | 1 << 32, 0x541c, 0x5423):
    value = ctypes.create_string_buffer(b"x")
    result = libc.syscall(16, 0, ctypes.c_ulong(command), value)
    print(hex(command), result and os.strerror(ctypes.get_errno()))
print(os.get_terminal_size(), os.tcgetpgrp(0) > 0)
END
terminal() {
	shim $python typing.py $python type.py
}
refused='Operation not permitted'
if [ "$(uname -m)" = x86_64 ]; then
	only 'network = any'
	terminal
	typed=$(sed -n 's/.*0x5412 //p' <<< "$out")
	only 'scope = terminal'
	terminal
	gives "nothing can be typed into a terminal, and all else be done" 0 \
		"$(printf '0x5412 %s\n0x100005412 %s\n0x541c %s\n0x5423 %s\n%s' "$refused" "$refused" \
			"$refused" "$refused" 'os.terminal_size(columns=0, lines=0) True')" ""
	[ "$typed" = 0 ] || echo "# this kernel refuses TIOCSTI by itself: $typed"
	shim $python typing.py bash -c 'read -rt 2 line < /dev/tty; stty size; echo "$-"'
	holds "a shell in a terminal works" [ "$status" = 0 ]
else
	echo "# not tested here: numbers of system calls are those of x86-64"
fi

# --- what is told ---

only 'network = none' 'scope = terminal'
shim landlock show /usr/bin/cat
holds "show tells what a filter alone leaves open" grep -q 'limit.*network: .*ptrace' <<< "$out"
only 'connect-udp = 53' 'connect-unix = none' 'on-error = warn'
shim landlock show /usr/bin/cat
if ! has 10; then
	holds "what this kernel cannot restrict of UDP names network" \
		grep -q 'NOT ENFORCED.*connect-udp: .*network' <<< "$out"
	shim cat /dev/null
	holds "and is told at the start" grep -q 'connect-udp: .*network' <<< "$err"
fi

done_testing
