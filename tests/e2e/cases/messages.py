"""What goes wrong before anything is measured: exit code and one clear line."""
import os
import random
import shutil
import subprocess
import zipfile

from support import EXIT_CODES, case, expect, expect_equal, expect_in

PRICE = "target/classes/shop/Price.class"


def truncate(path, to):
    with open(path, "r+b") as file:
        file.truncate(to)


def main_class(bench):
    """The bytes of an ordinary class."""
    with open(bench.project("first").path(PRICE), "rb") as file:
        return file.read()


@case(quick=True)
def no_tests_is_exit_3_and_tells_what_was_looked_at(bench):
    project = bench.project("first", tests=())
    run = project.mutate().exits(3).complains("no tests found", "target/classes", "--tests")
    expect_equal(run.report["score"]["score"], None, "score")
    bench.validate(run.report, "report")


@case
def test_classes_without_tests_are_exit_3(bench):
    project = bench.project("no-tests-in-it")
    project.mutate().exits(3).complains("no tests found", "target/test-classes", "--tests")


@case(quick=True)
def tests_of_an_engine_that_is_not_there_are_exit_3_and_say_what_to_add(bench):
    project = bench.project("other-engine")
    run = project.mutate().exits(0, 3)
    problem, = run.report["problems"]
    expect_in("shop.PriceSpec: written for ScalaTest", problem, "what is not run")
    os.remove(project.path("target/test-classes/shop/PriceTest.class"))
    project.mutate().exits(3).complains("no tests that can be run", "shop.PriceSpec", "ScalaTest", "org.scalatestplus")


@case
def no_mutants_is_exit_3(bench):
    project = bench.project("first")
    project.mutate("--exclude", "shop.*").exits(3).complains("nothing to mutate")
    project.mutate("--operators", "ARITH_XOR_TO_AND").exits(3).complains("nothing to mutate")
    project.vary("list", ".", "--operators", "ARITH_XOR_TO_AND").exits(3).complains("nothing to mutate")


@case
def no_test_that_reaches_the_target_is_exit_3(bench):
    bench.project("unreached").mutate().exits(3).complains("no test reaches")


@case
def a_mistyped_option_or_command_is_exit_2_and_names_the_nearest(bench):
    bench.vary("mutate", ".", "--timout-ms", "5").exits(2).complains("--timout-ms", "did you mean --timeout-ms")
    bench.vary("mutate", ".", "--operators", "arithmetik").exits(2).complains("did you mean arithmetic")
    bench.vary("mutat", ".").exits(2).complains("did you mean vary mutate")
    bench.vary("mutate", ".", "-j", "none").exits(2).complains("--jobs", "none")
    bench.vary("mutate").exits(2).complains("vary mutate")


@case
def a_target_that_is_not_there_is_exit_2(bench):
    bench.vary("mutate", "nowhere/Price.java").exits(2).complains("nowhere/Price.java", "no such file")
    bench.vary("dump", "nowhere/Price.class").exits(2).complains("nowhere/Price.class")


@case
def an_empty_directory_is_exit_2_and_tells_what_was_looked_for(bench):
    bench.vary("mutate", ".", cwd=bench.new_folder("empty")).exits(2).complains("target/classes", ".java")


@case
def a_source_without_classes_is_exit_2(bench):
    project = bench.project("first")
    path = project.path("src/main/java/shop/Later.java")
    with open(path, "w", encoding="utf-8") as file:
        file.write("package shop;\nclass Later {\n}\n")
    project.vary("mutate", path).exits(2).complains("Later.java", "compile the project first")


@case(quick=True)
def a_truncated_class_is_exit_2_where_it_is_the_target(bench):
    project = bench.project("first")
    truncate(project.path(PRICE), 300)
    for command in ("mutate", "list", "dump"):
        arguments = (command, PRICE) if command == "dump" else project.arguments((command, PRICE))
        bench.vary(*arguments, cwd=project.directory).exits(2).complains("Price.class", "ends early")


@case
def a_truncated_class_beside_the_target_is_skipped_and_named(bench):
    project = bench.project("first")
    shutil.copy(project.path(PRICE), project.path("target/classes/shop/Broken.class"))
    truncate(project.path("target/classes/shop/Broken.class"), 300)
    run = project.expect_verdicts(all_operators=True)
    expect_in("skipped", run.err, "stderr")
    expect_in("Broken.class", run.err, "stderr")


@case
def an_empty_class_file_and_one_that_is_none(bench):
    folder = bench.new_folder()
    for name, content in (("Empty.class", b""), ("Text.class", b"public class Text {}\n" * 10)):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
        bench.vary("dump", name, cwd=folder).exits(2).complains(name)
        bench.vary("mutate", name, cwd=folder).exits(2).complains(name)


