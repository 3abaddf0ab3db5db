#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# landlock show: the whole profile with the places of its lines, what enforces what,
# and whatever bytes there are, as text and JSON.
. "$(dirname "$0")/private.bash"
. tests/tap.bash

export HOME=/nonexistent
unset XDG_CONFIG_HOME
python=$(realpath /usr/bin/python3)
file=/etc/landlock/landlock.ini
bin=/etc/bin
mkdir $bin

profile() { # LINE...
	printf '%s\n' "$@" > $file
}
shows() { # NAME LINE: of the last command
	holds "$1" grep -qxF -- "$2" <<< "$out"
}
# What python says of the last command's output, as `plans`.
json() { # NAME CODE
	holds "$1" "$python" -c 'import json, sys
plans = json.loads(sys.stdin.buffer.read().decode("utf-8"))
'"$2" <<< "$out"
}

# --- each line, and its place ---

mkdir -p /etc/work/{open,closed,given,"a b"}
profile '[/usr/bin/cat]' 'read = /etc/work "/etc/work/a b"' 'deny = /etc/work/closed' \
	'  /etc/work/given' 'read = /etc/work/given' 'write = /etc/work/open' \
	'deny = /etc/work/open' 'network = inet unix' 'connect-tcp = https 8000-8080' \
	'bind-tcp = none' 'scope = signal terminal' 'log = none' 'on-error = warn'
plain landlock show cat
holds "a profile that holds is shown with 0" test "$status" = 0
shows "a path has its line" "  read         /etc/work  [$file:2]"
shows "one with a blank, too" "  read         /etc/work/a b  [$file:2]"
shows "what is denied" "  deny         /etc/work/closed  [$file:3]"
shows "what is denied and then granted is lifted" \
	"  deny         /etc/work/given  (lifted by $file:5)  [$file:3]"
shows "what is granted and then denied is taken back" \
	"  write        /etc/work/open  (taken back by $file:7)  [$file:6]"
shows "families" "  network      unix inet  [$file:8]"
shows "ports are numbers" "  connect-tcp  443 8000-8080  [$file:9]"
shows "none is none" "  bind-tcp     none  [$file:10]"
shows "each scope" "  scope        terminal  [$file:11]"
shows "whose denials are recorded" "  log          none  [$file:12]"
holds "then what enforces what" grep -qxE '  by (ruleset|view)  *read, write, deny.*' <<< "$out"
shows "with the ways around it" "  by filter    scope terminal, network, ways around ports"
plain landlock show --json cat
json "all of it is JSON" '
plan, = plans
assert plan["network"] == ["unix", "inet"] and plan["log"] == "none"
assert plan["bind-tcp"] == [] and plan["scope"] == ["signal", "terminal"]
where = {(o["key"], o["word"]): o["line"] for o in plan["origins"]}
assert where["network", None] == 8 and where["scope", "terminal"] == 11
lifted = {p["path"]: p["overruled_by"]["line"] for p in plan["paths"] if "overruled_by" in p}
assert lifted == {"/etc/work/given": 5, "/etc/work/open": 7}
assert {"key": "network", "word": None, "by": "filter"} in plan["enforced"]'

profile '[/usr/bin/cat]' 'network = none' 'mode = complain'
plain landlock show cat
holds "of a profile that is not applied, nothing is enforced" eval '! grep -q "^  by " <<< "$out"'

mkdir /etc/work/globs
touch /etc/work/globs/{one,two}
profile '[/usr/bin/cat]' 'read = /etc/work/globs/*' 'on-error = warn'
plain landlock show cat
for name in one two; do
	shows "a glob shows what is there: $name" \
		"  read         /etc/work/globs/$name  (of /etc/work/globs/*)  [$file:2]"
done

# --- templates ---

mkdir -p /etc/landlock/templates
templates=/etc/landlock/templates
printf '%s\n' '[@outer]' '' 'include = @inner' > $templates/outer.ini
printf '%s\n' '[@inner]' 'read = /etc/work' 'connect-tcp = none' 'rule = missing.o' > $templates/inner.ini
profile '[/usr/bin/cat]' 'include = @outer' 'on-error = warn'
plain landlock show cat
chain="[$templates/inner.ini:2, included by $templates/outer.ini:3, by $file:2]"
shows "a template's line tells what includes it" "  read         /etc/work  $chain"
holds "and so does what is not enforced of it" grep -qF \
	"(included by $templates/outer.ini:3, by $file:2)" <<< "$out"
