"""What the cases use: projects made from fixtures, runs of vary, expectations.

A fixture is a folder of Java sources, main/ and test/ (or several of the latter).
What is expected of a mutant stands where it is made, in a comment at the end of
the line:

    return a + b; // ARITH_ADD_TO_SUB killed, POISON_* survived

expect_verdicts() runs vary with the operators that a fixture's comments name and
compares every mutant with them: none may be missing, none may be too much.
"""
import fnmatch
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(FOLDER))
JARS = "/usr/share/java"
PLATFORM = ["junit-platform-commons", "junit-platform-engine", "opentest4j", "apiguardian-api"]
ENGINES = {  # never the launcher: vary must do without
    "junit5": ["junit-jupiter-api", "junit-jupiter-engine", "junit-jupiter-params"] + PLATFORM,
    "mockito": ["junit-jupiter-api", "junit-jupiter-engine", "mockito-core", "byte-buddy", "byte-buddy-agent",
                "objenesis"] + PLATFORM,
    "easymock": ["junit-jupiter-api", "junit-jupiter-engine", "easymock", "byte-buddy", "objenesis"] + PLATFORM,
    "assertj": ["junit-jupiter-api", "junit-jupiter-engine", "assertj-core"] + PLATFORM,
    "truth": ["junit-jupiter-api", "junit-jupiter-engine", "truth", "guava", "junit4"] + PLATFORM,
    "spock": ["spock-core", "groovy-all", "junit4", "hamcrest", "cglib-nodep", "objenesis", "asm"],
    "junit4": ["junit4", "hamcrest"],
    "junit3": ["junit"],
    "vintage": ["junit4", "hamcrest", "junit-vintage-engine"] + PLATFORM,
    "testng": ["testng", "jcommander", "bsh"],
    "none": [],
}
EXIT_CODES = (0, 1, 2, 3, 4, 5, 130)
RUN_LIMIT = 180  # seconds one run of vary may take
EXPECTATION = re.compile(r"//\s*((?:[A-Z][A-Z_]*\*? [a-z_]+)(?:, [A-Z][A-Z_]*\*? [a-z_]+)*)\s*$")

registered = []


class Failed(Exception):
    """An expectation that does not hold: what was expected, what was seen."""


class Case:
    def __init__(self, function, name, quick):
        self.function = function
        self.file = function.__module__.rpartition(".")[2]
        self.name = name or function.__name__.replace("_", " ")
        self.quick = quick


def case(function=None, *, name=None, quick=False):
    """Registers a function that takes the bench; its name is its sentence."""
    def register(function):
        registered.append(Case(function, name, quick))
        return function
    return register(function) if function else register


def expect(holds, what):
    if not holds:
        raise Failed(what)


def expect_equal(seen, expected, what):
    expect(seen == expected, f"{what}: expected {expected!r}, saw {seen!r}")


def expect_in(part, text, what):
    expect(part in text, f"{what}: expected {part!r} in {text!r}")


class Run:
    """A finished run of vary."""
    def __init__(self, code, out, err, seconds, complaints):
        self.code, self.out, self.err, self.seconds = code, out, err, seconds
        self.complaints = complaints  # of sanitizers, in vary and in its workers

    @property
    def report(self):
        try:
            return json.loads(self.out)
        except ValueError:
            raise Failed(f"stdout is no JSON (exit {self.code}): {self.out[:200]!r}, stderr {self.err[-300:]!r}")

    def exits(self, *codes):
        expect(not self.complaints, f"a sanitizer complains: {self.complaints[:1500]}")
        expect(self.code in codes,
               f"expected exit {' or '.join(map(str, codes))}, saw {self.code}; stderr: {self.err[-600:]!r}")
        return self

    def complains(self, *parts):
        """One line on stderr that begins with vary: and holds each part."""
        lines = [line for line in self.err.splitlines() if all(part in line for part in parts)]
        expect(lines and lines[-1].startswith("vary: "),
               f"expected a line with {', '.join(map(repr, parts))}, saw {self.err[-600:]!r}")
        return self

    def verdicts(self):
        """By id."""
        return {mutant["id"]: mutant["status"] for mutant in self.report["mutants"]}

    def tests(self):
        """By name."""
        return {test["name"]: test for test in self.report["tests"]}

    def states(self):
        """Of the tests, by name."""
        return {name: test["state"] for name, test in self.tests().items()}


