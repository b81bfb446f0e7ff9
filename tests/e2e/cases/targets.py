"""Everything that a TARGET may be, always with the verdicts of the plain run."""
import os
import shutil
import zipfile

from support import case, compare, expect, expect_equal

reference = {}


def verdicts(bench):
    if not reference:
        reference.update(bench.project("first").mutate().exits(0).verdicts())
    return reference


def expect_same(bench, run):
    report = run.exits(0).report
    expect_equal(run.verdicts(), verdicts(bench), "verdicts")
    return report


def pack(jar_path, folder):
    with zipfile.ZipFile(jar_path, "w", zipfile.ZIP_DEFLATED) as jar:
        jar.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
        for path, _, names in os.walk(folder):
            for name in names:
                whole = os.path.join(path, name)
                jar.write(whole, os.path.relpath(whole, folder))


def named(target, below="."):
    @case(name=f"{target} seen from {below}")
    def run(bench):
        project = bench.project("first")
        arguments = project.arguments(("mutate", target, "--output", "json"))
        expect_same(bench, bench.vary(*arguments, cwd=project.path(below)))


named("src/main/java/shop/Price.java")
named("Price.java", "src/main/java/shop")
named("target/classes/shop/Price.class")
named("target/classes")
named("target/classes/shop")
named("src/main/java/shop")
named("src")
named(".", "src/main/java")
named("../..", "src/main")


@case
def an_absolute_path_from_elsewhere(bench):
    project = bench.project("first")
    arguments = project.arguments(("mutate", project.directory, "--output", "json"))
    expect_same(bench, bench.vary(*arguments))


@case
def a_path_with_spaces_and_umlauts(bench):
    project = bench.project("first")
    moved = os.path.join(bench.new_folder(), "größer als 100 %: neu")
    os.rename(project.directory, moved)
    expect_same(bench, bench.vary(*project.arguments(("mutate", ".", "--output", "json")), cwd=moved))


@case(quick=True)
def a_jar_with_its_tests_in_another(bench):
    project = bench.project("first")
    folder = bench.new_folder("jars")
    pack(os.path.join(folder, "shop.jar"), project.path("target/classes"))
    pack(os.path.join(folder, "shop-tests.jar"), project.path("target/test-classes"))
    arguments = project.arguments(("mutate", "shop.jar", "--tests", "shop-tests.jar", "--output", "json"))
    expect_same(bench, bench.vary(*arguments, cwd=folder))


@case
def a_jar_with_its_tests_in_a_directory(bench):
    project = bench.project("first")
    folder = bench.new_folder("jars")
    pack(os.path.join(folder, "shop.jar"), project.path("target/classes"))
    shutil.copytree(project.path("target/test-classes"), os.path.join(folder, "checks"))
    arguments = project.arguments(("mutate", "shop.jar", "--tests", "checks", "--output", "json"))
    expect_same(bench, bench.vary(*arguments, cwd=folder))


@case
def classes_and_tests_in_one_directory(bench):
    project = bench.project("first", classes="all", test_classes="all")
    expect_same(bench, project.vary("mutate", "all", "--output", "json"))


@case(quick=True)
def a_gradle_project(bench):
    project = bench.project("first", classes="build/classes/java/main", test_classes="build/classes/java/test")
    open(project.path("build.gradle"), "w", encoding="utf-8").close()
    report = expect_same(bench, project.mutate())
    expect_equal(report["project"]["layout"], "gradle", "layout")
    expect_same(bench, project.vary("mutate", "src/main/java/shop/Price.java", "--output", "json"))


@case
def a_maven_project_with_modules(bench):
    folder = bench.new_folder("modules")
    for fixture in ("first", "company"):
        shutil.copytree(bench.project(fixture).directory, os.path.join(folder, fixture))
    for place in ("", "first", "company"):
        with open(os.path.join(folder, place, "pom.xml"), "w", encoding="utf-8") as file:
            file.write("<project/>\n")
    arguments = ["mutate", ".", "--output", "json", "--classpath", bench.classpath("junit5")]
    whole = bench.vary(*arguments, cwd=folder).exits(0).verdicts()
    expect(set(verdicts(bench)) < set(whole), f"mutants of both modules: {sorted(whole)}")
    expect_equal({id: whole[id] for id in verdicts(bench)}, verdicts(bench), "verdicts of one module")


@case
def a_test_of_a_module_that_finds_no_file_is_told_where_it_would(bench):
    folder = bench.new_folder("modules")
    project = bench.project("first")
    text = ("package shop;\n\nclass FileTest {\n    @org.junit.jupiter.api.Test\n    void reads() throws Exception {\n"
            "        java.nio.file.Files.readString(java.nio.file.Paths.get(\"own.txt\"));\n    }\n}\n")
    for name, content in (("FileTest.java", text), ("own.txt", "here\n"), ("pom.xml", "<project/>\n")):
        with open(project.path(name), "w", encoding="utf-8") as file:
            file.write(content)
    bench.compiler.compile(project.path("target/test-classes"), bench.classpath(project.engine), [project.path("FileTest.java")])
    shutil.copytree(project.directory, os.path.join(folder, "first"))
    with open(os.path.join(folder, "pom.xml"), "w", encoding="utf-8") as file:
        file.write("<project/>\n")
    arguments = ["--output", "json", "--classpath", bench.classpath("junit5")]
    whole = bench.vary("mutate", ".", *arguments, cwd=folder).exits(0)
    expect("1 test finds no file: here all run in " in whole.err and "vary mutate first" in whole.err, whole.err)
    module = bench.vary("mutate", "first", *arguments, cwd=folder).exits(0)
    expect("finds no file" not in module.err, module.err)
    expect_equal(module.report["tests"] and {test["state"] for test in module.report["tests"]}, {"passed"}, "states")


