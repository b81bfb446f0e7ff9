#!/bin/bash
# What takes too long for every merge: `make test-long`.
#	tests/long.sh [TEXT]     only parts whose name holds the text
# PIT_REFERENCE: a folder of PIT's mutants, PROJECT-default.tsv (bench/pit-compare), to hold the group pit against.
# JARS: more to hold the JVM's verifier against, of other compilers say.
# Each part prints its own lines; the last line here is the sum.
cd "$(dirname "$0")/.." || exit 2
only=${1:-}
passed=0 failed=0
make="make --no-print-directory -j$(nproc)"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset JAVA_HOME

# part NAME COMMAND...
part() {
	local name=$1 started=$SECONDS
	shift
	[[ $name == *"$only"* ]] || return 0
	echo "== $name"
	if "$@" >"$scratch/log" 2>&1; then
		passed=$((passed + 1))
		tail -n 1 "$scratch/log"
	else
		failed=$((failed + 1))
		tail -n 40 "$scratch/log"
		echo "FAILED $name"
	fi
	echo "   $((SECONDS - started)) s"
}

# Each mutant of a module, and what else becomes of its classes, against the JVM that holds its originals.
mutants_of_module() { # HOME MODULE
	rm -rf "$scratch/jdk"
	"$1/bin/jimage" extract --dir "$scratch/jdk" --include "regex:/$2/.*" "$1/lib/modules" || return 1
	JAVA_HOME=$1 tests/verify_mutants.sh - "$scratch/jdk/$2"
}

mutants_of_project() { # PROJECT
	bench/corpus "$1" && tests/verify_mutants.sh \
		"corpus/$1/target/classes:$(cat "corpus/$1/classpath")" "corpus/$1/target/classes"
}

# The whole command with sanitizers, on classes that nobody here has written.
sanitized_list() { # FOLDER
	local log=$scratch/sanitizer
	ASAN_OPTIONS=log_path=$log UBSAN_OPTIONS=log_path=$log \
		build-address-undefined/vary list "$1" --quiet --filters none --output json >"$scratch/list" || return 1
	ASAN_OPTIONS=log_path=$log UBSAN_OPTIONS=log_path=$log \
		build-address-undefined/vary list "$1" --quiet --operators pit >/dev/null || return 1
	cat "$log".* 2>/dev/null && return 1
	grep -o '"count":[0-9]*' "$scratch/list"
}

# Two runs, with other numbers of workers: the same verdict for every id.
same_verdicts() { # PROJECT
	for jobs in 1 2; do
		REPORT=$scratch/$jobs.json bench/run "$1" -j "$jobs" --quiet || return 1
	done
	python3 tests/truth/same_verdicts.py "$scratch"/[12].json
}

part "build" $make build/vary build/classes build/plan
part "build (address, undefined)" $make SANITIZE=address,undefined \
	build-address-undefined/vary build-address-undefined/classes
for jdk in $(tools/jdks); do
	part "every class of $(basename "$jdk"): read, written, relocated, verified" \
		env JAVA_HOME="$jdk" tests/jdk_classes.sh build "$scratch/classes"
	part "java.xml of $(basename "$jdk") with jumps widened" \
		env JAVA_HOME="$jdk" tests/jdk_classes.sh build "$scratch/classes" widen java.xml
done
for jdk in $(tools/jdks); do
	part "every mutant of java.base of $(basename "$jdk") is verified" mutants_of_module "$jdk" java.base
done
for project in $(bench/corpus --list); do
	part "every mutant of $project is verified" mutants_of_project "$project"
	part "$project with sanitizers" sanitized_list "corpus/$project/target/classes"
done
for table in ${PIT_REFERENCE:+"$PIT_REFERENCE"/*-default.tsv}; do
	project=$(basename "$table" -default.tsv)
	part "the group pit on $project is what PIT tries" bench/pit-compare --plan "$project" "$table" --quiet
done
for jar in ${JARS:-}; do
	part "every mutant of $(basename "$jar") is verified" \
		env COMBINED=1 tests/verify_mutants.sh "$jar" "$jar"
done
for project in $(bench/corpus --list); do
	part "verdicts of $project with -j 1 and -j 2" same_verdicts "$project"
done

echo "$passed passed, $failed failed"
[[ $failed == 0 ]]
