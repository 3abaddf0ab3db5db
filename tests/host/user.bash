# SPDX-License-Identifier: LGPL-2.1-or-later
# For tests of what an ordinary user does: two of them, with homes of their own.
# Sourced after private.bash and tap.bash.
# shellcheck shell=bash
mount -t tmpfs -o mode=755 tmpfs /home || exit
for user in alice:4001 bob:4002; do
	name=${user%:*} id=${user#*:}
	echo "$name:x:$id:$id::/home/$name:/bin/sh" >> /etc/passwd
	echo "$name:x:$id:" >> /etc/group
	mkdir -m 700 /home/"$name" && chown "$id:$id" /home/"$name" || exit
done

as() { # USER COMMAND...
	local home=/home/$1
	setpriv --reuid="$1" --regid="$1" --clear-groups env -i -C "$home" \
		HOME="$home" PATH="${user_path:-/usr/local/bin:/usr/bin:/bin}" \
		LC_ALL=C.UTF-8 "${@:2}"
}

# The value of a JSON text by an expression of Python: of_json 'd[0]["name"]'.
of_json() {
	python3 -c "import json, sys; d = json.load(sys.stdin); print($1)" <<< "$out"
}
