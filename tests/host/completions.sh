#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of landlock's words, by the shells that are here: bash is.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/completions.bash

# fish makes directories there.
export HOME=$scratch/home
unset XDG_CONFIG_HOME XDG_DATA_HOME
mkdir -p "${completions_files[@]%/*}"
tee "${completions_files[@]}" <<< "$completions_text" > /dev/null

for shell in bash zsh fish; do
	if command -v $shell > "$scratch/which"; then
		completions_of $shell
	else
		echo "# not tested here: $shell; tests/system/completions.sh has it"
	fi
done

# What is asked by no shell at all.
plain landlock complete
holds "without a word all subcommands are offered" grep -q '^show	tell ' <<< "$out"
touch $'/etc/landlock/templates/a\nb.ini'
plain landlock complete run --include ''
holds "a name that would be two lines is not offered" eval '! grep -q "^b$\|^@a$" <<< "$out"'
plain landlock complete nonsense ''
gives "nothing is offered for what is no subcommand" 0 "" ""
plain landlock --help
holds "nobody is told of landlock complete but shells" eval '[[ $out != *complete* ]]'

done_testing
