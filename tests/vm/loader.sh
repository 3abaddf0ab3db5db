#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The loader inside the patched kernel, where the program leaves it little.
cd "$(dirname "$0")/../.." || exit
# shellcheck source=tests/tap.bash
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
mkdir -p /etc/landlock
printf '%s\n' '[/usr/bin/bash]' 'rule = fs_readonly.o' \
	'[/usr/bin/dash]' 'rule = fs_readonly.o sockets=1' > /etc/landlock/landlock.ini

limited() { # DESCRIPTORS COMMAND...
	(
		ulimit -n "$1"
		LD_PRELOAD=liblandlock_shim.so exec "${@:2}"
	)
}
plain limited 8 dash -c 'echo > /root/new'
gives "a limit of 8 descriptors suffices" 2 "" '.*Operation not permitted'
plain limited 6 dash -c 'echo started'
gives "where the rules' do not fit, that is told" 125 "" \
	'.*: rule: .* more descriptors than may be open; raise .*'

shim bash -c 'dash -c "echo nested"'
gives "it works under rules of another object" 0 nested ""
printf '%s\n' '[/usr/bin/bash]' 'rule = deny_exec.o' > /etc/landlock/landlock.ini
shim bash -c 'exec 5<&-; echo started; : < /etc/hostname && echo read'
gives "and is nothing that a rule against execution keeps from loading itself" 0 \
	$'started\nread' ""

rm -r /etc/landlock
done_testing
