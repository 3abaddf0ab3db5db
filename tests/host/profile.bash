# SPDX-License-Identifier: LGPL-2.1-or-later
# For tests of what profiles enforce: what the kernel has, and a profile for all the
# programs that a test starts. Sourced after private.bash and tap.bash.
# shellcheck shell=bash

# This user's own profiles stay out of the way.
export HOME=/nonexistent
unset XDG_CONFIG_HOME

landlock features > "$scratch/features"
abi=$(sed -n 's/^mainline Landlock.* ABI \([0-9]*\).*/\1/p' "$scratch/features")
# Before ABI 5, what is not enforced is told at each start: then only the virtual
# machine can show the rest.
holds "features tells of mainline Landlock" grep -q '^mainline Landlock' "$scratch/features"
has() { # ABI
	[ "${abi:-0}" -ge "$1" ] && return
	echo "# not tested on this kernel: what needs ABI $1 of Landlock"
	return 1
}
has_rules() {
	grep -q '^Landlock rules .* on ' "$scratch/features"
}
has_view() {
	grep -q '^read, write, exec, deny.*  view' "$scratch/features"
}

# What programs need to start and to speak.
python=/usr/bin/python3
base=('read = /usr /etc /proc' 'exec = /usr/bin /usr/lib' 'write = /dev')
for old in /bin /lib /lib64; do
	[ ! -d $old ] || base+=("exec = $old")
done
programs='/usr/bin/* /usr/local/bin/* /bin/*'
only() { # LINE...: the whole profile, of all programs of the tests
	printf '%s\n' '[tools]' "match = $programs" "$@" \
		> /etc/landlock/new
	mv /etc/landlock/new /etc/landlock/landlock.ini
}
profile() { # LINE...: what is granted beyond what programs need
	only "${base[@]}" "$@"
}
