#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What is shipped: templates and profiles by themselves, whatever programs there are.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

user=12345
home=/home/library
mount -t tmpfs -o mode=755 tmpfs /run && mount -t tmpfs -o mode=755 tmpfs /home && mkdir -p $home/project/.git && chown -R $user $home || exit
templates=/usr/share/landlock/templates
profiles=/usr/share/landlock/profiles
as_user() { # DIRECTORY COMMAND...
	cd "$1" && setpriv --reuid $user --regid $user --clear-groups env -i HOME=$home "${@:2}"
}

# --- templates ---

for file in "$templates"/*.ini; do
	name=${file##*/} name=${name%.ini}
	head=$(head -n 2 "$file")
	holds "@$name is said in its file, behind a line on what it grants" \
		eval '[[ $head == "; "*$'"'\n['"'"@$name]" ]] && [ "$(grep -c "^\[" "$file")" = 1 ]'
	printf '%s\n' "[$name]" "include = @base @run @$name" > /etc/landlock/landlock.ini
	plain as_user $home/project landlock run -p "$name" /bin/true
	gives "@$name is without fault, and enforced" 0 "" ""
done

# --- profiles ---

# The lines of a profile's sections that neither begin one nor include.
lines() { # FILE
	awk '/^[;#]|^$|^\[/ { next } /^[a-z]/ { key = $1 } key != "include" && key != "match"' "$1"
}
# All templates that the section in a file includes, and those that these do.
included() { # FILE
	local template
	for template in $(sed -n '/^[;#]/d; /^include/,/^[a-hj-z[]/p' "$1" | grep -o '@[a-z0-9-]*'); do
		echo "$template"
		included "$templates/${template#@}.ini"
	done
}
all=0 count=0
for file in "$profiles"/*.ini; do
	name=${file##*/} name=${name%.ini}
	section=$(sed -n '/^\[/{p;q}' "$file")
	holds "$name.ini is called as its first section" \
		[ "$(tr / . <<< "${section:2:-1}")" = "$name" ]
	out=$(included "$file")
	holds "and includes @credentials" grep -qx @credentials <<< "$out"
	cp "$file" /etc/landlock/landlock.ini
	# One that runs nothing but its program is enforced by that as well.
	expected=(0 "" "")
	grep -qx @run <<< "$out" ||
		expected=(126 "" "landlock-shim: /bin/true: Permission denied")
	# A daemon is started by root.
	! grep -qx @daemon <<< "$out" || user=0
	plain as_user $home/project landlock run -p "${section:1:-1}" /bin/true
	gives "it is without fault, and enforced" "${expected[@]}"
	plain as_user / landlock run -p "${section:1:-1}" /bin/true
	gives "also where there is no project" "${expected[@]}"
	user=12345
	count=$((count + 1)) all=$((all + $(lines "$file" | wc -l)))
done
err="$all lines in $count profiles"
holds "the profiles have at most six lines on average besides what they include" \
	[ $all -le $((6 * count)) ]

# What a later line grants by name, and nothing else, is lifted.
mkdir -p $home/.ssh $home/.aws && echo key > $home/.ssh/id && echo key > $home/.aws/credentials
chown -R $user $home
printf '%s\n' '[none]' 'include = @base @run @machine @credentials' '[one]' \
	'include = @base @run @machine @credentials' 'read = -~/.ssh' > /etc/landlock/landlock.ini
for try in 'none .ssh/id 1' 'none .aws/credentials 1' 'one .ssh/id 0' 'one .aws/credentials 1'; do
	read -r section file expected <<< "$try"
	plain as_user $home/project landlock run -p $section cat $home/$file
	holds "of @credentials, [$section] has $file $([ $expected = 0 ] && echo open || echo closed)" \
		[ "$status" = "$expected" ]
done

# --- what tells of them ---

for key in $(sed -n 's/^\t{ { "\([a-z-]*\)".*/\1/p' conf/profile_keys.c); do
	holds "landlock.ini(5) has the key $key" \
		grep -qE "^\.It Ic ([a-z-]+ \| )*$key( |$)" conf/landlock.ini.5
done
for file in conf/profiles/*.ini; do
	grep -q '@agent' "$file" || continue
	name=${file##*/usr.bin.} name=${name%.ini}
	holds "landlock-agents(7) has $name" grep -q "^\.Nm $name" conf/landlock-agents.7
done
cp landlock.ini.sample /etc/landlock/landlock.ini
plain env -i HOME=$home LD_PRELOAD=liblandlock_shim.so setpriv --reuid $user --regid $user --clear-groups less /etc/hostname
gives "landlock.ini.sample works as it stands" 0 "$(< /etc/hostname)" ""
done_testing