@case
def a_class_that_cannot_be_read_as_a_file(bench):
    folder = bench.new_folder()
    os.mkdir(os.path.join(folder, "Folder.class"))
    bench.vary("dump", "Folder.class", cwd=folder).exits(2).complains("Folder.class")


@case(quick=True)
def corrupt_jars_are_exit_2(bench):
    folder = bench.new_folder()
    whole = os.path.join(folder, "whole.jar")
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as jar:
        jar.writestr("shop/Price.class", main_class(bench))
    with open(whole, "rb") as file:
        content = file.read()
    broken = bytearray(content)
    broken[60:90] = bytes(30)  # in the compressed bytes
    for name, content in (("text.jar", b"no jar at all\n" * 20), ("empty.jar", b""),
                          ("half.jar", content[:len(content) // 2]), ("broken.jar", bytes(broken))):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
        bench.vary("mutate", name, cwd=folder).exits(2).complains(name)


@case
def a_missing_entry_of_the_class_path_is_exit_2_and_named(bench):
    project = bench.project("first")
    bench.vary("mutate", ".", "--classpath", bench.classpath("junit5") + ":/nowhere/library.jar",
               cwd=project.directory).exits(2).complains("/nowhere/library.jar")


@case
def a_jvm_that_is_not_there_is_exit_2_and_tells_what_was_tried(bench):
    project = bench.project("first")
    project.mutate("--jvm", "/nowhere").exits(2).complains("/nowhere", "--jvm")
    project.mutate(env={"JAVA_HOME": "/nowhere", "PATH": "/nowhere/bin"}).exits(2).complains(
        "JAVA_HOME=/nowhere", "PATH", "--jvm")


@case
def an_option_the_jvm_does_not_know_is_told_in_its_words(bench):
    bench.project("first").mutate("--jvm-arg=-XX:+NoSuchOption").exits(2).complains(
        "Unrecognized VM option", "NoSuchOption")


@case
def a_heap_too_large_is_told_in_the_jvms_words(bench):
    bench.project("first").mutate("--jvm-arg=-Xmx900000g").exits(2).complains("heap")


@case
def a_class_compiled_for_a_newer_java_is_named(bench):
    project = bench.project("first")
    path = project.path("target/test-classes/shop/PriceTest.class")
    with open(path, "r+b") as file:
        file.seek(6)
        file.write((70).to_bytes(2, "big"))
    run = project.mutate().exits(3, 4)
    expect("UnsupportedClassVersionError" in run.out + run.err or "version" in run.err, f"stderr: {run.err!r}")


@case
def a_full_disk_is_no_success(bench):
    folder = bench.project("first").directory
    script = f"exec {bench.program} list . > /dev/full"
    done = subprocess.run(["/bin/sh", "-c", script], cwd=folder, capture_output=True, text=True, check=False,
                          env=bench.environment(None, folder))
    expect_equal(done.returncode, 5, "exit code")
    expect("No space left" in done.stderr, f"stderr: {done.stderr!r}")


@case(quick=True)
def bit_flipped_classes_never_crash(bench):
    """Each variant has a few bits turned; the seed makes them the same every time."""
    original = main_class(bench)
    folder = bench.new_folder("flipped")
    path = os.path.join(folder, "Price.class")
    random.seed(4)
    for number in range(150):
        variant = bytearray(original)
        for _ in range(1 + number % 4):
            variant[random.randrange(len(variant))] ^= 1 << random.randrange(8)
        with open(path, "wb") as file:
            file.write(variant)
        for command in ("dump", "list"):
            run = bench.vary(command, "Price.class", cwd=folder)
            expect(run.code in EXIT_CODES and not run.complaints,
                   f"variant {number}: vary {command} ends with {run.code}: {run.err[-300:]} {run.complaints[:900]}")
            expect(run.code == 0 or run.err.startswith("vary: "), f"variant {number}: says {run.err!r}")


@case
def bit_flipped_classes_in_a_project_cost_no_run(bench):
    """The JVM refuses some of them: the tests fail, or mutants are discarded; nothing hangs or crashes."""
    project = bench.project("first")
    original = main_class(bench)
    random.seed(5)
    for number in range(12):
        variant = bytearray(original)
        variant[random.randrange(len(variant))] ^= 1 << random.randrange(8)
        with open(project.path(PRICE), "wb") as file:
            file.write(variant)
        run = project.mutate("--timeout-ms", "500").exits(0, 2, 3, 4)
        if run.out:
            bench.validate(run.report, "report")
