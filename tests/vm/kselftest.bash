# SPDX-License-Identifier: LGPL-2.1-or-later
# Mainline Landlock's own tests: they come from the kernel's source package and are
# built once per source and compiler, beside the cached kernels, into $tests.
# shellcheck shell=bash
set -u -o pipefail
source=/usr/src/linux-source-6.12.tar.xz
cache=${XDG_CACHE_HOME:-$HOME/.cache}/landlock-shim/kernel
version=$({ sha256sum < $source && ${CC:-gcc} --version; } | sha256sum | cut -c1-20)
tests=$cache/kselftest-$version
work=$(mktemp -d)
trap 'rm -rf "$work" ${tree:+"$tree"}' EXIT

build() { # into $tests
	echo '# building the tests'
	mkdir -p "$cache" && tree=$(mktemp -d "$cache/build.XXXXXX") || return
	tar xf $source -C "$tree" --strip-components=1 linux-source-6.12/Makefile \
		linux-source-6.12/{arch/x86,include,scripts,tools,usr} &&
		mkdir "$tree/done" &&
		make -s -C "$tree" headers &&
		make -s -C "$tree/tools/testing/selftests/landlock" \
			OUTPUT="$tree/done" \
			KHDR_INCLUDES="-isystem $tree/usr/include" &&
		rm -rf "$tests" && mv "$tree/done" "$tests"
}

# Runs $CMD in a machine, after the tests are built; its output is ours. What went
# wrong is told after it as a failed test.
in_vm() { # KERNEL
	local status
	if [ ! -d "$tests" ] && ! build > "$work/log" 2>&1; then
		status='built'
	elif ! VM_KERNEL=$1 kernel/vm/run 2> "$work/log"; then
		status='ran'
	else
		return 0
	fi
	tail -n 40 "$work/log" | sed 's/^/# /'
	printf '%s\n' '== machine' 1..1 "not ok 1 $status"
}

# All of the programs: a line with the name of each, then its plan and its results.
run_programs() { # KERNEL [COMMAND to run each with]
	CMD="cd '$tests' && for program in *_test; do
			echo \"== \$program\"
			${2-} ./\$program 2>&1 | grep --line-buffered -aE '^(ok|not ok|1\.\.)'
		done; exit 0" in_vm "$1"
}

# Makes our results of the lines on stdin, as they come: each test but those that
# TABLE names, by a pattern and a reason, has to pass, and each that was planned to
# have run. A test that is skipped does not pass.
judge() { # TABLE
	local line name pattern reason program='' planned=0 seen=0 count=0 unlike=0
	local failed=0 patterns=()
	while read -r pattern reason; do
		[[ $pattern = '' || $pattern = '#' ]] || patterns+=("$pattern")
	done < "$1"

	told() { # ok|'not ok' NAME
		echo "$1 $((count += 1)) - $2"
		[ "$1" = ok ] || failed=1
	}
	end_of_program() {
		[ -z "$program" ] || [ "$seen" = "$planned" ] ||
			told 'not ok' "$program told $seen results of $planned"
		planned=0 seen=0
	}
	while IFS= read -r line; do
		case $line in
		'== '*) end_of_program; program=${line#== } ;;
		1..*) planned=${line#1..} ;;
		'#'*) echo "$line" ;;
		*)
			seen=$((seen + 1))
			[[ $line =~ ^(ok|not\ ok)\ [0-9]+\ (#\ *)?(.*)$ ]]
			name=${program:+$program/}${BASH_REMATCH[3]}
			for pattern in "${patterns[@]}"; do
				[[ ${name%% *} =~ ^$pattern$ ]] || continue
				unlike=$((unlike + 1))
				continue 2
			done
			if [[ $line = ok* && $name != *'# SKIP'* ]]; then
				told ok "$name"
			else
				told 'not ok' "$name"
			fi
			;;
		esac
	done
	end_of_program
	[ $unlike = 0 ] || echo "# $unlike tests are left out, see $1"
	echo "1..$count"
	return $failed
}
