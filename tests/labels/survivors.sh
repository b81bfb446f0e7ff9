#!/bin/sh
# Is the class given to survivors right?
#
#	tests/labels/survivors.sh [PROJECT...]
#
# Runs the mutants of survivors.tsv on the corpus (bench/corpus; some minutes of
# CPU) and holds the class each gets against the one decided by reading. Prints
# those that differ and how many agree; fails below 95 %. REPORTS=FOLDER: instead of
# running, reads FOLDER/PROJECT.json as REPORT=... bench/run PROJECT writes them.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
labels=$root/tests/labels/survivors.tsv
[ $# -gt 0 ] || set -- commons-csv commons-codec commons-lang3
reports=${REPORTS:-$(mktemp -d)}
for project in "$@"; do
	ids=$(awk -F'\t' -v p="$project" '$1 == p { printf "%s%s", n++ ? "," : "", $2 }' "$labels")
	[ -n "${REPORTS:-}" ] ||
		REPORT=$reports/$project.json "$root/bench/run" "$project" --mutants "$ids" --quiet >&2
done
python3 - "$labels" "$reports" "$@" <<'END'
import collections, json, sys
labels, reports, projects = sys.argv[1], sys.argv[2], sys.argv[3:]
given = {}
for project in projects:
    for m in json.load(open(f"{reports}/{project}.json"))["mutants"]:
        given[project, m["id"]] = m.get("survivor_class") or m["status"]
total, right, by_class = 0, 0, collections.Counter()
for line in open(labels):
    if line.startswith("#"):
        continue
    project, mutant, label, why = line.rstrip("\n").split("\t")
    if project not in projects:
        continue
    total += 1
    got = given.get((project, mutant), "not there")
    by_class[label, got == label] += 1
    right += got == label
    if got != label:
        print(f"{project} {mutant}: {got}, not {label}: {why}")
for label in sorted({c for c, _ in by_class}):
    print(f"{label}: {by_class[label, True]} of {by_class[label, True] + by_class[label, False]}")
print(f"{right} of {total} agree ({100 * right / total:.1f} %)")
sys.exit(right < 0.95 * total)
END
code=$?
[ -n "${REPORTS:-}" ] || rm -rf "$reports"
exit $code
