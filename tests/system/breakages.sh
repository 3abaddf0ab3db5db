#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# A whole system stays usable whatever of the shim is broken, and no program with a
# profile runs unrestricted without a word: one row for each breakage.
#
# A row says, for root and then for alice, which everyday programs are lost ("all"
# work), and what became of the programs with profiles; see everyday. held has the
# administrator's profile, mine has alice's.
. "$(dirname "$0")/system.bash"

cat > "$scratch/row" << 'end'
fault=$1
[ -z "$2" ] || export FEW=1
export PATH=/opt/static
library=/usr/lib/x86_64-linux-gnu/liblandlock_shim.so
own=/home/alice/.config/landlock
eval "$fault"
root=$(everyday held 2> /run/said)
alice=$(su -s /opt/static/sh alice -c '[ ! -f ~/.environment ] || . ~/.environment
	everyday held mine' 2>> /run/said)
echo "root: $root; alice: $alice"
grep . /run/said | head -n 2 >&2
end
few=
row() { # NAME EXPECTED FAULT
	system_new row
	system_preload row
	plain in_system row /opt/static/sh -c "$(< "$scratch/row")" sh "$3" "$few"
	holds "$1: $2" [ "$status $out" = "0 $2" ]
	[ -z "${V-}" ] || printf '%s\n' "$err" | sed 's/^/#   /'
}
sound='root: all held; alice: all held held'
dynamic='true ls sh su sudo bash passwd dpkg apt ssh python3 perl'
bus="dead 135" # 128 + SIGBUS
killed="root: $dynamic $bus; alice: $dynamic $bus $bus"

row "nothing is broken" "$sound" ''

# --- the library: without it nothing can be held, but each program says so ---

told='root: all told; alice: all told told'
row "the library is missing" "$told" 'rm $library'
row "the library is empty" "$told" ': > $library'
row "the library is a directory" "$told" 'rm $library; mkdir $library'
row "the library is a link to nothing" "$told" 'ln -sf /nonexistent $library'
row "the library is text" "$told" 'cat /etc/passwd > $library'
row "the library is of another class" "$told" \
	'cat /usr/lib/i386-linux-gnu/libinih.so.1 > $library'
row "the library has mode 0: root reads it all the same" \
	'root: all held; alice: all told told' 'chmod 0 $library'
row "the library ends in its first header" "$told" 'truncate -s 50 $library'
# What a full disk leaves of a file written in place, unlike `make install`. The
# dynamic loader maps what is not there: no code of ours has run yet.
mapped=$(($(readelf -lW "$layers/stage$shim" |
	awk '$1 == "LOAD" { end = $2 "+" $5 } END { print end }')))
for percent in 10 50 75; do
	row "$percent % of the library" "$killed" \
		"truncate -s $((mapped * percent / 100)) \$library"
done
row "landlock preload off makes that well" 'root: all open; alice: all open open' \
	"truncate -s $((mapped / 2)) \$library; /usr/bin/landlock preload off > /dev/null"
row "the loader and the rules are missing: nobody who has no rule needs them" "$sound" \
	'rm -r /usr/lib/landlock_shim'

# --- the file of one program: its faults are that program's ---

few=1
ended='root: all ended; alice: all ended held'
by_name='file=/etc/landlock/usr.local.bin.held.ini;'
while IFS='|' read -r name expected fault; do
	row "the administrator's file of one program $name" "${expected:-$ended}" "$by_name $fault"
done << 'end'
has an unknown key||echo 'raed = /srv' >> $file
has a wrong value||echo 'mode = enforced' >> $file
names a path that does not exist||echo 'read = /nonexistent' >> $file
holds no section of its program||sed -i s/held/other/ $file
is empty||: > $file
begins with lines of no section||sed -i '1i read = /srv' $file
is no text||head -c 5000 /bin/busybox > $file
is huge||cat /bin/busybox > $file
is world-writable||chmod o+w $file
is another user's||chown bob $file
is a link to nothing||ln -sf /nonexistent $file
is a link to itself||ln -sf $file $file
is a directory||rm $file; mkdir $file
is a FIFO||rm $file; mkfifo $file
is a device||rm $file; mknod $file b 7 99
has mode 0: root reads it all the same|root: all held; alice: all ended held|chmod 0 $file
has a typo in another program's section|root: all held; alice: all held held|printf '[/usr/bin/python3]\nraed = /\n' >> $file
end

# --- landlock.ini: its faults end nobody but whom a section speaks of ---

shared='file=/etc/landlock/landlock.ini;
	{ echo; cat /etc/landlock/usr.local.bin.held.ini; } > $file
	rm /etc/landlock/usr.local.bin.held.ini;'
admin_told='root: all told; alice: all told held'
while IFS='|' read -r name expected fault; do
	row "the administrator's landlock.ini $name" "${expected:-$admin_told}" "$shared $fault"
done << 'end'
is sound|root: all held; alice: all held held|:
has an unknown key|root: all ended; alice: all ended held|echo 'raed = /srv' >> $file
has a typo in another program's section|root: all held; alice: all held held|printf '[/usr/local/bin/other]\nraed = /\n' >> $file
has a typo in the section of ls|root: ls held; alice: ls held held|printf '[/usr/bin/ls]\nraed = /\n' >> $file
has a typo in a section with on-error = warn|root: all held; alice: all held held|printf '[/usr/local/bin/other]\non-error = warn\nraed = /\n' >> $file
begins with lines of no section|root: all held; alice: all held held|sed -i '1i raed = /srv' $file
is empty: no profile is left|root: all open; alice: all open held|: > $file
is no text||head -c 5000 /bin/busybox > $file
is huge||cat /bin/busybox > $file
is world-writable||chmod o+w $file
is another user's||chown bob $file
is a link to nothing||ln -sf /nonexistent $file
is a link to itself||ln -sf $file $file
is a directory||rm $file; mkdir $file
is a FIFO||rm $file; mkfifo $file
has mode 0: root reads it all the same|root: all held; alice: all told held|chmod 0 $file
end

# --- the administrator's directory ---

while IFS='|' read -r name expected fault; do
	row "the administrator's directory $name" "$expected" "$fault"
done << 'end'
was made under umask 077|root: all held; alice: all told held|chmod 700 /etc/landlock
has mode 0|root: all held; alice: all told held|chmod 0 /etc/landlock
is another user's|root: all ended; alice: all ended held|chown bob /etc/landlock
is world-writable|root: all ended; alice: all ended held|chmod 777 /etc/landlock
is a link to nothing|root: all told; alice: all told held|rm -r /etc/landlock; ln -s /nonexistent /etc/landlock
is a file|root: all told; alice: all told held|rm -r /etc/landlock; : > /etc/landlock
is missing: there is no profile|root: all open; alice: all open held|rm -r /etc/landlock
end

# --- the user's own: the administrator's profiles hold, su and sudo work ---

mine_ended='root: all held; alice: all held ended'
mine='file=$own/usr.local.bin.mine.ini;'
while IFS='|' read -r name expected fault; do
	row "a user's file of one program $name" "${expected:-$mine_ended}" "$mine $fault"
done << 'end'
has an unknown key||echo 'raed = /srv' >> $file
is empty||: > $file
has mode 0||chmod 0 $file
is world-writable||chmod o+w $file
is another user's||chown bob $file
is a link to nothing||ln -sf /nonexistent $file
is a directory||rm $file; mkdir $file
is a FIFO||rm $file; mkfifo $file
grants what the administrator does not|root: all held; alice: all held held|sed s/mine/held/ $file > $own/usr.local.bin.held.ini; echo 'read = /' >> $own/usr.local.bin.held.ini; chown alice $own/*
end
mine_told='root: all held; alice: all held told'
mine_shared='file=$own/landlock.ini; mv $own/usr.local.bin.mine.ini $file;'
while IFS='|' read -r name expected fault; do
	row "a user's landlock.ini $name" "${expected:-$mine_told}" "$mine_shared $fault"
done << 'end'
is sound|root: all held; alice: all held held|:
has an unknown key|root: all held; alice: all held ended|echo 'raed = /srv' >> $file
has a typo in another program's section|root: all held; alice: all held held|printf '[/usr/local/bin/other]\nraed = /\n' >> $file
begins with lines of no section|root: all held; alice: all held held|sed -i '1i raed = /srv' $file
has mode 0||chmod 0 $file
is world-writable||chmod o+w $file
is another user's||chown bob $file
is a link to nothing||ln -sf /nonexistent $file
is a directory||rm $file; mkdir $file
is a FIFO||rm $file; mkfifo $file
end
while IFS='|' read -r name expected fault; do
	row "a user's directory $name" "$expected" "$fault"
done << 'end'
has mode 0|root: all held; alice: all held told|chmod 0 $own
is another user's|root: all held; alice: all held open|chown bob $own
is a link to nothing|root: all held; alice: all held told|rm -r $own; ln -s /nonexistent $own
is a file|root: all held; alice: all held told|rm -r $own; : > $own
is unknown: no HOME|root: all held; alice: all held open|echo 'unset HOME' > /home/alice/.environment
is below a home that does not exist|root: all held; alice: all held open|echo 'HOME=/nonexistent' > /home/alice/.environment
is below another's home, as su leaves it|root: all held; alice: all held open|echo 'HOME=/root' > /home/alice/.environment
end

# --- switched off ---

few=
off='root: all open; alice: all open open'
row "/etc/landlock.off" "$off" ': > /etc/landlock.off'
row "landlock_shim=off on the kernel's command line" "$off" \
	'echo "quiet landlock_shim=off" > /run/cmdline; mount --bind /run/cmdline /proc/cmdline'
row "landlock_shim=offf is no switch" "$sound" \
	'echo "quiet landlock_shim=offf" > /run/cmdline; mount --bind /run/cmdline /proc/cmdline'
row "landlock.off in a user's home is no switch" "$sound" \
	': > $own/landlock.off; : > /home/alice/landlock.off'

done_testing
