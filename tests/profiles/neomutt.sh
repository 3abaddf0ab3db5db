#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# neomutt reads what anybody mailed, and sends.
. "$(dirname "$0")/profiles.bash"
enable neomutt
printf '%s\n' '#!/bin/sh' 'cat > sent' > /usr/sbin/sendmail
chmod 755 /usr/sbin/sendmail
given 'printf "%s\n" "From bob@localhost Thu Jan  1 00:00:00 2026" "From: bob@localhost" \
		"To: alice@localhost" "Subject: hello" "" "a letter" > box
	echo "set copy = no" > ~/.neomuttrc; mkdir -p ~/Mail'
in_terminal='script -qec "neomutt -n -f box -e \"set wait_key = no quit = yes confirmappend = no confirmcreate = no\" -e \"push $keys\"" /dev/null < /dev/null > /dev/null'
job "files a message from one box in another" \
	"keys='<copy-message>~/Mail/kept<enter><exit>'; $in_terminal; grep '^Subject' ~/Mail/kept"
job "shows a message by a filter" \
	"keys='<pipe-message>rev>shown<enter><exit>'; $in_terminal; grep rettel shown"
job "sends a message" \
	'echo text | neomutt -s greetings bob@localhost && grep -E "^(Subject|text)" sent'
job "sends one of the user's files" \
	'echo text | neomutt -s greetings -a ~/thesis -- bob@localhost && grep "^Content-Disposition" sent'
refused "sends a key" 'echo text | neomutt -s greetings -a ~/.ssh/secret -- bob@localhost && test -s sent'
refused "lets a filter read a key" \
	"keys='<pipe-message>cat\\ ~/.npmrc>shown<enter><exit>'; $in_terminal; grep secret shown"
refused "changes its settings, which name programs" \
	"keys='<copy-message>~/.neomuttrc<enter><exit>'; $in_terminal; grep hello ~/.neomuttrc"
attacks neomutt 'cd work && neomutt -D' 'read ~/thesis' 'tcp 53' 'udp *' \
	'read ~/.neomuttrc' 'read ~/.muttrc' 'read ~/.mutt/*' 'read ~/.config/neomutt/*' \
	'read ~/.config/mutt/*' 'read ~/Mail/*' 'read ~/mail/*' 'read ~/Maildir/*' \
	'read ~/.mail/*' 'read ~/.maildir/*' 'read ~/mbox/*'
done_testing
