#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs with a profile of the administrator's are held however they are started,
# built, and whatever else is preloaded; see state for the words.
. "$(dirname "$0")/system.bash"
# shellcheck disable=SC2016
system_base readers /bin/bash -ec '
	mkdir /srv/c && cd /srv/c && cp /mnt/tests/system/programs/*.c .
	gcc -O1 -o reader reader.c
	gcc -O1 -static -o reader-static reader.c
	gcc -O1 -fsanitize=address -o reader-asan reader.c
	gcc -O1 -fno-builtin -rdynamic -o reader-own-functions own_functions.c
	musl-gcc -O1 -o reader-musl reader.c
	{
		printf "%s\n" "[readers]" "match = /srv/c/*" "exec = /srv/c"
		sed 1d /etc/landlock/usr.local.bin.held.ini
	} > /etc/landlock/landlock.ini
	printf "%s\n" "#!/bin/sh" "exec cat \"\$1\"" > /usr/local/bin/script
	chmod 755 /usr/local/bin/script
	sed s/held/script/ /etc/landlock/usr.local.bin.held.ini \
		> /etc/landlock/usr.local.bin.script.ini
	ln -s held /usr/local/bin/link
	mkdir -p -m 700 /root/.ssh /home/alice/.ssh
	ssh-keygen -q -t ed25519 -N "" -f /root/.ssh/id_ed25519
	cp /root/.ssh/id_ed25519.pub /home/alice/.ssh/authorized_keys
	chown -R alice: /home/alice/.ssh'

row() { # EXPECTED NAME COMMAND
	system_new row
	system_preload row
	plain in_system row /bin/bash -c "export PATH=\$PATH:/opt/static; SHIM=$shim; $3"
	holds "$2: $1" [ "$status $out" = "0 $1" ]
}

row held "by root" 'state held'
row held "by a user" 'su alice -c "state held"'
row held "by sudo" 'su alice -c "state sudo -n held"'
row held "by its link" 'state /usr/local/bin/link'
row held "by a relative path" 'cd /usr/local && state ./bin/held'
row held "a script" 'state script'
row held "by ld.so" 'state /lib64/ld-linux-x86-64.so.2 /usr/local/bin/held'
row held "by its descriptor" "state python3 -c 'import os, sys
os.execve(os.open(\"/usr/local/bin/held\", os.O_RDONLY), [\"x\", sys.argv[1]], {})'"
row held "under another name" "state bash -c 'exec -a cat held \$0'"
row held "without an environment" 'state env -i /usr/local/bin/held'
row held "without a home" 'state env -u HOME held; [ ! -e /nonexistent ]'
row held "with descriptors 0 and 2 closed" "state sh -c 'exec held \$0 <&- 2>&-'"
row held "by ssh" 'mkdir -p /run/sshd && /usr/sbin/sshd && state ssh -q -o StrictHostKeyChecking=no alice@localhost held'
row held "under strace" 'state strace -f -o /dev/null held'

# --- namespaces and containers ---

row held "in a user namespace" 'su alice -c "unshare -r /opt/static/state held"'
row held "in one without any user" 'su alice -c "unshare -U /opt/static/state held"'
row held "in a user namespace of root's" 'unshare -r /opt/static/state held'
row held "in bubblewrap" 'su alice -c "state bwrap --ro-bind / / --dev /dev --proc /proc held"'
row held "in bubblewrap without /proc" 'su alice -c "state bwrap --bind / / --tmpfs /proc --unshare-all held"'
row held "in bubblewrap as its root" \
	'su alice -c "state bwrap --ro-bind / / --dev /dev --proc /proc --unshare-all --uid 0 --gid 0 held"'
row held "as process 1 of a container" 'state unshare --pid --fork --mount-proc held'
row held "as process 1 of one that sees its parent's /proc" 'state unshare --pid --fork held'
row held "as process 1 of one without /proc" "state unshare --mount --pid --fork sh -c \
	'mount -t tmpfs none /proc; exec held \$0'"
row held "as process 1 of a user's container" 'su alice -c "state unshare -r --pid --fork --mount-proc held"'
row held "in a chroot" 'state chroot / held'
row held "without /proc" "state unshare --mount sh -c 'mount -t tmpfs none /proc; exec held \$0'"

# --- other preloads, other builds ---

row held "under fakeroot" 'su alice -c "state fakeroot held"'
row held "under faketime" 'state faketime -f "2020-01-02 00:00:00" held'
row held "with jemalloc" 'state env LD_PRELOAD=libjemalloc.so.2 held'
row held "a program with its own libc functions" 'state /srv/c/reader-own-functions'
row held "a program with AddressSanitizer" 'ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 state /srv/c/reader-asan'
row held "musl, by LD_PRELOAD" 'state env LD_PRELOAD=$SHIM /srv/c/reader-musl'
row open "musl, which reads no ld.so.preload: as the manual says" 'state /srv/c/reader-musl'
row held "musl, by landlock run" 'state landlock run /srv/c/reader-musl'
row open "static, which loads nothing: as the manual says" 'state /srv/c/reader-static'
row held "static, by landlock run" 'state landlock run /srv/c/reader-static'
row held "static, by landlock run in a user namespace" \
	'su alice -c "unshare -r /opt/static/state landlock run /srv/c/reader-static"'

# --- what others put around it ---

row ended "with one descriptor to be had, which is too few: it says so" \
	"state sh -c 'exec <&-; ulimit -n 3; exec held \$0'"
row held "with three" "state sh -c 'exec <&-; ulimit -n 5; exec held \$0'"
for limit in '-s 64' '-c 0' '-f 0'; do
	row held "with ulimit $limit" "state sh -c 'ulimit $limit; exec held \$0'"
done
row held "started 20 times inside of each other" "cat > /usr/local/bin/script << 'end'
#!/bin/sh
[ \"\${depth:=0}\" = 20 ] && exec cat \"\$1\"
depth=\$((depth + 1)); export depth
exec /usr/local/bin/script \"\$1\"
end
state script"
done_testing
