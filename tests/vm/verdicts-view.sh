#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# tests/host/verdicts.sh on the patched kernel, by a view.
exec "$(dirname "$0")/../host/verdicts.sh"
