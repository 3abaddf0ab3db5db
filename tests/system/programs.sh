#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs of a whole system do with the shim in /etc/ld.so.preload what they do
# without: each case runs in two fresh systems, and output and exit status agree.
# With V=1 what they said is shown.
. "$(dirname "$0")/system.bash"

# What the cases share; made without the shim.
system_base compiled /bin/bash -ec '
	mkdir /srv/c && cd /srv/c && cp /mnt/tests/system/programs/*.c .
	gcc -O1 -g -o hello hello.c
	gcc -O1 -static -o hello-static hello.c
	gcc -O1 -fno-builtin -rdynamic -o own-functions own_functions.c
	gcc -O1 -g -fsanitize=address -o overflow-asan overflow.c
	gcc -O1 -g -fsanitize=undefined -o overflow-ubsan overflow.c
	musl-gcc -O1 -o hello-musl hello.c
	musl-gcc -O1 -static -o hello-musl-static hello.c
	mkdir -p /root/deb/DEBIAN /root/deb/usr/games
	cp hello /root/deb/usr/games/greeting
	printf "%s\n" "Package: greeting" "Version: 1" "Architecture: amd64" \
		"Maintainer: nobody <nobody@localhost>" "Description: says hello" \
		> /root/deb/DEBIAN/control
	for script in postinst prerm; do
		printf "#!/bin/sh\nset -e\necho $script \$1\n" > /root/deb/DEBIAN/$script
		chmod 755 /root/deb/DEBIAN/$script
	done
	dpkg-deb -b /root/deb /srv/greeting.deb
	mkdir -p -m 700 /root/.ssh /home/alice/.ssh
	ssh-keygen -q -t ed25519 -N "" -f /root/.ssh/id_ed25519
	cp /root/.ssh/id_ed25519.pub /home/alice/.ssh/authorized_keys
	chown -R alice: /home/alice/.ssh
	mandb -q'

same() { # NAME, the case on stdin; with the shim $SHIM is what to preload by hand
	local case want_status want_out want_err
	case=$(cat)
	system_new plain
	plain in_system plain /bin/bash -c "$case"
	want_status=$status want_out=$out want_err=$err
	if [ "$want_status" != 0 ]; then
		result 1 "$1: works without the shim"
		return
	fi
	system_new shim
	system_preload shim
	plain in_system shim /bin/bash -c "SHIM=$shim; $case"
	[ "$status" = "$want_status" ] && [ "$out" = "$want_out" ] && [ "$err" = "$want_err" ]
	result $? "$1"
	[ -z "${V-}" ] || printf '%s\n%s\n' "$out" "$err" | sed 's/^/#   /'
	[ "$out" = "$want_out" ] || diff <(echo "$want_out") <(echo "$out") | sed 's/^/# out: /'
	[ "$err" = "$want_err" ] || diff <(echo "$want_err") <(echo "$err") | sed 's/^/# err: /'
}

# The comparison means something: the shim is in these programs.
in_all_of_it='for run in "" "su alice -c" "su alice -s /bin/sh -c" "sudo -u bob sh -c"; do
	${run:-sh -c} "grep -m1 -o liblandlock_shim.so /proc/self/maps || echo none"
done'
system_new shim
system_preload shim
plain in_system shim /bin/bash -c "$in_all_of_it"
gives "the shim is in every program of the system" 0 \
	"$(printf 'liblandlock_shim.so\n%.0s' 1 2 3 4)" ""
system_new plain
plain in_system plain /bin/bash -c "$in_all_of_it"
gives "and in none of the one to compare with" 0 "$(printf 'none\n%.0s' 1 2 3 4)" ""

# --- users ---

same "su, as root, by password, as a login, with an exit status" << 'end'
su alice -c 'id; env | sort; exit 7'; echo $?
su - bob -c 'id -un; pwd; env | sort'
su alice -c 'echo bob-knows | su bob -c "id -un"'
su alice -c 'echo wrong | su bob -c "id -un"'; echo $?
end
same "sudo, with and without a password" << 'end'
su alice -c 'sudo -n id; sudo -n -u bob id -un; sudo -n sh -c "env | sort; exit 9"'; echo $?
su bob -c 'echo bob-knows | sudo -S -p "" id -un; sudo -n -k true'; echo $?
end
same "passwd, by the user and by root" << 'end'
su alice -c 'printf "%s\n" alice-knows n3w-w0rds-here n3w-w0rds-here | passwd'; echo $?
su bob -c 'echo n3w-w0rds-here | su alice -c "id -un"'; echo $?
printf '%s\n' other-words other-words | passwd bob; echo $?
su alice -c 'echo other-words | su bob -c "id -un"'; echo $?
passwd -S alice | cut -d' ' -f1,2
end
same "ping, by its capability" << 'end'
trim() { sed 's/ time=.*//; /^rtt/d; s/, time .*//'; }
ping -c 2 -i 0.2 127.0.0.1 | trim
su alice -c 'ping -c 1 127.0.0.1' | trim
end

