#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# landlock run with keys of the language as options: what they mean, and what comes
# of values that a shell or a script hands on.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=/etc/work
mkdir -p "$work/a place" "$work/plain/below" "$work/globs" "$work/elsewhere"
for file in "a place/file" plain/file plain/below/file 'globs/a*' globs/ab elsewhere/file; do
	echo "$file" > "$work/$file"
done
ln -s plain/below "$work/link"
cd "$work" || exit

# What programs need, and then what is asked for.
needs=(--read /usr --read /etc/ld.so.cache --read -/lib --exec /usr/bin --exec /usr/lib)
for old in /bin /lib /lib64; do
	[ ! -d $old ] || needs+=(--exec $old)
done
run() {
	plain landlock run "${needs[@]}" "$@"
}
refused='.*: Permission denied'

# --- paths ---

reads() { # NAME FILE OPTION...
	run "${@:3}" cat "$2"
	gives "$1" 0 "${2#"$work/"}" ""
}
keeps() { # NAME FILE OPTION...
	run "${@:3}" cat "$2"
	gives "$1" 1 "" "$refused"
}
keeps "what is not granted is refused" "$work/plain/file"
reads "--read grants" "$work/plain/file" --read "$work/plain"
reads "--read=PATH is the same" "$work/plain/file" --read="$work/plain"
reads "repeated options add up" "$work/plain/file" --read "$work/globs" --read "$work/plain"
reads "a relative path is below this directory" "$work/plain/file" --read plain
reads "so is one with ./" "$work/plain/file" --read ./plain
reads "and . is this directory" "$work/plain/file" --read .
reads "a slash at the end does no harm" "$work/plain/file" --read plain/
reads ".. is above" "$work/plain/file" --read globs/../plain
reads ".. of a link is above what it leads to" "$work/plain/file" --read link/..
keeps "and not above the link" "$work/elsewhere/file" --read link/..
reads "a path with a blank is one word" "$work/a place/file" --read 'a place'
reads "an absolute one, too" "$work/a place/file" --read "$work/a place"
reads "a * is a file's name" "$work/globs/a*" --read 'globs/a*'
keeps "and no glob" "$work/globs/ab" --read 'globs/a*'
keeps "--deny takes out of a grant" "$work/plain/below/file" --read . --deny plain/below
reads "- lets a path be missing" "$work/plain/file" --read -missing --read plain
keeps "--write of another place grants nothing here" "$work/plain/file" --write globs
run --write globs sh -c 'echo new > globs/new && cat globs/new'
gives "--write grants" 0 new ""

failing() { # NAME ERR OPTION...
	run "${@:3}" true
	gives "$1" 125 "" "landlock-shim: $2"
}
failing "a path that is missing is told by its option" \
	'landlock run --read:[0-9]+: read: .*/etc/work/missing.*' --read missing
failing "an empty value is refused: in a file, it takes back" \
	'landlock run --deny:1: deny: empty: ""; leave it out' --read . --deny ''
failing "so are blanks" 'landlock run --scope:1: scope: empty: " "; .*' --scope ' '
failing "and a line's end" 'landlock run --read:[0-9]+: read: a control character: .*' \
	--read $'plain\nmode = off'
failing ".. of nothing leads nowhere" \
	'landlock run --read:[0-9]+: read: what is before \.\. does not exist: .*' --read missing/../plain
failing "~ of another user is not known" \
	'landlock run --read:[0-9]+: read: of ~, only ~/ is known; .*' --read='~bob/x'
failing "an option counts those of its name" 'landlock run --hide:2: hide: empty: .*' \
	--hide -globs --hide ''
mkdir -p "$work/"'${HOME}'
cd "$work/"'${HOME}' || exit
failing "a directory that is called as a variable is not taken for it" \
	'landlock run --read:[0-9]+: read: a relative path with \$\{ .*' --read .
cd "$work" || exit

in_nowhere() {
	mkdir "$work/nowhere" && cd "$work/nowhere" && rmdir "$work/nowhere" && "$@"
}
plain in_nowhere landlock run --read . true
gives "in a directory that is gone there is no relative path" 125 "" \
	'landlock-shim: landlock run --read:1: read: the current directory has no path: "\."'

mkdir -p /etc/home/.config/landlock
export HOME=/etc/home
echo secret > /etc/home/file
plain landlock run "${needs[@]}" --read='~/file' cat /etc/home/file
gives "~/ is the home" 0 secret ""
plain landlock run "${needs[@]}" --read '${HOME}/file' cat /etc/home/file
gives "and so is \${HOME}" 0 secret ""

# --- other keys ---

failing "ports are words, as in a file" \
	'landlock run --connect-tcp:1: connect-tcp: .*"htps".*' --connect-tcp '80 htps'
failing "a comma is told" 'landlock run --connect-tcp:1: connect-tcp: .*' --connect-tcp 80,443
failing "what contradicts is refused" 'landlock run --bind-tcp:2: bind-tcp: .*' \
	--bind-tcp none --bind-tcp 80
run --on-error warn --deny /missing true
gives "--on-error is one of them" 0 "" \
	'landlock-shim: landlock run --deny:1: deny: /missing.*'
for key in match frobnicate; do
	plain landlock run --$key x true
	holds "--$key is none" eval '[[ $status = 125 && $err = "landlock run: --$key is no option"* ]]'
done
plain landlock run --rea . true
holds "part of a name is none" eval '[[ $err = "landlock run: --rea is no option"* ]]'
plain landlock run --read
holds "an option without its value is named" eval \
	'[[ $status = 125 && $err = "landlock run: --read lacks its value"* ]]'
plain landlock run --read . -- --read
gives "behind -- is the command" 127 "" 'landlock-shim: --read: No such file or directory'

# --- templates ---

mkdir -p /etc/landlock/templates /etc/home/.config/landlock/templates
printf '%s\n' '[@admin]' "read = $work/plain" > /etc/landlock/templates/admin.ini
printf '%s\n' '[@mine]' "read = $work/plain" > /etc/home/.config/landlock/templates/mine.ini
reads "--include takes a template of the user's" "$work/plain/file" --include @mine
reads "and several" "$work/plain/file" --include '@mine' --include @mine
failing "one that is not known is told" \
	'landlock run --include:1: include: .*@missing.*' --include @missing
printf '%s\n' '[@mine]' 'reed = /x' > /etc/home/.config/landlock/templates/mine.ini
failing "a fault in one is told with its way" \
	'/etc/home/\.config/landlock/templates/mine\.ini:2: reed: .*\(included by landlock run --include:1\).*' \
	--include @mine

# --- with profiles ---

only 'rule = ours.o' 'on-error = warn'
plain landlock run --on-error warn --rule given.o true
holds "what is given comes on top of the command's profile" eval \
	'[[ $status = 0 && $err = *"/landlock.ini:3: rule: "*"landlock run -r:1: rule: "* ]]'
printf '%s\n' '[one]' 'rule = ours.o' 'on-error = warn' > /etc/landlock/landlock.ini
plain landlock run --profile one --on-error warn -rgiven.o true
holds "or of those that -p names" eval \
	'[[ $status = 0 && $err = *"/landlock.ini:2: rule: "*"landlock run -r:1: rule: "* ]]'
rm /etc/landlock/landlock.ini
plain landlock run true
gives "with neither nothing is run" 125 "" 'landlock-shim: no profile speaks of .*; give restrictions .*'
plain landlock run --read "$work" true
gives "a command that may not run is told how it may" 126 "" \
	'landlock-shim: true: Permission denied.*; grant what programs need to run: --include @run'

done_testing
