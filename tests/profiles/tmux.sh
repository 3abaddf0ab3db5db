#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# tmux has shells in it, for as long as somebody works.
. "$(dirname "$0")/profiles.bash"
enable tmux
given ':'
job "runs a shell, and shows what it said" 'tmux new-session -d -x 80 -y 24 "echo said > out; sleep 1" && sleep 2; cat out'
attacks tmux 'cd work && tmux -V' 'read ~/thesis' 'write ~/thesis' \
	'tcp 22' 'tcp 53' 'tcp 80' 'tcp 443' 'udp *' 'unix *' 'abstract *' 'signal *'
done_testing
