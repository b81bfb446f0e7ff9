"""The values at a survivor's change, as --why tells them."""
import re

from support import case, expect, expect_equal, expect_in

EXPECTED = re.compile(r"([A-Z_]+) (?:(nothing)|(.*?): (.+), (.+))$")


def expected(project):
    """Line and kind -> witness, from the comments of the fixture."""
    found = {}
    with open(project.path("src/main/java/seen/Kinds.java"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            for part in line.rstrip("\n").partition(" // ")[2].split("; "):
                match = EXPECTED.match(part)
                if match:
                    kind, nothing, operands, original, mutated = match.groups()
                    found[number, kind] = None if nothing else {"operands": operands.strip(), "original": original,
                                                                "mutated": mutated}
    return found


@case
def operands_and_both_results_of_every_kind_are_seen(bench):
    project = bench.project("seen")
    wanted = expected(project)
    expect(len(wanted) > 40, f"expectations: {wanted}")
    run = project.mutate("--allow-zero-kills").exits(0)
    ids = [m["id"] for m in run.report["mutants"] if (m["line"], m["kind"]) in wanted and m["status"] == "survived"]
    run = project.mutate("--why", ",".join(ids), "--allow-zero-kills").exits(0)
    bench.validate(run.report, "report")
    seen = {}
    for mutant in run.report["mutants"]:
        seen.setdefault((mutant["line"], mutant["kind"]), []).append(mutant["witness"])
    wrong = []
    for key, witness in sorted(wanted.items()):
        if witness and witness["operands"] == "*":  # two calls in the line
            holds = any(w and (w["original"], w["mutated"]) == (witness["original"], witness["mutated"]) for w in seen[key])
        else:
            holds = witness in seen.get(key, ["no such survivor"])
        if not holds:
            wrong.append(f"{key}: expected {witness}, saw {seen.get(key)}")
    expect(not wrong, "\n".join(wrong))


@case
def what_was_seen_is_told_in_a_sentence(bench):
    project = bench.project("seen")
    for name, sentence in (("boundary:COND_BOUNDARY", "Seen     3 > 3 is false; with the change true"),
                           ("returnedDouble:POISON_NAN", "Seen     it returns 0.25; with the change Double.NaN")):
        run = project.vary("mutate", ".", "--why", name).exits(0)
        expect_in(sentence, run.out, "stdout")
