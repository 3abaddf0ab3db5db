#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# redis-cli and redis-benchmark ask a server that is another's.
. "$(dirname "$0")/profiles.bash"
enable redis-cli redis-benchmark
given 'echo "return 1" > script.lua'
# Held by nothing, and ends with this proof.
as_user '' 'redis-server --daemonize yes --save "" --dir /tmp > /dev/null'
until redis-cli ping > /dev/null 2>&1; do sleep 0.1; done
job "runs a script" 'redis-cli --eval script.lua'
job "keeps a copy" 'redis-cli --rdb copy > said 2>&1 && head -c 5 copy'
job "redis-benchmark asks" 'redis-benchmark -q -n 10 -t set > said'
refused "writes elsewhere" 'redis-cli --rdb ~/copy'
refused "sends a key" 'redis-cli --eval ~/.npmrc'
open=('read ~/thesis' 'read ~/.rediscli_history' 'tcp 53' 'udp *' 'unix *')
attacks redis-cli 'redis-cli --version' "${open[@]}"
attacks redis-benchmark 'redis-benchmark --version' "${open[@]}"
done_testing
