#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Coding agents start, and what they do is held: npm's packages, as npm installs them.
proof_layer=tests/profiles/agents/layer
. "$(dirname "$0")/../profiles.bash"
enable claude opencode gemini codex
given 'mkdir -p project other && cd project && git init -q . && git config --global user.name Alice &&
	git config --global user.email alice@localhost && echo text > text && git add . && git commit -qm first &&
	echo "{\"name\": \"own\", \"version\": \"1.0.0\", \"scripts\": {\"say\": \"echo said\"}}" > package.json &&
	printf "all:\n\techo built > built\n" > Makefile && echo other > ../other/text'
PROFILES_TIMEOUT=120
declare -A state=([claude]='~/.claude*' [opencode]='~/.local/share/opencode/*' [gemini]='~/.gemini/*' [codex]='~/.codex/*')
for agent in claude opencode gemini codex; do
	job "$agent starts" "cd project && $agent --version"
	# From within it: before main of what was started by its name.
	attacks $agent "cd work/project && $agent --version" "read ${state[$agent]}" 'tcp *' 'udp *' \
		'listen *' 'family 16'
done

# What an agent does, by a shell in its place.
fresh
does() { # NAME STATUS COMMANDS
	plain as_user '' "cd project && exec landlock run -p /usr/bin/claude sh -c '$3'"
	holds "an agent's shell $1" [ "$status" = "$2" ]
}
does "reads the tree and edits it" 0 'grep -q text text && echo more >> text && mkdir new && mv text new'
does "runs git, npm and make" 0 'git add -A && git commit -qm second && npm run --silent say && make -s && cat built'
does "does not read another project" 2 'cat ../other/text || exit 2'
does "does not write into another project" 2 'echo x > ../other/text || exit 2'
does "does not read a key" 2 'cat ~/.ssh/* || exit 2'
does "does not write a shell start file" 2 'echo x >> ~/.bashrc || exit 2'
done_testing
