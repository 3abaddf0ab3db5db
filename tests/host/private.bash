# SPDX-License-Identifier: LGPL-2.1-or-later
# Gives a test a system of its own: /usr with what `make stage` installed, and
# /etc, are copies that nobody else sees.
# shellcheck shell=bash
self=$(realpath "$0")
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit
# Profiles of the system are root's.
[ "$(id -u)" = 0 ] || exec sudo "$self" "$@"
if [ -z "${PRIVATE_MOUNTS-}" ]; then
	PRIVATE_MOUNTS=1 exec unshare --mount --propagation private "$self" "$@"
fi
[ -d build/stage/usr ] || { echo "run make stage first" >&2; exit 1; }

private=$(mktemp -d)
mount -t tmpfs -o mode=755 tmpfs "$private" &&
	mkdir "$private"/{etc,etc-work,usr,usr-upper,usr-work} &&
	cp -a build/stage/usr/. "$private/usr" &&
	chown -R 0:0 "$private/usr" &&
	mount -t overlay -o "lowerdir=$private/usr:/usr,upperdir=$private/usr-upper,workdir=$private/usr-work" \
		overlay /usr &&
	mount -t overlay -o "lowerdir=/etc,upperdir=$private/etc,workdir=$private/etc-work" \
		overlay /etc || exit
rm -rf /etc/landlock /etc/landlock.off /etc/ld.so.preload
mkdir -m 755 /etc/landlock
umount -l "$private"
rmdir "$private"
