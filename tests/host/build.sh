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

touch "$copy/conf/report.h"
build
holds "a changed header builds the shim again" \
	test "$copy/build/liblandlock_shim.so" -nt "$scratch/built"

# A newcomer's machine: what fetches the library has to be read before it is there.
build INIH=-l:libinih.a help
holds "without inih's library the make file can be read" test "$status" = 0

# --- what is printed ---

touch "$copy/preload/plan.c"
quiet=(env -u MAKEFLAGS -u MAKELEVEL make -C "$copy" --no-print-directory)
plain "${quiet[@]}"
holds "a line for each step, not its command" eval \
	'[[ $status = 0 && $out = *"  CC      preload/plan.c"* && $out != *-std=gnu17* ]]'
touch "$copy/preload/plan.c"
plain "${quiet[@]}" V=1
holds "V=1 prints the commands" eval '[[ $out = *" -c preload/plan.c -o "* && $out != *"  CC "* ]]'

# --- the three artefacts ---

shim=$copy/build/liblandlock_shim.so
imports=$(nm -D --undefined-only "$shim" | awk '{ print $1, $2 }' | sort)
holds "the shim imports two names of ld.so, if they are there, and no function" test \
	"$imports" = $'w __libc_stack_end\nw environ'
holds "it needs no library" eval '! readelf -d "$shim" | grep -q NEEDED'
holds "it exports nothing" test -z "$(nm -D --defined-only "$shim")"
flags=$(readelf -dW "$shim" | grep FLAGS_1)
holds "it is INITFIRST, NODELETE and NOW" \
	eval '[[ $flags = *INITFIRST* && $flags = *NODELETE* && $flags = *NOW* ]]'
holds "it is relro" eval 'readelf -lW "$shim" | grep -q GNU_RELRO'
holds "it has two segments, none of them writable and executable" test \
	"$(readelf -lW "$shim" | sed -n 's/^  LOAD .* 0x[0-9a-f]* \([RWE ]*\) 0x.*/\1/p')" = $'R E\nRW '
holds "it has no thread-local storage" eval '! readelf -lW "$shim" | grep -q TLS'
holds "it runs one constructor" eval 'readelf -dW "$shim" | grep -q "INIT_ARRAYSZ.* 8 (bytes)" &&
	! readelf -dW "$shim" | grep -qE "\((INIT|FINI|FINI_ARRAY)\)"'
for program in landlock landlock-loader; do
	holds "$program is static and position-independent" eval \
		'readelf -hW "$copy/build/$program" | grep -q "Type: *DYN" &&
		! readelf -lW "$copy/build/$program" | grep -q INTERP'
done
for file in liblandlock_shim.so landlock landlock-loader; do
	holds "$file has no text relocations" \
		eval '! readelf -d "$copy/build/$file" | grep -q TEXTREL'
	holds "$file has no executable stack" eval \
		'readelf -lW "$copy/build/$file" | grep GNU_STACK | grep -q "RW  *0x"'
done

# --- install ---

build install DESTDIR="$scratch/default"
gives "install says nothing" 0 "" ""
library_directory=usr/lib/$(gcc -print-multiarch)
for file in "$library_directory/liblandlock_shim.so" usr/lib/landlock_shim/landlock-loader \
	usr/bin/landlock usr/include/{linux,landlock}/landlock_rule.h \
	usr/share/man/{man1/landlock.1,man5/landlock.ini.5,man8/liblandlock_shim.8} \
	usr/share/man/man1/landlock-{run,show,features,pin,preload}.1 \
	usr/lib/systemd/system/landlock-pin.service etc/init.d/landlock-pin \
	usr/share/bash-completion/completions/landlock \
	usr/share/zsh/vendor-completions/_landlock \
	usr/share/fish/vendor_completions.d/landlock.fish; do
	holds "/$file is installed" test -f "$scratch/default/$file"
done
holds "every rule is installed" test \
	"$(ls "$scratch/default/usr/lib/landlock_shim/rules")" = \
	"$(cd rules && ls -- *.bpf.c | sed 's/\.bpf\.c$/.o/')"

