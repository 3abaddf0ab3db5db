#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# 7z unpacks what another packed.
. "$(dirname "$0")/profiles.bash"
enable 7z
given 'mkdir d && echo text > d/text && 7z a a.7z d > /dev/null && rm -r d'
job "unpacks" '7z x a.7z > /dev/null && cat d/text'
job "packs" 'echo n > n && 7z a n.7z n > /dev/null && 7z t n.7z > /dev/null'
refused "unpacks elsewhere" '7z x a.7z -o$HOME/elsewhere > /dev/null'
attacks 7z 'cd work && 7z t a.7z' 'read ~/thesis'
done_testing
