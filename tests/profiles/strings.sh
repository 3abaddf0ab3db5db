#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# strings and objdump take a stranger's program apart.
. "$(dirname "$0")/profiles.bash"
enable strings objdump
job "strings finds texts" 'strings program | grep -c GNU'
job "objdump disassembles" 'objdump -d program | wc -l'
refused "strings reads a key" 'strings ~/.npmrc'
attacks strings 'strings work/program' 'read ~/thesis'
attacks objdump 'objdump -h work/program' 'read ~/thesis'
done_testing
