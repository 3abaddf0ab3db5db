#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# mutool reads what another sent.
. "$(dirname "$0")/profiles.bash"
enable mutool
given 'printf "%%!PS\n/Helvetica findfont 12 scalefont setfont 72 720 moveto (Hello) show showpage\n" > a.ps && gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=a.pdf a.ps'
job "tells of it" 'mutool info a.pdf | grep -c Pages'
job "paints a page" 'mutool draw -q -r 20 -o p.pnm a.pdf 1 && head -c 2 p.pnm'
refused "writes elsewhere" 'mutool clean a.pdf ~/a.pdf'
attacks mutool 'cd work && mutool info a.pdf' 'read ~/thesis'
done_testing
