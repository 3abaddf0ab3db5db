# SPDX-License-Identifier: LGPL-2.1-or-later
# Completion of landlock(1) in bash: the command itself says what there is.
# shellcheck shell=bash

_landlock() {
	local word line current='' with='' joined=0 i
	local words=() raw=()
	# bash parts --name=VALUE into three words.
	for ((i = 1; i <= COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [[ $word = '=' && ${words[-1]-} = --* && ${words[-1]} != *=* ]]; then
			words[-1]+='=' joined=1 with=
		elif ((joined)); then
			words[-1]+=$word joined=0 with=$word
		else
			words+=("$word") raw+=("$i") with=$word
		fi
	done
	current=$with
	COMPREPLY=()
	while IFS= read -r line; do
		case $line in
		:path)
			compopt -o filenames 2> /dev/null
			mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$current") ;;
		:program)
			compopt -o filenames 2> /dev/null
			mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -c -- "$current" | sort -u) ;;
		:command\ *)
			_landlock_command "${raw[${line#* }]}" "$current" ;;
		"$current"*)
			COMPREPLY+=("${line%%$'\t'*}") ;;
		esac
	done < <(command landlock complete "${words[@]}" 2> /dev/null)
}

# The rest is another command's line: its own completion, where bash-completion is
# there to find it.
_landlock_command() { # INDEX CURRENT
	if declare -F _command_offset > /dev/null; then
		_command_offset "$1"
		return
	fi
	compopt -o filenames 2> /dev/null
	if [ "$1" = "$COMP_CWORD" ]; then
		mapfile -t COMPREPLY < <(compgen -c -- "$2" | sort -u)
	else
		mapfile -t COMPREPLY < <(compgen -f -- "$2")
	fi
}

complete -F _landlock landlock
