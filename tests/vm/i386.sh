#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# 32-bit programs on a 64-bit kernel, under the shim that `make i386` built: paths,
# ports and rule objects, and programs of both classes that start each other.
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.bash
. tests/tap.bash

holds "the programs beside are of 64 bits" [ "$(getconf LONG_BIT)" = 64 ]
built=$PWD/build/i386
if [ ! -e "$built/liblandlock_shim.so" ]; then
	echo "# not tested: build/i386 was not built, as this system's compiler makes no 32-bit programs"
	done_testing
	exit
fi
export HOME=/nonexistent
unset XDG_CONFIG_HOME
work=/root/landlock-i386
narrow=$work/narrow wide=/usr/bin/bash
rm -rf $work
mkdir -p $work/{in,out} /etc/landlock
cp "$built/tests/vm/i386/reader" $narrow
echo content | tee $work/in/file > $work/file
# ld.so finds each class's own by $LIB, as in /etc/ld.so.preload.
for directory in /usr/lib32 /usr/lib/i386-linux-gnu; do
	[ ! -d $directory ] || cp "$built/liblandlock_shim.so" $directory
done
cd $work || exit

profile() { # LINE...: of the 32-bit program
	printf '%s\n' "[$narrow]" "$@" > /etc/landlock/landlock.ini
}
granted=('read = /usr /etc /proc /dev' 'exec = /usr' "exec = $narrow"
	"read = $work/in" "write = $work/out")
attempts=(-r in/file -r file -w out/new -w in/new)
# By a view, and by a ruleset where rules cannot be loaded.
view=() ruleset=(setpriv --bounding-set=-sys_admin --inh-caps=-sys_admin)

holds "the program is one of 32 bits" eval 'file=$(od -An -tu1 -j4 -N1 $narrow); [ $file = 1 ]'
rm -f /etc/landlock/landlock.ini
shim $narrow "${attempts[@]}"
gives "it starts without a profile" 4 "ok ok ok ok " ""
rm -f out/new in/new

for by in view ruleset; do
	declare -n as=$by
	profile "${granted[@]}"
	shim "${as[@]}" $narrow "${attempts[@]}"
	gives "it is held to paths by a $by" 4 "ok EACCES ok EACCES " ""
	shim "${as[@]}" $narrow -x bash -c 'cat in/file; cat file'
	gives "and so are 64-bit programs that it starts" 1 content '.*file: Permission denied'
	shim "${as[@]}" bash -c "$narrow -x bash -c '$narrow ${attempts[*]}'"
	gives "and, of both classes in turn, each" 4 "ok EACCES ok EACCES " ""
	profile "${granted[@]}" "deny = $work/in/file"
	shim "${as[@]}" $narrow "${attempts[@]}"
	gives "what is denied is so by a $by" 4 "EACCES EACCES ok EACCES " ""
	profile 'connect-tcp = 4711'
	shim "${as[@]}" $narrow -c 4711 -c 4712
	gives "ports are as well, beside a $by" 4 "ECONNREFUSED EACCES " ""
done

# Families and terminals: a program's own calls, and socketcall(2), which can't be
# looked into; by the shim of its own class, and inside of a 64-bit program's profile.
calls=(-s 2 -s 1 -S 2 -S 1 -p 1 -p 2 -P 1 -t -1)
no=EAFNOSUPPORT
for name in "$narrow" "$wide"; do
	each() {
		if [ "$name" = "$narrow" ]; then shim "$narrow" "${calls[@]}"
		else shim bash -c "$narrow ${calls[*]}; exit \$?"; fi
	}
	printf '%s\n' "[$name]" 'network = any' > /etc/landlock/landlock.ini
	each
	gives "sockets are made as ever under a profile of $name" 4 "ok ok ok ok ok ok ok EBADF " ""
	printf '%s\n' "[$name]" 'network = inet' 'scope = terminal' > /etc/landlock/landlock.ini
	each
	gives "and those of a family alone, and nothing typed" 4 \
		"ok $no $no $no ok ESOCKTNOSUPPORT $no EPERM " ""
	printf '%s\n' "[$name]" 'network = none' > /etc/landlock/landlock.ini
	each
	gives "and none at all" 4 "$no $no $no $no ok ESOCKTNOSUPPORT $no EBADF " ""
done

# A 64-bit profile of its own around and inside of the 32-bit one.
{
	printf '%s\n' "[$wide]" "${granted[@]}" "read = $work/file"
	printf '%s\n' "[$narrow]" "${granted[@]}"
} > /etc/landlock/landlock.ini
shim bash -c "cat file; $narrow -r file -x bash -c 'cat file'"
gives "64-bit, 32-bit and 64-bit programs stack their profiles" 1 $'content\nEACCES ' \
	'.*file: Permission denied'

profile 'rule = fs_readonly.o'
shim $narrow "${attempts[@]}"
gives "it is held to rule objects, which the 64-bit loader loads" 4 "ok ok EPERM EPERM " ""
shim $narrow -x bash -c 'echo x > out/new'
gives "and what it starts, too" 1 "" '.*Operation not permitted'
profile 'rule = fs_readonly.o nope=1'
shim $narrow "${attempts[@]}"
gives "the loader's words reach it" 125 "" 'landlock-shim: .* there is no parameter nope; .*'
profile 'rulez = x.o'
shim $narrow
gives "a typo ends it" 125 "" 'landlock-shim: .*:2: rulez: .*'

cd / && rm -rf $work /etc/landlock
done_testing
