"""What is kept of a run in .vary/vary.db, and what becomes of a run when that cannot be."""
import os
import re
import shutil
import signal
import sqlite3
import subprocess

from support import Started, case, expect, expect_equal, expect_in, read, wait_until

KEPT = ".vary/vary.db"
NOT_KEPT = "this run is not kept for --expand and --why: "


def ask(project, sql):
    """Rows of the store."""
    with sqlite3.connect(f"file:{project.path(KEPT)}?mode=ro", uri=True) as store:
        rows = store.execute(sql).fetchall()
    store.close()
    return rows


def goes_on_without(project, *words, verdicts, **options):
    """A run that says why it is not kept, in one line, and is as any other."""
    run = project.mutate(**options).exits(0)
    lines = [line for line in run.err.splitlines() if NOT_KEPT in line]
    expect_equal(len(lines), 1, f"notes in {run.err!r}")
    for word in words:
        expect_in(word, lines[0], "the note")
    expect_equal(run.verdicts(), verdicts, "verdicts")


@case(quick=True)
def what_a_run_found_out_is_kept_and_expanded(bench):
    project = bench.project("thirty")
    report = project.mutate().exits(0).report
    expect_equal(ask(project, "SELECT finished, mutants FROM run"), [(1, len(report["mutants"]))], "run")
    kept = dict(ask(project, "SELECT id, status FROM mutant JOIN verdict USING (run) WHERE number = mutant"))
    expect_equal(kept, {mutant["id"]: mutant["status"] for mutant in report["mutants"]}, "kept verdicts")
    expect_equal(read(project.path(".vary/.gitignore")), "*\n", ".gitignore")

    by_method = {}
    for mutant in report["mutants"]:
        by_method.setdefault(mutant["written_in"], []).append(mutant)
    name, wanted = max(by_method.items(), key=lambda item: len(item[1]))
    expanded = bench.vary("mutate", "--expand", f"Thirty#{name}", "--output", "json",
                          cwd=project.path("src")).exits(0).report
    bench.validate(expanded, "report")
    fields = ("id", "class", "line", "description", "status", "killing_test", "survivor_class")
    expect_equal(sorted([mutant[field] for field in fields] for mutant in expanded["mutants"]),
                 sorted([mutant[field] for field in fields] for mutant in wanted), "expanded")
    covering = {mutant["id"]: mutant["covering_tests"] for mutant in wanted}
    expect_equal({mutant["id"]: len(mutant["reached_by"]) for mutant in expanded["mutants"]}, covering, "reached by")
    expect_equal((expanded["warnings"], expanded["run"]["complete"]), ([], True), "the run")
    text = bench.vary("mutate", "--expand", f"Thirty#{name}", cwd=project.directory).exits(0).out
    for mutant in wanted:
        expect_in(mutant["id"], text, "text")


@case
def a_key_that_is_nothing_names_the_nearest(bench):
    project = bench.project("thirty")
    bench.vary("mutate", "--expand", "Thirty", cwd=project.directory).exits(2).complains(
        "no run is kept for", "`vary mutate .` makes one")
    project.mutate().exits(0)
    bench.vary("mutate", "--expand", "Thrity", cwd=project.directory).exits(2).complains("did you mean 'Thirty'?")
    bench.vary("mutate", "--expand", "", cwd=project.directory).exits(2)
    bench.vary("mutate", "--expand", "#summe", cwd=project.directory).exits(2).complains("did you mean '#sum'?")
    bench.vary("mutate", "--expand", "org.nothing.like.it", cwd=project.directory).exits(2).complains(
        "a key is 'Class#method'")


@case
def a_class_compiled_since_is_told(bench):
    project = bench.project("thirty")
    project.mutate().exits(0)
    [path] = [path for [path] in ask(project, "SELECT path FROM class")]
    with open(path, "ab") as file:
        file.write(b"\0")
    run = bench.vary("mutate", "--expand", "Thirty", cwd=project.directory).exits(0)
    expect_in("quick.Thirty has changed since then", run.out, "a warning")


