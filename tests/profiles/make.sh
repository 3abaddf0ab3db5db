#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# make builds what another wrote.
. "$(dirname "$0")/profiles.bash"
enable make gcc
given 'echo "#include <stdio.h>
int main(void) { return puts(\"built\") < 0; }" > built.c
	printf "%s\n" "all: built" "	./built" "built: built.c" "	cc -o built built.c" \
		"attack:" "	true" > Makefile'
job "builds a program, and runs it" 'make -s'
job "is gcc, called alone" 'gcc -O2 -flto -o built built.c && ./built'
refused "has network" 'echo "all:; python3 -c \"import socket; socket.socket()\"" > m && make -sf m'
attacks make 'cd work && make -s attack' 'run ~/work/program'
attacks true 'cd work && printf "attack:\n\t/bin/true\n" > Makefile && make -s attack' 'run ~/work/program'
attacks as 'cd work && gcc -c built.c' 'read ~/thesis' 'run ~/work/program'
done_testing