class Project:
    """A folder with sources and classes in one of the layouts."""
    def __init__(self, bench, directory, engine):
        self.bench, self.directory, self.engine = bench, directory, engine
        self.sources, self.libraries = [], []

    def path(self, *parts):
        return os.path.join(self.directory, *parts)

    def vary(self, *arguments, **options):
        """`vary ARGUMENTS`, in the project, with its engine on the class path."""
        return self.bench.vary(*self.arguments(arguments), cwd=self.directory, **options)

    def start(self, *arguments, **options):
        return self.bench.start(*self.arguments(arguments), cwd=self.directory, **options)

    def arguments(self, arguments):
        classpath = ":".join(filter(None, [self.bench.classpath(self.engine), *self.libraries]))
        return list(arguments) + (["--classpath", classpath] if classpath else [])

    def mutate(self, *arguments, **options):
        """A run on the whole project whose report is JSON."""
        return self.vary("mutate", ".", "--output", "json", *arguments, **options)

    def expectations(self):
        """(file, line) -> [(kind, status)], from the comments of the sources."""
        found = {}
        for path in self.sources:
            with open(path, encoding="utf-8") as file:
                for number, line in enumerate(file, 1):
                    match = EXPECTATION.search(line)
                    if match:
                        found[os.path.basename(path), number] = [
                            tuple(item.split(" ")) for item in match.group(1).split(", ")]
        return found

    def operators(self):
        """Those that the comments name."""
        return ",".join(sorted({kind for items in self.expectations().values() for kind, _ in items}))

    def expect_verdicts(self, *arguments, all_operators=False, **options):
        """Mutates; every mutant must have the verdict its line's comment says."""
        if not all_operators:
            arguments += ("--operators", self.operators())
        arguments += ("--allow-zero-kills",)  # some fixtures hold only changes that must survive
        run = self.mutate(*arguments, **options).exits(0)
        compare(run.report, self.expectations())
        self.bench.validate(run.report, "report")
        return run


def compare(report, expectations):
    missing = {(place, item) for place, items in expectations.items() for item in items}
    wrong = []
    for mutant in report["mutants"]:
        place = mutant["source_file"], mutant["line"]
        for item in expectations.get(place, []):
            if not fnmatch.fnmatchcase(mutant["kind"], item[0]):
                continue
            missing.discard((place, item))
            if mutant["status"] != item[1]:
                wrong.append(f"{mutant['id']} (line {mutant['line']}): expected {item[1]}, "
                             f"saw {mutant['status']} ({mutant['detail']})")
            break
        else:
            wrong.append(f"{mutant['id']} at {place[0]}:{place[1]}: not expected, saw {mutant['status']}")
    wrong += [f"{place[0]}:{place[1]}: expected {' '.join(item)}, saw no such mutant"
              for place, item in sorted(missing)]
    expect(not wrong, "; ".join(wrong))


class Compiler:
    """javac, started once for all fixtures."""
    def __init__(self, java_home):
        self.process = subprocess.Popen(
            [os.path.join(java_home, "bin/java"), "-XX:TieredStopAtLevel=1", os.path.join(FOLDER, "Compile.java")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def compile(self, to, classpath, sources, *options):
        os.makedirs(to, exist_ok=True)
        line = ["-g", "-d", to, "-cp", classpath, "-nowarn", "-proc:none", "-encoding", "UTF-8", *options, *sources]
        self.process.stdin.write("\t".join(line) + "\n")
        self.process.stdin.flush()
        said = ""
        for answer in self.process.stdout:
            if answer.startswith("done "):
                break
            said += answer
        expect_equal(answer.strip(), "done 0", f"javac says {said}")

    def close(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()


def java_home():
    home = os.environ.get("JAVA_HOME")
    return home or os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("javac"))))


def java_feature(home):
    """11 of JAVA_VERSION="11.0.24"."""
    for line in read(os.path.join(home, "release")).splitlines():
        if line.startswith("JAVA_VERSION="):
            return int(line.split('"')[1].split(".")[0])
    raise AssertionError(f"{home}/release names no version")


def children(pid):
    """Process ids of the direct children."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except OSError:
        return []


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def wait_until(condition, what, seconds=60):
    """Polls for something to become true; returns it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.005)
    raise Failed(f"after {seconds} s still not: {what}")


