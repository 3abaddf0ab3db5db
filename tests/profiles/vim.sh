#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# vim opens what another wrote, with modelines.
. "$(dirname "$0")/profiles.bash"
enable vim
given 'echo text > text; : > ~/.viminfo; mkdir -p ~/.vim
	echo "call system(\"rev text\")" > plugin.vim'
job "changes a file" 'vim -es -c "s/text/other/" -c wq text; cat text'
job "makes one" 'vim -es -c "normal inew" -c wq made; cat made'
attacks vim 'cd work && vim -es -c q text' 'read ~/thesis' 'write ~/thesis' 'read ~/.viminfo'
# From a program that a stranger's plug-in runs.
attacks rev 'cd work && vim -es -S plugin.vim -c q text' 'read ~/thesis' 'write ~/thesis' 'read ~/.viminfo'
done_testing
