#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# What tests/run promises, tried on a tree of made-up tests.
cd "$(dirname "$0")/../.." || exit
. tests/tap.bash

tree=$scratch/tree
mkdir -p "$tree/tests/host" "$tree/build/tests/unit"
cp tests/run "$tree/tests"
export tree

program() { # KIND NAME: stdin is its text
	local path=$tree/build/tests/unit/test_$2
	[ "$1" = unit ] || path=$tree/tests/host/$2.sh
	{ echo '#!/bin/bash'; cat; } > "$path"
	chmod +x "$path"
}
clear_programs() {
	rm -f "$tree"/tests/host/* "$tree"/build/tests/unit/* "$tree"/seen*
}
last_line() { # TEXT
	[ "${out##*$'\n'}" = "$1" ]
}

program unit passes <<< 'printf "%s\n" "ok 1 - one" "ok 2 - two" 1..2'
plain "$tree/tests/run" unit
gives "what passes is told by its number" 0 \
	$'# build/tests/unit/test_passes: 2 passed, 0 failed\n2 passed, 0 failed' ''

program unit fails <<< 'printf "%s\n" 1..2 "ok 1 - one" "not ok 2 - two" "# why"; exit 1'
plain "$tree/tests/run" unit
gives "what fails is told in full" 1 \
	$'# build/tests/unit/test_fails\nnot ok 2 - two\n# why
# build/tests/unit/test_fails: 1 passed, 1 failed
# build/tests/unit/test_passes: 2 passed, 0 failed\n3 passed, 1 failed' ''

clear_programs
program unit early <<< 'printf "%s\n" 1..2 "ok 1 - one"'
plain "$tree/tests/run" unit
holds "a program that ends early is a failure" last_line '1 passed, 1 failed'
program unit early <<< 'printf "%s\n" 1..1 "ok 1 - one"; exit 3'
plain "$tree/tests/run" unit
holds "so is one that fails without a test" last_line '1 passed, 1 failed'
program unit early <<< 'exit 0'
plain "$tree/tests/run" unit
holds "and one that says nothing" last_line '0 passed, 1 failed'
chmod -x "$tree/build/tests/unit/test_early"
plain "$tree/tests/run" unit
holds "and one that cannot be run" last_line '0 passed, 1 failed'
clear_programs
plain "$tree/tests/run" unit
holds "and that there is none" last_line '0 passed, 1 failed'
plain "$tree/tests/run" unti
gives "a kind that is none is refused" 2 '' 'tests/run: unti is none of .*'

# Its last words come when we have just given up waiting for the end of a line.
clear_programs
for pause in 0.95 0.97 0.99 1 1.01; do
	program unit "halts_$pause" <<< "printf '1..1\\no'; sleep $pause; echo 'k 1 - one'"
done
plain "$tree/tests/run" unit
holds "a line whose end comes late is one line" last_line '5 passed, 0 failed'

# It waits until what it said has come through.
clear_programs
program unit streams <<'END'
printf '%s\n' 'not ok 1 - said'
until [ -e "$tree/seen" ]; do sleep 0.1; done
printf '%s\n' 'ok 2 - heard' 1..2
END
"$tree/tests/run" unit | while IFS= read -r line; do
	[ "$line" != 'not ok 1 - said' ] || : > "$tree/seen"
	echo "$line"
done > "$scratch/streamed"
holds "results come while the program runs" \
	test "$(tail -n 1 "$scratch/streamed")" = '1 passed, 1 failed'

clear_programs
program unit leaves <<< 'sleep 1000 & echo $! > "$tree/seen"; printf "%s\n" "ok 1 - x" 1..1'
plain "$tree/tests/run" unit
holds "what a program leaves behind is not waited for" last_line '1 passed, 0 failed'
kill "$(< "$tree/seen")"

# --- limits ---

export TEST_SILENCE=5
clear_programs
program unit slow <<< 'for i in {1..8}; do sleep 1; echo "ok $i - x"; done; echo 1..8'
plain "$tree/tests/run" unit
holds "a program that prints may take longer than the limit" \
	last_line '8 passed, 0 failed'
clear_programs
program unit hangs <<< 'echo "ok 1 - the last"; sleep 1000 & echo $! > "$tree/seen"; wait'
program unit then <<< 'printf "%s\n" "ok 1 - x" 1..1'
plain "$tree/tests/run" unit
holds "one that prints nothing is ended, and the others run" last_line '2 passed, 1 failed'
holds "with its last line" \
	grep -q '^not ok .*said nothing for 5 s.*its last line: ok 1 - the last$' <<< "$out"
holds "and with what it started" \
	eval 'while kill -0 "$(< "$tree/seen")" 2> /dev/null; do sleep 0.1; done'
unset TEST_SILENCE

# --- lanes ---

clear_programs
for pair in unit:host host:unit; do
	program "${pair%:*}" meets <<END
: > "$tree/seen.${pair%:*}"
until [ -e "$tree/seen.${pair#*:}" ]; do sleep 0.1; done
printf '%s\n' 'ok 1 - met' 1..1
END
done
plain "$tree/tests/run" unit + host
holds "what a + parts runs at the same time, and is added up" \
	last_line '2 passed, 0 failed'
holds "with one sum at the end" test "$(grep -c 'passed, .* failed$' <<< "$out")" = 3
program unit fails <<< 'printf "%s\n" "not ok 1 - x" 1..1'
plain "$tree/tests/run" unit + host
gives "a failure in one is one of all" 1 "$out" ''

clear_programs
program unit stays <<< 'sleep 1000 & echo $! > "$tree/seen.new"; mv "$tree/seen.new" "$tree/seen"; wait'
program host passes <<< 'printf "%s\n" "ok 1 - x" 1..1'
"$tree/tests/run" unit + host > "$scratch/stopped" 2>&1 &
until [ -e "$tree/seen" ]; do sleep 0.1; done
kill $!
wait $!
holds "when it is stopped" test $? = 130
holds "so is what it started" \
	eval 'while kill -0 "$(< "$tree/seen")" 2> /dev/null; do sleep 0.1; done'

done_testing
