"""Projects made to measure on, and runs of vary on them.

A project of N classes: each has ten methods and some 100 mutants, each method one JUnit 4 test of microseconds.
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VARY = os.environ.get("VARY", f"{ROOT}/build/vary")
JARS = "/usr/share/java/junit4.jar:/usr/share/java/hamcrest.jar"
METHODS = 10


def method(number):
    return f"""
    public static int step{number}(int a, int b) {{
        int sum = a * {number + 3} + b;
        if (sum > 100)
            sum = sum - b / 2;
        return sum ^ {number + 1};
    }}"""


def expected(number, a, b):
    total = a * (number + 3) + b
    if total > 100:
        total -= b // 2
    return total ^ (number + 1)


def test(name, number):
    checks = "".join(f"\n        assertEquals({expected(number, a, b)}, {name}.step{number}({a}, {b}));"
                     for a, b in ((1, 2), (50, 9)))
    return f"\n    @Test public void step{number}() {{{checks}\n    }}"


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def compile_all(folder, source, target, classpath):
    names = [os.path.join(path, name) for path, _, files in os.walk(f"{folder}/{source}") for name in files]
    write(f"{folder}/{source}.list", "\n".join(names))
    subprocess.run(["javac", "-g", "-nowarn", "-J-XX:+UseSerialGC", "-cp", classpath, "-d", f"{folder}/{target}",
                    f"@{folder}/{source}.list"], check=True)


def make(folder, classes):
    """The arguments that vary mutate needs for it."""
    for i in range(classes):
        name, package = f"C{i}", f"p{i // 100}"
        write(f"{folder}/src/{package}/{name}.java",
              f"package {package};\n\npublic class {name} {{" + "".join(map(method, range(METHODS))) + "\n}\n")
        write(f"{folder}/test/{package}/{name}Test.java",
              f"package {package};\n\nimport static org.junit.Assert.assertEquals;\nimport org.junit.Test;\n\n"
              f"public class {name}Test {{" + "".join(test(name, n) for n in range(METHODS)) + "\n}\n")
    compile_all(folder, "src", "classes", JARS)
    compile_all(folder, "test", "test-classes", f"{folder}/classes:{JARS}")
    return [f"{folder}/classes", "--tests", f"{folder}/test-classes", "-cp", JARS]


def start(arguments, out):
    """A run of vary mutate, its report to be written into the open file."""
    return subprocess.Popen([VARY, "mutate", *arguments, "--output", "json"], stdout=out, stderr=subprocess.DEVNULL)


def report_of(path):
    with open(path) as file:
        report = json.load(file)
    if report["outcome"]["error"]:
        sys.exit(report["outcome"]["error"])
    return report


def mutate(arguments):
    """The report of a whole run."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/report", "wb") as out:
            start(arguments, out).wait()
        return report_of(f"{folder}/report")


HEADER = "      all supervis baseline  classes    tests runaways      jvm"


def cost_by_mutant(report):
    """CPU ms, under HEADER."""
    parts = report["timing"]["cpu_parts_s"]
    seconds = (report["timing"]["cpu_s"], parts["supervisor"], parts["discovery"] + parts["baseline"],
               parts["classes"], parts["tests"], parts["runaways"], parts["jvm"])
    return "".join(f"{each / report['score']['mutants'] * 1000:9.3f}" for each in seconds)
