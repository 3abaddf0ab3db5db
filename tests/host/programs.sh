#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Real programs under a user's own profiles: the rows of the demo, as a test.
exec "$(dirname "$0")/../demo/host" tap
