#!/bin/sh
# Is what vary says of real projects true?
#
#	tests/truth/run.sh
#
# On the projects that bench/corpus brings, compiled and run by the first of
# tools/jdks:
#
#   - verdicts are those of the reference (vary parity), on samples that are the
#     same every time: of commons-csv, whose tests reach nearly every mutant, and of
#     small packages of the others with their own tests
#   - one job and two come to the same verdicts, on a part of commons-csv
#   - the class of a survivor is the one decided by reading (tests/labels/survivors.sh)
#   - no mutant that an input tells from its original is called equivalent
#     (tests/labels/equivalents.sh)
#
# Three to four minutes of CPU, the first time one more for the projects. Where they
# cannot be had, one line says why and all of it counts as skipped. VARY: the
# program, default build/vary; JUDGE as in tests/labels/equivalents.sh.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 2
VARY=${VARY:-$root/build/vary}
JAVA_HOME=$(tools/jdks | head -n 1)
export VARY JAVA_HOME
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0

bench/corpus commons-csv commons-codec commons-lang3 >"$scratch/said" 2>&1
code=$?
if [ $code = 3 ]; then
	echo "skipped: real projects: $(tail -n 1 "$scratch/said")"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
elif [ $code != 0 ]; then
	cat "$scratch/said"
	echo "0 passed, 1 failed"
	exit 1
fi

# check WHAT COMMAND...: its last line, or all it says where it fails.
check() {
	what=$1
	shift
	if "$@" >"$scratch/said" 2>&1; then
		passed=$((passed + 1))
		echo "$what: $(tail -n 1 "$scratch/said")"
	else
		failed=$((failed + 1))
		cat "$scratch/said"
		echo "FAILED $what"
	fi
}

# parity PROJECT SAMPLE [PACKAGE...]: of these packages only, with only their tests.
parity() (
	cd "corpus/$1" || exit 2
	sample=$2 here=$(basename "$1" | sed 's/commons-//')
	libraries=$(cat classpath)
	shift 2
	for package; do
		set -- "$@" "target/classes/org/apache/commons/$here/$package" --include-tests "*.$here.$package.*"
		shift
	done
	[ $# -gt 0 ] || set -- .
	while read -r argument; do
		set -- "$@" "--jvm-arg=$argument"
	done <jvm-args
	"$VARY" parity "$@" --classpath "$libraries" --sample "$sample" --quiet
)

check "commons-csv: parity" parity commons-csv 100
check "commons-codec: parity" parity commons-codec 200 net
check "commons-lang3: parity" parity commons-lang3 200 mutable tuple

# Survivors whose class is known, and of all mutants every 25th.
part_of_csv() {
	awk -F'\t' '$1 == "commons-csv" { print $2 }' tests/labels/survivors.tsv
	"$VARY" list corpus/commons-csv --output json --quiet | grep -o '"id":"[^"]*"' | cut -d'"' -f4 |
		awk 'NR % 25 == 0'
}
ids=$(part_of_csv | sort -u | paste -sd, -)
mkdir "$scratch/one" "$scratch/two"
check "commons-csv: one job" env REPORT="$scratch/one/commons-csv.json" \
	bench/run commons-csv -j 1 --mutants "$ids" --quiet
check "commons-csv: two jobs" env REPORT="$scratch/two/commons-csv.json" \
	bench/run commons-csv -j 2 --mutants "$ids" --quiet
check "commons-csv: one job or two" python3 tests/truth/same_verdicts.py "$scratch"/*/commons-csv.json
check "commons-csv: classes of survivors" env REPORTS="$scratch/two" tests/labels/survivors.sh commons-csv
check "equivalents" env REPORTS="$scratch/two" tests/labels/equivalents.sh
echo "$passed passed, $failed failed"
[ $failed = 0 ]
