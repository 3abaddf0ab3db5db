#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What starting /bin/true costs plain, with the shim, under a shipped profile, and with
# other sandboxes that grant the same twenty paths. Ratios to the plain start.
#
#	starts.sh [ROUNDS [ruleset | pinned]]: on the running kernel; as who may not load
#	rules, by a ruleset or by rules that root has pinned. Needs make stage, and root.
. "$(dirname "$0")/../host/private.bash"
rmdir /etc/landlock
rounds=${1-200}
list=$(mktemp)
root=$(mktemp -d)
trap 'cd /; umount -lR "$root"; rm -r "$list" "$root"' EXIT
unset LD_PRELOAD

# Starts take place in a root in memory, with the directories of this one: what they
# look up is never asked of a disk, or of the host of a machine.
mount -t tmpfs -o mode=755 tmpfs "$root" && mkdir "$root"/{bench,dev,proc,sys,tmp} || exit
(cd / && find bin lib lib64 sbin home root etc opt srv media mnt usr var -maxdepth 2 \
	-xdev ! -type f -print0 | tar --null --no-recursion -cT - | tar -xC "$root") || exit
for directory in dev proc sys; do
	mount --rbind /$directory "$root/$directory" || exit
done
put() { # FILE…: there, with the libraries that it names
	local file library
	for file; do
		cp --parents "$file" "$root" || exit
		for library in $(ldd "$file" 2> /dev/null | grep -o '/[^ ]*'); do
			cp --parents -L --remove-destination "$library" "$root" || exit
		done
	done
}
put /etc/{ld.so.cache,passwd,group,login.defs} /usr/bin/true /usr/lib/*/liblandlock_shim.so \
	/usr/lib/landlock_shim/{landlock-loader,rules/*} /usr/share/landlock/templates/* \
	/usr/share/landlock/profiles/*
for file in /usr/bin/bwrap /usr/bin/firejail /usr/lib/*/firejail/* /etc/firejail/*.config; do
	[ ! -f "$file" ] || put "$file"
done
cp build/tests/bench/{starts,wrapper} "$root/bench" &&
	# Found as the shim is.
	cp build/tests/bench/empty.so "$(dirname "$root"/usr/lib/*/liblandlock_shim.so)" || exit

paths=()
for path in /usr /etc /dev /proc /sys /bin /sbin /lib /lib64 /usr/bin /usr/lib \
	/usr/share /usr/sbin /usr/include /var /var/lib /var/cache /var/log /opt /home \
	/root /srv /mnt /media /boot; do
	[ ! -d "$root$path" ] || [ ${#paths[@]} = 20 ] || paths+=($path)
done
# Each row has a configuration of its own: that of a user, as the system has none.
config() { # NAME: a directory for XDG_CONFIG_HOME
	mkdir -p "$root/etc/bench/$1/landlock"
	cd "$root/etc/bench/$1/landlock" || exit
}
config many
seq -f 'usr.bin.program-%.0f.ini' 10000 | xargs touch
config other
printf '[/usr/bin/other]\nexec = /usr\n' > landlock.ini
config paths
printf '[/usr/bin/true]\nexec = %s\n' "${paths[*]}" > usr.bin.true.ini
config both
printf '[/usr/bin/true]\nexec = %s\nrule = deny_tty_injection.o\n' "${paths[*]}" > usr.bin.true.ini
config less
sed 's|^\[.*|[/usr/bin/true]|' /usr/share/landlock/profiles/usr.bin.less.ini > usr.bin.true.ini
with() { # NAME: the variables of a row
	echo "LD_PRELOAD=liblandlock_shim.so XDG_CONFIG_HOME=/etc/bench/$1"
}

# Who may not load rules has to do with a ruleset, or with what is pinned.
as=() rules=("shim, 20 paths and a rule" "$(with both) /usr/bin/true")
[ -z "${2-}" ] || as=(setpriv --bounding-set=-sys_admin)
case ${2-} in
ruleset) rules=() ;;
pinned) landlock pin > /dev/null || exit ;;
esac
grep -qsw landlock_rule /sys/kernel/security/lsm || rules=()
case $("${as[@]}" landlock features --json) in
*'"paths": "view"'*) by=view ;;
*'"paths": "ruleset"'*) by=ruleset ;;
*) echo "starts.sh: this kernel can't restrict paths" >&2; exit 1 ;;
esac
bound=() readonly=()
for path in "${paths[@]}"; do
	bound+=(--ro-bind $path $path)
	readonly+=(--read-only=$path)
done
{
	printf '%s\t%s\n' plain "/usr/bin/true" \
		'empty preload' "LD_PRELOAD=empty.so /usr/bin/true" \
		'shim, no configuration' "LD_PRELOAD=liblandlock_shim.so /usr/bin/true" \
		'shim, 10000 profiles' "$(with many) /usr/bin/true" \
		'shim, a file of others' "$(with other) /usr/bin/true" \
		"shim, 20 paths by $by" "$(with paths) /usr/bin/true" \
		"${rules[@]}" \
		'shim, profile of less' "$(with less) /usr/bin/true" \
		'bare wrapper, 20 paths' "/bench/wrapper ${paths[*]} -- /usr/bin/true"
	# These need what was dropped for the ruleset.
	[ ${#as[@]} != 0 ] || [ ! -x "$root/usr/bin/bwrap" ] ||
		printf '%s\t%s\n' 'bubblewrap, 20 binds' "/usr/bin/bwrap ${bound[*]} /usr/bin/true"
	[ ${#as[@]} != 0 ] || [ ! -x "$root/usr/bin/firejail" ] ||
		printf '%s\t%s\n' 'firejail, 20 paths' "/usr/bin/firejail --quiet --noprofile ${readonly[*]} /usr/bin/true"
} > "$list"
"${as[@]}" chroot "$root" /bench/starts "$rounds" < "$list" | awk -F '\t' '
	NR == 1 { plain = $2 }
	{ printf "%-28s %12d thousand ticks   x %.2f\n", $1, $2 / 1e3, $2 / plain }'
