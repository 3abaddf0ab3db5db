#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Paths, ports and scopes on the patched kernel, whose Landlock knows them all.
exec tests/host/paths.sh