# --- packages ---

same "apt-get install and remove, with maintainers' scripts" << 'end'
apt-get install -y /srv/greeting.deb; echo $?
/usr/games/greeting apt
dpkg -V greeting; dpkg -s greeting | grep Status
apt-get remove -y greeting; echo $?
ls /usr/games
apt-get install -y nonesuch; echo $?
end
same "dpkg -i and --purge" << 'end'
dpkg -i /srv/greeting.deb; dpkg -L greeting; dpkg --purge greeting; dpkg --audit
end

# --- services ---

same "cron runs a job" << 'end'
cat > /etc/cron.d/job << 'job'
@reboot root (env; id; ulimit -a) > /run/job.new 2>&1; mv /run/job.new /run/job
@reboot alice (env; id; pwd) > /tmp/job.new 2>&1; mv /tmp/job.new /tmp/job
job
cron -f &
for wait in $(seq 100); do [ -e /run/job ] && [ -e /tmp/job ] && break; sleep 0.1; done
sort /run/job; sort /tmp/job
end
same "sshd and ssh, scp, sftp" << 'end'
mkdir -p /run/sshd
rm -f /run/sshd.pid
/usr/sbin/sshd || exit
# It is in the background before it listens, and tells its pid after.
for wait in $(seq 600); do [ -s /run/sshd.pid ] && break; sleep 0.1; done
ssh='-q -o StrictHostKeyChecking=no'
ssh $ssh alice@localhost 'id; echo to stderr >&2; cat; exit 5' <<< 'from stdin'; echo $?
ssh -tt $ssh alice@localhost 'tty > /dev/null && echo has a terminal' | tr -d '\r'
ssh $ssh alice@localhost 'env | grep -v "^SSH_\|^_=" | sort'
scp $ssh /etc/hostname alice@localhost:copied && cat /home/alice/copied
echo 'get copied /tmp/back' | sftp -b - $ssh alice@localhost && cat /tmp/back
ssh $ssh bob@localhost -o BatchMode=yes true; echo $?
end

# --- languages, tools ---

same "gcc and make compile and run" << 'end'
cd /srv/c
gcc -Wall -O2 -o /tmp/hello hello.c && /tmp/hello gcc 3; echo $?
echo 'int main(void) { return x; }' > /tmp/wrong.c; gcc /tmp/wrong.c -o /tmp/wrong; echo $?
printf 'all: a b c\na b c:\n\t@sh -c "echo $@"\n' > /tmp/Makefile; make -C /tmp -j 2 | sort
end
same "AddressSanitizer, told of preloads" << 'end'
cd /srv/c
export ASAN_OPTIONS=verify_asan_link_order=0
./overflow-asan none; echo $?
./overflow-asan heap 2>&1 | grep -o 'ERROR: AddressSanitizer: [a-z-]*\|READ of size [0-9]*\|in main .*:[0-9]*'
echo ${PIPESTATUS[0]}
end
same "UndefinedBehaviorSanitizer" << 'end'
cd /srv/c && ./overflow-ubsan int; echo $?
end
same "python3: processes, threads, sockets, memory" << 'end'
cat > /tmp/all.py << 'py'
import ctypes, json, multiprocessing, os, socket, subprocess, sys, threading
def main():
    print(subprocess.run(["sh", "-c", "echo out; echo err >&2; exit 4"], capture_output=True))
    for way in "fork", "spawn", "forkserver":
        with multiprocessing.get_context(way).Pool(2) as pool:
            print(way, pool.map(len, ["a", "bb", "ccc"]))
    a, b = socket.socketpair()
    t = threading.Thread(target=lambda: a.sendall(b"by a thread")); t.start(); t.join()
    print(b.recv(99), sorted(os.environ.items()), sorted(os.listdir("/proc/self/fd")))
    print(ctypes.CDLL(None).getpid() == os.getpid(), json.dumps(sys.argv), flush=True)
    os.posix_spawn("/bin/echo", ["echo", "spawned"], {}); os.wait()