def heed_interrupts():
    """Whoever runs the tests in the background may ignore SIGINT, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Started:
    """A run of vary under way; its output goes to files."""
    def __init__(self, command, cwd, env, folder):
        self.folder = folder
        self.out_path, self.err_path = os.path.join(folder, "out"), os.path.join(folder, "err")
        self.start = time.monotonic()
        with open(self.out_path, "wb") as out, open(self.err_path, "wb") as err:
            self.process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL,
                                            stdout=out, stderr=err, start_new_session=True,
                                            preexec_fn=heed_interrupts)
        self.seen_children = set()

    @property
    def pid(self):
        return self.process.pid

    def stderr(self):
        return read(self.err_path)

    def workers(self):
        pids = children(self.pid)
        self.seen_children.update(pids)
        return pids

    def kill_workers(self):
        """kill -9, once there is one; returns how many."""
        pids = wait_until(self.workers, "a worker is there")
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return len(pids)

    def finish(self, limit=RUN_LIMIT):
        try:
            code = self.process.wait(limit)
        except subprocess.TimeoutExpired:
            for pid in self.workers():
                os.kill(pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
            raise Failed(f"still running after {limit} s; stderr: {self.stderr()[-400:]!r}")
        seconds = time.monotonic() - self.start
        complaints = "".join(read(path) for path in glob.glob(os.path.join(self.folder, "sanitizer.*")))
        return Run(code, read(self.out_path), self.stderr(), seconds, complaints)


class Bench:
    """A folder for the projects of all cases, the compiler, and vary itself."""
    def __enter__(self):
        self.program = os.path.abspath(os.environ.get("VARY") or os.path.join(REPOSITORY, "build/vary"))
        self.java_home = java_home()
        self.java_feature = java_feature(self.java_home)
        self.folder = tempfile.mkdtemp(prefix="vary-e2e-")
        self.compiler = Compiler(self.java_home)
        self.remarks = []
        os.mkdir(os.path.join(self.folder, "cache"))
        self.made = 0
        self.schemas = {}
        return self

    def __exit__(self, *error):
        self.compiler.close()
        if os.environ.get("KEEP"):
            self.remarks.append(self.folder)
        else:
            shutil.rmtree(self.folder)

    def new_folder(self, name="run"):
        self.made += 1
        path = os.path.join(self.folder, f"{self.made}-{name}")
        os.makedirs(path)
        return path

    def classpath(self, engine):
        return ":".join(f"{JARS}/{name}.jar" for name in ENGINES[engine])

    def project(self, fixture, engine="junit5", tests=("test",), classes="target/classes",
                test_classes="target/test-classes", main_source="src/main/java", test_source="src/test/java", options=()):
        """A compiled project made from fixtures/FIXTURE, Maven's layout unless told. Options are javac's.

        A folder library/ of the fixture becomes one with classes on the class path.
        """
        project = Project(self, self.new_folder(fixture), engine)
        library = self.copy_sources(project, fixture, "library", "library")
        if library:
            project.libraries = [project.path("library-classes")]
            self.compiler.compile(project.libraries[0], ".", library)
        main = self.copy_sources(project, fixture, "main", main_source)
        self.compiler.compile(project.path(classes),
                              ":".join([self.classpath(engine), *project.libraries]) or ".", main, *options)
        test = [path for name in tests for path in self.copy_sources(project, fixture, name, test_source)]
        if test:
            self.compiler.compile(project.path(test_classes),
                                  ":".join([project.path(classes), self.classpath(engine), *project.libraries]), test)
        project.sources = main
        return project

    def copy_sources(self, project, fixture, part, to):
        source = os.path.join(FOLDER, "fixtures", fixture, part)
        if not os.path.isdir(source):
            return []
        shutil.copytree(source, project.path(to), dirs_exist_ok=True)
        return [project.path(to, os.path.relpath(path, source))
                for path in sorted(glob.glob(f"{source}/**/*.java", recursive=True))]

    def copy_source(self, fixture, part, name, to):
        """One source of a fixture, without the folders of its package."""
        shutil.copy(os.path.join(FOLDER, "fixtures", fixture, part, name), to)

    def environment(self, changes, folder):
        env = {**os.environ, "JAVA_HOME": self.java_home, "LC_ALL": "C.UTF-8",
               "XDG_CACHE_HOME": os.path.join(self.folder, "cache")}
        log = f"log_path={folder}/sanitizer"
        env["ASAN_OPTIONS"] = f"handle_segv=0:{log}"  # HotSpot wants SIGSEGV for itself
        env["UBSAN_OPTIONS"] = f"print_stacktrace=1:{log}"
        for name, value in (changes or {}).items():
            env.pop(name, None)
            if value is not None:
                env[name] = value
        return env

    def start(self, *arguments, cwd=None, env=None):
        folder = self.new_folder()
        return Started([self.program, *arguments], cwd or folder, self.environment(env, folder), folder)

    def vary(self, *arguments, limit=RUN_LIMIT, **options):
        return self.start(*arguments, **options).finish(limit)

    def validate(self, document, name):
        """Against docs/NAME.schema.json."""
        import jsonschema
        if name not in self.schemas:
            with open(os.path.join(REPOSITORY, "docs", name + ".schema.json"), encoding="utf-8") as file:
                self.schemas[name] = json.load(file)
        try:
            jsonschema.validate(document, self.schemas[name])
        except jsonschema.ValidationError as error:
            raise Failed(f"docs/{name}.schema.json: {'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
