#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# ImageMagick's programs read pictures of others; those that need no display.
. "$(dirname "$0")/profiles.bash"
# Each writes b.*, or changes it, in the directory $at.
# shellcheck disable=SC2016
writers=(
	'convert a.pgm -resize 4x4 $at/b.ppm'
	'mogrify -path $at -format ppm b.pgm'
	'montage a.pgm a.pgm -geometry 4x4 $at/b.ppm'
	'composite -gravity center a.pgm b.pgm $at/b.ppm'
	'compare -metric AE a.pgm b.pgm $at/b.ppm'
	'stream -map r a.pgm $at/b.raw'
)
enable identify conjure
# Where there is no cache of fonts yet, it can't be made under the profile.
given 'printf "P2 2 2 255\n0 255 255 0\n" > a.pgm && cp a.pgm b.pgm && mkdir -p ~/.cache/fontconfig'
for writes in "${writers[@]}"; do
	name=${writes%% *}
	enable "$name"
	job "$name writes a picture" "at=.; $writes && cksum b.*"
	refused "$name writes elsewhere" "at=~; $writes && cksum ~/b.*"
	attacks "$name" "cd work && at=. && $writes" 'read ~/thesis'
done
# Debian 12's aborts on every script, so it has no job; it is held all the same.
attacks conjure 'conjure -version' 'read ~/thesis'
job "identify tells of a picture" 'identify -format "%m %wx%h" a.pgm'
refused "identify reads a key" 'cp a.pgm ~/.npmrc && identify ~/.npmrc'
attacks identify 'cd work && identify a.pgm' 'read ~/thesis'
done_testing
