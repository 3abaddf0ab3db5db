#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Holds the verdicts of this kernel against verdicts.table, row by row.
#
#	verdicts.sh [ruleset]: with a ruleset even where there could be a view
. "$(dirname "$0")/private.bash"
. tests/tap.bash

unset XDG_CONFIG_HOME
export HOME=/nonexistent
work=$(mktemp -d /tmp/landlock-verdicts.XXXXXX)
trap 'rm -rf "$work" "$scratch"' EXIT
table=tests/host/verdicts.table
verdicts=$PWD/build/tests/host/verdicts

# Who may not load rules has to do with a ruleset.
as=()
[ "${1-}" != ruleset ] || as=(setpriv --bounding-set=-sys_admin)
"${as[@]}" landlock features > "$scratch/features"
case $("${as[@]}" landlock features --json) in
*'"paths": "view"'*) column=2 ;;
*) column=1 ;;
esac
abi=$(sed -n 's/^mainline Landlock.* ABI //p' "$scratch/features")
if [ "$column" = 1 ] && [ "${abi:-0}" -lt 5 ]; then
	holds "this kernel can restrict paths" [ "${abi:-0}" -ge 1 ]
	echo "# not tested on this kernel: its Landlock has ABI $abi, the table is for 5 and newer"
	done_testing
	exit
fi

cat > /etc/landlock/landlock.ini <<END
[$verdicts]
read  = $work/read /etc /proc /sys /dev
exec  = $work/exec /usr
write = $work/write $work/both $work/open $work/open/entry
exec  = $work/both
deny  = $work/open/denied
write = $work/open/denied/granted
END
for old in /bin /lib /lib64; do
	[ ! -d $old ] || echo "exec  = $old" >> /etc/landlock/landlock.ini
done
"${as[@]}" "$verdicts" "$work" < "$table" > "$scratch/was" || exit

# One test for each cell: what is to be expected by ruleset, or after the slash by
# a view.
awk -v column=$column -v places='none read exec write both open open/denied open/entry open/denied/granted' '
	BEGIN { split(places, place, " ") }
	FNR == NR { was[FNR] = $0; next }
	/^#|^$/ { next }
	{
		split(was[++row], is, " ")
		first = NF - 8
		for (i = first; i <= NF; i++) {
			expected = $i
			if (split($i, either, "/") == 2)
				expected = either[column]
			printf "%s %d - %s%s at %s: %s%s\n",
				is[i] == expected ? "ok" : "not ok", ++count,
				$1, first == 3 ? " from " $2 : "",
				place[i - first + 1], expected,
				is[i] == expected ? "" : ", but was " is[i]
		}
	}
	END { print "1.." count }' "$scratch/was" "$table"
