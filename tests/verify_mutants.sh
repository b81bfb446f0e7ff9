#!/bin/sh
# Makes every mutant of class files and has the JVM's verifier look at each; and
# at what else becomes of a class: with probes, with loop budgets, recording as a test does,
# telling what is seen at each change, relocated.
#
#	tests/verify_mutants.sh CLASSPATH TOP [BELOW]
#
# TOP: a directory of classes, or a jar; BELOW: only those in this directory of it.
# CLASSPATH: where other classes come from, "-" for none; of the JDK's own classes
# those of the running JVM stand for the originals, so take them from JAVA_HOME.
# BUILD: where vary, plan and classes are, default build. COMBINED=1: the n-th
# mutants of all instructions in one class, which is much quicker. OPERATORS: not
# all, and one by one only. Goes on in
# portions: what a hundred classes are mutated into may be gigabytes. Prints each
# class refused, and counts; the exit status is 1 if there is one. Incomplete are
# those whose original the JVM cannot link either.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
build=$(readlink -f "${BUILD:-$here/../build}")
classpath=$1 top=$2 below=${3:-.}
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$java_home/bin/javac" -d "$scratch/tool" "$here/VerifyMutants.java"
printf 'Premain-Class: VerifyMutants\nCan-Redefine-Classes: true\n' > "$scratch/manifest"
"$java_home/bin/jar" cfm "$scratch/verify.jar" "$scratch/manifest" -C "$scratch/tool" .
agent=$scratch/verify.jar
if [ "$classpath" != - ]; then
	agent=$agent=$(echo "$classpath" | tr : '\n' | xargs readlink -f | paste -sd :)
fi
if [ -f "$top" ]; then
	jar=$(readlink -f "$top") top=$scratch/jar
	mkdir "$top"
	(cd "$top" && "$java_home/bin/jar" xf "$jar")
fi

mutate() { # < NAMES
	if [ "${COMBINED:-}" ]; then
		"$build/plan" --filters=finally-copies --combined "$made/mutants" -
		return
	fi
	tr '\n' '\0' | xargs -0 "$build/vary" list --quiet --filters none \
		--operators "${OPERATORS:-all}" --emit "$made/mutants" \
		> "$scratch/list" 2> "$scratch/complaint" ||
		grep -q 'nothing to mutate' "$scratch/complaint" || sed 's/^/complaint: /' "$scratch/complaint"
}

cd "$top"
made=$scratch/made
find "$below" -name '*.class' ! -name module-info.class ! -name package-info.class \
	! -path '*META-INF*' | sort > "$scratch/names"
split -l "$([ "${COMBINED:-}" ] && echo 2000 || echo 100)" "$scratch/names" "$scratch/portion-"
for portion in "$scratch"/portion-*; do
	rm -rf "$made"
	mkdir -p "$made/mutants" "$made/budgets" "$made/probed" "$made/observed" "$made/seen" "$made/moved/0"
	{
		mutate < "$portion"
		"$build/plan" --filters=finally-copies --budget --combined "$made/budgets" - < "$portion"
		"$build/plan" --filters=finally-copies --probe "$made/probed/0" - < "$portion"
		"$build/plan" --filters=finally-copies --witness "$made/seen" - < "$portion"
		"$build/plan" --observe "$made/observed/0" - < "$portion"
		tr '\n' '\0' < "$portion" | xargs -0 "$build/classes" --nops "$made/moved/0" ||
			echo "complaint: build/classes"
	} > "$scratch/said"
	"$java_home/bin/java" -Xverify:all -Xlog:disable -XX:TieredStopAtLevel=1 "-javaagent:$agent" \
		-cp "$scratch/verify.jar" VerifyMutants "$made"/* >> "$scratch/said" 2> "$scratch/stderr" || {
		head -n 5 "$scratch/stderr"
		tail -n 1 "$scratch/said" | grep -q ' incomplete$' || echo "complaint: the JVM" >> "$scratch/said"
	}
	grep -Ev ' (verified|failures|without a probe)' "$scratch/said" || true
	sed -n 's/^complaint:.*/none: 0 verified, 1 refused, 0 incomplete/; / verified, /p' "$scratch/said" >> "$scratch/counts"
done
awk '{ verified[$1] += $2; refused += $4; incomplete += $6 }
	END { printf "%d mutants, %d with loop budgets, %d probed, %d observed, %d seen, %d moved verified; %d refused, %d incomplete\n",
			verified["mutants:"], verified["budgets:"], verified["probed:"], verified["observed:"], verified["seen:"], verified["moved:"],
			refused, incomplete
		exit refused > 0 || !verified["mutants:"] }' "$scratch/counts"
