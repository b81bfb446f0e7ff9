#!/bin/sh
# Is what the judge says about survivors right?
#
#	tests/labels/equivalents.sh     against equivalents.tsv
#	REPORTS=FOLDER tests/labels/equivalents.sh
#	                                and against what suites kill: FOLDER holds
#	                                PROJECT.json as REPORT=... bench/run PROJECT
#	                                writes them (a minute or two of CPU each)
#
# Prints precision and recall for the two thresholds of proof/equivalent.h and for each
# row of proof/equivalents.def. Fails where a row states more confidence than it has
# here, where a mutant that an input tells is called proven, and where one that a suite kills
# is called likely equivalent. Needs the corpus (bench/corpus). JUDGE is
# the program built from tests/equivalent_main.c.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ -z "${JUDGE:-}" ]; then
	make -s -C "$root" build/equivalent
	JUDGE=$root/build/equivalent
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for project in commons-csv commons-codec commons-lang3; do
	classes=$root/corpus/$project/target/classes
	if [ ! -d "$classes" ]; then
		echo "$project is not there: run bench/corpus $project" >&2
		exit 2
	fi
	find -L "$classes" -name '*.class' | LC_ALL=C sort | "$JUDGE" > "$scratch/$project" 2>/dev/null &
	judges="${judges-} $!"
done
for judge in $judges; do wait "$judge"; done

python3 - "$root" "$scratch" "${REPORTS:-}" <<'END'
import collections, json, os, re, sys

root, scratch, reports = sys.argv[1:]
projects = ("commons-csv", "commons-codec", "commons-lang3")
passed = failed = 0

def check(holds, text):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print("FAILED:", text)

labels = {}
for line in open(f"{root}/tests/labels/equivalents.tsv"):
    if not line.startswith("#"):
        project, mutant, equivalent, why = line.rstrip("\n").split("\t")
        check((project, mutant) not in labels, f"{mutant} is labelled twice")
        check(equivalent in ("yes", "no") and why, f"{mutant}: {equivalent}")
        labels[project, mutant] = equivalent == "yes", why

judged = {}
for project in projects:
    for line in open(f"{scratch}/{project}"):
        mutant, confidence, rule = line.split("\t")[:3]
        judged[project, mutant] = float(confidence), rule

stated = dict(re.findall(r'^EQUIVALENT\("([^"]+)".*, ([0-9.]+), "', open(f"{root}/proof/equivalents.def").read(), re.M))
equivalent = sum(yes for yes, _ in labels.values())
print(f"{len(labels)} labelled survivors, {equivalent} equivalent")
for threshold in 0.9, 0.6:
    hits = [labels[key][0] for key in labels if judged.get(key, (0,))[0] >= threshold]
    precision = sum(hits) / len(hits)
    print(f"confidence >= {threshold}: {len(hits)} judged, precision {precision:.2f}, recall {sum(hits) / equivalent:.2f}")
    check(precision >= threshold, f"precision at {threshold} is {precision:.2f}")
for rule, confidence in stated.items():
    hits = {key: labels[key] for key in labels if judged.get(key, (0, ""))[1] == rule}
    right = sum(yes for yes, _ in hits.values())
    measured = f"{right / len(hits):.2f}" if hits else "none"
    print(f"  {rule}: stated {confidence}, measured {measured} ({right} of {len(hits)})")
    check(not hits or right / len(hits) >= float(confidence), f"{rule} states {confidence}, has {measured}")
    for (project, mutant), (yes, why) in hits.items():
        check(yes or float(confidence) < 1, f"{project} {mutant} is called proven, but: {why}")

for project in projects if reports else ():
    path = f"{reports}/{project}.json"
    if not os.path.exists(path):
        continue
    killed = [m["id"] for m in json.load(open(path))["mutants"] if m["status"] in ("killed", "timed_out")]
    wrong = [(judged[project, m], m) for m in killed if judged.get((project, m), (0,))[0] >= 0.6]
    print(f"{project}: {len(killed)} detected mutants, {len(wrong)} of them judged equivalent")
    check(not wrong, f"{project}: detected, but judged equivalent: {wrong}")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
END
