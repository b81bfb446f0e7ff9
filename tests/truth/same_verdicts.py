"""Two reports of vary mutate --output json: has every mutant the same verdict?

    same_verdicts.py ONE.json TWO.json

Prints those that differ; ends with 1 if there is any, or nothing to compare."""
import json
import sys


def verdicts(path):
    with open(path, encoding="utf-8") as file:
        return {mutant["id"]: mutant["status"] for mutant in json.load(file)["mutants"]}


one, two = (verdicts(path) for path in sys.argv[1:])
different = [f"{id}: {one.get(id)}, {two.get(id)}" for id in sorted(one | two) if one.get(id) != two.get(id)]
print("\n".join(different[:30] + [f"{len(one)} mutants, {len(different)} verdicts differ"]))
sys.exit(bool(different) or not one)
