#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The make file: what it builds, when it builds again, what it installs and takes
# away. All in a copy of the tree.
cd "$(dirname "$0")/../.." || exit
. tests/tap.bash

copy=$scratch/tree
mkdir -p "$copy/kernel"
cp -r GNUmakefile conf preload rules landlock.ini.sample "$copy"
cp -r kernel/src "$copy/kernel"

# Without the flags of the make that runs this test.
build() { # ARGUMENT…
	plain env -u MAKEFLAGS -u MAKELEVEL make -s -C "$copy" "$@"
}

files_in() { # DIRECTORY
	(cd "$1" && find . ! -type d | sort)
}

build -j2
gives "a parallel build from nothing says nothing" 0 "" ""

touch "$scratch/built"
build
holds "a second build makes nothing new" \
	test -z "$(find "$copy/build" -type f -newer "$scratch/built")"

touch "$copy/preload/report.h"
build
holds "a changed header builds the shim again" \
	test "$copy/build/liblandlock_shim.so" -nt "$scratch/built"

for library in liblandlock_shim.so landlock_loader.so; do
	holds "$library has no text relocations" \
		eval '! readelf -d "$copy/build/$library" | grep -q TEXTREL'
	holds "$library has no executable stack" eval \
		'readelf -lW "$copy/build/$library" | grep GNU_STACK | grep -q "RW  *0x"'
done
holds "the command is position-independent" \
	eval 'readelf -h "$copy/build/landlock" | grep -q "DYN"'

# --- install ---

build install DESTDIR="$scratch/default"
gives "install says nothing" 0 "" ""
library_directory=usr/lib/$(gcc -print-multiarch)
for file in "$library_directory"/{liblandlock_shim.so,landlock_shim/landlock_loader.so} \
	usr/bin/landlock usr/include/{linux,landlock}/landlock_rule.h \
	usr/share/man/{man1/landlock.1,man5/landlock.ini.5,man8/liblandlock_shim.8}; do
	holds "/$file is installed" test -f "$scratch/default/$file"
done
holds "every rule is installed" test \
	"$(ls "$scratch/default/$library_directory/landlock_shim/rules")" = \
	"$(cd rules && ls -- *.bpf.c | sed 's/\.bpf\.c$/.o/')"

echo kept > "$scratch/default/$library_directory/landlock_shim/rules/own.o"
build uninstall DESTDIR="$scratch/default"
holds "uninstall takes all of it away, and nothing else" test \
	"$(files_in "$scratch/default")" = "./$library_directory/landlock_shim/rules/own.o"

# --- settings ---

build install DESTDIR="$scratch/other" PREFIX=/opt/here LIBDIR=/opt/here/lib64
holds "PREFIX and LIBDIR move every file" eval \
	'[ "$status" = 0 ] && [ -n "$(files_in "$scratch/other")" ] &&
	! files_in "$scratch/other" | grep -qv "^\./opt/here/"'
holds "and the shim is built again to look there" grep -q \
	/opt/here/lib64/landlock_shim/rules "$scratch/other/opt/here/lib64/liblandlock_shim.so"
build uninstall DESTDIR="$scratch/other" PREFIX=/opt/here LIBDIR=/opt/here/lib64
holds "uninstall follows them" test -z "$(files_in "$scratch/other")"

# --- help ---

build help
for target in all install uninstall demo check vm kernel clean; do
	holds "help names $target" grep -q "^  $target  *[a-z]" "$scratch/out"
done
done_testing
