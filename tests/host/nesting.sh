#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Programs with profiles that start each other, deeper than Landlock has layers.
. "$(dirname "$0")/private.bash"
. tests/tap.bash
. tests/host/profile.bash

work=$(mktemp -d /tmp/landlock-nesting.XXXXXX)
trap 'rm -rf "$work" "$scratch"' EXIT
chmod 755 "$work"
has 5 || { done_testing; exit; }
refused='.*Permission denied.*'
mkdir -p "$work"/{in,secret}
echo content | tee "$work/in/file" > "$work/secret/file"
mkdir "$work/bin" && cp build/tests/host/filtered build/tests/host/tcp "$work/bin"
PATH=$PATH:$work/bin programs+=" $work/bin/*" base+=("exec = $work/bin")
cd "$work" || exit

# A script that starts itself, and at the end tries both files.
cat > "$work/in/deep.sh" <<'SH'
if [ "$1" = 0 ]; then cat in/file; exec cat secret/file; fi
bash in/deep.sh $(($1 - 1))
exit $?
SH
cat > "$work/in/Makefile" <<'MAKE'
all:
	@if [ $(N) = 0 ]; then cat file ../secret/file; else $(MAKE) -s N=$$(($(N) - 1)); fi
MAKE

# Each stacks in a way of its own: paths alone, something denied or hidden, a filter.
for kind in "read = $work/in" "read = $work:deny = $work/secret" \
	"read = $work:hide = $work/secret" "read = $work/in:connect-tcp = none" \
	"read = $work/in:scope = signal" 'read = /:deny = '"$work/secret"; do
	mapfile -td : lines < <(printf %s "$kind")
	profile "${lines[@]}"
	shim bash in/deep.sh 60
	gives "a script of depth 60 runs under \"${kind//$work/}\"" 1 content "$refused"
done
profile "read = $work/in"
shim make -s -C in N=40
holds "a make of depth 40 runs under a profile" \
	eval '[[ $status != 0 && $out = content && $err = *secret*"Permission denied"* ]]'
only 'connect-tcp = none'
shim bash in/deep.sh 40
gives "and one without paths, 40 deep" 0 $'content\ncontent' ""
shim bash -c 'bash -c "bash -c \"tcp mptcp\""'
gives "whose filter holds at each depth" 93 "" ""
only 'scope = signal'
shim bash in/deep.sh 40
gives "and one of a scope alone" 0 $'content\ncontent' ""

# Two profiles that start each other.
{
	printf '%s\n' '[/usr/bin/bash]' "${base[@]}" "read = $work/in"
	printf '%s\n' '[/usr/bin/env]' "${base[@]}" "read = $work"
} > /etc/landlock/landlock.ini
# shellcheck disable=SC2016
shim bash -c 'n=$1; [ $n = 0 ] && exec cat in/file; exec env bash -c "$0" "$0" $((n - 1))' \
	'n=$1; [ $n = 0 ] && exec cat in/file; exec env bash -c "$0" "$0" $((n - 1))' 30
gives "two profiles that start each other, 30 times" 0 content ""

# A profile that was changed is another one.
profile "read = $work/in"
shim bash -c 'bash -c "bash -c \"cat in/file\""'
gives "the same profile is not applied for a third time" 0 content ""

# --- a witness that lies ---

profile "read = $work/in"
shim filtered 2017 witness -- /usr/bin/cat secret/file
gives "inside, a lie gains nothing" 1 "" "$refused"
plain filtered 2017 witness -- /usr/bin/env LD_PRELOAD=liblandlock_shim.so \
	/usr/bin/cat in/file secret/file
gives "outside, it is found out" 1 content "$refused"
profile "read = /" "deny = $work/secret"
plain filtered 2017 witness -- /usr/bin/env LD_PRELOAD=liblandlock_shim.so \
	/usr/bin/cat in/file secret/file
gives "also where only something denied tells" 1 content "$refused"
profile "read = /" "deny = $work/secret/file"
plain filtered 2017 witness -- /usr/bin/env LD_PRELOAD=liblandlock_shim.so \
	/usr/bin/cat in/file secret/file
gives "or a file" 1 content "$refused"

done_testing