@case(quick=True)
def sources_side_by_side_with_nothing_compiled(bench):
    project = bench.project("first", tests=())
    folder = bench.new_folder("sources")
    for part, name in (("main", "Price.java"), ("test", "PriceTest.java")):
        bench.copy_source("first", part, "shop/" + name, folder)
    report = expect_same(bench, bench.vary("mutate", "Price.java", "--output", "json", cwd=folder))
    expect_equal(report["project"]["layout"], "sources", "layout")
    compare(report, project.expectations())
    expect_equal(sorted(os.listdir(folder)), [".vary", "Price.java", "PriceTest.java"], "files afterwards")


@case
def sources_that_do_not_compile_are_exit_2_with_the_compilers_words(bench):
    folder = bench.new_folder("sources")
    with open(os.path.join(folder, "Wrong.java"), "w", encoding="utf-8") as file:
        file.write("class Wrong {\n    int one() {\n        return 1 +;\n    }\n}\n")
    bench.vary("mutate", "Wrong.java", cwd=folder).exits(2).complains("Wrong.java", "illegal start of expression")


@case
def a_whole_source_tree_with_nothing_compiled(bench):
    project = bench.project("first")
    shutil.rmtree(project.path("target"))
    expect_same(bench, project.mutate())


@case(quick=True)
def a_source_of_another_language(bench):
    """calc.vary: found by the SourceFile of the classes."""
    project = bench.project("other-language")
    path = project.path("target/classes/calc/Calc.class")
    with open(path, "rb") as file:
        content = file.read()
    expect(content.count(b"\x00\x09Calc.java") == 1, "the class names its source once")
    with open(path, "wb") as file:
        file.write(content.replace(b"\x00\x09Calc.java", b"\x00\x09calc.vary"))
    os.makedirs(project.path("calc"))
    with open(project.path("calc/calc.vary"), "w", encoding="utf-8") as file:
        file.write("package calc\n\nfun add(a: Int, b: Int) = a + b\n")
    run = project.vary("mutate", "calc/calc.vary", "--output", "json", "--operators", "ARITH_ADD_TO_SUB").exits(0)
    mutant, = run.report["mutants"]
    expect_equal((mutant["source_file"], mutant["status"]), ("calc.vary", "killed"), "source and status")


@case
def two_targets_at_once(bench):
    project = bench.project("first")
    run = project.vary("mutate", "target/classes/shop/Price.class", "src/main/java/shop/Price.java", "--output", "json")
    expect_same(bench, run)


@case
def tests_are_never_mutated(bench):
    for target in (".", "target"):
        report = bench.project("first").vary("list", target, "--output", "json").exits(0).report
        expect_equal({mutant["class"] for mutant in report["mutants"]}, {"shop.Price"}, "classes")


@case
def tests_of_suites_are_not_called_skipped(bench):
    project = bench.project("first", engine="junit4", tests=())
    folder = project.path("src/test/java/shop")
    os.makedirs(folder, exist_ok=True)
    for name, text in (("OneCheck", "public class OneCheck {\n    @org.junit.Test\n    public void t() {\n    }\n}\n"),
                       ("AllTests", "@org.junit.runner.RunWith(org.junit.runners.Suite.class)\n"
                        "@org.junit.runners.Suite.SuiteClasses(OneCheck.class)\npublic class AllTests {\n}\n")):
        with open(os.path.join(folder, name + ".java"), "w", encoding="utf-8") as file:
            file.write("package shop;\n\n" + text)
    bench.compiler.compile(project.path("target/test-classes"), bench.classpath(project.engine),
                           [os.path.join(folder, name) for name in os.listdir(folder)])
    with open(project.path("pom.xml"), "w", encoding="utf-8") as file:
        file.write("<project/>")
    run = project.mutate("--allow-zero-kills", "--verbose").exits(0, 3)
    expect("1 test class (shop.OneCheck) only as part of suites" in run.err, run.err)
    expect("skipped" not in run.err, run.err)
    expect_equal(len(run.report["tests"]), 1, "tests")


@case(quick=True)
def tests_that_surefire_does_not_run_are_not_run_here(bench):
    project = bench.project("first", tests=())
    folder = project.path("src/test/java/shop")
    os.makedirs(folder, exist_ok=True)
    for name, wanted in (("OneTest", 1), ("NeedsServerIT", 2)):
        with open(os.path.join(folder, name + ".java"), "w", encoding="utf-8") as file:
            file.write("package shop;\n\nimport org.junit.jupiter.api.Assertions;\nimport org.junit.jupiter.api.Test;\n\n"
                       f"class {name} {{\n    @Test\n    void t() {{\n        Assertions.assertEquals({wanted}, 1);\n    }}\n}}\n")
    bench.compiler.compile(project.path("target/test-classes"), bench.classpath(project.engine),
                           [os.path.join(folder, name) for name in os.listdir(folder)])
    everything = project.mutate("--allow-zero-kills").exits(0, 3, 4)
    expect_equal(sorted(test["class"] for test in everything.report["tests"]), ["shop.NeedsServerIT", "shop.OneTest"],
                 "tests without a pom.xml")
    with open(project.path("pom.xml"), "w", encoding="utf-8") as file:
        file.write("<project/>")
    run = project.mutate("--allow-zero-kills").exits(0, 3, 4)
    expect_equal([test["class"] for test in run.report["tests"]], ["shop.OneTest"], "tests")
    expect("skipped 1 test class that surefire does not run by pom.xml (shop.NeedsServerIT)" in run.err, run.err)
    asked = project.mutate("--allow-zero-kills", "--include-tests", "*IT").exits(0, 3, 4)
    expect_equal([test["class"] for test in asked.report["tests"]], ["shop.NeedsServerIT"], "tests that were asked for")
