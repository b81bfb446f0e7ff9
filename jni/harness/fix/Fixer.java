package varyharness;

import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;

/**
 * Proposes assertions: makes copies of a test's source, some that write down what
 * could be asserted, some with an assertion more, and compiles them.
 *
 * <p>A request is a list of KEY=VALUE. `source`, `class` and any number of `other`
 * name the test's source, its class and sources without class files, `unsafe` methods
 * (CLASS#METHOD and descriptor) that no made-up call may be of; `mode` is
 * <ul>
 * <li>probe: `method` are test methods of the class. Answers with a copy of the
 *     class that writes down values (Notes), and a text for each place: number,
 *     rank (what reads best has the lowest), method;
 * <li>explore: `entry` (CLASS#METHOD) are methods to call with inputs made up from
 *     `literal`s, `host` test methods of which one may be replaced. Answers like
 *     probe, but first with the host's name; its copy makes the calls;
 * <li>fix: the same again with `of` for the mode, and `candidate`, `shape`, `value`
 *     (kind, tab, text, of Notes). Answers with a copy of the class that has the
 *     assertion, and the texts line, last line, how, code, imports.
 * </ul>
 */
final class Fixer {

    static final String STIR = " varyharness.Notes.stir();";

    private static final int SESSIONS_MAX = 8;
    private static final int ROUNDS_MAX = 8;
    private static final Map<String, Fixer> SESSIONS = new LinkedHashMap<>();

    /** What one test class was made into; kept for the questions that follow. */
    private final Project project;
    private final Source source;
    private final Assertion assertion;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Explorer explorer;

    private final List<String> texts = new ArrayList<>();
    private boolean success;
    private String problem = "";

    private Fixer(String classPath, Map<String, List<String>> request) throws Exception {
        project = new Project(classPath, all(request, "other"));
        source = new Source(project, one(request, "source"), one(request, "class"));
        if (source.classPath == null) {
            throw new IllegalArgumentException(source.className + " is not in " + source.path);
        }
        assertion = new Assertion(source);
        refuseInherited(all(request, "method"));
        refuseInherited(all(request, "host"));
        if (mode(request).equals("explore")) {
            explorer = new Explorer(source, candidates, all(request, "literal"), all(request, "unsafe"));
            explorer.explore(all(request, "entry"), all(request, "host"));
        } else {
            explorer = null;
            Collector collector = new Collector(source, candidates, all(request, "unsafe"));
            for (String method : all(request, "method")) {
                if (source.methods.containsKey(method)) {
                    collector.collect(source.methods.get(method));
                }
            }
        }
    }

    /** What stands in a superclass runs in other test classes too, where an assertion that holds here need not hold. */
    private void refuseInherited(List<String> tests) {
        if (!tests.isEmpty() && tests.stream().noneMatch(source.methods::containsKey)) {
            throw new IllegalArgumentException(source.className
                    + " inherits its tests: assertions are tried in tests that stand in the class itself");
        }
    }

    private static List<String> all(Map<String, List<String>> request, String key) {
        return request.getOrDefault(key, List.of());
    }

    private static String one(Map<String, List<String>> request, String key) {
        return all(request, key).isEmpty() ? "" : all(request, key).get(0);
    }

    private static String mode(Map<String, List<String>> request) {
        return one(request, "mode").equals("fix") ? one(request, "of") : one(request, "mode");
    }

    static Fixer answer(String classPath, String[] request) {
        Map<String, List<String>> asked = new HashMap<>();
        StringBuilder key = new StringBuilder(classPath);
        for (String item : request) {
            int equals = item.indexOf('=');
            String name = item.substring(0, equals);
            asked.computeIfAbsent(name, unused -> new ArrayList<>()).add(item.substring(equals + 1));
            if (!List.of("mode", "of", "candidate", "shape", "value").contains(name)) {
                key.append('\n').append(item);
            }
        }
        key.append('\n').append(mode(asked));
        Fixer fixer = SESSIONS.get(key.toString());
        try {
            if (fixer == null) {
                fixer = new Fixer(classPath, asked);
                if (SESSIONS.size() >= SESSIONS_MAX) {
                    SESSIONS.remove(SESSIONS.keySet().iterator().next());
                }
                SESSIONS.put(key.toString(), fixer);
            }
            fixer.serve(asked);
            return fixer;
        } catch (Exception | StackOverflowError | LinkageError e) {
            Fixer failed = new Fixer(e.getMessage() == null ? e.toString() : e.getMessage());
            SESSIONS.remove(key.toString());
            return failed;
        }
    }

