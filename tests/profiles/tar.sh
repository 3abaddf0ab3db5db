#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# tar unpacks what another packed, by compressors.
. "$(dirname "$0")/profiles.bash"
enable tar
given 'mkdir d && echo text > d/text && tar czf a.tar.gz d && rm -r d'
job "lists" 'tar tzf a.tar.gz'
job "unpacks" 'tar xf a.tar.gz && cat d/text'
job "packs" 'mkdir n && echo n > n/n && tar czf n.tgz n && tar tzf n.tgz'
refused "packs a key" 'tar cf k.tar ~/.npmrc'
refused "unpacks elsewhere" 'tar xf a.tar.gz -C ~'
attacks tar 'cd work && tar xf a.tar.gz' 'read ~/thesis'
attacks gzip 'cd work && tar xf a.tar.gz' 'read ~/thesis'
done_testing
