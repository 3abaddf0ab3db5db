#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# redis-server does what clients say, who may be others.
daemons=redis
. "$(dirname "$0")/profiles.bash"
enable redis-server redis-check-aof
# What systemd makes.
install -d -o redis /run/redis
# A server with OPTIONS for as long as the command runs.
served() { # COMMAND OPTIONS
	echo "redis-server /etc/redis/redis.conf ${2-} && until redis-cli ping > answer 2>&1; do sleep 0.1; done
		$1; status=\$?; redis-cli shutdown nosave > answer
		while redis-cli ping > answer 2>&1; do sleep 0.1; done; [ \$status = 0 ]"
}
data=/var/lib/redis/dump.rdb
job "keeps what it was told, and finds it when it starts again" "rm -f $data
	$(served 'redis-cli set key value && redis-cli save') && $(served 'redis-cli get key')"
job "checks what it kept" "redis-check-rdb $data > checked"
job "writes a log of changes, and checks it" "rm -rf /var/lib/redis/appendonlydir
	$(served 'redis-cli set key other' '--appendonly yes') &&
	redis-check-aof /var/lib/redis/appendonlydir/*.manifest > checked"
# Of old, what anybody who reached a server could make of it; this one asks for it.
refused "writes a key to log in with into a home" "$(served 'redis-cli config set dir ~/.ssh &&
	redis-cli config set dbfilename authorized_keys && redis-cli set x "
ssh-ed25519 evil" && redis-cli save; grep -aq evil ~/.ssh/authorized_keys' '--enable-protected-configs yes')"
refused "listens on another port" "$(served 'redis-cli -e config set port 7000 && redis-cli -p 7000 config set port 6379')"
attacks redis-server 'redis-server --version' 'udp *' 'unix *' 'family 16'
attacks redis-check-aof 'redis-check-aof --version' 'udp *' 'unix *' 'family 16'

done_testing
