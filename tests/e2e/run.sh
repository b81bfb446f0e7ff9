#!/bin/sh
# Runs vary on small projects that misbehave, each in its own way.
#
#	tests/e2e/run.sh [--quick] [TEXT]
#
# TEXT: only cases whose file or name holds it. --quick: the few that the
# sanitizer build runs. VARY: the program, default build/vary. JAVA_HOME: the JDK,
# default that of javac. KEEP=1 leaves the projects where they were made.
here=$(cd "$(dirname "$0")" && pwd)
exec env PYTHONDONTWRITEBYTECODE=1 python3 "$here/main.py" "$@"
