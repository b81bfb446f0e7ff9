#!/bin/sh
# Makes every mutant of class files and has the JVM's verifier look at each.
#
#	tests/verify_mutants.sh CLASSPATH TOP [BELOW]
#
# TOP: a directory of classes; BELOW: only those in this directory of it.
# CLASSPATH: where other classes come from, "-" for none; of the JDK's own classes
# those of the running JVM stand for the originals, so take them from JAVA_HOME.
# VARY: the program, default build/vary. Goes on in portions: what a hundred
# classes are mutated into may be gigabytes. Prints each mutant refused, and a
# count; the exit status is 1 if there is one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
vary=$(readlink -f "${VARY:-$here/../build/vary}")
classpath=$1 top=$2 below=${3:-.}
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$java_home/bin/javac" -d "$scratch/classes" "$here/VerifyMutants.java"
printf 'Premain-Class: VerifyMutants\nCan-Redefine-Classes: true\n' > "$scratch/manifest"
"$java_home/bin/jar" cfm "$scratch/verify.jar" "$scratch/manifest" -C "$scratch/classes" .
agent=$scratch/verify.jar
if [ "$classpath" != - ]; then
	agent=$agent=$(echo "$classpath" | tr : '\n' | xargs readlink -f | paste -sd :)
fi

cd "$top"
find "$below" -name '*.class' ! -name module-info.class ! -name package-info.class | sort > "$scratch/names"
split -l 100 "$scratch/names" "$scratch/portion-"
for portion in "$scratch"/portion-*; do
	rm -rf "$scratch/mutants"
	tr '\n' '\0' < "$portion" | xargs -0 "$vary" list --quiet --filters none --emit "$scratch/mutants" \
		> "$scratch/list" 2> "$scratch/complaint" || {
		grep -q 'nothing to mutate' "$scratch/complaint" && continue
		echo "vary list: $(cat "$scratch/complaint")"
		echo "0 0 1" >> "$scratch/counts"
		continue
	}
	"$java_home/bin/java" -Xverify:all -Xlog:disable -XX:TieredStopAtLevel=1 "-javaagent:$agent" \
		-cp "$scratch/verify.jar" VerifyMutants "$scratch/mutants" > "$scratch/said" 2> "$scratch/stderr" || true
	grep -v 'mutants verified' "$scratch/said" || true
	if ! sed -n 's/^\([0-9]*\) mutants verified, \([0-9]*\) refused, \([0-9]*\) incomplete$/\1 \3 \2/p' "$scratch/said" |
		grep . >> "$scratch/counts"; then
		head -n 5 "$scratch/stderr"
		echo "0 0 1" >> "$scratch/counts"
	fi
done
touch "$scratch/counts"
awk '{ verified += $1; incomplete += $2; refused += $3 }
	END { print verified + 0 " mutants verified, " refused + 0 " refused, " incomplete + 0 " incomplete"
		exit refused > 0 || !verified }' "$scratch/counts"