@case(quick=True)
def kill_9_loses_no_verdict_that_was_told(bench):
    project = bench.project("slow")
    trace = project.path("trace")
    os.makedirs(trace)
    started = project.start("mutate", ".", "--operators", "ARITH_ADD_TO_SUB,RETURN_ZERO", "-j", "1",
                            env={"E2E_TRACE": trace})
    wait_until(lambda: "trying mutants" in started.stderr() or started.process.poll() is not None, "mutants")
    before = len(os.listdir(trace))
    wait_until(lambda: len(os.listdir(trace)) >= before + 13 or started.process.poll() is not None, "13 tests ran")
    expect(started.process.poll() is None, f"ended early: {started.stderr()!r}")
    os.kill(started.pid, signal.SIGKILL)
    started.process.wait()
    [(finished, mutants)] = ask(project, "SELECT finished, mutants FROM run")
    expect_equal((finished, mutants), (0, 20), "the run")
    [(kept,)] = ask(project, "SELECT count(*) FROM verdict")
    expect(4 <= kept < 20, f"{kept} verdicts are kept")  # none takes more than three runs of a test
    run = bench.vary("mutate", "--expand", "Many", cwd=project.directory).exits(0)
    expect_in("That run did not come to its end", run.out, "a warning")
    expect_in("not tried", run.out, "text")
    project.mutate("--operators", "RETURN_ZERO").exits(0)
    expect_equal(ask(project, "SELECT finished, mutants FROM run ORDER BY id"), [(0, 20), (1, 10)], "runs")


@case
def two_at_once_are_both_kept(bench):
    project = bench.project("slow")
    runs = [project.start("mutate", ".", "--output", "json", "--operators", kind, "-j", "1")
            for kind in ("ARITH_ADD_TO_SUB", "RETURN_ZERO", "POISON_MINUS_ONE")]
    reports = [run.finish().exits(0) for run in runs]
    for run in reports:
        expect(NOT_KEPT not in run.err, run.err)
    expect_equal(ask(project, "SELECT finished FROM run"), [(1,)] * 3, "runs")
    expect_equal(ask(project, "SELECT count(*) FROM verdict GROUP BY run"), [(10,)] * 3, "verdicts")
    expect_equal(ask(project, "PRAGMA integrity_check"), [("ok",)], "the store")


@case
def a_store_that_is_damaged_changes_nothing(bench):
    project = bench.project("thirty")
    verdicts = project.mutate().exits(0).verdicts()
    with open(project.path(KEPT), "r+b") as file:
        file.write(b"no store " * 500)
    goes_on_without(project, "is damaged", "delete it to begin anew", verdicts=verdicts)
    bench.vary("mutate", "--expand", "Thirty", cwd=project.directory).exits(2).complains("is damaged")
    os.remove(project.path(KEPT))
    run = project.mutate().exits(0)
    expect(NOT_KEPT not in run.err, run.err)


