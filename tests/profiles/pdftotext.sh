#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# pdftotext reads what another sent.
. "$(dirname "$0")/profiles.bash"
enable pdftotext
given 'printf "%%!PS\n/Helvetica findfont 12 scalefont setfont 72 720 moveto (Hello) show showpage\n" > a.ps && gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=a.pdf a.ps'
job "takes the text out" 'pdftotext a.pdf - | head -n 1'
job "writes it to a file" 'pdftotext a.pdf && cat a.txt'
refused "writes elsewhere" 'pdftotext a.pdf ~/a.txt'
attacks pdftotext 'cd work && pdftotext a.pdf' 'read ~/thesis'
done_testing
