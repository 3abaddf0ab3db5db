#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# exiftool reads what others' cameras wrote: a script of perl's.
. "$(dirname "$0")/profiles.bash"
enable exiftool
given 'printf "P2 2 2 255\n0 255 255 0\n" > a.pgm && convert a.pgm a.jpg'
job "tells of a picture" 'exiftool -s3 -ImageSize a.jpg'
job "writes into it" 'exiftool -q -overwrite_original -Comment=new a.jpg && exiftool -s3 -Comment a.jpg'
refused "writes elsewhere" 'exiftool -q -o ~/a.jpg -Comment=new a.jpg'
attacks exiftool 'cd work && exiftool a.jpg' 'read ~/thesis'
done_testing
