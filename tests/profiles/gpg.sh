#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# gpg verifies what another signed.
. "$(dirname "$0")/profiles.bash"
enable gpg
given 'chmod 700 ~/.gnupg && gpg -q --batch --passphrase "" --quick-gen-key alice@localhost ed25519 sign never 2> /dev/null; gpgconf --kill all; echo text > text'
job "signs and verifies" 'gpg -q --batch --yes -o text.gpg -s text && gpg -q --batch --verify text.gpg 2> /dev/null && echo good; gpgconf --kill all'
attacks gpg 'gpg -q --batch --list-keys > /dev/null' 'read ~/thesis' 'write ~/thesis' 'read ~/.gnupg/*' 'read /run/user/1000/gnupg/*' \
	'tcp 53' 'tcp 80' 'tcp 443' 'udp *' 'listen *' 'unix *' 'abstract *' 'signal *'
done_testing
