# SPDX-License-Identifier: LGPL-2.1-or-later
# Gives a test a system of its own: what `make stage` installed lies over /usr,
# and /etc is a copy that nobody else sees.
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
	mkdir "$private/etc" "$private/work" "$private/usr" &&
	cp -a build/stage/usr/. "$private/usr" &&
	chown -R 0:0 "$private/usr" &&
	mount -t overlay -o "lowerdir=$private/usr:/usr" overlay /usr &&
	mount -t overlay -o "lowerdir=/etc,upperdir=$private/etc,workdir=$private/work" \
		overlay /etc || exit
rm -rf /etc/landlock.ini /etc/landlock.d /etc/landlock.off /etc/ld.so.preload
umount -l "$private"
rmdir "$private"
