# SPDX-License-Identifier: LGPL-2.1-or-later
# Gives a test whole Debian systems of its own: each is a layer above the cached
# root, what `make stage` installed and the users and programs that all of them
# have, in namespaces of its own. With system_packages set, the root is that of this
# list, and the systems have nothing more than it and the shim.
# shellcheck shell=bash
self=$(realpath "$0")
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
if [ "$(id -u)" != 0 ]; then
	exec sudo "XDG_CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache}" "$self" "$@"
fi
if [ -z "${SYSTEM_MOUNTS-}" ]; then
	SYSTEM_MOUNTS=1 exec unshare --mount --propagation private "$self" "$@"
fi
[ -d build/stage/usr ] || { echo "run make stage first" >&2; exit 1; }
root=$(tests/system/root ${system_packages-}) || exit
. tests/tap.bash

shim=/usr/lib/x86_64-linux-gnu/liblandlock_shim.so
shim32=/usr/lib/i386-linux-gnu/liblandlock_shim.so
# What the dynamic loader shall read; not expanded by us.
# shellcheck disable=SC2016
preload='/usr/$LIB/liblandlock_shim.so'

layers=$(mktemp -d)
mount -t tmpfs -o mode=755 tmpfs "$layers" || exit
# Nobody else sees it: gone with us.
trap 'umount -l "$layers"; rmdir "$layers"; rm -rf "$scratch"' EXIT
mkdir -p "$layers/stage"
cp -r --no-preserve=ownership build/stage/. "$layers/stage"
lower=$layers/stage:$root

# A system that nothing has happened to yet.
system_new() { # NAME
	rm -rf "${layers:?}/$1"
	mkdir -p "$layers/$1"/{upper,work,root}
}

# The dynamic loader of that system knows the shim.
system_preload() { # NAME
	mkdir -p "$layers/$1/upper/etc"
	echo "$preload" > "$layers/$1/upper/etc/ld.so.preload"
}

# The root of that system, without entering it.
system_mount() { # NAME
	mount -t overlay -o "lowerdir=$lower,upperdir=$layers/$1/upper,workdir=$layers/$1/work" \
		overlay "$layers/$1/root"
}

# Runs a command as the first process of that system; what it changed stays.
in_system() { # NAME COMMAND…
	timeout --foreground -k 5 "${SYSTEM_TIMEOUT:-120}" unshare --mount --pid --net \
		--ipc --uts --fork --kill-child tests/system/enter "$lower" "$layers/$1" \
		"${@:2}" < /dev/null
}

# What a command leaves in that system becomes part of all later ones. It finds the
# tree in /mnt.
system_base() { # NAME COMMAND…
	system_new "$1"
	if ! SYSTEM_TREE=$PWD in_system "$@" > "$scratch/base" 2>&1; then
		sed 's/^/# /' "$scratch/base"
		echo "Bail out! the system $1 could not be made"
		exit 1
	fi
	lower=$layers/$1/upper:$lower
}

[ -z "${system_packages-}" ] || return 0

# Users and programs, and the shim for 32-bit programs, which needs libraries that this
# machine may not have. What make writes shall be the user's who can clean it up.
system_base base /mnt/tests/system/base
# shellcheck disable=SC2016
system_base shim32 /bin/bash -ec 'cd /mnt
	make -s B=build/system-i386 CC="gcc -m32" build/system-i386/liblandlock_shim.so
	chown -R --reference=. build/system-i386
	install -D -m 644 build/system-i386/liblandlock_shim.so "$0"
	gcc -m32 -O1 -o /usr/local/bin/reader32 tests/system/programs/reader.c
	printf "%s\n" "[/usr/local/bin/reader32]" "read = /usr /etc /srv/open" "exec = /usr" \
		> /etc/landlock/usr.local.bin.reader32.ini' "$shim32"
