#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The demonstration of the 2017 talks inside the patched kernel, command by command.
cd "$(dirname "$0")/../.." || exit
tree=$PWD
. tests/tap.bash

work=/root/landlock-slides
rm -rf $work
mkdir -p $work
cp build/tests/vm/rules/{landlock1_kern,static_functions}.o $work
cd $work || exit
trace=/sys/kernel/tracing/trace
: > $trace

# Of what a rule prints: a line from a process of this name.
traced() { # PROCESS TEXT
	grep -E "^ *$1-[0-9]+ .* bpf_trace_printk: $2" $trace > /dev/null
}

plain landlock ./landlock1_kern.o /usr/bin/bash -c 'echo traced; cat /etc/hostname > /dev/null'
gives "landlock ./landlock1_kern.o /usr/bin/bash runs it as printed" 0 traced ""
# 4 is READ: bash is read to be executed.
holds "bash's use of files is told" traced bash 'landlock1: event:1 actions:4'
holds "and that of what it starts" traced cat 'landlock1: event:1 actions:'
plain cat /etc/hostname
lines=$(grep -c 'landlock1:' $trace)
plain cat /etc/hostname
holds "other programs are not told of" \
	test "$(grep -c 'landlock1:' $trace)" = "$lines"

: > $trace
echo old > file
plain landlock ./static_functions.o /usr/bin/bash -c 'cat file && echo x > file'
gives "static rules of one object hold as those of the 2017 sample" 1 old \
	'.*file: Operation not permitted'
holds "the first static rule is there" traced bash 'static_functions: denied'
plain landlock ./static_functions.o /usr/bin/bash -c 'exec < file; flock -s 0; :'
holds "the global rule beside them, too" traced flock 'static_functions: lock '
plain landlock ./static_functions.o /usr/bin/bash -c '[ -t 0 ]; echo x > /dev/null'
gives "by its default a device may be written to" 0 "" ""
# TCGETS, by which a terminal is told.
holds "the second static rule is there" traced bash 'static_functions: ioctl 5401'
plain landlock run -r './static_functions.o devices=0' /usr/bin/bash -c 'echo x > /dev/null'
gives "by its parameter it may not" 1 "" '.*/dev/null: Operation not permitted'

cd "$tree" && rm -rf $work
done_testing
