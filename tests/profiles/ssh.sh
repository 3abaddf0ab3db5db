#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# ssh logs in, to a host that is another's.
. "$(dirname "$0")/profiles.bash"
enable ssh
given 'ssh-keygen -q -t ed25519 -N "" -f ~/.ssh/id_ed25519 &&
	ssh-keygen -q -t ed25519 -N "" -f host && cp ~/.ssh/id_ed25519.pub allowed'
# A server for as long as the command runs, as the same user.
served() {
	echo "/usr/sbin/sshd -p 2222 -h \$HOME/work/host -o AuthorizedKeysFile=\$HOME/work/allowed -o UsePAM=no \
		-o StrictModes=no -o PidFile=\$HOME/.sshd && until [ -s ~/.sshd ]; do sleep 0.1; done
		LD_PRELOAD=\$PRELOAD; $1; status=\$?; kill \$(cat ~/.sshd); exit \$status"
}
job "logs in, and writes the host's key down" "$(served 'ssh -qp 2222 -o StrictHostKeyChecking=accept-new localhost echo in;
	wc -l < ~/.ssh/known_hosts')"
attacks ssh 'ssh -V' 'read ~/.ssh/*' 'tcp *' 'udp *' 'listen *' \
	'unix *' 'abstract *' 'signal *'
done_testing
