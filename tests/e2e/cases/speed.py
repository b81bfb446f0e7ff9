"""How long a person waits; told, not judged."""
from support import case, expect


@case
def a_file_with_thirty_mutants(bench):
    project = bench.project("thirty")
    target = ("src/main/java/quick/Thirty.java", "--output", "json")
    runs = [project.vary("mutate", *target).exits(0) for _ in range(3)]
    report = runs[0].report
    expect(25 <= len(report["mutants"]) <= 35, f"expected about 30 mutants, saw {len(report['mutants'])}")
    times = " ".join(f"{run.seconds:.2f}" for run in runs)
    phases = ", ".join(f"{name} {seconds:.2f}" for name, seconds in runs[-1].report["timing"]["phases_s"].items())
    bench.remarks.append(f"{len(report['mutants'])} mutants of one file: {times} s wall ({phases})")
