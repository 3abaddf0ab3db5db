#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# ssh logs in, to a host that is another's: by either of its sections.
. "$(dirname "$0")/profiles.bash"
enable ssh
given 'ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519 &&
	ssh-keygen -q -t ed25519 -N "" -f host && cp ~/.ssh/id_ed25519.pub allowed'
# A server for as long as the command runs, as the same user.
served() {
	echo "/usr/sbin/sshd -p 2222 -h \$HOME/work/host -o AuthorizedKeysFile=\$HOME/work/allowed -o UsePAM=no \
		-o StrictModes=no -o PidFile=\$HOME/.sshd && until [ -s ~/.sshd ]; do sleep 0.1; done
		$1; status=\$?; kill \$(cat ~/.sshd); exit \$status"
}
login='ssh -qp 2222 -o BatchMode=yes -o StrictHostKeyChecking=accept-new localhost echo in'
job "logs in, and writes the host's key down" "$(served "$login; wc -l < ~/.ssh/known_hosts")"
attacks ssh 'ssh -V' 'read ~/.ssh/*' 'tcp *' 'udp *' 'listen *' \
	'unix *' 'abstract *' 'signal *'

# By the other section, and not by the shim, where that would be.
# shellcheck disable=SC2016
only='held= && case ${LD_PRELOAD-} in lib*) held="landlock run -p ssh-agent-only" &&
	LD_PRELOAD=${LD_PRELOAD#liblandlock_shim.so};; esac && $held'
job "logs in by an agent" "$(served "eval \$(LD_PRELOAD= ssh-agent) > agent && ssh-add -q &&
	$only $login && ssh-agent -k > agent")"
refused "logs in by a key" "$(served "$only $login")"
attacks ssh "$only ssh -V" 'tcp *' 'udp *' 'listen *' 'unix *' 'abstract *' 'signal *'
done_testing
