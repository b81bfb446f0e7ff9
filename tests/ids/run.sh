#!/bin/sh
# Ids outlive a recompilation: the same code, laid out differently, with other
# variable names and another method edited, by another compiler, with and
# without debug information, has the same ids in the methods left alone.
#
# PLAN is the program built from tests/plan_main.c; by default build/plan, made
# first.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${PLAN:-}" ]; then
	make -s -C "$here/../.." build/plan
	PLAN=$here/../../build/plan
fi
JDKS=${JDKS:-$("$here/../../tools/jdks")}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0 compared=0

ids() {	# javac, source folder, option: ids of the methods that are in both and the same
	rm -rf "$scratch/out"
	"$1" -nowarn -Xlint:-options --release 17 "$3" -d "$scratch/out" "$here/$2/Shop.java" 2>&1 |
		grep -v JAVA_TOOL_OPTIONS || true
	"$PLAN" --ids "$scratch/out/Shop.class" | grep -E '^(total|discount):'
	"$PLAN" --ids "$scratch/out/Shop.class" | grep -E '^Shop:ARITH'
}

for jdk in $JDKS; do
	[ -x "$jdk/bin/javac" ] || continue
	for source in before after; do
		for option in -g -g:none -g:lines; do
			ids "$jdk/bin/javac" $source $option > "$scratch/got"
			[ -e "$scratch/first" ] || cp "$scratch/got" "$scratch/first"
			compared=$((compared + 1))
			diff -u "$scratch/first" "$scratch/got" && continue
			echo "FAILED: other ids for $source, $jdk, $option"
			failed=$((failed + 1))
		done
	done
done
[ "$(sort -u "$scratch/first" | wc -l)" -eq "$(wc -l < "$scratch/first")" ] || {
	echo "FAILED: an id is there twice"
	failed=$((failed + 1))
}
echo "$(wc -l < "$scratch/first") ids compared in $compared compilations, $failed failed"
[ "$compared" -gt 1 ] && [ "$failed" -eq 0 ]
