#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Guest instructions per system call: without the patches, with them, under rules.
#
# Both kernels have the same configuration but for the patches. In brackets the
# ratio to the one without them; "x8" is the same object applied eight times.
set -u -o pipefail
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

prepare='mkdir -p /tmp/bench/1/2 && echo content > /tmp/bench/1/2/file'
# Not those that fs_readonly.o refuses.
hooks='build/tests/bench/hooks /tmp/bench/1/2/file getppid fstat stat open+close pread
	access fcntl ioctl mmap+munmap'
hooks=${hooks//$'\n'/}
rule='-r fs_readonly.o'
eight=$(printf -- "$rule %.0s" {1..8})

count() { # KERNEL COMMAND: one block of lines per program run
	VM_KERNEL=$1 VM_OPTIONS='-icount shift=0' CMD="$prepare && $2" \
		kernel/vm/run
}

count base "$hooks" > "$work/base" &&
	count small "$hooks &&
		landlock run $rule $hooks &&
		landlock run $eight $hooks" > "$work/small" || exit

cat "$work/base" "$work/small" | awk -F '\t' '
	!($1 in runs) { names[++count] = $1 }
	{ cost[$1, ++runs[$1]] = $2 }
	END {
		printf "%-14s %10s %18s %18s %18s\n", "instructions",
			"unpatched", "no rule", "fs_readonly", "fs_readonly x8"
		for (i = 1; i <= count; i++) {
			name = names[i]
			printf "%-14s %10d", name, cost[name, 1]
			for (run = 2; run <= runs[name]; run++)
				printf " %9d (%5.3f)", cost[name, run],
					cost[name, run] / cost[name, 1]
			print ""
		}
	}'
