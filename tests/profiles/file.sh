#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# file tells what another sent.
. "$(dirname "$0")/profiles.bash"
enable file
given 'echo text > text; tar cf a.tar text'
job "tells files apart" 'file text a.tar program'
job "reads what it is piped" 'gzip -cn text | file -'
refused "reads names of files from a key" 'file -f ~/.npmrc > /dev/null'
attacks file 'file work/text' 'read ~/thesis'
done_testing
