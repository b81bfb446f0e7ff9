"""Finds the cases, runs them, prints one line for each that fails."""
import importlib
import os
import sys
import time
import traceback

import support

FOLDER = os.path.dirname(os.path.abspath(__file__))


def load_cases():
    sys.path.insert(0, FOLDER)
    for name in sorted(os.listdir(os.path.join(FOLDER, "cases"))):
        if name.endswith(".py"):
            importlib.import_module("cases." + name[:-3])
    return support.registered


def is_wanted(case, quick, text):
    return (case.quick or not quick) and text in f"{case.file}: {case.name}"


def run(case, bench):
    """None, or what went wrong in one line."""
    try:
        case.function(bench)
        return None
    except support.Failed as failed:
        return str(failed)
    except Exception:  # a defect of the case itself
        return traceback.format_exc().replace("\n", " | ")


def main(arguments):
    quick = "--quick" in arguments
    text = " ".join(word for word in arguments if word != "--quick")
    cases = [case for case in load_cases() if is_wanted(case, quick, text)]
    failed = 0
    with support.Bench() as bench:
        for case in cases:
            start = time.monotonic()
            why = run(case, bench)
            if why:
                failed += 1
                print(f"FAILED {case.file}: {case.name}: {why}", flush=True)
            elif os.environ.get("V"):
                print(f"passed {case.file}: {case.name} ({time.monotonic() - start:.1f} s)", flush=True)
    for line in bench.remarks:
        print(line)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
