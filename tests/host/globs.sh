#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Globs stand for what is there at the start, + makes what is missing, and of the same
# path denied and granted the later line counts.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=$(mktemp -d /tmp/landlock-globs.XXXXXX)
trap 'rm -rf "$work" "$scratch"' EXIT
chmod 755 "$work"
cd / || exit
has 5 || { done_testing; exit; }
refused='.*Permission denied.*'

not() { ! "$@"; }

fresh() { # the files of one test
	rm -rf "${work:?}"/*
	mkdir -p "$work"/home/{a,b}/bin "$work"/home/.config/{git/secret,other} "$work/empty"
	echo content | tee "$work"/home/{file,'b c','a*',.profile,a/bin/tool} \
		"$work"/home/.config/{git/config,git/secret/key,other/file} > /dev/null
}

# --- globs ---

fresh
profile "read = $work/home/*"
shim cat "$work/home/file" "$work/home/b c" "$work/home/a/bin/tool"
gives "a glob grants what matches" 0 $'content\ncontent\ncontent' ""
shim cat "$work/home/.profile"
gives "but for names with a leading dot" 1 "" "$refused"
shim ls "$work/home"
gives "nor the directory" 2 "" "$refused"
profile "write = $work/home/*"
if has_view; then
	shim bash -c "cd $work/home && echo x > new && mkdir more && echo y > more/file &&
		mv new newer && mv newer file && cat file && rm -r more file"
	gives "what is made later, replaced, and removed, by a view" 0 x ""
	shim bash -c "echo x > $work/home/.new"
	gives "but for names with a leading dot, then as well" 1 "" "$refused"
	shim mv "$work/home/b c" "$work/home/.profile"
	gives "which nothing replaces" 1 "" "$refused"
	shim chmod 700 "$work/home"
	gives "nor is the directory changed" 1 "" ".*Permission denied.*"
	fresh
	profile "write = $work/home/a*.json"
	shim bash -c "cd $work/home && echo x > app.json && echo y > app.json.tmp"
	gives "no more than what matches" 1 "" "$refused"
	profile "write = $work/home/app.json*"
	shim bash -c "cd $work/home && echo y > app.json.tmp && mv app.json.tmp app.json &&
		cat app.json"
	gives "a temporary file beside a file, by which it is replaced" 0 y ""
	profile "write = $work/home/app.json*" "deny = $work/home/.config/git"
	shim bash -c "cd $work/home && echo z > app.json.tmp && mv app.json.tmp app.json &&
		cat app.json"
	gives "also in a directory with something that is denied" 0 z ""
	shim mv "$work/home/.config" "$work/home/app.json.d"
	gives "which is no way to move that" 1 "" "$refused"
	fresh
	mkdir "$work/tmp"
	profile "write = $work/home/file $work/tmp"
	shim bash -c "cd $work/home && rm file && echo x > file && cat file"
	gives "a single file to write can be removed and made, by a view" 0 x ""
	shim bash -c "cd $work/home && echo y > ../tmp/new && mv ../tmp/new file && cat file"
	gives "and replaced, by what is granted as much" 0 y ""
	shim bash -c "echo x > $work/home/file.tmp"
	gives "nothing else is made beside it" 1 "" "$refused"
	shim mv "$work/home/b c" "$work/home/file"
	gives "what is granted less does not get its name" 1 "" "$refused"
	profile "write = $work/home/file" "deny = $work/home/file"
	shim rm "$work/home/file"
	gives "nor is it removed where it is denied" 1 "" "$refused"
	rm -r "$work/tmp"
	profile "write = $work/home" "deny = $work/home/id_*"
	shim bash -c "echo x > $work/home/id_new"
	gives "what is denied, later as well" 1 "" "$refused"
	shim bash -c "cd $work/home && echo x > new && mv new id_new"
	gives "nor made by another name" 1 "" "$refused"
	shim bash -c "cd $work/home && echo x > new && cat new"
	gives "and nothing else" 0 x ""
	profile "write = $work/home/*" "deny = $work/home/b*"
	shim bash -c "echo x > $work/home/bin"
	gives "of a grant and a denial that match, the denial counts" 1 "" "$refused"
	fresh
else
	shim bash -c "echo x > $work/home/new"
	gives "nor what is made later, by a ruleset" 1 "" "$refused"
fi
profile "read = $work/home/*/bin"
shim cat "$work/home/a/bin/tool"
gives "a glob may be a part of a path" 0 content ""
shim cat "$work/home/file"
gives "and is that alone" 1 "" "$refused"
profile "read = \"$work/home/a*\""
shim cat "$work/home/a*"
gives "none in quotes" 0 content ""
shim cat "$work/home/a/bin/tool"
gives "which is a name then" 1 "" "$refused"
profile "read = $work/empty/* $work/home/file"
shim cat "$work/home/file"
gives "in a directory that is there, nothing need match" 0 content ""
profile "read = $work/none/*"
shim cat /dev/null
gives "that directory has to be there" 125 "" \
	"landlock-shim: .*: read: $work/none/.*: No such file or directory; .*"
profile "read = -$work/none/* $work/home/file"
shim cat "$work/home/file"
gives "or - to be before the glob" 0 content ""
ln -s /nonexistent "$work/home/dangling"
ln -s loops "$work/home/loops"
profile "read = $work/home/*"
shim cat "$work/home/file"
gives "links to nothing are no file" 0 content ""
profile "write = $work/home" "read = $work/home/*/bin"
ln -sfn / "$work/home/planted"
shim cat "$work/home/file"
gives "a link that the program may have put there is not followed" 125 "" \
	".*: read: $work/home/planted/bin: .*symbolic links.*"
fresh
if has_view; then
	profile "write = $work/home/new*" "exec = $work/home/new*" "deny = $work/home/n*.key" \
		"read = $work/home/n*.key"
	shim perl -e "chdir '/tmp'; print open(F, '>', \$_) && open(F, '<', \$_) ? 1 : 0
		for '$work/home/new', '$work/home/new.key', '$work/home/no.key'"
	gives "a glob adds to the same one, and lifts no denial" 0 100 ""
fi
# The next start would take it for the profile's word.
for written in "$work/home/*" "$work/home/a.kept"; do
	fresh
	echo kept > "$work/home/a.kept"
	mkdir "$work/own"
	profile "write = -$written $work/own"
	# By one program: what it starts would look the paths up anew.
	shim perl -e "chdir '$work/home'; unlink 'a.kept';
		symlink '../secret', \$_ for 'a.kept', 'a.new', '../own/link';
		link '../own/link', 'a.linked'; rename '../own/link', 'a.kept'"
	holds "nor is one put at what ${written#"$work/"} grants" \
		test -z "$(find "$work/home" -name 'a.*' -type l)" -a -L "$work/own/link"
	rm -r "$work/own"
done
fresh
profile "read = $work/home" "deny = $work/home/a*"
shim cat "$work/home/file" "$work/home/a*" "$work/home/a/bin/tool"
gives "what matches is denied" 1 content "$refused"
landlock show cat > "$scratch/shown"
later() {
	grep -q 'limit .*deny: .*later' "$scratch/shown"
}
if has_view; then
	holds "by a view what comes later, too" not later
	# In one directory there are 256 patterns at most.
	profile "read = $work/home" "deny = $(seq -s ' ' -f "$work/home/%g*" 257)" \
		'connect-tcp = none' 'on-error = warn'
	shim perl -MSocket -e 'socket my $s, AF_INET, SOCK_STREAM, 0;
		print connect($s, pack_sockaddr_in(9, INADDR_LOOPBACK)) ? 1 : $!{EACCES} ? 2 : 3'
	gives "where a view cannot be made, the rest is enforced, and that is told" 0 2 \
		'.*: deny: .*none of its paths is enforced.*'
else
	holds "which does not hold for what comes later, as show says" later
fi
mkdir "$work/many"
(cd "$work/many" && seq 20000 | xargs touch)
profile "read = $work/many/*"
shim cat /dev/null
gives "a glob of too many names is told" 125 "" ".*: read: .*too many names.*"
profile "read = $work/many/*" 'on-error = warn'
shim cat /dev/null
gives "or told, and as many as can be are granted" 0 "" ".*: read: .*too many names.*"

# --- what is missing is made ---

as_user() {
	setpriv --reuid 12345 --regid 12345 --clear-groups env \
		LD_PRELOAD=liblandlock_shim.so "$@"
}
fresh
mkdir "$work/own" && chown 12345:12345 "$work/own"
only "${base[@]}" "write = +$work/own/deep/dir/ +$work/own/file"
plain as_user bash -c "echo x > $work/own/deep/dir/new && echo x > $work/own/file"
gives "+ makes a directory with those above it, and a file" 0 "" ""
plain stat -c '%u %a %F' "$work/own/deep" "$work/own/deep/dir" "$work/own/file"
gives "for oneself alone" 0 \
	$'12345 700 directory\n12345 700 directory\n12345 600 regular file' ""
plain as_user bash -c "echo x > $work/own/other"
gives "and nothing else is granted" 1 "" "$refused"
rm -rf "$work/own/deep"
plain as_user bash -c "rm -f $work/own/file; ls $work/own > /dev/null; true"
plain as_user bash -c "bash -c 'rmdir $work/own/deep/dir; bash -c \"echo inside\"'"
gives "what is missing again inside of the sandbox ends no program" 0 inside ".*"
only "${base[@]}" "write = +$work/dir/"
plain as_user true
gives "nothing is made in a directory of others" 125 "" \
	"landlock-shim: .*: write: $work/dir: .*not made; .*"
ln -s own "$work/link"
only "${base[@]}" "write = +$work/link/dir/"
plain as_user true
gives "nor through a link" 125 "" "landlock-shim: .*: write: $work/link/dir: .*link; .*"
rm -rf "$work"/own/*
only 'mode = complain' "${base[@]}" "write = +$work/own/dir/"
plain as_user true
holds "nor for a profile that is not enforced" [ ! -e "$work/own/dir" ]
only "${base[@]}" "write = +$work/own/dir/" "read = $work/none"
plain as_user true
holds "nor if the program does not start" [ ! -e "$work/own/dir" ]
only "${base[@]}" "write = +$work/own/dir/"
setpriv --reuid 12345 --regid 12345 --clear-groups landlock show cat > "$scratch/shown"
holds "nor is it by landlock show, which says so" \
	eval '[ ! -e "$work/own/dir" ] && grep -q "own/dir .*is made" "$scratch/shown"'

# --- grants inside of what is denied, and the same path twice ---

fresh
config=$work/home/.config
profile "write = $work/home" "deny = $config" "read = $config/git" "deny = $config/git/secret"
shim cat "$config/git/config"
gives "what is granted inside of what is denied is granted" 0 content ""
shim cat "$config/other/file"
gives "what is beside it is not" 1 "" "$refused"
shim cat "$config/git/secret/key"
gives "nor what is denied inside of it" 1 "" "$refused"
shim bash -c "echo x >> $config/git/config"
gives "and it is granted so alone" 1 "" "$refused"
shim realpath "$config/git/config"
gives "the way to it can be asked for" 0 "$config/git/config" ""
profile "read = $work/home" "deny = $config/git" "read = $config/git/secret/key"
shim realpath "$config/git/secret/key"
gives "all of it" 0 "$config/git/secret/key" ""
shim cat "$config/git/secret/key" "$config/git/config"
gives "and no more than that" 1 content "$refused"
profile "deny = $config/git" "read = $config/git"
shim cat "$config/git/config"
gives "a later grant lifts a denial" 0 content ""
profile "read = $config/git" "deny = $config/git"
shim cat "$config/git/config"
gives "a later denial takes a grant" 1 "" "$refused"
profile "write = $work/home" "deny = $config" "read = $config"
shim bash -c "echo x > $work/home/new"
gives "what is lifted leaves all around it as it was" 0 "" ""
ln -s .config/git "$work/home/link"
profile "deny = $config/git" "read = $work/home/link"
shim cat "$config/git/config"
gives "a link to it is the same path" 0 content ""
ln "$config/git/config" "$work/home/hard"
profile "deny = $config/git/config" "read = $work/home/hard"
shim cat "$work/home/hard"
holds "another name of a file lifts nothing" [ "$status" = 1 ]
profile "read = $work/home" "deny = $work/home/.profile $work/home/file" "read = $work/home/* $work/home/.*"
shim cat "$work/home/file"
gives "nor does a glob" 1 "" "$refused"
shim cat "$work/home/.profile" "$work/home/b c"
gives "which grants the rest" 1 content "$refused"

done_testing
