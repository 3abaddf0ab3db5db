#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# man shows a manual that another wrote.
. "$(dirname "$0")/profiles.bash"
enable man
given 'printf ".TH X 1\n.SH NAME\nx \\\\- some text\n" > x.1'
job "shows a file" 'man ./x.1'
job "shows a manual of the system's" 'man ls | head -n 1'
attacks man 'man work/x.1 > /dev/null' 'read ~/thesis'
done_testing