plain landlock show --json cat
json "and JSON" '
by = [p["included_by"] for p in plans[0]["paths"] if p["path"] == "/etc/work"]
assert [b["line"] for b in by[0]] == [3, 2], by'
printf '%s\n' '[@inner]' 'reed = /etc/work' > $templates/inner.ini
profile '[/usr/bin/cat]' 'include = @outer'
plain landlock show cat
holds "a fault of a template ends who includes it" eval \
	'[[ $status = 1 && $out = *"fault  "*"inner.ini:2: reed: "*"included by"*"exit status 125"* ]]'

# --- any bytes ---

odd=$'\xff\xc2\x9b"\\\e['
mkdir "/etc/work/$odd"
name=$'/etc/bin/odd\xff\xc2\x9b"\\x\e'
cp /usr/bin/echo "$name"
ln -s "/etc/work/$odd" /etc/work/link
profile $'[odd \xc3\xa9\xff"]' 'match = /etc/bin/odd*' $'read = "/etc/work/?*\xff*" /etc/work/link' \
	$'read = -/etc/\xffmissing' $'rule = missing.o x=\xf0\x9f\x98\x80\xc2\x9b' 'on-error = warn'
plain landlock show "$name"
holds "nothing that drives a terminal is printed" \
	eval '! grep -qP "[\x00-\x08\x0b-\x1f\x7f]|\xc2\x9b" <<< "$out" && [ -n "$out" ]'
shows "but question marks" "  read         /etc/work/link -> /etc/work/??\"\\?[  [$file:3]"
plain landlock show --json "$name"
json "JSON is JSON, and says what can be said" '
plan, = plans
assert plan["program"]["path"] == "/etc/bin/odd\ufffd\u009b\"\\x\x1b"
assert plan["section"] == "odd \u00e9\ufffd\""
assert "/etc/work/\ufffd\u009b\"\\\x1b[" in [p["resolved"] for p in plan["paths"]]
assert plan["rules"][0]["parameters"] == {"x": "\U0001f600\u009b"}'
for bytes in '\xc0\x80' '\xed\xa0\x80' '\xf4\x90\x80\x80' '\xe2\x82' '\xf0\x9f\x98' '\x80' '\xff\xfe'; do
	name=/etc/bin/$(printf "byte$bytes")
	cp /usr/bin/echo "$name"
	profile "[$name]" 'bind-tcp = none' 'on-error = warn'
	plain landlock show --json "$name"
	json "and of $bytes" 'assert "\ufffd" in plans[0]["program"]["path"]'
done

# --- what the program is ---

profile '[any]' 'match = /usr/bin/* /etc/bin/*' 'bind-tcp = any'
plain landlock show landlock
holds "a static program is told" grep -q 'static program.*landlock run' <<< "$out"
shows "and what follows" "  so           nothing is enforced but by landlock run"
plain setpriv --reuid=65534 --regid=65534 --clear-groups landlock show passwd
holds "a set-user-ID program is told" grep -q 'privileges of its own' <<< "$out"
printf '#!/usr/bin/cat\n' > $bin/script
chmod 755 $bin/script
plain landlock show --json $bin/script
json "a script names its interpreter" '
assert plans[0]["program"]["interpreter"] == "/usr/bin/cat"'
echo 'int main(void) { return 0; }' > "$scratch/empty.c"
if gcc -m32 -o $bin/narrow "$scratch/empty.c" 2> /dev/null; then
	plain landlock show $bin/narrow
	holds "a 32-bit program is told" grep -q '32-bit program' <<< "$out"
else
	echo "# not tested: this system's compiler makes no 32-bit programs"
fi

# --- usage ---

plain landlock show
holds "no program is wrong usage" eval '[[ $status = 2 && $err = "landlock show: no program given"* ]]'
plain landlock show cat ls
holds "so are two" eval '[[ $status = 2 && $err = "landlock show: one program at a time"* ]]'
plain landlock show cat --json
json "an option may stand behind" 'assert len(plans) == 1'
plain landlock show -- --json
gives "and behind -- is none" 1 "" 'landlock-shim: --json: No such file or directory'

done_testing
