#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# sqlite3 reads a data base of another's.
. "$(dirname "$0")/profiles.bash"
enable sqlite3
given 'sqlite3 a.db "create table t (x); insert into t values (1)"'
job "asks" 'sqlite3 a.db "select x from t"'
job "changes" 'sqlite3 a.db "insert into t values (2)" && sqlite3 a.db "select count(*) from t"'
refused "writes elsewhere" 'sqlite3 a.db ".backup $HOME/elsewhere.db"'
refused "runs a shell" 'sqlite3 a.db ".shell touch ran" && [ -e ran ]'
attacks sqlite3 'cd work && sqlite3 a.db "select 1"' 'read ~/thesis' 'read ~/.sqlite_history'
done_testing
