#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What puts the shim into a system: `make install` when the disk is full, and
# `landlock preload`.
. "$(dirname "$0")/system.bash"

# --- make install, beside and renamed ---

# Whatever there is room for: each file there is the old or the new one, whole.
new=$layers/stage
old=$layers/old
cp -r "$new" "$old"
find "$old" -type f -exec sh -c 'echo of the version before > "$0"' {} \;
# The disk has room for so many kilobytes beside the old files.
need=$(du -sk "$new" | cut -f1)
taken=$(($(find "$old" -type f | wc -l) * 4 + 100))
full=$layers/full
mkdir "$full"
for percent in 0 3 10 30 60 90 100; do
	mount -t tmpfs -o "mode=755,size=$((need * percent / 100 + taken))k" tmpfs "$full"
	cp -r "$old/." "$full"
	plain env -u MAKEFLAGS -u MAKELEVEL make -s install DESTDIR="$full"
	whole=0 torn=
	while read -r file; do
		if cmp -s "$full/$file" "$old/$file" || cmp -s "$full/$file" "$new/$file"; then
			whole=$((whole + 1))
		else
			torn="$torn $file"
		fi
	done < <(cd "$full" && find . -type f)
	err="$err, torn:$torn"
	holds "make install with room for $percent %: every file is whole, the old or the new" \
		[ -z "$torn" ]
	holds "and it fails just when something is missing" \
		[ "$([ "$status" = 0 ] && echo new)" = "$(diff -rq "$full" "$new" > /dev/null && echo new)" ]
	umount "$full"
done

# --- landlock preload ---

# shellcheck disable=SC2016
steps='
file=/etc/ld.so.preload
show() { echo "$?: $(cat $file 2> /dev/null || echo no file)"; }
exec 2>&1
'
steps() { # NAME OUT COMMANDS
	system_new row
	plain in_system row /bin/bash -c "$steps$3"
	holds "$1" [ "$out" = "$2" ]
}
on='on: /usr/$LIB/liblandlock_shim.so
0: /usr/$LIB/liblandlock_shim.so'
steps "landlock preload on writes what these tests preload" "$on" 'landlock preload on; show'
steps "and every program has it then" liblandlock_shim.so \
	'landlock preload on > /dev/null; grep -o liblandlock_shim.so /proc/self/maps | uniq'
steps "once, however often it is asked" "$on
on already
0: /usr/\$LIB/liblandlock_shim.so" 'landlock preload on; show; landlock preload on; show'
steps "landlock preload off takes it away" "off
0: no file
off already
0: no file" 'landlock preload on > /dev/null; landlock preload off; show; landlock preload off; show'
steps "others' lines stay" "0: # ours
/usr/lib/x86_64-linux-gnu/libjemalloc.so.2
/usr/\$LIB/liblandlock_shim.so
0: # ours
/usr/lib/x86_64-linux-gnu/libjemalloc.so.2" '
printf "%s\n" "# ours" /usr/lib/x86_64-linux-gnu/libjemalloc.so.2 > $file
landlock preload on > /dev/null; show; landlock preload off > /dev/null; show'
refused() { # NAME FAULT
	system_new row
	plain in_system row /bin/bash -c "$steps$2; landlock preload on; show"
	holds "landlock preload on refuses: $1" [ "${out##*$'\n'}" = '1: no file' ]
}
refused "the library is missing" "rm $shim"
refused "the library is cut short" "truncate -s 9000 $shim"
refused "the library may not be read by others" "chmod 600 $shim"
refused "a fault that every program would tell of" 'echo x > /etc/landlock/landlock.ini'
refused "the directory of profiles that nobody may search" 'chmod 700 /etc/landlock'
refused "a fault in the profile of a shell" \
	'printf "[/bin/sh]\nraed = /\n" > /etc/landlock/bin.sh.ini'
steps "but not for a fault in another program's" "$on" '
printf "[/usr/bin/other]\nraed = /\n" > /etc/landlock/usr.bin.other.ini
landlock preload on; show'
done_testing