echo kept > "$scratch/default/usr/lib/landlock_shim/rules/own.o"
build uninstall DESTDIR="$scratch/default"
holds "uninstall takes all of it away, and nothing else" test \
	"$(files_in "$scratch/default")" = "./usr/lib/landlock_shim/rules/own.o"

# --- a full disk ---

# In a mount namespace of its own, where there may be one.
full_disk() {
	unshare --mount --propagation private bash -c '
		mount -t tmpfs -o size=64k tmpfs "$1" && mkdir -p "$1/$2" &&
		echo old > "$1/$2/liblandlock_shim.so" && make -s -C "$3" install DESTDIR="$1"
		echo "$?" > "$4" && cat "$1/$2/liblandlock_shim.so" && ls "$1/$2"' - \
		"$scratch/full" "$library_directory" "$copy" "$scratch/installed" 2> /dev/null
}
mkdir "$scratch/full"
if unshare --mount true 2> /dev/null; then
	plain env -u MAKEFLAGS -u MAKELEVEL bash -c "$(declare -f full_disk)
		scratch=$scratch library_directory=$library_directory copy=$copy full_disk"
	holds "install fails on a full disk" test "$(< "$scratch/installed")" != 0
	gives "and leaves the file that was there, and no other" 0 \
		$'old\nliblandlock_shim.so' ""
else
	echo "# not tested: install on a full disk, which takes a mount of one's own"
fi
build install DESTDIR="$scratch/twice"
cp -al "$scratch/twice" "$scratch/linked"
stat -c %i "$scratch/linked/$library_directory/liblandlock_shim.so" > "$scratch/inode"
build install DESTDIR="$scratch/twice"
holds "install replaces a library that programs have mapped, and writes to none" test \
	"$(stat -c %i "$scratch/twice/$library_directory/liblandlock_shim.so")" != \
	"$(< "$scratch/inode")"

# --- other compilers ---

# Out of the tree's own B, each.
builds() { # COMPILER TARGET...
	build B=build/other CC="$1" "${@:2}"
	gives "$1 builds ${*:2}" 0 "" ""
	imports=$(nm -D --undefined-only "$copy/build/other/liblandlock_shim.so" |
		awk '{ print $1, $2 }' | sort)
	holds "whose shim imports as little" test \
		"$imports" = $'w __libc_stack_end\nw environ'
	holds "and needs no library" eval \
		'! readelf -d "$copy/build/other/liblandlock_shim.so" | grep NEEDED'
	rm -r "$copy/build/other"
}
if command -v musl-gcc > "$scratch/which"; then
	builds musl-gcc build/other/liblandlock_shim.so build/other/landlock
else
	echo "# not tested: this system has no musl-gcc"
fi
# inih is a library of its own class.
if [[ $(gcc -m32 -print-file-name=libinih.a) = /* ]]; then
	builds 'gcc -m32' build/other/liblandlock_shim.so
elif i386_inih=$(ls -d "$PWD"/build/i386/libinih.a 2> /dev/null); then
	INIH=$i386_inih builds 'gcc -m32' build/other/liblandlock_shim.so
else
	echo "# not tested: this system has no 32-bit libinih.a"
fi

# --- settings ---

build install DESTDIR="$scratch/other" PREFIX=/opt/here LIBDIR=/opt/here/lib64 \
	SYSCONFDIR=/opt/here/etc
holds "PREFIX, LIBDIR and SYSCONFDIR move every file" eval \
	'[ "$status" = 0 ] && [ -n "$(files_in "$scratch/other")" ] &&
	! files_in "$scratch/other" | grep -qv "^\./opt/here/"'
holds "and the shim is built again to look there" grep -q \
	/opt/here/lib/landlock_shim/rules "$scratch/other/opt/here/lib64/liblandlock_shim.so"
build uninstall DESTDIR="$scratch/other" PREFIX=/opt/here LIBDIR=/opt/here/lib64 \
	SYSCONFDIR=/opt/here/etc
holds "uninstall follows them" test -z "$(files_in "$scratch/other")"

# --- help ---

build help
for target in all install uninstall demo check vm kernel clean; do
	holds "help names $target" grep -q "^  $target  *[a-z]" "$scratch/out"
done
done_testing
