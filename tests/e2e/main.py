"""Finds the cases, runs them, prints one line for each that fails."""
import importlib
import multiprocessing
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


def work(files, turn, results):
    """Takes file after file until none is left; tells how many cases failed, and remarks."""
    failed = 0
    with support.Bench() as bench:
        while True:
            with turn.get_lock():
                number, turn.value = turn.value, turn.value + 1
            if number >= len(files):
                break
            failed += sum(not passes(case, bench) for case in files[number])
    results.put((failed, bench.remarks))


def passes(case, bench):
    start = time.monotonic()
    why = run(case, bench)
    if why:
        print(f"FAILED {case.file}: {case.name}: {why}", flush=True)
    elif os.environ.get("V"):
        print(f"passed {case.file}: {case.name} ({time.monotonic() - start:.1f} s)", flush=True)
    return not why


def by_file(cases):
    """The cases of a file share ports and the like, so one after the other; the most first."""
    files = {}
    for case in cases:
        files.setdefault(case.file, []).append(case)
    return sorted(files.values(), key=len, reverse=True)


def main(arguments):
    quick = "--quick" in arguments
    text = " ".join(word for word in arguments if word != "--quick")
    cases = [case for case in load_cases() if is_wanted(case, quick, text)]
    files = by_file(cases)
    forks = multiprocessing.get_context("fork")
    turn, results = forks.Value("i", 0), forks.SimpleQueue()
    workers = [forks.Process(target=work, args=(files, turn, results))
               for _ in range(min(len(files), os.cpu_count() or 1))]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    failed = sum(worker.exitcode != 0 for worker in workers)  # a defect of the bench itself
    while not results.empty():
        failures, remarks = results.get()
        failed += failures
        for line in remarks:
            print(line)
    print(f"{len(cases) - failed} passed, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
