#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# less shows what another wrote, by filters.
. "$(dirname "$0")/profiles.bash"
enable less
given 'echo text > text; echo "some history" > ~/.lesshst'
job "shows a file" 'less text'
job "shows a log of the system's" 'less /var/log/dpkg.log | head -n 1'
job "shows it by a filter" 'LESSOPEN="|/usr/bin/rev %s" less text'
attacks less 'less -FX work/text' 'read ~/thesis' 'read ~/.lesshst'
done_testing
