#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Templates under the shim: whose they are, what is said of those that are wrong, and
# whom that ends.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

user=12345
home=/home/templates
mkdir -p /usr/share/landlock/templates /etc/landlock/templates
mount -t tmpfs tmpfs /home && mkdir -p "$home/.config/landlock/templates" || exit
chmod 755 /home && echo secret > /home/secret && echo public > /home/public || exit
own=$home/.config/landlock
shipped=/usr/share/landlock/templates
chown -R $user "$home"

write() { # FILE LINE...
	printf '%s\n' "${@:2}" > "$1"
}
as_user() { # COMMAND...
	setpriv --reuid $user --regid $user --clear-groups \
		env -i HOME=$home LD_PRELOAD=liblandlock_shim.so "$@"
}
profile=/etc/landlock/usr.bin.cat.ini

write $shipped/tested.ini '[@tested]' 'read = /usr /etc' 'exec = /usr'
write $profile '[/usr/bin/cat]' 'include = @tested' 'read = /home/public'
plain as_user cat /home/public
gives "what a template grants is granted, and what the profile adds" 0 public ""
plain as_user cat /home/secret
gives "and nothing else" 1 "" "cat: /home/secret: Permission denied"

write $own/templates/tested.ini '[@tested]' 'read = /'
chown $user $own/templates/tested.ini
plain as_user cat /home/secret
gives "a user's template is none of the administrator's profile" 1 "" \
	"cat: /home/secret: Permission denied"
rm $profile
write $own/usr.bin.cat.ini '[/usr/bin/cat]' 'include = @tested' 'exec = /usr'
chown $user $own/usr.bin.cat.ini
plain as_user cat /home/secret
gives "and comes before the shipped one in his own" 0 secret ""

chmod o+w $own/templates/tested.ini
plain as_user cat /home/public
gives "one that others may write ends who includes it" 125 "" \
	"landlock-shim: $own/usr.bin.cat.ini:2: include: \"@tested\": $own/templates/tested.ini.*others.*"
plain as_user true
gives "and nobody else" 0 "" ""
rm $own/templates/tested.ini $own/usr.bin.cat.ini

write $shipped/outer.ini '[@outer]' '' 'include = @inner'
write $shipped/inner.ini '[@inner]' 'include = @outer'
write $profile '[/usr/bin/cat]' 'include = @outer'
plain as_user cat /home/public
gives "a cycle is told with its chain" 125 "" \
	"landlock-shim: $shipped/inner.ini:2: include: @outer includes itself \(included by $shipped/outer.ini:3, by $profile:2\); take it out .*"
write $shipped/inner.ini '[@inner]' 'read = /nowhere'
plain as_user cat /home/public
gives "a path that is missing as well" 125 "" \
	"landlock-shim: $shipped/inner.ini:2: read: /nowhere: .* \(included by $shipped/outer.ini:3, by $profile:2\); .*"
write $profile '[/usr/bin/cat]' 'include = @unknown'
plain as_user cat /home/public
gives "an unknown one with where it was looked for" 125 "" \
	"landlock-shim: $profile:2: include: unknown template: \"@unknown\" \(looked for in this file, /etc/landlock/templates and /usr/share/landlock/templates\); .*"
write /etc/landlock/landlock.ini '[/usr/bin/true]' 'include = @unknown' '[/usr/bin/echo]' 'read = /'
plain as_user echo a
gives "a section of landlock.ini that includes it ends no other's program" 0 a ""
plain as_user true
gives "but its own" 125 "" "landlock-shim: /etc/landlock/landlock.ini:2: include: .*"

done_testing
