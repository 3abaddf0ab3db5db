#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# ImageMagick reads pictures of others.
. "$(dirname "$0")/profiles.bash"
enable convert identify mogrify
given 'printf "P2 2 2 255\n0 255 255 0\n" > a.pgm'
job "convert writes another format" 'convert a.pgm -resize 4x4 b.ppm && head -c 2 b.ppm'
job "identify tells of it" 'identify -format "%m %wx%h" a.pgm'
job "mogrify changes it" 'mogrify -resize 4x4 a.pgm && identify -format %wx%h a.pgm'
refused "convert writes elsewhere" 'convert a.pgm ~/b.pgm'
refused "mogrify writes elsewhere" 'mogrify -path $HOME -format ppm a.pgm'
attacks convert 'cd work && convert a.pgm b.ppm' 'read ~/thesis'
attacks identify 'cd work && identify a.pgm' 'read ~/thesis'
attacks mogrify 'cd work && mogrify -resize 3x3 a.pgm' 'read ~/thesis'
done_testing
