#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of landlock's words, by each shell as Debian has it.
. "$(dirname "$0")/system.bash"
. tests/completions.bash

system_new shells
for file in "${completions_files[@]}"; do
	mkdir -p "$layers/shells/upper/${file%/*}"
	echo "$completions_text" > "$layers/shells/upper/$file"
done
shell_in=(in_system shells)
for shell in bash zsh fish; do
	completions_of $shell
done

# bash-completion finds the script by the command's name, and the command's own
# completion behind landlock run.
# shellcheck disable=SC2016
plain in_system shells /bin/bash -c '. /usr/share/bash-completion/bash_completion
	_completion_loader landlock
	complete -p landlock
	compopt() { :; }
	COMP_WORDS=(landlock run --read /usr chmod --recurs) COMP_CWORD=5
	COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
	_landlock
	printf "%s\n" "${COMPREPLY[@]}"'
holds "bash-completion loads it" grep -qx 'complete -F _landlock landlock' <<< "$out"
holds "and completes the command of landlock run" grep -qx -- '--recursive *' <<< "$out"
done_testing
