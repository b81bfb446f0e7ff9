"""The archive of library classes that a run leaves for the next."""
import glob
import os

from support import case, expect, expect_equal, read

SINCE = 13  # of Java: it writes an archive at the end of a run
LOADED_FROM_ARCHIVE = "source: shared objects file (top)"


def archives(cache):
    return glob.glob(os.path.join(cache, "vary", "*"))


def mutate(project, cache, *arguments):
    run = project.mutate("--jobs", "1", *arguments, env={"XDG_CACHE_HOME": cache}).exits(0)
    return run.verdicts()


@case
def a_second_run_maps_the_archive_of_the_first_and_judges_alike(bench):
    project = bench.project("thirty")
    cache = bench.new_folder("cache")
    log = os.path.join(cache, "classes.log")
    logged = f"--jvm-arg=-Xlog:class+load:file={log}"
    first = mutate(project, cache, logged)
    if bench.java_feature < SINCE:
        return expect_equal(archives(cache), [], "archives of a Java that writes none")
    expect_equal(len(archives(cache)), 1, "archives after the first run")
    expect(LOADED_FROM_ARCHIVE not in read(log), "the first run had an archive already")
    expect_equal(mutate(project, cache, logged), first, "verdicts")
    lines = [line for line in read(log).splitlines() if LOADED_FROM_ARCHIVE in line]
    expect(any("org.junit.jupiter" in line for line in lines), "the engine was not in the archive")
    expect(not any("quick.Thirty" in line for line in lines), "the project was in the archive")
    expect_equal(len(archives(cache)), 1, "archives after the second run")


@case
def an_archive_that_is_damaged_changes_nothing(bench):
    project = bench.project("thirty")
    cache = bench.new_folder("cache")
    first = mutate(project, cache)
    if bench.java_feature < SINCE:
        return
    [archive] = archives(cache)
    os.chmod(archive, 0o600)
    size = os.path.getsize(archive)
    for damage in (lambda: os.truncate(archive, size // 2), lambda: os.truncate(archive, 0),
                   lambda: open(archive, "wb").write(b"no archive" * 5000)):
        damage()
        expect_equal(mutate(project, cache), first, "verdicts")


@case
def no_archive_where_none_is_wanted_or_can_be(bench):
    project = bench.project("thirty")
    cache = bench.new_folder("cache")
    first = mutate(project, cache, "--no-cds")
    expect_equal(archives(cache), [], "archives")
    os.rmdir(cache)
    expect_equal(mutate(project, "/proc/nowhere"), first, "verdicts")
