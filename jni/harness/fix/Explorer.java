package varyharness;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Calls methods of the project with inputs made up for them, in place of a test. */
final class Explorer {

    private static final int CALLS_MAX = 4000;
    private static final int CALLS_OF_ONE_MAX = 1000;
    private static final int QUESTIONS_MAX = 8;     // about what one call returns or leaves
    private static final Pattern SET = Pattern.compile("\\.(?:set|with|add|put|enable)([A-Z]\\w*)\\(");
    private static final int CALLS_A_METHOD = 80;   // a method has room for 64 KiB of code

    private final Source source;
    private final List<Candidate> all;
    private final Shapes shapes;
    private final Inputs inputs;
    private TreePath host;
    private int room;
    private int calls;
    private String bare;    // the call under way

    Explorer(Source source, List<Candidate> all, List<String> literals, List<String> unsafe) {
        this.source = source;
        this.all = all;
        this.shapes = new Shapes(source, List.of());
        shapes.unsafe.addAll(unsafe);
        this.inputs = new Inputs(source, shapes, literals);
    }

    String host() {
        return ((MethodTree) host.getLeaf()).getName().toString();
    }

    void explore(List<String> entries, List<String> hosts) {
        for (String name : hosts) {
            TreePath path = source.methods.get(name);
            if (host == null && path != null && isPlain((MethodTree) path.getLeaf())) {
                host = path;
            }
        }
        if (host == null) {
            throw new IllegalArgumentException(source.className + " has no plain test method");
        }
        int share = Math.max(100, CALLS_MAX / Math.max(1, entries.size()));
        for (String entry : entries) {
            int hash = entry.indexOf('#');
            TypeElement type = source.elements.getTypeElement(entry.substring(0, hash).replace('$', '.'));
            if (type == null || !shapes.isAccessibleType(type)) {
                continue;
            }
            if (entry.endsWith("#<clinit>")) {
                room = CALLS_OF_ONE_MAX;
                exploreFields(type);
                continue;
            }
            List<ExecutableElement> methods = shapes.methods(type, entry.substring(hash + 1));
            for (ExecutableElement method : methods) {
                room = Math.min(Math.min(share / methods.size() + 1, CALLS_OF_ONE_MAX), CALLS_MAX - all.size());
                explore(type, method);
            }
        }
    }

