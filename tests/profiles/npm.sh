#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# npm installs packages that another wrote, and runs their scripts.
. "$(dirname "$0")/profiles.bash"
enable npm
given 'mkdir pack && cd pack && echo "{\"name\": \"greet\", \"version\": \"1.0.0\", \"main\": \"i.js\",
		\"scripts\": {\"postinstall\": \"/bin/true\"}}" > package.json &&
	echo "module.exports = \"hello\"" > i.js && npm pack --silent && mv greet-1.0.0.tgz .. && cd .. && rm -r pack &&
	echo "{\"name\": \"own\", \"version\": \"1.0.0\", \"scripts\": {\"say\": \"node say.js\"}}" > package.json &&
	echo "console.log(require(\"greet\"))" > say.js'
PROFILES_TIMEOUT=120
job "installs a package and runs a script with it" 'npm install --silent --no-audit ./greet-1.0.0.tgz && npm run --silent say'
refused "installs for all of its user" 'npm install --silent --no-audit --prefix ~/.local -g ./greet-1.0.0.tgz'
refused "lets a package's script read a key" 'echo "{\"name\": \"own\", \"version\": \"1.0.0\", \"scripts\": {\"postinstall\": \"cat ~/.ssh/secret\"}}" > package.json &&
	npm install --silent --no-audit'
# Before it becomes node, which hands no descriptors on.
attacks npm 'cd work && npm --version' \
	'run ~/work/program' 'tcp *' 'udp *' 'listen *' 'family 16'
# From a stranger's package, to which npm hands its standard descriptors alone.
given 'mkdir pack && cd pack && echo "{\"name\": \"hostile\", \"version\": \"1.0.0\",
		\"scripts\": {\"postinstall\": \"./postinstall 7<>/dev/tty 8<&0 9>&2\"}}" > package.json &&
	echo "#!/bin/sh" > postinstall && chmod +x postinstall && npm pack --silent && mv hostile-1.0.0.tgz .. &&
	cd .. && rm -r pack'
attacks postinstall 'cd work && npm install --silent --foreground-scripts --no-audit ./hostile-1.0.0.tgz 0<&8 2>&9' \
	'run ~/work/program' 'tcp *' 'udp *' 'listen *' 'family 16'
done_testing
