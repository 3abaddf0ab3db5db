#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# unar and lsar unpack what another packed.
. "$(dirname "$0")/profiles.bash"
enable unar lsar
given 'mkdir d && echo text > d/text && zip -qr a.zip d && rm -r d'
job "unpacks" 'unar -q a.zip && cat d/text'
job "lsar lists" 'lsar a.zip'
refused "unpacks elsewhere" 'unar -q -o ~ a.zip'
refused "lsar reads a key" 'cp a.zip ~/.npmrc && lsar ~/.npmrc'
attacks unar 'cd work && unar -q a.zip' 'read ~/thesis'
attacks lsar 'cd work && lsar a.zip' 'read ~/thesis'
done_testing
