#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The landlock command, on whatever kernel runs.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
missing_object='landlock-shim: landlock run -r:2: rule: .*/missing\.o does not exist; .*'
missing_profile='landlock-shim: /etc/landlock\.ini:2: rule: .*/missing\.o does not exist; .*'

plain landlock --version
holds "--version tells one line" eval '[[ $status = 0 && $out = landlock-shim\ * ]]'

plain landlock --help
holds "--help names every subcommand" \
	eval '[[ $status = 0 && $out = *"landlock run"*"landlock features"* ]]'

plain landlock
holds "no argument is wrong usage" test "$status" = 2
plain landlock frobnicate
holds "an unknown subcommand is wrong usage" test "$status" = 2
plain landlock features --jsonn
holds "an unknown option is wrong usage" test "$status" = 2
plain landlock run
holds "run without a command exits with 125" test "$status" = 125
plain landlock run -x echo
holds "run with an unknown option exits with 125" test "$status" = 125
plain landlock fs_readonly.o
holds "an object without a command exits with 125" test "$status" = 125

plain landlock features
holds "features tells of rules and of mainline Landlock" eval \
	'[[ $status = 0 && $out = *"Landlock rules"*"mainline Landlock"* ]]'
plain landlock features --json
holds "features --json is JSON" python3 -c 'import json, sys
d = json.loads(sys.argv[1])
sys.exit(d["rules"] not in ("absent", "off", "on"))' "$out"
holds "features fails when its output cannot be written" \
	eval '! landlock features > /dev/full 2> /dev/null'

rm -f /etc/landlock.ini
plain landlock run echo hello
gives "without -p, -r or a profile nothing is run" 125 "" \
	'landlock-shim: no profile speaks of /usr/bin/echo; .*'

printf '%s\n' '[/usr/bin/echo]' 'rule = missing.o' > /etc/landlock.ini
plain landlock run echo hello
gives "without -p and -r the command's profile counts" 125 "" "$missing_profile"
plain landlock run -p /usr/bin/echo true
gives "-p applies a section to another command" 125 "" "$missing_profile"
plain landlock run -p /usr/bin/none true
holds "-p with an unknown section is refused" \
	eval '[[ $status = 125 && $err = landlock-shim:*/usr/bin/none* ]]'

plain landlock run -r missing.o true
gives "-r with a missing object is refused" 125 "" "$missing_object"
plain landlock missing.o true
gives "landlock RULE.o COMMAND is the same" 125 "" "$missing_object"
plain landlock run -r '' true
gives "-r with an empty value is refused" 125 "" 'landlock-shim: landlock run -r: .*'
plain landlock run -r $'a.o\nmode = off' true
gives "-r cannot smuggle in another key" 125 "" 'landlock-shim: landlock run -r: .*'
plain landlock run -r 'fs_readonly.o nope=1' true
gives "-r takes parameters" 125 "" \
	'landlock-shim: landlock run -r:2: rule: .*there is no parameter nope; .*'

mkdir /etc/objects
cp /usr/bin/true /etc/objects/x.o
cd /etc || exit
plain landlock run -r objects/x.o true
gives "-r takes a relative path" 125 "" \
	'landlock-shim: landlock run -r:2: rule: /etc/objects/x\.o .*machine.*'

printf '%s\n' '[any]' 'match = /*' > /etc/landlock.ini
plain landlock run -p any echo -n hello
gives "the command's own options are its own" 0 hello ""
plain landlock run -p any -- echo hello
gives "-- ends the options" 0 hello ""
plain landlock run -p any sh -c 'exit 42'
gives "the exit status is the command's" 42 "" ""
plain landlock run -p any nonexistent-command
holds "a command that is not found exits with 127" test "$status" = 127
plain landlock run -p any /etc
holds "a command that cannot be executed exits with 126" test "$status" = 126

done_testing
