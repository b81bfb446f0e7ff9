#!/bin/sh
# Holds classfile/ against every class of a JDK, and the JDK's verifier against
# what relocation makes of them.
#
#	tests/jdk_classes.sh BUILD SCRATCH [nops|widen] [MODULE...]
#
# JAVA_HOME says which JDK; without modules, all of its modules. Every class must
# be read and written back byte for byte, and so on (tests/classes_main.c). Then
# every class with a nop before each instruction must pass verification; with
# `widen`, also one run of 33,000 nops in each method that has jumps (give a
# module or two: the JVM has to run through them).
set -eu
build=$(realpath "$1")
scratch=$2
how=${3:-nops}
[ $# -gt 3 ] && shift 3 || set --
cd "$(dirname "$0")/.."

java_version=$("$JAVA_HOME/bin/java" -version 2>&1 | head -1)
echo "$java_version: $how"
rm -rf "$scratch"
mkdir -p "$scratch/tool" "$scratch/new"
scratch=$(realpath "$scratch")
"$JAVA_HOME/bin/javac" -d "$scratch/tool" tests/VerifyAll.java
"$JAVA_HOME/bin/jimage" extract --dir "$scratch/old" "$JAVA_HOME/lib/modules"
[ $# -gt 0 ] || set -- $(cd "$scratch/old" && echo *)

patches=
modules=
for module; do
	printf '%s: ' "$module"
	"$build/classes" "--$how" "$scratch/new/$module" "$scratch/old/$module"
	# The JVM knows by its empty body that Object.finalize() does nothing.
	rm -f "$scratch/new/$module/java/lang/Object.class" \
	      "$scratch/new/$module/module-info.class"
	patches="$patches --patch-module $module=$scratch/new/$module"
	modules="$modules $module $scratch/new/$module"
done
"$JAVA_HOME/bin/java" -Xverify:all --add-modules ALL-SYSTEM $patches \
	-cp "$scratch/tool" VerifyAll --module $modules
