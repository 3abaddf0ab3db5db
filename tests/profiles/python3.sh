#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# python3 runs packages that another wrote, in an environment of the project.
. "$(dirname "$0")/profiles.bash"
enable python3
given 'mkdir wheel && cd wheel && mkdir greet greet-1.0.dist-info && echo "hello = \"hello\"" > greet/__init__.py &&
	printf "Metadata-Version: 2.1\nName: greet\nVersion: 1.0\n" > greet-1.0.dist-info/METADATA &&
	printf "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n" > greet-1.0.dist-info/WHEEL &&
	printf "%s,,\n" greet/__init__.py greet-1.0.dist-info/METADATA greet-1.0.dist-info/WHEEL greet-1.0.dist-info/RECORD > greet-1.0.dist-info/RECORD &&
	python3 -m zipfile -c ../greet-1.0-py3-none-any.whl greet greet-1.0.dist-info &&
	cd .. && rm -r wheel'
PROFILES_TIMEOUT=120
job "makes a virtual environment, installs a package and uses it" 'python3 -m venv env &&
	env/bin/pip install -q --no-index --no-deps ./greet-1.0-py3-none-any.whl &&
	env/bin/python -c "import greet; print(greet.hello)"; rm -rf env'
job "shares memory with processes of its own" 'python3 -c "
import multiprocessing
with multiprocessing.Pool(2) as pool: print(pool.map(abs, [-1, 2]))"'
job "serves and asks" 'python3 -c "
import socket
with socket.create_server((\"127.0.0.1\", 0)) as s: socket.create_connection(s.getsockname()).close(); print(1)"'
attacks python3.11 'cd work && /usr/bin/python3.11 -c pass' 'read ~/thesis' 'read ~/.python_history' \
	'run ~/work/program' 'tcp *' 'udp *' 'listen *' 'family 16'
done_testing
