#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The rule objects are the same byte for byte, wherever they are built.
cd "$(dirname "$0")/../.." || exit
. tests/tap.bash

copy=$scratch/elsewhere/by/another/name
mkdir -p "$copy/kernel/src"
cp -r GNUmakefile rules "$copy"
cp -r kernel/src/include "$copy/kernel/src"

objects=(rules/*.bpf.c)
objects=("${objects[@]#rules/}")
objects=("${objects[@]/%.bpf.c/.o}")
# Without the flags of the make that runs this test.
env -u MAKEFLAGS -u MAKELEVEL make -s -C "$copy" "${objects[@]/#/build/rules/}" \
	> "$scratch/out" 2> "$scratch/err"
status=$? out=$(< "$scratch/out") err=$(< "$scratch/err")
holds "rules build from their own files and the kernel's header alone" \
	[ "$status" = 0 ]

for object in "${objects[@]}"; do
	holds "$object is the same when built in another directory" \
		cmp "build/rules/$object" "$copy/build/rules/$object"
done
done_testing
