#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What a program does so that its next start, or a start by somebody else, finds less
# to deny; and a system that makes it hard to tell what is denied.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=$(mktemp -d /tmp/landlock-escapes.XXXXXX)
unmount() {
	umount -l "$work"/in/mounted* 2> /dev/null
}
trap 'unmount; rm -rf "$work" "$scratch"' EXIT
chmod 755 "$work"
cd / || exit
has 5 || { done_testing; exit; }
refused='.*Permission denied.*'
user=12345

fresh() { # the files of one test
	unmount
	rm -rf "${work:?}"/*
	mkdir -p "$work"/{in/mounted,home/.ssh/deep,home/own,outside}
	echo secret | tee "$work"/home/.ssh/{key,deep/key} > "$work/outside/file"
	echo content | tee "$work"/{in,home,home/own}/file > "$work/file"
}
as_user() {
	plain setpriv --reuid $user --regid $user --clear-groups \
		env LD_PRELOAD=liblandlock_shim.so "$@"
}

# --- links on the way to what is denied ---

fresh
ln -s ../.ssh "$work/home/own/linked"
profile "write = $work/home" "deny = $work/home/own/linked"
shim cat "$work/home/own/linked/key"
gives "what a link leads to is denied" 1 "" "$refused"
shim rm "$work/home/own/linked"
gives "and the link stays, as the next start would deny what takes its place" 1 "" "$refused"
shim mv "$work/home/own" "$work/home/moved"
gives "as does what it is in" 1 "" "$refused"

# --- what is hidden, for a program inside ---

fresh
profile "write = $work" "hide = -$work/home/.ssh"
shim bash -c "bash -c 'echo x > $work/home/own/new; cat $work/home/own/new $work/home/.ssh/key'"
gives "a name that is refused already denies nothing beside it" 1 x "$refused"

# --- a link in what may be written, in whatever order it is named ---

fresh
ln -s "$work/outside" "$work/in/plugins"
profile "write = $work/in/plugins" "write = $work/in"
shim cat "$work/outside/file"
gives "what may be written leads nowhere else, whichever key comes first" 125 "" \
	"landlock-shim: .*: write: $work/in/plugins: .*symbolic links.*"

# --- profiles of a home that only a later start knows ---

fresh
mkdir -p "$work/home/.config/landlock"
profile "write = $work"
shim bash -c "bash -c 'HOME=$work/home bash -c \"echo x > $work/home/.config/landlock/x\"'"
gives "a place of profiles is guarded under who started without it" 1 "" "$refused"

if has_view; then
	fresh
	mkdir "$work/home/.config"
	profile "write = $work/home/.config"
	HOME=$work/home shim perl -e "chdir '$work/home/.config';
		print mkdir('other') ? 1 : 0, mkdir('landlock') ? 1 : 0;
		print mkdir('new') && rename('new', 'landlock') ? 1 : 0;
		print symlink('other', 'landlock') ? 1 : 0"
	gives "nor is it made where it is missing, by a view" 0 1000 ""
fi

# --- out of reach now, in reach later ---

fresh
mkdir "$work/home/locked" && echo secret > "$work/home/locked/key"
chown -R $user "$work/home" && chmod 0 "$work/home/locked"
profile "write = $work/home" "deny = -$work/home/locked/key"
as_user bash -c "chmod 700 $work/home/locked; cat $work/home/locked/key"
gives "what was out of reach when it was denied is so once it is in reach" 1 "" "$refused"

# --- directories that cannot be listed, and what is in them that cannot be used ---

fresh
chmod 711 "$work/home"
profile "read = $work" "deny = $work/home/.ssh" 'on-error = fail'
as_user cat "$work/in/file"
gives "what has to be listed and cannot be, is told" 125 "" \
	"landlock-shim: .*: read: $work/home: Permission denied; it has to be listed.*"
profile "read = $work" "deny = $work/home/.ssh" 'on-error = warn'
as_user cat "$work/in/file" "$work/home/own/file" "/var/lib/dpkg/status"
gives "with on-error = warn, that is left out and the rest kept" 1 content \
	"landlock-shim: .*: read: $work/home: .*$work/home/own/file: $refused/var/lib/dpkg/status: $refused"

fresh
if $python - "$work/in/mounted" 2> /dev/null << 'END'
import ctypes, os, sys
fuse = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={fuse},rootmode=40000,user_id=0,group_id=0".encode()
libc = ctypes.CDLL(None, use_errno=True)
sys.exit(libc.mount(b"fuse", sys.argv[1].encode(), b"fuse", 0, options) != 0)
END
then
	echo secret > "$work/in/key"
	profile "read = $work" "deny = $work/in/key"
	shim cat "$work/in/file" "$work/in/key"
	gives "a file system that nobody serves any more ends nobody" 1 content "$refused"
else
	echo "# not tested: FUSE cannot be used here"
fi

done_testing
