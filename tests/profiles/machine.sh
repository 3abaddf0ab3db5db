#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Proofs of profiles on the patched kernel, in one boot of the Debian that they run in
# here: each as on this kernel, but paths are restricted by a view.
#
#	machine.sh [PROOF…]
#
# The machine is emulated, and takes a multiple of the time: without MACHINE_PROOFS=all,
# as `make check-profiles` sets it, these are proved, which differ most in what they do.
differing='git less ssh tmux'
all=$(cd "$(dirname "$0")" && printf '%s\n' *.sh | sed 's/\.sh$//' | grep -vx machine)
[ "${MACHINE_PROOFS-}" != all ] || differing=$all
# shellcheck disable=SC2086
[ $# != 0 ] || set -- $differing
# shellcheck disable=SC2034
system_packages=tests/profiles/packages
. "$(dirname "$0")/../system/system.bash"
. tests/profiles/layer.bash
for proof in $all; do
	[[ " $* " == *" $proof "* ]] || left_out+=" $proof"
done
[ -z "${left_out-}" ] || echo "# not proved in the machine, but with MACHINE_PROOFS=all:$left_out"

profiles_layer machine
mnt=$layers/machine/upper/mnt
mkdir -p "$mnt/tests"
cp -r tests/tap.bash tests/profiles "$mnt/tests"
# Each in processes of its own, so that it leaves none behind. Every minute tells that
# the machine is alive; what hangs in it, an hour ends. The last minute outlives its loop,
# and must not hold the ports open, behind which the machine's end is told.
cat > "$mnt/prove" << 'end'
chmod 755 /run
mount -t tmpfs -o mode=1777 tmpfs /tmp
export PROFILES_BY=view HOME=/root LANG=C TERM=linux
for proof; do
	SECONDS=0
	while sleep 60 < /dev/null > /dev/null 2>&1; do echo "# $proof runs for $SECONDS s"; done &
	unshare --mount --propagation private --pid --fork --kill-child --mount-proc \
		timeout -k 5 3600 /mnt/tests/profiles/$proof.sh 2>&1 < /dev/null
	status=$?
	kill $!
	echo "end of $proof: exit status $status after $SECONDS s"
done
end
system_mount machine

echo "# booting the patched kernel"
planned='' count=0
exec 3< <(VM_ROOT=$layers/machine/root VM_MEM=2G CMD="bash /mnt/prove $*" \
	exec kernel/vm/run 2> "$scratch/err" < /dev/null)
machine=$!
while IFS= read -r line <&3; do
	if [[ $line =~ ^(not )?ok\ [0-9]+\ -\ (.*) ]]; then
		count=$((count + 1)) test_number=$((test_number + 1))
		echo "${BASH_REMATCH[1]}ok $test_number - by a view, ${BASH_REMATCH[2]}"
	elif [[ $line =~ ^1\.\.([0-9]+)$ ]]; then
		planned=${BASH_REMATCH[1]}
	elif [[ $line =~ ^end\ of\ ([^:]+):\ exit\ status\ ([0-9]+)\ (after.*) ]]; then
		echo "# ${BASH_REMATCH[1]}: $count tests ${BASH_REMATCH[3]}"
		status=${BASH_REMATCH[2]} out="$count tests of ${planned:-none planned}" err=
		holds "by a view, the proof of ${BASH_REMATCH[1]} ends with what it planned" \
			[ "$status $count" = "0 $planned" ]
		planned='' count=0
	else
		echo "# ${line#\# }"
	fi
done
exec 3<&-
wait $machine
status=$? out='' err=$(tail -n 60 "$scratch/err")
umount "$layers/machine/root"
holds "the machine runs to its end" [ "$status" = 0 ]
done_testing