    /** What the class's static initialiser set. */
    private void exploreFields(TypeElement type) {
        String name = source.spell(type.getQualifiedName().toString());
        for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            if (!field.getModifiers().contains(Modifier.STATIC) || !shapes.isAccessible(field)
                    || field.getConstantValue() != null) {
                continue;
            }
            for (Shapes.Question one : shapes.of(name + "." + field.getSimpleName(), field.asType(), 20)) {
                calls++;
                bare = one.text;
                add(field.getSimpleName().toString().toLowerCase(Locale.ROOT), "", List.of(), one.text, one.type, one.rank);
            }
        }
    }

    private static boolean isPlain(MethodTree tree) {
        boolean plain = tree.getParameters().isEmpty() && tree.getReturnType() != null;
        for (AnnotationTree one : tree.getModifiers().getAnnotations()) {
            String name = one.getAnnotationType().toString();
            plain &= one.getArguments().isEmpty() && (name.endsWith("Test") || name.endsWith("Override"));
        }
        return plain;
    }

    private boolean isOut(TypeMirror type) {
        TypeElement element = shapes.element(type);
        return element != null && List.of("java.lang.Appendable", "java.lang.StringBuilder", "java.lang.StringBuffer",
                "java.io.Writer", "java.io.StringWriter", "java.io.OutputStream", "java.io.ByteArrayOutputStream")
                .contains(element.getQualifiedName().toString());
    }

    private String newOut(TypeMirror type) {
        String name = shapes.element(type).getQualifiedName().toString();
        return name.equals("java.lang.Appendable") ? "StringBuilder"
                : name.equals("java.io.Writer") ? source.spell("java.io.StringWriter")
                : name.equals("java.io.OutputStream") ? source.spell("java.io.ByteArrayOutputStream")
                : source.spell(name);
    }

    private boolean isOverloaded(TypeElement type, ExecutableElement method) {
        int n = 0;
        for (ExecutableElement one : shapes.methods(type, method.getSimpleName().toString())) {
            n += one.getParameters().size() == method.getParameters().size() ? 1 : 0;
        }
        return n > 1;
    }

    /** Null is the second that is tried: what becomes of it is often forgotten. */
    private List<String> withNull(List<String> values, TypeMirror type, boolean isCast) {
        if (type.getKind().isPrimitive() || values.isEmpty()) {
            return values;
        }
        List<String> all = new ArrayList<>(values);
        all.remove("null");
        all.add(Math.min(1, all.size()), isCast ? "(" + inputs.spell(source.types.erasure(type)) + ") null" : "null");
        return all;
    }

    private void explore(TypeElement type, ExecutableElement method) {
        boolean isNew = method.getKind() == ElementKind.CONSTRUCTOR;
        boolean isStatic = method.getModifiers().contains(Modifier.STATIC);
        String name = source.spell(type.getQualifiedName().toString());
        List<List<String>> values = new ArrayList<>();
        List<String> outs = new ArrayList<>();
        boolean isOverloaded = isOverloaded(type, method);
        if (isNew && (type.getModifiers().contains(Modifier.ABSTRACT) || type.getKind() == ElementKind.ENUM)) {
            return;
        }
        if (!isNew && !isStatic) {
            values.add(inputs.of(source.types.erasure(type.asType()), 0));
        }
        for (VariableElement parameter : method.getParameters()) {
            TypeMirror wanted = parameter.asType();
            boolean same = method.getSimpleName().contentEquals("equals");
            if (isOut(wanted)) {
                String out = outs.isEmpty() ? "out" : "out" + (outs.size() + 1);
                outs.add(newOut(wanted) + " " + out + " = new " + newOut(wanted) + "();");
                values.add(List.of(out));
            } else {
                values.add(withNull(inputs.of(same ? type.asType() : wanted, 1), wanted, isOverloaded));
            }
        }
        for (List<String> chosen : Inputs.combine(values, room)) {
            String receiver = isNew ? "new " + name : isStatic ? name + "." + method.getSimpleName()
                    : chosen.get(0) + "." + method.getSimpleName();
            String call = receiver + "("
                    + String.join(", ", isNew || isStatic ? chosen : chosen.subList(1, chosen.size())) + ")";
            add(type, method, isNew ? type.asType() : method.getReturnType(), call, outs,
                    isNew || isStatic ? null : chosen.get(0));
        }
    }

    /** What was set is asked for first: getName() after setName("a"). */
    private static List<Shapes.Question> fittingFirst(String call, List<Shapes.Question> questions) {
        Matcher set = SET.matcher(call);
        List<Shapes.Question> all = new ArrayList<>();
        while (set.find()) {
            Pattern asks = Pattern.compile("\\.(?:get|is|has)?" + set.group(1) + "\\(\\)", Pattern.CASE_INSENSITIVE);
            for (Shapes.Question one : questions) {
                if (asks.matcher(one.text).find(one.text.startsWith(call) ? call.length() : 0) && !all.contains(one)) {
                    all.add(one);
                }
            }
        }
        for (Shapes.Question one : questions) {
            if (!all.contains(one)) {
                all.add(one);
            }
        }
        return all;
    }

    private void add(TypeElement type, ExecutableElement method, TypeMirror result, String call, List<String> outs,
            String receiver) {
        int rank = 20 + call.length() / 12 + 2 * (call.split("\\bnull\\b", -1).length - 1);
        bare = call;
        calls++;
        if (!outs.isEmpty()) {
            add(method.getSimpleName().toString(), call + "; ", outs, "out.toString()", null, rank + 2);
        }
        if (result.getKind() != TypeKind.VOID) {
            int n = 0;
            for (Shapes.Question one : fittingFirst(call, shapes.of(call, result, rank))) {
                if (n++ < QUESTIONS_MAX) {
                    add(method.getSimpleName().toString(), "", outs, one.text, one.type, one.rank);
                }
            }
        } else if (receiver != null && outs.isEmpty()) {
            String name = source.unused(type.getSimpleName().toString().substring(0, 1).toLowerCase(Locale.ROOT)
                    + type.getSimpleName().toString().substring(1));
            String variable = source.spell(type.getQualifiedName().toString()) + " " + name + " = " + receiver + ";";
            int n = 0;
            for (Shapes.Question one : fittingFirst(call, shapes.of(name, type.asType(), rank))) {
                if (n++ < QUESTIONS_MAX) {
                    add(method.getSimpleName().toString(), name + call.substring(receiver.length()) + "; ", List.of(variable), one.text, one.type,
                            one.rank + 1);
                }
            }
        }
    }

    private void add(String name, String call, List<String> outs, String expression, TypeMirror type, int rank) {
        if (room-- <= 0) {
            return;
        }
        Candidate one = new Candidate(all.size(), name.equals("<init>") ? "create" : name, expression, type, rank);
        one.call = calls;
        one.bare = expression.startsWith(bare + ".") ? bare : null;
        if (one.bare != null) {
            one.shapes.add(Candidate.Shape.BARE);
        }
        one.shapes.add(Candidate.Shape.NEW);
        if (name.equals("hashCode")) {
            one.rank += 40;    // a number that says nothing to a reader
        }
        one.setup.addAll(outs);
        if (!call.isEmpty()) {
            one.setup.add(call);
        }
        all.add(one);
    }

    private void replaceHost(String body, Edits edits) {
        MethodTree tree = (MethodTree) host.getLeaf();
        edits.replace(source.start(tree.getBody()) + 1, source.end(tree.getBody()) - 1, Fixer.STIR + body);
    }

    private int classEnd() {
        return source.end(source.classTree()) - 1;
    }

    void weave(Edits edits) {
        StringBuilder calls = new StringBuilder();
        String isStatic = ((MethodTree) host.getLeaf()).getModifiers().getFlags().contains(Modifier.STATIC)
                ? "static " : "";
        int n = 0;
        for (Candidate one : all) {
            if (one.dropped) {
                continue;
            }
            if (n % CALLS_A_METHOD == 0) {
                String name = "vary$explore" + n / CALLS_A_METHOD;
                calls.append(' ').append(name).append("();");
                edits.insert(classEnd(), (n > 0 ? "} " : "") + "private " + isStatic + "void " + name + "() {\n", -1);
            }
            edits.insert(classEnd(), Fixer.noting(one) + "\n", one.number);
            n++;
        }
        edits.insert(classEnd(), n > 0 ? "}\n" : "", -1);
        replaceHost(calls.toString(), edits);
    }

    /** The candidate as a test of its own, which the host then runs. */
    String test(Candidate one, Candidate.Shape shape, Assertion assertion, char kind, String text, Edits edits,
            List<String> texts) {
        boolean isBare = shape == Candidate.Shape.BARE;
        String check = isBare && kind != 'x' ? null
                : assertion.of(isBare ? one.bare : one.expression, one.type, kind, text);
        boolean isPrefixed = source.methods.keySet().stream().filter(m -> m.startsWith("test")).count() * 2
                > source.methods.size() || assertion.needsPrefix();
        String name = one.method;
        List<String> statements = new ArrayList<>();
        String indent = source.indent(source.start(host.getLeaf()));
        if (check == null) {
            return null;
        }
        if (isPrefixed) {
            name = "test" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        }
        name = source.unused(name);
        for (String statement : one.setup) {
            statements.add(statement.trim());
        }
        statements.add(check + ";");
        String code = assertion.test(name, statements, indent);
        edits.insert(classEnd(), "\n" + code, -1);
        replaceHost(" try { " + name + "(); } catch (RuntimeException | Error vary$e) { throw vary$e; }"
                + " catch (Exception vary$e) { throw new IllegalStateException(vary$e); } ", edits);
        int line = source.line(classEnd());
        texts.add(String.valueOf(line));
        texts.add(String.valueOf(line));
        texts.add("test");
        return assertion.test(name, statements, "").trim();
    }
}
