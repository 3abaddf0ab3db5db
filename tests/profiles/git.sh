#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# git works on a repository whose hooks are another's.
. "$(dirname "$0")/profiles.bash"
enable git
given 'git config --global user.name Alice && git config --global user.email alice@localhost
	git config --global init.defaultBranch main
	git init -q --bare bare.git && git clone -q bare.git clone && cd clone &&
	printf "%s\n" "#!/bin/sh" "echo checked > hooked" > .git/hooks/pre-commit &&
	chmod +x .git/hooks/pre-commit && echo a > a && git add a && git commit -qm first &&
	git push -q origin main && echo b > a'
job "clones, and shows the log" 'git clone -q bare.git other && git -C other --no-pager log --format=%s'
job "commits, with a hook, and pushes" 'export GIT_AUTHOR_DATE="@1700000000 +0000" GIT_COMMITTER_DATE="@1700000000 +0000"; cd clone && git commit -qam second && git push -q && cat hooked'
job "fetches, merges, makes a branch and a worktree" 'export GIT_AUTHOR_DATE="@1700000000 +0000" GIT_COMMITTER_DATE="@1700000000 +0000"; cd clone && git pull -q && git switch -q -c new &&
	git worktree add -q ../tree main && git stash -q && git --no-pager diff --stat'
job "works where there is no repository" 'cd / && git --version > /dev/null && git config --global user.name'
refused "changes its own settings" 'git config --global core.pager ./evil'
attacks pre-commit 'cd work/clone && git commit -qam x' 'read ~/thesis' 'write ~/thesis' \
	'tcp 22' 'tcp 53' 'tcp 80' 'tcp 443' 'udp *' 'listen *' 'unix *'
done_testing
