#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Ordinary users inside the patched kernel, without any capability: views, and rules
# that root has pinned.
cd "$(dirname "$0")/../.." || exit
. tests/tap.bash

export HOME=/root
unset XDG_CONFIG_HOME XDG_RUNTIME_DIR
pins=/sys/fs/bpf/landlock
home=/home/ordinary user=60001
rm -rf $home /etc/landlock
mkdir -p $home/.config/landlock $home/project
ln -s /usr/share/landlock/profiles/usr.bin.git.ini $home/.config/landlock/
chown -R $user:$user $home

as_user() { # COMMAND...: with no capability that it could ever get back
	(
		cd $home/project || exit
		HOME=$home exec setpriv --reuid $user --regid $user --clear-groups \
			--inh-caps=-all --bounding-set=-all "$@"
	)
}
user_shim() {
	plain as_user env LD_PRELOAD=liblandlock_shim.so "$@"
}
profile() { # LINE...: the user's own, of bash
	printf '%s\n' '[/usr/bin/bash]' "$@" > $home/.config/landlock/usr.bin.bash.ini
}
applied() {
	awk '/^  applied/{print $5}' <<< "$out"
}

# --- before anything is pinned ---

plain as_user landlock features
holds "without pins, paths of a user are enforced by a ruleset" \
	grep -qE '^read, write, exec, deny +ruleset$' <<< "$out"
profile 'rule = deny_tty_injection.o'
plain as_user landlock show bash
holds "and show says that a rule would end the start" grep -q 'not pinned' <<< "$out"
user_shim bash -c 'echo started'
gives "as it does" 125 "" '.*usr\.bin\.bash\.ini:2: rule: .*CAP_SYS_ADMIN.*'
plain as_user landlock pin
gives "a user pins nothing" 1 "" '.*only root can pin rules.*'
holds "nor does he leave a directory" test ! -e $pins

# --- a directory that a user has made ---

as_user mkdir $pins
plain landlock pin
gives "root does not pin into a user's directory" 1 "" '.*others than root can write to it.*'
rmdir $pins
plain landlock pin
holds "root pins" test "$status" = 0
chown $user $pins
plain as_user landlock features
holds "what lies in a user's directory is not taken" \
	grep -qE '^read, write, exec, deny +ruleset$' <<< "$out"
user_shim bash -c 'echo started'
gives "no rule either" 125 "" '.*CAP_SYS_ADMIN.*'
chown root $pins

# --- pinned ---

plain landlock pin
gives "what is pinned is not pinned again" 0 "" ""
plain as_user landlock pin --list
holds "every installed rule is pinned, and everyone can see it" test \
	"$(sed 's,.*/rules/,,' <<< "$out" | sort)" = \
	"$(ls /usr/lib/landlock_shim/rules | sort)"
holds "nobody else can write there" test -z "$(find $pins ! -type l -perm /022)"
plain as_user landlock features
holds "paths of a user are enforced by a view" \
	grep -qE '^read, write, exec, deny +view$' <<< "$out"
plain as_user landlock show bash
holds "show knows that a rule is pinned" eval '[ $status = 0 ] && ! grep -q pinned <<< "$out"'
user_shim bash -c 'landlock features'
holds "a pinned rule is applied" test "$(applied)" = 1
profile 'rule = fs_readonly.o sockets=1'
user_shim bash -c 'echo started'
gives "other parameters are another rule" 125 "" '.*CAP_SYS_ADMIN.*'
plain landlock pin 'fs_readonly.o sockets=1'
gives "which root can pin" 0 'fs_readonly.o sockets=1: pinned' ""
user_shim bash -c 'landlock features'
holds "and a user apply" test "$(applied)" = 2

# --- a directory of objects ---

mkdir -m 755 /root-rules && cp $PWD/build/tests/vm/rules/deny_action.o /root-rules/
echo text > /root-rules/note
plain landlock pin /root-rules/
gives "all objects of a directory are pinned" 0 \
	'/root-rules/deny_action.o: pinned' ""
chmod 777 /root-rules
plain landlock pin /root-rules/
gives "but not where others could write them" 1 "" '.*deny_action.o.*'
plain landlock unpin /root-rules/deny_action.o
rm -r /root-rules

# --- a rule under the name of another ---

name=$(landlock pin --list | sed -n 's, .*/fs_paths.o$,,p')
other=$(landlock pin --list | sed -n 's, .*/deny_exec.o$,,p')
mv $pins/"$name" $pins/aside
mv $pins/"$other" $pins/"$name"
plain as_user landlock features
holds "a pin of another rule is not taken for it" \
	grep -qE '^read, write, exec, deny +ruleset$' <<< "$out"
