#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The loader as it is installed: alone, in the hands of a command, and as a child
# that nobody notices; what it takes of the ways in which a rule can be compiled.
# shellcheck disable=SC1091,SC2016,SC2034,SC2154
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
loader=/usr/lib/landlock_shim/landlock-loader
tree=$PWD
mount -t tmpfs -o mode=755 tmpfs /mnt && cp -a /usr/lib/landlock_shim /mnt/installed &&
	mount --bind /mnt/installed /usr/lib/landlock_shim && cd /mnt || exit

# Rules are there, or all that is wrong is that they are not.
accepted() {
	[ "$status" = 0 ] || [[ $status = 125 && $err = *"Landlock rules"* &&
		$err = *"on-error = warn" ]]
}
refused() { # WORDS
	[ "$status" = 125 ] && [[ $err = *": rule: "*"$1"* ]]
}

holds "the loader needs no other file" eval '! readelf -l $loader | grep INTERP'
plain "$loader" < /dev/null
gives "by hand it says what it is for" 2 "" 'landlock-loader: is started by .*'

# --- the slides' program, compiled as anyone may ---

cp "$tree/tests/vm/rules/landlock1_kern.bpf.c" landlock1_kern.c
cp "$tree/tests/vm/rules/static_functions.bpf.c" .
cp "$tree/rules/landlock_rule.h" .
include=-I/usr/include/$(gcc -print-multiarch)
compile() { # OPTION...
	rm -f rule.o
	clang -target bpf "$include" "$@" -o rule.o
}

n=0
while read -r options; do
	# shellcheck disable=SC2086
	compile -c $options
	plain landlock ./rule.o true
	holds "static functions are taken: clang $options" accepted
	n=$((n + 1))
done << 'END'
-O2 landlock1_kern.c
-O1 -g landlock1_kern.c
-O2 -g -mcpu=v1 landlock1_kern.c
-O2 -g -mcpu=v3 -I. static_functions.bpf.c
END
sed -i 's|<bpf/bpf_helpers.h>|"bpf_helpers.h"|' landlock1_kern.c
compile -O2 -c -I/usr/include/bpf landlock1_kern.c
plain landlock ./rule.o true
holds "and with the include of 2017" accepted

cat > two.c << 'END'
#include "landlock_rule.h"
SEC("landlock1") static int first(struct landlock_context *ctx) { return 0; }
SEC("landlock1") static int second(struct landlock_context *ctx) { return 1; }
SEC("subtype") static const union bpf_prog_subtype _subtype = {
	.landlock_rule = { .abi = 1, .event = LANDLOCK_SUBTYPE_EVENT_FS } };
SEC("license") static const char _license[] = "GPL";
END
compile -O2 -c -I. two.c
plain landlock ./rule.o true
holds "two functions in one section are never one rule" eval \
	'[ $status = 125 ] && [[ $err = *"more than one"* || $err = *"Landlock rules"* ]]'

# --- what goes wrong is told ---

head -c 100 /usr/lib/landlock_shim/rules/fs_readonly.o > cut.o
plain landlock ./cut.o true
holds "what the loader refuses is told in its words" refused 'cut.o is cut short'
plain landlock run -r 'fs_readonly.o socket=1' true
holds "a parameter's name, too" refused 'there is no parameter socket'
plain landlock run -r "fs_readonly.o sockets=$(head -c 30000 /dev/zero | tr '\0' 1)" true
holds "long parameters, too" refused 'fs_readonly.o: sockets=111'

cp $loader saved
broken() { # NAME WORDS, the loader on stdin
	rm -f $loader
	cat > $loader
	chmod 755 $loader
	plain landlock fs_readonly.o true
	holds "$1" refused "$2"
}
broken 'an empty loader is told' 'cannot start' < /dev/null
broken 'a loader that does nothing is told' 'ended without an answer' <<< '#!/bin/true'
broken 'a loader that is killed is told' 'was ended by signal 9' <<< $'#!/bin/sh\nkill -9 $$'
broken 'a loader that answers nonsense is told' 'makes no sense' <<< \
	$'#!/usr/bin/python3\nimport socket\nsocket.socket(fileno=0).send(b"x" * 100)'
chmod 644 $loader
plain landlock fs_readonly.o true
holds "a loader without the right to execute is told" refused 'Permission denied'
rm $loader
plain landlock fs_readonly.o true
holds "a missing loader is told" refused 'install landlock-shim again'
cp saved $loader

# --- nobody notices ---

# What the loader was started with, before it goes on as ever.
cat > watched << 'END'
#!/bin/sh
exec 2> /dev/null
for fd in /proc/$$/fd/*; do
	[ "$fd" -ef /mnt/open ] && echo "the program's descriptor"
done > /mnt/told
tr '\0' '\n' < /proc/$$/environ >> /mnt/told
# By the shell itself, which blocks signals for as long as it starts something.
while read -r key value; do
	case $key$value in
	SigBlk:*[1-9a-f]*) echo "$key $value" ;;
	esac
done < /proc/$$/status >> /mnt/told
exec /mnt/saved
END
chmod 755 watched
cp watched $loader

mkdir -p /etc/landlock
printf '%s\n' '[python]' 'match = /usr/bin/python3*' 'rule = fs_readonly.o' \
	'on-error = warn' > /etc/landlock/landlock.ini
cat > notice.py << 'END'
import os, signal
print(sorted(signal.sigpending()), sorted(os.listdir("/proc/self/fd")))
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no child")
END
cat > start.py << 'END'
import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
if sys.argv[1] == "ignored":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if sys.argv[1] == "closed":
    os.close(0)
os.execve(sys.executable, ["python3", "notice.py"], {**os.environ, **eval(sys.argv[2])})
END
for how in blocked ignored closed; do
	rm -f told
	plain /usr/bin/python3 start.py $how '{}' 7> open
	expected=$out
	plain /usr/bin/python3 start.py $how '{"LD_PRELOAD": "liblandlock_shim.so"}' 7> open
	holds "a program finds no signal, descriptor or child more: SIGCHLD or input $how" \
		eval '[ "$status" = 0 ] && [ "$out" = "$expected" ]'
	holds "and the loader nothing of the program's" eval '[ -e told ] && [ ! -s told ]'
done
done_testing
