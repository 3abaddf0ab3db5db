#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# The manual of the command names all that its tables do.
cd "$(dirname "$0")/../.." || exit
. tests/tap.bash

landlock=build/landlock
# The page that has @subcommand among its names.
page_of() { # SUBCOMMAND
	grep -lE "^\.Nm landlock-$1( ,)?\$" preload/cmd/landlock-*.1
}
# Does a page name the option, in a list of options?
names() { # PAGE OPTION
	grep -E '^\.It .*Fl|^\.It Fl' "$1" | grep -qE "Fl ${2#-}( |$)"
}

plain $landlock --help
subcommands=$(sed -n 's/^  landlock \([a-z]*\) .*/\1/p' <<< "$out")
holds "--help names subcommands" test "$(wc -l <<< "$subcommands")" -gt 3
for subcommand in $subcommands; do
	page=$(page_of "$subcommand")
	holds "landlock $subcommand has a page" test -n "$page"
	holds "landlock(1) leads to it" grep -q "^\.Xr $(basename "${page%.1}") 1" preload/cmd/landlock.1
	holds "and names it" grep -qE "^\.It Cm (.* )?$subcommand( |$)" preload/cmd/landlock.1
	plain $landlock "$subcommand" --help
	holds "landlock $subcommand --help tells usage, options and page" eval \
		'[[ $status = 0 && -z $err && $out = "Usage: landlock $subcommand "*--help*"See $(basename "${page%.1}")(1)." ]]'
	for option in $(grep -oE '^  (-[a-z]|  )(,? +--[a-z-]+)?' <<< "$out" | tr -d ,); do
		holds "landlock $subcommand: $option stands in its page" names "$page" "$option"
	done
	plain $landlock "$subcommand" --version
	gives "landlock $subcommand --version tells it" 0 "$($landlock --version)" ""
	plain $landlock "$subcommand" --no-such-option
	holds "and wrong usage names the option" eval \
		'[[ $status -ge 2 && -z $out && $err = "landlock $subcommand: --no-such-option is no option"* ]]'
done
holds "landlock(1) names what shells ask" grep -q 'landlock complete' preload/cmd/landlock.1

if command -v mandoc > "$scratch/which"; then
	mandoc -T ascii preload/cmd/landlock.1 > "$scratch/page"
	holds "landlock(1) is three screens of a terminal, at most" \
		test "$(wc -l < "$scratch/page")" -le 72
	holds "on the first is what it does not protect from" eval \
		'head -n 24 "$scratch/page" | col -b | grep -q "^THREAT MODEL"'
	for page in preload/cmd/*.1; do
		plain mandoc -T lint -W warning "$page"
		gives "$page has no fault" 0 "" ""
	done
else
	echo "# not tested: how long landlock(1) is, which takes mandoc"
fi
done_testing
