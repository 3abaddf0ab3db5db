#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A whole machine under the shim, booted by systemd on the patched kernel: twice, the
# second time with landlock_shim=off.
. "$(dirname "$0")/system.bash"

boot() { # SCRIPT: runs it inside, as the last unit; what it says is ours, as it comes
	system_new machine
	system_preload machine
	cp tests/tap.bash "tests/system/$1" "$layers/machine/upper"
	system_mount machine
	echo "# booting, for $1: up to a minute of silence"
	VM_ROOT=$layers/machine/root VM_INIT=/sbin/init CMD="bash /$1 $test_number" \
		VM_LOG=$scratch/log kernel/vm/run 2> "$scratch/err" | tee "$scratch/said"
	status=${PIPESTATUS[0]}
	umount "$layers/machine/root"
	if [ "$status" != 0 ]; then
		tail -n 60 "$scratch/err" | sed 's/^/# /'
		echo "Bail out! the machine did not run $1 to its end"
		exit 1
	fi
	test_number=$((test_number + $(grep -cE '^(not )?ok ' "$scratch/said")))
}

boot inside_systemd
VM_APPEND=landlock_shim=off boot inside_off
done_testing
