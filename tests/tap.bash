# SPDX-License-Identifier: LGPL-2.1-or-later
# For tests that are shell scripts: runs commands and tells results as TAP.
# shellcheck shell=bash
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
test_number=0

# Runs a command: $status, $out and $err are what came of it. It writes to pipes,
# as a rule may keep it from writing to files.
plain() {
	{
		{
			"$@"
		} 2>&1 >&3 3>&- | cat > "$scratch/err"
		echo "${PIPESTATUS[0]}" > "$scratch/status"
	} 3>&1 | cat > "$scratch/out"
	status=$(< "$scratch/status") out=$(< "$scratch/out") err=$(< "$scratch/err")
}

# The same under the shim.
shim() {
	plain with_shim "$@"
}
with_shim() {
	LD_PRELOAD=liblandlock_shim.so "$@"
}

result() { # STATUS NAME
	test_number=$((test_number + 1))
	if [ "$1" = 0 ]; then
		echo "ok $test_number - $2"
		return
	fi
	echo "not ok $test_number - $2"
	printf 'status %s\nout: %s\nerr: %s\n' "${status-}" "${out-}" "${err-}" |
		sed 's/^/# /'
}

# Of the last command: its status, its stdout, and a regular expression that
# matches all of its stderr.
gives() { # NAME STATUS OUT ERR
	[ "$status" = "$2" ] && [ "$out" = "$3" ] && [[ $err =~ ^$4$ ]]
	result $? "$1"
}

holds() { # NAME COMMAND...
	"${@:2}"
	result $? "$1"
}

done_testing() {
	echo "1..$test_number"
}
