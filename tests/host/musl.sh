#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs of another C library: musl's ld.so preloads the very same library, and is
# held as well by one that its own compiler made.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

if ! command -v musl-gcc > /dev/null; then
	echo "# not tested: this system has no musl-gcc"
	done_testing
	exit
fi
mkdir -m 755 /etc/programs
work=/etc/programs
musl-gcc -O1 -o $work/reader -x c - <<'C' || exit
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Opens each file, and says what came of it. */
int main(int argc, char **argv)
{
	int i;

	printf("%d %s\n", errno, getenv("A") ? getenv("A") : "");
	for (i = 1; i < argc; i++)
		puts(open(argv[i], O_RDONLY) < 0 ? strerror(errno) : "opened");
	return 7;
}
C
mkdir -p $work/{in,home/.config/landlock,config/landlock}
touch $work/in/file $work/file
programs=$work/reader
free=$'0 a\nopened\nopened'
held=$'0 a\nopened\nPermission denied'
missing='rule = missing.o'
report='landlock-shim: [^:]*:[0-9]+: rule: .*missing\.o does not exist; .*'
# musl's ld.so wants to read its library, too.
granted=('read = /usr /lib /proc /dev' 'exec = /usr /lib' "read = $work/in")

make=(env -u MAKEFLAGS -u MAKELEVEL make -s B="$scratch/build" CC=musl-gcc)
"${make[@]}" "$scratch/build/liblandlock_shim.so" "$scratch/build/landlock" > "$scratch/made" 2>&1
holds "musl-gcc builds the shim and the command" test ! -s "$scratch/made"
[ ! -s "$scratch/made" ] || sed 's/^/# /' "$scratch/made"
cp "$scratch/build/liblandlock_shim.so" $work/of-musl.so

start() { # VARIABLE=VALUE...: the reader on a granted file and on another
	plain env A=a LD_PRELOAD="$library" "$@" $work/reader $work/in/file $work/file
}
for library in /usr/lib/*/liblandlock_shim.so $work/of-musl.so; do
	of=${library##*/}
	rm -f /etc/landlock/*
	start
	gives "$of: a program of musl's starts without a profile" 7 "$free" ""
	only "$missing"
	start
	gives "$of: a rule that is missing ends it" 125 "" "$report"
	only "$missing" 'on-error = warn'
	start
	gives "$of: or is told" 7 "$free" "$report"
	only 'rule = fs_readonly.o nope=1' 'on-error = warn'
	start
	gives "$of: the loader works for it" 7 "$free" '.* there is no parameter nope; .*'
	only 'rulez = x.o'
	start
	gives "$of: a typo ends it" 125 "" 'landlock-shim: .*:3: rulez: .*'
	has 5 && {
		only "${granted[@]}"
		start
		gives "$of: it is held to paths" 7 "$held" ""
	}
	rm -f /etc/landlock/*
	printf '%s\n' "[$work/reader]" "$missing" > $work/home/.config/landlock/landlock.ini
	start HOME=$work/home
	gives "$of: a profile in HOME counts" 125 "" "$report"
	start XDG_CONFIG_HOME=$work/config HOME=$work/home
	gives "$of: XDG_CONFIG_HOME counts for more" 7 "$free" ""
	mv $work/{home/.config,config}/landlock/landlock.ini
	start XDG_CONFIG_HOME=$work/config
	gives "$of: and its profile" 125 "" "$report"
	rm $work/config/landlock/landlock.ini
done

# The command, all of it of musl.
only "$missing"
plain "$scratch/build/landlock" run $work/reader
gives "musl's landlock run has the same profiles" 125 "" "$report"
has 5 && {
	only "${granted[@]}" "exec = $work/reader"
	plain env A=a "$scratch/build/landlock" run $work/reader $work/in/file $work/file
	gives "and holds programs to them" 7 "$held" ""
}

done_testing