if __name__ == "__main__":
    main()
py
python3 /tmp/all.py 'an argument'; echo $?
end
same "perl" << 'end'
perl -e 'use Socket; $| = 1; print sort map { "$_=$ENV{$_}\n" } keys %ENV;
	print `echo in a shell`; system("sh", "-c", "exit 3"); print $? >> 8, "\n";
	if (my $pid = fork) { waitpid $pid, 0; print "child: ", $? >> 8, "\n" } else { exit 6 }
	exec "echo", "replaced"'
end
same "man, as root and as a user" << 'end'
# bash, 1: its filter lets its helpers do little
man -P cat bash 2>&1 | head -n 30
su alice -c 'man -P cat 1 bash 2>&1 | sed -n 1,20p; man nonesuch'; echo $?
apropos -e bash
end
same "tmux: a server, windows, what they show" << 'end'
export TERM=screen
tmux -f /dev/null new-session -d -x 80 -y 24 -n first 'sh -c "echo in tmux; tty > /dev/null && echo terminal; sleep 60"'
tmux new-window -n second 'echo second; sleep 60'
for wait in $(seq 50); do tmux capture-pane -p -t second | grep -q second && break; sleep 0.1; done
tmux list-windows -F '#{window_name} #{pane_current_command}'; tmux capture-pane -p -t first | head -n 3
tmux kill-server; echo $?
end
same "gdb: break, step, attach to a call" << 'end'
cd /srv/c
gdb -nx -batch -ex 'set disable-randomization on' -ex 'break greet' -ex 'run gdb 5' \
	-ex backtrace -ex finish -ex continue -ex 'print $_exitcode' ./hello 2>&1 |
	sed 's/0x[0-9a-f]*/ADDRESS/g; s/(process [0-9]*)//; s/process [0-9]*/process/'
end
same "strace and its filters" << 'end'
cd /srv/c
strace -e trace=write,exit_group -o /tmp/trace ./hello strace 2; echo $?; cat /tmp/trace
strace -f -qq -e trace=execve -e signal=none -o /tmp/trace sh -c './hello a; ./hello b | cat'
sed -n 's/^[0-9]* *\(execve(.*\), 0x.*/\1/p' /tmp/trace | sort
end

# --- programs of other kinds ---

same "a program with functions of its own under libc's names" << 'end'
/srv/c/own-functions && /srv/c/own-functions /etc/hostname
end
same "musl: a dynamic program with the very same library" << 'end'
cd /srv/c
LD_PRELOAD=$SHIM ./hello-musl musl 3; echo $?
LD_PRELOAD=$SHIM env -i ./hello-musl 2>&1
end
same "static programs, of both C libraries and busybox" << 'end'
cd /srv/c
./hello-static glibc 1; echo $?; ./hello-musl-static musl 2; echo $?
busybox sh -c 'echo busybox; exit 3'; echo $?
end
same "bubblewrap, as root and as a user" << 'end'
for user in root alice; do
	su $user -c 'bwrap --ro-bind / / --dev /dev --proc /proc --tmpfs /tmp --unshare-all \
		sh -c "id; ls /tmp; cat /etc/hostname; exit 3"; echo $?'
	su $user -c 'bwrap --ro-bind / / --unshare-user --uid 0 --gid 0 id'
	su $user -c 'bwrap --ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/lib /lib \
		--symlink usr/lib64 /lib64 --clearenv /bin/sh -c "echo without /etc and /proc"'