mv $pins/"$name" $pins/"$other"
mv $pins/aside $pins/"$name"

# --- git, under its shipped profile and a rule of the user's ---

git=$home/.config/landlock/usr.bin.git.ini
rm $git
sed 's/^exec .*/&\nrule = deny_tty_injection.o/' \
	/usr/share/landlock/profiles/usr.bin.git.ini > $git
chown $user $git
echo secret > $home/secret
mkdir $home/.ssh
echo key > $home/.ssh/id_test
chown -R $user $home/secret $home/.ssh
plain as_user landlock show --json git
holds "show says: by a view" grep -q '"paths_by": "view"' <<< "$out"
user_shim git init -q .
gives "git makes a repository" 0 "" ""
as_user bash -c 'echo text > file'
user_shim git add file
gives "and adds to it" 0 "" ""
user_shim git -c user.name=n -c user.email=e commit -qm subject
gives "and commits" 0 "" ""
user_shim git log --format=%s
gives "and reads what it has" 0 subject ""
user_shim git -c alias.x='!landlock features' x
holds "under the view and the rule" test "$(applied)" = 2
user_shim git -c alias.x="!cat $home/.ssh/id_test" x
holds "a key is not read" eval '[[ $status != 0 && $err = *"Permission denied"* ]]'
user_shim git -c alias.x="!chmod 600 $home/.ssh/id_test" x
holds "nor are its attributes changed, which a ruleset lets be" \
	eval '[[ $status != 0 && $err = *"Permission denied"* ]]'
user_shim git -c alias.x="!stat $home/.ssh/id_test" x
holds "nor seen" eval '[[ $status != 0 && $err = *"Permission denied"* ]]'

# --- no more than two layers ---

rm $git
profile 'read = /' 'write = /dev' 'exec = /usr /lib' "deny = $home/.ssh"
user_shim bash -c 'landlock features'
holds "a view is applied once" test "$(applied)" = 1
user_shim bash -c 'bash -c "bash -c \"bash -c \\\"landlock features\\\"\""'
holds "in programs that start each other twice at most" test "$(applied)" = 2
user_shim bash -c "bash -c 'bash -c \"cat $home/.ssh/id_test\"'"
gives "what is denied is so in all of them" 1 "" '.*Permission denied'

# What a glob stands for now may be all that another profile names.
mkdir $home/few && touch $home/few/file
chown -R $user:$user $home
pair() { # DASH'S TOUCH'S: lines of two profiles, beside what both need
	printf '%s\nexec = /usr /lib\nread = /etc\nwrite = /dev\nnetwork = inet\n' \
		"[/usr/bin/dash]"$'\n'"$1" "[/usr/bin/touch]"$'\n'"$2" \
		> $home/.config/landlock/landlock.ini
}
pair "write = $home/few/*" "write = $home/few/file"
user_shim touch $home/few/other
gives "a profile that names one file" 1 "" '.*Permission denied'
user_shim dash -c "touch $home/few/other; :"
gives "is not taken for the one that started it, with a glob" 0 "" '.*Permission denied'
pair "read = $home/few/file"$'\n'"write = $home/few/*" \
	"read = $home/few/*"$'\n'"write = $home/few/file"
user_shim dash -c "touch $home/few/other; :"
gives "nor one whose glob is for another key" 0 "" '.*Permission denied'
rm $home/.config/landlock/landlock.ini

# Of one directory there are 256 patterns at most.
profile 'on-error = warn' 'read = /' 'exec = /usr /lib' 'connect-tcp = none' \
	"deny = $(seq -s ' ' -f "$home/few/%g*" 257)"
user_shim bash -c ': < /dev/tcp/127.0.0.1/9'
gives "without a view the rest is enforced, and that is told" 1 "" \
	'.*: deny: .*none of its paths is enforced.*/dev/tcp/127.0.0.1/9: Permission denied'
profile 'read = /' 'write = /dev' 'exec = /usr /lib' "deny = $home/.ssh"

# --- unpinned ---

plain landlock unpin fs_readonly.o
holds "a rule is unpinned with any parameters" test "$(sort <<< "$out")" = \
	"$(printf '/usr/lib/landlock_shim/rules/fs_readonly.o%s: no longer pinned\n' ' sockets=1' '' | sort)"
plain landlock unpin fs_readonly.o
gives "once" 1 "" '.*fs_readonly\.o is not pinned.*'
plain landlock unpin
holds "all are" eval '[ $status = 0 ] && [ -z "$(ls $pins)" ]'
user_shim bash -c "cat $home/.ssh/id_test"
gives "without pins what is denied is denied by a ruleset" 1 "" '.*Permission denied'

rmdir $pins
rm -rf $home
done_testing
