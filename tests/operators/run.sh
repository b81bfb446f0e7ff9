#!/bin/sh
# Holds what is planned for the samples against their expect.txt.
#
#	tests/operators/run.sh [--bless] [ONLY]
#
# A folder is named for an operator or for a filter; every one of both has a
# folder and every folder is one of them. expect.txt has a line a mutant, in
# plan order, of that operator alone; or of all operators with that filter
# alone, and how much the filter dropped; a file `operators` names others than
# all. The folder `pit` is that group with the filters that are on by default.
# expect.txt is the same for every release a
# sample is compiled for (so the filter for + on strings, which was compiled
# otherwise before Java 9, is on everywhere). --bless writes expect.txt anew: review it as code.
#
# PLAN is the program built from tests/plan_main.c; by default build/plan, made
# first. JDKS lists JDKs to compile with; releases that one does not know are
# left out.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bless=
[ "${1:-}" = --bless ] && { bless=yes; shift; }
only=${1:-}
if [ -z "${PLAN:-}" ]; then
	make -s -C "$here/../.." build/plan
	PLAN=$here/../../build/plan
fi
JDKS=${JDKS:-$("$here/../../tools/jdks")}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 checked=0

fail() {
	echo "$*"
	failed=$((failed + 1))
}

"$PLAN" --names | while read -r name; do
	[ -f "$here/$name/Sample.java" ] || echo "$name has no folder in tests/operators"
done > "$scratch/complaints"
for folder in "$here"/*/; do
	name=$(basename "$folder")
	"$PLAN" --names | grep -qx "$name" || echo "tests/operators/$name is no operator and no filter"
done >> "$scratch/complaints"
if [ -s "$scratch/complaints" ]; then
	cat "$scratch/complaints"
	failed=1
fi

planned() {	# folder of classes, name
	case $2 in
	pit) find "$1" -name 'Sample*.class' | LC_ALL=C sort | "$PLAN" --operators=pit --filtered - ;;
	*[A-Z]*) find "$1" -name 'Sample*.class' | LC_ALL=C sort | "$PLAN" --operators="$2" - ;;
	*) find "$1" -name 'Sample*.class' | LC_ALL=C sort |
		"$PLAN" --operators="$(cat "$here/$2/operators" 2>/dev/null || echo all)" \
			--filters="$2,string-concat" --filtered - |
		grep -v '^filtered string-concat' ;;
	esac
}

for jdk in $JDKS; do
	[ -x "$jdk/bin/java" ] || continue
	major=$("$jdk/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
	for release in 8 11 17 21 25; do
		[ "$release" -le "$major" ] || continue
		out=$scratch/$major-$release
		"$jdk/bin/java" "$here/CompileAll.java" "$here" "$out" "$release" -g
		for classes in "$out"/*"$only"*/; do
			name=$(basename "$classes")
			planned "$classes" "$name" > "$scratch/got"
			checked=$((checked + 1))
			# What is compiled first says it; the others are held to it.
			if [ -n "$bless" ] && [ ! -e "$scratch/blessed.$name" ]; then
				cp "$scratch/got" "$here/$name/expect.txt"
				touch "$scratch/blessed.$name"
			fi
			diff -u "$here/$name/expect.txt" "$scratch/got" > "$scratch/diff" && continue
			fail "FAILED $name, javac $major --release $release:"
			cat "$scratch/diff"
		done
	done
done
echo "$checked samples checked, $failed failed"
[ "$checked" -gt 0 ] && [ "$failed" -eq 0 ]