    private Fixer(String problem) {
        project = null;
        source = null;
        assertion = null;
        explorer = null;
        this.problem = problem.split("\n")[0];
    }

    boolean success() {
        return success;
    }

    String diagnostics() {
        return problem;
    }

    String[] texts() {
        return texts.toArray(new String[0]);
    }

    String[] names() {
        return success ? project.classes.keySet().toArray(new String[0]) : new String[0];
    }

    byte[] bytes(String name) {
        return project.classes.get(name);
    }

    private void serve(Map<String, List<String>> request) {
        texts.clear();
        problem = "";
        success = false;
        if (!assertion.isKnown()) {
            problem = "its test framework is none that assertions can be written for";
        } else if (one(request, "mode").equals("fix")) {
            fix(candidates.get(Integer.parseInt(one(request, "candidate"))), Integer.parseInt(one(request, "shape")),
                    one(request, "value"));
        } else {
            success = weave();
            if (success) {
                describe();
            }
        }
    }

    private void describe() {
        if (explorer != null) {
            texts.add(explorer.host());
        }
        for (Candidate one : candidates) {
            if (!one.dropped) {
                texts.add(one.number + "\t" + one.rank + "\t" + one.shapes.size() + "\t" + one.method);
            }
        }
    }

    // ---- copies that write down values ----