@case
def a_store_cut_short_changes_nothing(bench):
    project = bench.project("thirty")
    verdicts = project.mutate().exits(0).verdicts()
    os.truncate(project.path(KEPT), os.path.getsize(project.path(KEPT)) // 2)
    goes_on_without(project, "is damaged", verdicts=verdicts)
    bench.vary("mutate", "--expand", "Thirty", cwd=project.directory).exits(2).complains("is damaged")


@case
def a_store_that_is_locked_is_waited_for_and_then_done_without(bench):
    project = bench.project("thirty")
    verdicts = project.mutate().exits(0).verdicts()
    store = sqlite3.connect(project.path(KEPT), isolation_level=None)
    store.execute("BEGIN IMMEDIATE")
    goes_on_without(project, "is locked by another program", verdicts=verdicts)
    store.execute("ROLLBACK")
    store.close()


@case
def a_store_of_a_newer_vary_is_left_alone(bench):
    project = bench.project("thirty")
    verdicts = project.mutate().exits(0).verdicts()
    store = sqlite3.connect(project.path(KEPT))
    store.execute("PRAGMA user_version = 99")
    store.close()
    before = open(project.path(KEPT), "rb").read()
    goes_on_without(project, "was written by a newer vary", verdicts=verdicts)
    expect(open(project.path(KEPT), "rb").read() == before, "the store was touched")
    expect_equal(sorted(os.listdir(project.path(".vary"))), [".gitignore", "vary.db"], "files")


def mounted(bench, project, script):
    """A run with .vary mounted as the script says; None where nobody may mount."""
    front = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    if not shutil.which("unshare") or subprocess.run([*front, "mount", "-t", "tmpfs", "none", "/mnt"],
                                                     stderr=subprocess.DEVNULL, check=False).returncode:
        bench.remarks.append("skipped: nobody may mount here")
        return None
    os.makedirs(project.path(".vary"), exist_ok=True)
    folder = bench.new_folder()
    command = [*front, "sh", "-c", script + ' && exec "$@"', "sh", bench.program,
               *project.arguments(["mutate", ".", "--output", "json"])]
    return Started(command, project.directory, bench.environment(None, folder), folder).finish()


def is_not_kept(run, verdicts, why):
    expect_equal(run.exits(0).verdicts(), verdicts, "verdicts")
    lines = [line for line in run.err.splitlines() if NOT_KEPT in line]
    expect_equal(len(lines), 1, f"notes in {run.err!r}")
    expect_in(why, lines[0], "the note")


@case
def a_disk_without_space_changes_nothing(bench):
    project = bench.project("thirty")
    verdicts = project.mutate("--no-store").exits(0).verdicts()
    expect(not os.path.exists(project.path(".vary")), "--no-store left a store")
    for size in ("4k", "40k", "120k"):
        run = mounted(bench, project, f"mount -t tmpfs -o size={size} none .vary")
        if not run:
            return
        is_not_kept(run, verdicts, "no space is left" if size != "4k" else ".vary")


@case
def a_directory_that_may_not_be_written_changes_nothing(bench):
    project = bench.project("thirty")
    verdicts = project.mutate().exits(0).verdicts()
    run = mounted(bench, project, "mount --bind .vary .vary && mount -o remount,ro,bind .vary")
    if run:
        is_not_kept(run, verdicts, "vary.db")
    shutil.rmtree(project.path(".vary"))
    run = mounted(bench, project, "mount --bind .vary .vary && mount -o remount,ro,bind .vary")
    if run:
        is_not_kept(run, verdicts, "Read-only file system")


@case
def a_score_that_fell_violates_its_gate(bench):
    project = bench.project("thirty")
    gate = ("--fail-on-decrease", "--exclude-tests", "nothing.*")
    first = project.mutate(*gate).exits(0)
    expect_in("gate fail_on_decrease: no earlier run", first.err, "stderr")
    [same] = project.mutate(*gate).exits(0).report["gates"]
    expect_equal((same["limit"], same["violated"]), (100.0 * first.report["score"]["detected"]
                                                     / first.report["score"]["counted"], False), "gate")
    store = sqlite3.connect(project.path(KEPT))
    with store:
        store.execute("UPDATE run SET detected = detected + 1")
        store.execute("UPDATE run SET detected = 0, finished = 0 WHERE id = 2")
    store.close()
    run = project.mutate(*gate).exits(1)
    bench.validate(run.report, "report")
    expect_equal(run.report["outcome"]["exit_status"], 1, "exit status in the report")
    [gate_of_run] = run.report["gates"]
    expect(gate_of_run["violated"] and " points below the " in gate_of_run["says"], str(gate_of_run))
    run.complains("gate fail_on_decrease: ")
    project.mutate(*gate).exits(0)  # the run before is the newest
    project.mutate(*gate, "--operators", "conditional").exits(0)


@case
def gates_on_what_tests_saw(bench):
    project = bench.project("thirty")
    metrics = project.mutate().exits(0).report["metrics"]
    unobserved = metrics["survivor_classes"]["unobserved"]
    project.mutate("--min-observability", str(metrics["observability"] - 0.01),
                   "--max-unobserved-survivors", str(unobserved)).exits(0)
    run = project.mutate("--min-observability", "100").exits(1)
    expect_in("gate min_observability: ", run.err, "stderr")
    project.mutate("--min-observability", "100", "--no-explain").exits(2).complains("--no-explain")


@case
def a_run_that_killed_nothing_is_no_pass(bench):
    project = bench.project("thirty")
    survivors = [mutant["id"] for mutant in project.mutate().exits(0).report["mutants"]
                 if mutant["status"] == "survived"]
    project.mutate("--mutants", survivors[0]).exits(0)  # tried again by its id: as before
    project = bench.project("unasserted")
    run = project.mutate().exits(3)
    expect_equal((run.report["outcome"]["exit_status"], run.report["score"]["detected"]), (3, 0), "report")
    run.complains("no test noticed any change", "--allow-zero-kills")
    text = project.vary("mutate", ".", "--color", "always").exits(3)
    expect_in("\x1b[31mNothing was noticed", text.out.replace("\x1b[1;31m", "\x1b[31m"), "stdout")
    project.mutate("--allow-zero-kills").exits(0)


@case
def what_is_quarantined_is_out_of_the_score(bench):
    project = bench.project("thirty")

    def vary(*arguments):
        return bench.vary("mutate", *arguments, cwd=project.directory)

    first = project.mutate().exits(0).report
    mutant = next(mutant for mutant in first["mutants"] if mutant["status"] == "survived")
    vary("--quarantine", mutant["id"]).exits(2).complains("wants --reason TEXT")
    listed = vary("--list-quarantined", "--output", "json").exits(0).report
    bench.validate(listed, "report")
    expect_equal((listed["file"], listed["quarantined"]), (None, []), "before any")
    vary("--quarantine", mutant["id"][:-3] + "xyz", "--reason", "no").exits(2).complains(f"did you mean {mutant['id']}?")
    vary("--quarantine", mutant["id"], "--reason", "never \"seen\"").exits(0)
    vary("--quarantine", mutant["id"], "--reason", "again").exits(2).complains("is quarantined already")
    expect_in(mutant["id"], vary("--list-quarantined").exits(0).out, "the list")
    listed = vary("--list-quarantined", "--output", "json").exits(0).report
    bench.validate(listed, "report")
    expect_equal(listed["file"], os.path.realpath(project.path("vary-quarantine.toml")), "file")
    [entry] = listed["quarantined"]
    expect_equal((entry["id"], entry["class"], entry["reason"]), (mutant["id"], mutant["class"], "never \"seen\""), "entry")

    shutil.rmtree(project.path(".vary"))  # a fresh clone has the file alone
    run = project.mutate().exits(0)
    bench.validate(run.report, "report")
    expect("stale" not in run.err, run.err)
    [left_out] = [other for other in run.report["mutants"] if other["status"] == "quarantined"]
    expect_equal((left_out["id"], left_out["detail"], left_out["tests_run"]), (mutant["id"], "never \"seen\"", 0), "it")
    expect_equal(run.report["score"]["counted"], first["score"]["counted"] - 1, "counted")
    expect_equal(project.mutate("--mutants", mutant["id"]).exits(0).verdicts(), {mutant["id"]: "survived"}, "by its id")

    path = project.path("vary-quarantine.toml")
    text = read(path)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(mutant["id"], mutant["id"][:-6] + "000000") +
                   "[[quarantine]]\nid = 'x:RETURN_ZERO:000000'\nclass = 'gone.Class'\nreason = 'r'\n")
    run = project.mutate().exits(0)
    expect_in(f"the code of {mutant['class']} has changed; the nearest is ", run.err, "stderr")
    expect_in("there is no class gone.Class any more", run.err, "stderr")
    expect_equal(run.report["score"]["quarantined"], 0, "quarantined")
    vary("--unquarantine", "x:RETURN").exits(0)
    vary("--unquarantine", "x:RETURN").exits(2)
    expect("gone.Class" not in vary("--list-quarantined").exits(0).out, "taken away")
    with open(path, "a", encoding="utf-8") as file:
        file.write("[[quarantine]]\nid = 7\n")
    project.mutate().exits(2).complains("vary-quarantine.toml:", ": id wants a string")


