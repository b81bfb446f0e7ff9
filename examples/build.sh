#!/bin/sh
# Compiles DIR/src/main/java and DIR/src/test/java into DIR/target, as Maven
# would, against the JUnit that Debian installs. Does nothing when up to date.
set -eu
dir=${1:?usage: examples/build.sh DIR}
jars=/usr/share/java
cp=$jars/junit-jupiter-api.jar:$jars/junit-jupiter-params.jar:$jars/junit-platform-commons.jar:$jars/apiguardian-api.jar:$jars/opentest4j.jar
javac=${JAVA_HOME:+$JAVA_HOME/bin/}javac
stamp=$dir/target/.built
[ -e "$stamp" ] && [ -z "$(find "$dir/src" -name '*.java' -newer "$stamp")" ] && exit 0
rm -rf "$dir/target/classes" "$dir/target/test-classes"
mkdir -p "$dir/target/classes" "$dir/target/test-classes"
# shellcheck disable=SC2046
"$javac" -g -parameters --release 11 -Xlint:-options -d "$dir/target/classes" $(find "$dir/src/main/java" -name '*.java')
# shellcheck disable=SC2046
"$javac" -g -parameters --release 11 -Xlint:-options -cp "$dir/target/classes:$cp" -d "$dir/target/test-classes" $(find "$dir/src/test/java" -name '*.java')
touch "$stamp"