    /** Leaves out what does not compile, until all does. */
    private boolean weave() {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Edits edits = new Edits();
            if (explorer != null) {
                explorer.weave(edits);
            } else {
                candidates.forEach(one -> weave(one, edits));
                candidates.stream().map(one -> one.method).distinct().forEach(name -> stir(name, edits));
            }
            if (project.compile(edits.apply(source.text), source.path)) {
                return true;
            }
            if (!dropWrong(edits)) {
                break;
            }
        }
        problem = project.error();
        return false;
    }

    private void stir(String method, Edits edits) {
        MethodTree tree = (MethodTree) source.methods.get(method).getLeaf();
        edits.insert(source.start(tree.getBody()) + 1, STIR, -1);
    }

    private void weave(Candidate one, Edits edits) {
        if (one.dropped) {
            return;
        }
        if (one.isInPlace()) {
            edits.wrap(one.from, one.to, "varyharness.Notes.note(" + one.number + ", ", one.suffix + ")", one.number);
        } else {
            edits.insert(one.anchorTo, noting(one), one.number);
        }
    }

    static String noting(Candidate one) {
        String name = "vary$" + one.number;
        String begin = one.isInPlace() || one.anchorTo >= 0 ? "" : "varyharness.Notes.call(" + one.number + ", " + one.call + "); ";
        return " try { " + begin + String.join(" ", one.setup) + "varyharness.Notes.note(" + one.number + ", " + one.expression
                + "); } catch (java.lang.Throwable " + name + ") { varyharness.Notes.thrown(" + one.number + ", " + name
                + "); }";
    }

    private boolean dropWrong(Edits edits) {
        Map<Integer, int[]> ranges = new HashMap<>();
        boolean dropped = false;
        for (Edits.Span span : edits.spans) {
            int[] range = ranges.computeIfAbsent(span.owner, unused -> new int[] {span.from, span.to});
            range[0] = Math.min(range[0], span.from);
            range[1] = Math.max(range[1], span.to);
        }
        for (Diagnostic<?> error : project.errors) {
            int best = -1;
            if (error.getCode() != null && error.getCode().contains("limit.code")) {
                dropped |= dropHalf();
                continue;
            }
            for (Map.Entry<Integer, int[]> entry : ranges.entrySet()) {
                int[] range = entry.getValue();
                if (range[0] <= error.getPosition() && error.getPosition() < range[1] && (best < 0
                        || range[1] - range[0] < ranges.get(best)[1] - ranges.get(best)[0])) {
                    best = entry.getKey();
                }
            }
            if (best >= 0) {
                dropped |= !candidates.get(best).dropped;
                candidates.get(best).dropped = true;
            }
        }
        return dropped;
    }

    private boolean dropHalf() {
        boolean dropped = false;
        boolean odd = false;
        for (Candidate one : candidates) {
            if (!one.dropped && one.rank > 2) {
                odd = !odd;
                one.dropped = odd;
                dropped |= odd;
            }
        }
        return dropped;
    }

    // ---- the assertion itself ----

    private void fix(Candidate one, int shape, String value) {
        char kind = value.charAt(0);
        String text = value.substring(2);
        Edits edits = new Edits();
        String code;
        if (explorer != null) {
            code = explorer.test(one, one.shapes.get(shape), assertion, kind, text, edits, texts);
        } else {
            code = edit(one, one.shapes.get(shape), kind, text, edits);
            stir(one.method, edits);
        }
        if (code == null) {
            problem = "the test framework has no assertion for it";
            return;
        }
        for (String line : assertion.imports) {
            List<? extends ImportTree> imports = source.unit.getImports();
            int at = !imports.isEmpty() ? source.start(imports.get(0))
                    : source.unit.getPackageName() == null ? 0
                    : source.text.indexOf(';', source.end(source.unit.getPackageName())) + 1;
            edits.insert(at, imports.isEmpty() ? " " + line : line + " ", -1);
        }
        success = project.compile(edits.apply(source.text), source.path);
        problem = project.error();
        texts.add(code);
        texts.add(String.join("\n", assertion.imports));
    }

    private void place(Candidate one, String how) {
        texts.add(String.valueOf(source.line(one.anchorFrom)));
        texts.add(String.valueOf(source.line(one.anchorTo - 1)));
        texts.add(how);
    }

    private String edit(Candidate one, Candidate.Shape shape, char kind, String text, Edits edits) {
        String indent = source.indent(one.anchorFrom) + (one.isWithin ? "    " : "");
        String code;
        switch (shape) {
            case WHOLE:
                code = statement(one.expression, one, kind, text);
                if (code != null) {
                    edits.replace(one.anchorFrom, one.anchorTo, code);
                    place(one, "replace");
                }
                return code;
            case HOIST:
                code = hoist(one, kind, text);
                if (code != null) {
                    edits.replace(one.anchorFrom, one.anchorTo, code.replace("\n", "\n" + indent));
                    place(one, "replace");
                }
                return code;
            default:
                code = statement(shape == Candidate.Shape.INITIAL ? one.variable : one.expression, one, kind, text);
                if (code != null) {
                    edits.insert(one.anchorTo, "\n" + indent + code, -1);
                    place(one, "after");
                }
                return code;
        }
    }

    private String statement(String expression, Candidate one, char kind, String text) {
        String code = assertion.of(expression, one.type, kind, text);
        return code == null ? null : code + ";";
    }

    private String hoist(Candidate one, char kind, String text) {
        String type = typeOf(one);
        if (type == null) {
            return null;
        }
        String name = source.unused(nameFor(one.expression));
        String code = assertion.of(name, one.type, kind, text);
        if (code == null) {
            return null;
        }
        String statement = source.text.substring(one.anchorFrom, one.from) + name
                + source.text.substring(one.to, one.anchorTo);
        return "final " + type + " " + name + " = " + one.expression + ";\n" + code + ";\n" + statement;
    }

    private String typeOf(Candidate one) {
        String type = one.type.toString();
        if (type.contains("capture") || type.contains("&") || type.contains("?") || type.contains("@")
                || type.equals("<nulltype>")) {
            return null;
        }
        StringBuilder spelt = new StringBuilder();
        for (String part : type.split("(?<=[<>,\\[\\]])|(?=[<>,\\[\\]])")) {
            spelt.append(part.contains(".") ? source.spell(part.trim()) : part);
        }
        return spelt.toString().replace(",", ", ");
    }

    /** A name for what cart.getTotal(3) returns: total. */
    static String nameFor(String expression) {
        String call = expression.split("\\(")[0];
        int paren = expression.lastIndexOf('(');
        for (int at = 0, depth = 0, dot = -1; at < expression.length(); at++) {
            char c = expression.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == '.' && depth == 0) {
                dot = at;
            }
            if (c == '(' && depth == 1 && at <= paren) {
                call = expression.substring(dot + 1, at);
            }
        }
        call = call.replaceAll("[^\\w$].*|.*[^\\w$]", "").replaceFirst("^(get|is|has|to|create|make|compute)(?=[A-Z])", "");
        return call.isEmpty() ? "result" : call.substring(0, 1).toLowerCase(Locale.ROOT) + call.substring(1);
    }
}
