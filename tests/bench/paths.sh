#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Inside the virtual machine: instructions of system calls on a file deep below what
# is granted, under nothing, a ruleset and a view, for more and more depth and
# entries. One line each: depth, entries, by what, name, instructions.
set -u
cd "$(dirname "$0")/../.." || exit
hooks=$PWD/build/tests/bench/hooks
top=/tmp/bench-paths
calls=(open+close stat pread rename exec)
mkdir -p $top/entries /etc/landlock || exit
for ((i = 0; i < 10000; i++)); do
	: > $top/entries/$i
done

profile() { # ENTRIES: the hierarchy with the file, and others up to that number
	{
		printf '%s\n' "[$hooks]" "write = $top/deep" 'read = /etc' 'exec = /usr'
		for old in /bin /lib /lib64; do
			[ ! -d $old ] || echo "exec = $old"
		done
		echo "exec = $top/deep"
		for ((i = 1; i < $1; i++)); do
			echo "read = $top/entries/$i"
		done
	} > /etc/landlock/landlock.ini
}

count() { # DEPTH ENTRIES BY COMMAND...
	local depth=$1 entries=$2 by=$3
	shift 3
	"$@" "$hooks" "$file" "${calls[@]}" | sed "s/^/$depth\t$entries\t$by\t/"
}

for depth in 1 4 16 64; do
	rm -rf $top/deep
	directory=$top/deep
	for ((i = 1; i < depth; i++)); do
		directory+=/d
	done
	mkdir -p $directory
	file=$directory/file
	echo content > $file
	cp /usr/bin/true $file.program
	count $depth 0 none env
	for entries in 1 100 10000; do
		profile $entries
		export LD_PRELOAD=liblandlock_shim.so
		count $depth $entries ruleset setpriv --bounding-set=-sys_admin
		count $depth $entries view env
		unset LD_PRELOAD
	done
done
