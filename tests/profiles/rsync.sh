#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# rsync copies from a host that is another's.
. "$(dirname "$0")/profiles.bash"
enable rsync
given 'mkdir from && echo a > from/a && ln -s a from/b'
job "copies a tree" 'rsync -a from/ to && cat to/b'
job "copies by a shell of its own" 'printf "#!/bin/sh\nshift\nexec \"\$@\"\n" > /tmp/shell; chmod +x /tmp/shell; rsync -a -e "sh /tmp/shell" from/ host:to && cat to/a'
attacks rsync 'rsync -a work/from/ work/to' 'read ~/thesis' 'write ~/thesis' 'read ~/.ssh/*' \
	'tcp 22' 'tcp 53' 'udp *' 'listen *' 'unix *'
done_testing
