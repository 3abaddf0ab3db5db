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
done_testing
