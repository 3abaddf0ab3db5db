#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# go builds what another wrote.
. "$(dirname "$0")/profiles.bash"
enable go
given 'printf "module own\n\ngo 1.19\n" > go.mod; printf "package main\n\nfunc main() { println(\"built\") }\n" > main.go;
	printf "package main\n\nimport (\"os/exec\"; \"testing\")\n\nfunc TestIt(t *testing.T) { exec.Command(\"/bin/true\").Run() }\n" > main_test.go'
PROFILES_TIMEOUT=300
job "builds a program, and runs it" 'CGO_ENABLED=0 go build -o built . && ./built'
attacks true 'cd work && CGO_ENABLED=0 go test > /dev/null' 'run ~/work/program' 'tcp 53' 'tcp 80' 'tcp 443' 'udp *' 'listen *'
done_testing