@case
def what_filters_left_out_is_in_the_log_of_the_last_run(bench):
    project = bench.project("left-out")
    log = project.path(".vary/discarded.log")
    filters = {name: n for name, n in project.mutate().exits(0).report["filters"].items() if n}
    lines = [line.split("\t") for line in read(log).splitlines()]
    expect(all(len(line) == 4 and line[0] == "filtered" for line in lines), f"lines: {lines}")
    by_filter = [line[3].partition(":")[0] for line in lines]
    expect_equal({name: by_filter.count(name) for name in by_filter}, filters, "lines by filter")
    expect_equal(sorted(filters), ["boxing", "foreach"], "filters")
    expect_equal({line[2] for line in lines}, {"noise.Noise.sum(Noise.java:11)", "noise.Noise.sum(Noise.java:12)"}, "places")
    listed = project.vary("list", ".", "--filters", "none", "--output", "json").exits(0).report["mutants"]
    expect({line[1] for line in lines} <= {mutant["kind"] for mutant in listed}, f"kinds in {lines}")
    kept = read(log)
    project.mutate("--filters", "none", "--mutants", "sum", "--allow-zero-kills").exits(0)
    expect_equal(read(log), kept, "after a run of mutants that were named")
    project.mutate("--filters", "none", "--no-store").exits(0)
    expect_equal(read(log), kept, "after a run that keeps nothing")
    project.mutate("--filters", "none").exits(0)
    expect(not os.path.exists(log), f"still there: {log}")


