# SPDX-License-Identifier: LGPL-2.1-or-later
# What bash, zsh and fish offer for words of landlock's command line: the same, by
# scripts that the shells themselves read as installed. For tests that are sourced
# after tap.bash.
# shellcheck shell=bash

# Each is a program that prints what is offered for the last of its words.
# shellcheck disable=SC2016
declare -A shells=(
	[bash]='. /usr/share/bash-completion/completions/landlock || exit
		compopt() { :; }
		words=() # as readline parts them
		for word; do
			case $word in
			--*=*) words+=("${word%%=*}" =); [ -z "${word#*=}" ] || words+=("${word#*=}") ;;
			*) words+=("$word") ;;
			esac
		done
		COMP_WORDS=(landlock "${words[@]}") COMP_CWORD=${#words[@]}
		_landlock
		printf "%s\n" "${COMPREPLY[@]}"'
	# Without the line editor: what the functions of the completion system are given.
	[zsh]='_call_program() { shift; eval "$@"; }
		compset() { [[ $2 != "--*=" || ${words[CURRENT]} != --*=* ]] || words[CURRENT]=${words[CURRENT]#*=}; }
		matching() { local word; for word; do [[ $word != ${words[CURRENT]}* ]] || print -r -- $word; done; }
		_describe() { local list=(${(P)4}); matching ${list%%:*}; }
		_files() { print -rl -- ${words[CURRENT]}*(N); }
		_alternative() { matching ${(k)commands}; _files; }
		_normal() { if (( CURRENT == 1 )); then matching ${(k)commands}; else _files; fi; }
		words=(landlock "$@") CURRENT=$(($# + 1))
		autoload -Uz +X _landlock && _landlock'
	# A word that has no prefix is the whole of what is typed.
	[fish]='complete -C "landlock $(string join " " -- $argv)" | string replace -r "\t.*" "" |
		string replace -r -- "^--[^=]+=(?=.)" ""'
)
declare -A starts=([bash]='bash -c' [zsh]='zsh -fc' [fish]='fish -c')

# What a shell offers for the words, a line each, sorted. It is started by the words
# of shell_in.
shell_in=()
offered() { # SHELL WORD...
	local shell=$1
	shift
	[ "$shell" = fish ] || set -- "$shell" "$@"
	# shellcheck disable=SC2086
	"${shell_in[@]}" ${starts[$shell]} "${shells[$shell]}" "$@" 2>&1 | grep . | sort -u
}

# Exactly these, each a word; or, behind +, at least these.
offers() { # SHELL "WORDS" [+] EXPECTED...
	local shell=$1 words=$2 all=
	shift 2
	[ "$1" != + ] || { all=1; shift; }
	# shellcheck disable=SC2086
	eval "out=\$(offered $shell $words)"
	status=0 err=
	if [ -n "$all" ]; then
		holds "$shell: landlock $words: $*" \
			test -z "$(comm -13 <(echo "$out") <(printf '%s\n' "$@" | sort -u))"
	else
		holds "$shell: landlock $words: $*" \
			test "$out" = "$(printf '%s\n' "$@" | sort -u)"
	fi
}

# In a system with the files that are named here.
# shellcheck disable=SC2034
completions_files=(/etc/landlock/templates/completions-admin.ini
	/usr/share/landlock/templates/completions-shipped.ini
	/usr/share/landlock/profiles/usr.bin.completions-profile.ini
	/etc/landlock/completions.ini /etc/work/a-file)
completions_text='[completions-section]'

completions_of() { # SHELL
	local shell=$1 work=/etc/work
	offers "$shell" "sh" show
	offers "$shell" "''" + run show features preload
	offers "$shell" "show --" --json --help --version
	offers "$shell" "features --j" --json
	offers "$shell" "preload o" on off
	offers "$shell" "run --connect-u" --connect-udp --connect-unix
	offers "$shell" "run --rea" --read
	offers "$shell" "run --read /usr --ex" --exec
	offers "$shell" "run --network i" inet inet6
	offers "$shell" "run --network=i" inet inet6
	offers "$shell" "run --on-error=" fail warn
	offers "$shell" "run --include @completi" @completions-admin @completions-shipped
	offers "$shell" "run --read $work/a-f" "$work/a-file"
	offers "$shell" "run --read=$work/a-f" "$work/a-file"
	offers "$shell" "run --connect-unix $work/a-f" "$work/a-file"
	offers "$shell" "run -r fs_read" fs_readonly.o
	offers "$shell" "run -p completi" completions-section
	offers "$shell" "run --profile=completi" completions-section
	offers "$shell" "run realpat" realpath
	offers "$shell" "run --read /usr -- realpat" realpath
	offers "$shell" "run realpath $work/a-f" "$work/a-file"
	offers "$shell" "run --read /usr realpath $work/a-f" "$work/a-file"
	offers "$shell" "fs_readonly.o realpat" realpath
	offers "$shell" "fs_readonly.o realpath $work/a-f" "$work/a-file"
	offers "$shell" "show realpat" realpath
	offers "$shell" "enable completi" completions-profile
	offers "$shell" "enable other completi" completions-profile
	offers "$shell" "check $work/a-f" "$work/a-file"
	offers "$shell" "status 1" + 1
}
