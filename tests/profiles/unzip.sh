#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# unzip unpacks what another packed.
. "$(dirname "$0")/profiles.bash"
enable unzip
given 'mkdir d && echo text > d/text && zip -qr a.zip d && rm -r d'
job "lists and tests" 'unzip -l a.zip | tail -n 1 && unzip -tq a.zip'
job "unpacks" 'unzip -q a.zip && cat d/text'
job "unpacks into a directory of its own" 'unzip -q a.zip -d new && cat new/d/text'
refused "unpacks elsewhere" 'unzip -q a.zip -d ~/elsewhere'
attacks unzip 'cd work && unzip -q a.zip' 'read ~/thesis'
done_testing
