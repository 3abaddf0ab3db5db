#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The main job inside the patched kernel: real programs, held to real profiles.
cd "$(dirname "$0")/../.." || exit
tree=$PWD
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
work=/root/landlock-test
rm -rf $work
mkdir -p $work
cd $work || exit

profile() { # LINE...: the whole of landlock.ini
	rm -rf /etc/landlock
	mkdir -m 755 /etc/landlock
	printf '%s\n' "$@" > /etc/landlock/landlock.ini
}
applied='/^  applied/{print $5}'
refused='.*Permission denied.*'
denied='.*Operation not permitted.*'

# --- bash under fs_readonly, and what it starts ---

profile '[/usr/bin/bash]' 'rule = fs_readonly.o'
echo old > file

shim bash -c 'echo hello'
gives "bash still speaks" 0 hello ""
shim bash -c 'echo x > new'
gives "bash cannot create a file, and nothing else is said" 1 "" \
	"bash: line 1: new: Operation not permitted"
shim bash -c 'echo x > file'
gives "bash cannot write to a file" 1 "" "$denied"
shim bash -c 'cat file > /dev/null && echo x > /dev/null && cat file | cat'
gives "bash can read, write to devices and use pipes" 0 old ""
shim bash -c 'rm file'
gives "rm, started by bash, is held" 1 "" "$denied"
shim bash -c 'mv file other'
gives "mv, too" 1 "" "$denied"
shim bash -c 'mkdir d'
gives "mkdir, too" 1 "" "$denied"
shim bash -c 'cp file copy'
gives "cp, too" 1 "" "$denied"
shim bash -c 'chmod 600 file'
gives "chmod, too" 1 "" "$denied"
shim bash -c 'ln file hard'
gives "ln, too" 1 "" "$denied"
shim bash -c 'truncate -s 0 file'
gives "truncate, too" 1 "" "$denied"
shim bash -c 'touch new'
gives "touch, too" 1 "" "$denied"
shim bash -c 'env -u LD_PRELOAD bash -c "echo x > new"'
gives "a child without the shim is held" 1 "" "$denied"
plain cat file
gives "nothing was changed" 0 old ""
shim cat file
gives "a program without profile is not held" 0 old ""
shim touch by-touch
gives "and may write" 0 "" ""

# --- not stacked twice ---

shim bash -c 'landlock features'
count=$(awk "$applied" <<< "$out")
holds "bash is under the rules of one object" test "${count:-0}" -gt 0
shim bash -c 'bash -c "bash -c \"landlock features\""'
holds "bash in bash in bash is under no more" \
	test "$(awk "$applied" <<< "$out")" = "${count:-0}"
shim bash -c 'setpriv --reuid 65534 --clear-groups bash -c "echo \$EUID"'
gives "a child that may not load rules is inside already" 0 65534 ""
profile '[/usr/bin/bash]' 'rule = fs_readonly.o' \
	'[dash]' 'match = /usr/bin/dash' 'rule = fs_readonly.o sockets=1'
shim bash -c 'dash -c "landlock features"'
holds "other parameters make other rules" \
	test "$(awk "$applied" <<< "$out")" = $((2 * ${count:-0}))
profile '[/usr/bin/bash]' 'rule = fs_readonly.o' 'rule = fs_readonly.o' \
	'rule = deny_create.o'
shim bash -c 'landlock features'
holds "each rule line counts" \
	test "$(awk "$applied" <<< "$out")" -gt "${count:-0}"

# --- other programs ---

profile '[readers]' 'match = /usr/bin/git /usr/bin/python3.* /usr/bin/tar' \
	'rule = fs_readonly.o'
(
	mkdir repository && cd repository && git init -q . && echo x > f &&
		git add f && git -c user.name=n -c user.email=e commit -qm m
) > "$scratch/git" 2>&1
holds "git without a shim works" test -d repository/.git/objects
git -C repository log --oneline > "$scratch/log"
shim git -C repository log --oneline
gives "git log reads" 0 "$(< "$scratch/log")" ""
shim git -C repository branch new
holds "git branch cannot write" \
	eval '[ $status != 0 ] && [[ $err =~ Operation\ not\ permitted ]]'
shim python3 -c 'print(open("file").read().strip())'
gives "python3 reads" 0 old ""
shim python3 -c 'open("new", "w")'
gives "python3 cannot write" 1 "" ".*PermissionError: .Errno 1. $denied"
tar -cf archive.tar file
shim tar -tf archive.tar
gives "tar lists" 0 file ""
shim tar -cf other.tar file
gives "tar cannot create an archive" 2 "" "$denied"
shim tar -C repository -xf archive.tar
gives "tar cannot extract" 2 "" "$denied"

# --- deny_exec ---

profile '[/usr/bin/bash]' 'rule = deny_exec.o'
shim bash -c 'echo hello; [ -r file ] && read -r line < file && echo $line'
gives "under deny_exec bash's own commands work" 0 $'hello\nold' ""
shim bash -c '/bin/true'
gives "others are not started" 126 "" "$denied"
profile '[python]' 'match = /usr/bin/python3.*' 'rule = deny_exec.o'
shim python3 -c 'import subprocess; subprocess.run(["/bin/true"])'
gives "nor by python3's vfork" 1 "" ".*PermissionError: $denied"
shim python3 -c 'import sqlite3, ctypes; print(1)'
gives "python3 loads its plugins" 0 1 ""
profile '[python]' 'match = /usr/bin/python3.*' 'rule = deny_exec.o libraries=0'
shim python3 -c 'import _ctypes'
gives "but not with libraries=0" 1 "" ".*ImportError: .*failed to map segment.*"