@case
def what_no_input_can_tell_is_quarantined_where_asked_and_for_good_by_its_id(bench):
    project = bench.project("equal")
    [equal, weak] = [mutant["id"] for mutant in project.expect_verdicts().report["mutants"]
                     if mutant["status"] == "survived"]
    path = project.path("vary-quarantine.toml")

    def run(*arguments):
        report = project.mutate("--operators", project.operators(), *arguments).exits(0).report
        bench.validate(report, "report")
        left_out = {m["id"]: m["detail"] for m in report["mutants"] if m["status"] == "quarantined"}
        return left_out, report["score"]["counted"], report["score"]["quarantined"]

    left_out, counted, quarantined = run("--auto-quarantine", "0.9")
    expect_equal((list(left_out), counted, quarantined), ([equal], 2, 1), "with --auto-quarantine")
    expect_in("no input can tell (", left_out[equal], "reason")
    expect_in(", confidence 1.00)", left_out[equal], "reason")
    expect(not os.path.exists(path), "a run wrote into the project")
    expect_equal(run(), ({}, 3, 0), "without")

    bench.vary("mutate", "--quarantine", equal, "--reason", "once is once", cwd=project.directory).exits(0)
    written = re.sub(r"(?m)^(#.*\n)+", "", read(path))
    expect(re.fullmatch(rf'\n\[\[quarantine\]\]\nid = "{equal}"\nclass = "same.Same"\nreason = "once is once"\n'
                        r"since = \d{4}-\d\d-\d\d\n", written), f"the file: {written!r}")
    expect_equal(run(), ({equal: "once is once"}, 2, 1), "the next run")
    project.vary("mutate", ".", "--operators", project.operators(), "--max-survivors", "1").exits(0)
    bench.vary("mutate", "--unquarantine", equal, cwd=project.directory).exits(0)
    expect_equal(run(), ({}, 3, 0), "after --unquarantine")
    project.vary("mutate", ".", "--operators", project.operators(), "--max-survivors", "1").exits(1)
    expect(weak not in left_out, "a survivor that a test could notice")
