# SPDX-License-Identifier: LGPL-2.1-or-later
# What systems for proofs of profiles have above the root and the shim: two users.
# shellcheck shell=bash

profiles_layer() { # NAME: of a new system, see system.bash
	local etc=$layers/$1/upper/etc
	system_new "$1"
	mkdir -p "$etc"
	for file in passwd group; do cp "$root/etc/$file" "$etc"; done
	printf '%s\n' alice:x:1000: bob:x:1001: >> "$etc/group"
	printf '%s:/bin/bash\n' alice:x:1000:1000:Alice:/home/alice \
		bob:x:1001:1001:Bob:/home/bob >> "$etc/passwd"
}
