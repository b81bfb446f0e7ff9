#!/bin/sh
# Compiles the cases and runs DriversTest over them with Debian's jars.
#
#   tests/drivers/run.sh [CLASSES]     CLASSES: the compiled harness; compiled here if absent
set -e
here=$(cd "$(dirname "$0")" && pwd)
harness=$here/../../jni/harness
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/api" "$work/test" "$work/cases" "$work/cases3"

jars=
for name in junit-jupiter-api junit-jupiter-engine junit-jupiter-params junit-platform-commons \
	junit-platform-engine junit-vintage-engine junit4 hamcrest opentest4j apiguardian-api \
	testng jcommander bsh slf4j-api; do
	jars=$jars:/usr/share/java/$name.jar
done

classes=${1:+$(cd "$1" && pwd)}
if [ -z "$classes" ]; then
	classes=$work/harness
	mkdir "$classes"
	javac --release 11 -g:none -proc:none -nowarn -d "$work/api" $(find "$harness/api" -name '*.java')
	javac --release 11 -g:none -proc:none -nowarn -cp "$work/api" -d "$classes" "$harness"/*.java
fi
javac --release 11 -proc:none -nowarn -cp "$classes" -d "$work/test" "$here"/*.java
javac --release 11 -proc:none -nowarn -cp "$jars" -d "$work/cases" $(find "$here/cases" -name '*.java')
javac --release 11 -proc:none -nowarn -cp /usr/share/java/junit.jar -d "$work/cases3" "$here"/cases/vintage/Legacy*.java
rm "$work/cases/jupiter/Absent.class" # a dependency that is not there

cd "$work" # nothing that a test writes lands in the tree
java -cp "$classes:$work/test$jars" varyharness.DriversTest "$work/cases" junit-jupiter junit4 testng
java -cp "$classes:$work/test:/usr/share/java/junit.jar" varyharness.DriversTest "$work/cases3" junit3
