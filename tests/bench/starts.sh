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
trap 'rm -f "$list"' EXIT
bench=$PWD/build/tests/bench
# Found as the shim is.
cp "$bench/empty.so" "$(dirname /usr/lib/*/liblandlock_shim.so)/empty.so" || exit
unset LD_PRELOAD

paths=()
for path in /usr /etc /dev /proc /sys /bin /sbin /lib /lib64 /usr/bin /usr/lib \
	/usr/share /usr/sbin /usr/include /var /var/lib /var/cache /var/log /opt /home \
	/root /srv /mnt /media /boot; do
	[ ! -d $path ] || [ ${#paths[@]} = 20 ] || paths+=($path)
done
# Each row has a configuration of its own: that of a user, as the system has none.
config() { # NAME: a directory for XDG_CONFIG_HOME
	mkdir -p "/etc/bench/$1/landlock"
	cd "/etc/bench/$1/landlock" || exit
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
cd "$bench" || exit
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
		'bare wrapper, 20 paths' "$bench/wrapper ${paths[*]} -- /usr/bin/true"
	# These need what was dropped for the ruleset.
	[ ${#as[@]} != 0 ] || [ ! -x /usr/bin/bwrap ] || printf '%s\t%s\n' 'bubblewrap, 20 binds' \
		"/usr/bin/bwrap ${bound[*]} /usr/bin/true"
	[ ${#as[@]} != 0 ] || [ ! -x /usr/bin/firejail ] || printf '%s\t%s\n' 'firejail, 20 paths' \
		"/usr/bin/firejail --quiet --noprofile ${readonly[*]} /usr/bin/true"
} > "$list"
"${as[@]}" "$bench/starts" "$rounds" < "$list" | awk -F '\t' '
	NR == 1 { plain = $2 }
	{ printf "%-28s %12d thousand ticks   x %.2f\n", $1, $2 / 1e3, $2 / plain }'