# --- modes and failures ---

profile '[/usr/bin/bash]' 'rule = fs_readonly.o' 'mode = complain'
shim bash -c 'echo x > complain && echo written'
gives "mode = complain loads, says so and applies nothing" 0 written \
	'landlock-shim: /etc/landlock/landlock\.ini:1: mode: complain: .*'
profile '[/usr/bin/bash]' 'rule = fs_readonly.o'
shim setpriv --reuid 65534 --clear-groups bash -c 'echo hello'
gives "a user who may not load rules is told so" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rule: .*CAP_SYS_ADMIN.*'
profile '[/usr/bin/bash]' 'rule = fs_readonly.o' 'on-error = warn'
shim setpriv --reuid 65534 --clear-groups bash -c 'echo hello'
gives "with on-error = warn bash runs all the same" 0 hello \
	'landlock-shim: /etc/landlock/landlock\.ini:2: rule: .*CAP_SYS_ADMIN.*'

profile '[/usr/bin/bash]' 'rule = fs_readonly.o' 'rule = missing.o' \
	'on-error = warn'
shim bash -c 'landlock features'
holds "of a profile that fails in part, the rest is applied" \
	test "$(awk "$applied" <<< "$out")" = "${count:-0}"

# --- what the kernel refuses ---

object=$tree/build/tests/vm/rules/unverifiable.o
install -m 644 "$object" /root/unverifiable.o
profile '[/usr/bin/bash]' 'on-error = fail' 'rule = /root/unverifiable.o'
shim bash -c 'echo hello'
gives "a rule that the verifier refuses ends the start, with its words" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:3: rule: .*unverifiable.*invalid bpf_context access.*'
profile '[/usr/bin/bash]' 'on-error = warn' 'rule = /root/unverifiable.o'
shim bash -c 'echo hello'
gives "or, if asked to, is only told" 0 hello \
	'landlock-shim: /etc/landlock/landlock\.ini:3: rule: .*invalid bpf_context access.*'
rm /root/unverifiable.o

# deny_file_lock.o is one rule, and no other rule of its event is applied here.
mapfile -t full < <(yes 'rule = deny_file_lock.o' | head -n 65)
profile '[/usr/bin/bash]' "${full[@]:1}"
shim bash -c 'echo hello'
gives "as many rules as may be stacked are" 0 hello ""
profile '[/usr/bin/bash]' "${full[@]}"
shim bash -c 'echo hello'
gives "with one more the program is not started" 125 "" \
	'landlock-shim: /etc/landlock/landlock\.ini:66: rule: .*too many are stacked.*'
profile '[/usr/bin/bash]' 'on-error = warn' "${full[@]}"
shim bash -c 'flock -n file true; echo hello'
gives "with on-error = warn it is, under those before" 0 hello \
	'landlock-shim: /etc/landlock/landlock\.ini:67: rule: .*too many are stacked.*'$'\n'"$denied"

# --- paths and rules together ---

profile '[/usr/bin/bash]' "write = $work" 'exec = /usr' 'rule = deny_create.o'
shim bash -c "echo new > $work/file; cat file; cat /etc/passwd"
gives "a program is under the ruleset of its profile" 1 new "$refused"
shim bash -c "mkdir $work/d"
gives "and under its rules, where the ruleset allows" 1 "" "$denied"
shim bash -c "bash -c 'landlock features'"
holds "the rules are not stacked again in its children" \
	test "$(awk "$applied" <<< "$out")" = 2 # fs_paths.o and deny_create.o

# --- the landlock command ---

rm -r /etc/landlock
plain landlock run -r fs_readonly.o bash -c 'echo x > new'
gives "landlock run -r holds" 1 "" "$denied"
plain landlock fs_readonly.o bash -c 'echo x > new'
gives "landlock RULE.o COMMAND holds" 1 "" "$denied"
plain landlock run -r 'fs_readonly.o sockets=maybe' bash -c 'echo x > new'
gives "landlock run checks parameters" 125 "" '.*sockets=maybe: not one of .*'
plain landlock run -r deny_exec.o true
gives "landlock run under deny_exec cannot start its command" 126 "" "$denied"
profile '[tools]' 'match = /usr/bin/none' 'rule = deny_create.o'
plain landlock run -p tools touch new
gives "landlock run -p holds" 1 "" "$denied"
plain landlock run -p tools -r fs_readonly.o sh -c 'echo x > file'
gives "landlock run takes both" 2 "" "$denied"
plain landlock features
holds "landlock features sees rules" \
	eval '[[ $out = *"Landlock rules"*" on "* ]]'
plain landlock landlock1.o /usr/bin/bash -c 'echo traced'
gives "the 2017 demonstration runs" 0 traced ""

# --- what is left behind ---

profile '[/usr/bin/cat]' 'rule = fs_readonly.o'
shim cat /proc/self/maps
holds "no mapping of the loader stays" eval \
	'[ $status = 0 ] && ! grep -E "landlock-loader|libbpf|libelf|libz" <<< "$out"'
holds "the shim itself stays" grep -q liblandlock_shim <<< "$out"
profile '[/usr/bin/ls]' 'rule = fs_readonly.o'
plain ls /proc/self/fd
before=$out
shim ls /proc/self/fd
gives "no descriptor stays" 0 "$before" ""
profile '[/usr/bin/env]' 'rule = fs_readonly.o'
shim env -i A=1 env
gives "env is held and starts programs" 0 A=1 ""

cd / && rm -rf $work /etc/landlock
done_testing
