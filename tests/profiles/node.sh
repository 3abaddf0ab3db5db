#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# node runs what another wrote.
. "$(dirname "$0")/profiles.bash"
enable node
given 'echo "require(\"fs\").writeFileSync(\"out\", \"1\"); console.log(require(\"os\").networkInterfaces().lo.length > 0)" > i.js'
job "runs a script that writes, and asks for interfaces" 'node i.js'
job "starts programs, talks to them" 'node -e "
const c = require(\"child_process\").fork(\"-e\", {execArgv: [\"-e\", \"process.send(1)\"]}).on(\"message\", m => console.log(m))"'
attacks node 'cd work && node -e 0' 'read ~/thesis' 'run ~/work/program' 'tcp *' 'udp *' 'listen *' 'family 16'
done_testing