done
end
same "fakeroot" << 'end'
su - alice -c 'fakeroot sh -c "id -un; touch f; chown root:bob f; chmod 4755 f; stat -c %U:%G:%a f;
	mknod n c 1 3; tar c f n | tar tv | cut -d\" \" -f1,2"; stat -c %U:%a f'
end
same "faketime" << 'end'
faketime -f '2020-01-02 03:04:05' date -u '+%F %T'
faketime -f '@2001-09-09 01:46:40' python3 -c 'import time; print(int(time.time()))'
end
same "jemalloc, and MALLOC_CONF reaches it" << 'end'
export LD_PRELOAD=libjemalloc.so.2 MALLOC_CONF=confirm_conf:true,abort_conf:true,narenas:3
/srv/c/hello jemalloc; python3 -c 'print(len([str(i) for i in range(100000)]))' 2>&1 | tail -n 3
end
same "the preloads of a user's own" << 'end'
su alice -c 'LD_PRELOAD=libjemalloc.so.2:libnonesuch.so /srv/c/hello two'
LD_PRELOAD=/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1 FAKETIME="@2020-01-02 00:00:00" date -u +%F
end

# --- ways to start a program ---

same "closed and full descriptors, no environment, little of everything" << 'end'
cd /srv/c
./hello closed 3 <&- 2>&-; echo $?
./hello closed 4 >&- ; echo $?
./hello full > /dev/full; echo $?
env -i ./hello empty; (exec -a '' ./hello nameless)
(ulimit -n 3; ./hello descriptors 1 <&- ); echo $?
(ulimit -s 64; ./hello stack); (ulimit -v 20000; ./hello memory); (ulimit -u 1; exec ./hello alone)
(ulimit -f 0; exec ./hello size); (ulimit -t 1; exec ./hello seconds)
end
same "descriptors, signals and threads are those that were given" << 'end'
exec 7< /etc/hostname 9> /dev/null
ls -l /proc/self/fd | sed 's/.* \([0-9]* ->.*\)/\1/; s/\[.*//' | grep -v '/proc/\|^total'
grep '^Sig[A-P]\|^Shd\|^Threads\|^NoNewPrivs\|^Seccomp\|^Cap' /proc/self/status
trap '' HUP PIPE; grep '^Sig[A-P]' /proc/self/status; nohup grep '^SigIgn' /proc/self/status
end
same "scripts, interpreters, ld.so itself, a name by descriptor" << 'end'
printf '#!/usr/bin/python3\nimport sys; print(sys.argv)\n' > /tmp/s.py; chmod +x /tmp/s.py
cd /tmp && ./s.py a 'b c'; /lib64/ld-linux-x86-64.so.2 /srv/c/hello loader 2; echo $?
python3 -c 'import os; os.execve(os.open("/srv/c/hello", os.O_RDONLY), ["h", "by descriptor", "3"], {})'; echo $?
cp /srv/c/hello /tmp/gone && python3 -c 'import os
fd = os.open("/tmp/gone", os.O_RDONLY); os.unlink("/tmp/gone"); os.execve(fd, ["h", "deleted", "4"], {})'; echo $?
end
same "without /proc, and in a directory that is gone" << 'end'
mkdir /tmp/gone && cd /tmp/gone && rmdir /tmp/gone && /srv/c/hello nowhere; cd /
unshare -m sh -c 'mount -t tmpfs none /proc && /srv/c/hello "without proc" 5; echo $?'
mkdir -p /tmp/jail && cp -a /lib /lib64 /tmp/jail 2>/dev/null; mkdir -p /tmp/jail/usr/lib64 /tmp/jail/usr/lib
cp /lib64/ld-linux-x86-64.so.2 /tmp/jail/usr/lib64; cp -a /usr/lib/x86_64-linux-gnu/libc.so.6 /tmp/jail/usr/lib/
cp /srv/c/hello /tmp/jail; chroot /tmp/jail /hello "in a jail"
end
done_testing
