# SPDX-License-Identifier: LGPL-2.1-or-later
# Tries real programs and shows what was tried, what the profile says and what
# happened. Sourced by the demos, which set
#
#	base      directory to work in
#	shim      what to preload
#	refusal   what a program says that was refused something
#	tap       "tap" to tell it as a test
#
# Each command is first run without the shim, where it has to succeed: otherwise
# a refusal would prove nothing.
# shellcheck shell=bash
export LC_ALL=C
unset LD_PRELOAD
wrong=0 rows=0

prepare() { # what the commands below work with
	mkdir -p $base/template && cd $base/template || exit 2
	echo 'some text' > file
	tar -cf archive.tar file
	printf '#!/bin/sh\necho report > report.txt\n' > report.sh
	chmod +x report.sh
	# What others wrote, and this user fetched.
	mkdir hooks
	printf '#!/bin/sh\ncat ~/.ssh/id_rsa\n' > hooks/pre-commit
	chmod +x hooks/pre-commit
	printf '%s\n' 'build:' '	@cp file built' 'steal:' '	@cat ~/.ssh/id_rsa' \
		'stay:' '	@echo evil >> ~/.bashrc' > Makefile
	echo 'import os; print(open(os.environ["HOME"] + "/.ssh/id_rsa").read())' > setup.py
	echo '{"name": "own", "version": "1.0.0", "scripts": {"postinstall": "cat ~/.ssh/id_rsa"}}' \
		> package.json
	git init -q . && git config user.name demo && git config user.email demo@localhost
	git add file && git commit -qm first
	echo 'more text' >> file
}

# A fresh directory for every run, so that none sees what another did.
enter() { # DIRECTORY
	cp -a $base/template "$1" && cd "$1"
}

# Runs a command, with standard error as a pipe: under a profile, a file as
# standard error could not be written to.
try() { # DIRECTORY COMMAND…: sets status and error
	local directory=$1
	shift
	error=$( (enter "$directory" && "$@") 2>&1 > /dev/null < /dev/null)
	status=$?
	error=${error//"$directory/"/}
	# As curl breaks what it warns of.
	error=${error//$'\n'Warning: /}
}

# Do exit status and standard error show what is expected? What was refused must
# have left no trace either.
is_as() { # EXPECTED
	case $1 in
	allowed) [ $status = 0 ] && [ -z "$error" ] ;;
	refused) [ $status != 0 ] && [[ $error == *$refusal* ]] &&
		diff -r $base/template $base/$rows.with > /dev/null ;;
	'not started') [ $status = 125 ] && [[ $error == landlock-shim:* ]] ;;
	warned) [ $status = 0 ] && [[ $error == landlock-shim:* ]] ;;
	esac
}

preloaded() { # COMMAND…
	LD_PRELOAD=$shim "$@"
}

row() { # PROGRAM TRIED PROFILE EXPECTED COMMAND…
	local program=$1 tried=$2 profile=$3 expected=$4 status error verdict=ok
	shift 4
	rows=$((rows + 1))

	try $base/$rows.without "$@"
	if [ $status != 0 ]; then
		error="fails without the shim, too: $error" verdict=WRONG
	else
		try $base/$rows.with preloaded "$@"
		is_as "$expected" || verdict=WRONG
	fi
	[ $verdict = ok ] || wrong=$((wrong + 1))
	[ -n "$error" ] || error="exit status $status"
	# Its first line that says why, as a traceback has many.
	error=$(grep -m 1 "$refusal" <<< "$error" || echo "${error%%$'\n'*}")
	if [ "$tap" = tap ]; then
		[ $verdict = ok ] || verdict='not ok'
		echo "$verdict $rows - $program, $tried, under $profile: $expected"
		[ "$verdict" = ok ] || echo "# $error"
		return
	fi
	printf '%-8s%-30s%-22s%-12s%-5s %s\n' \
		"$program" "$tried" "$profile" "$expected" $verdict "$error"
}

# Call before the first row.
begin() {
	(prepare) || exit
	[ "$tap" = tap ] || printf '%-8s%-30s%-22s%-12s%-5s %s\n\n' \
		program 'what was tried' 'under the profile' 'should be' '' 'what happened'
}

# Call after the last one: fails when any row is not as the profile says.
finish() {
	if [ "$tap" = tap ]; then
		echo "1..$rows"
	else
		echo
		echo "$((rows - wrong)) of $rows as the profiles say"
	fi
	[ $wrong = 0 ]
}
