#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Real programs under real profiles: the rows of the demo, as a test.
cd "$(dirname "$0")/../.." || exit
cp -r tests/demo/overlay/etc/landlock /etc/landlock || exit
tests/demo/vm tap
status=$?
# Other tests find the system as it was.
rm -r /etc/landlock /tmp/landlock-demo
exit $status
