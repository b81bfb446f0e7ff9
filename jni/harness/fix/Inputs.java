package varyharness;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Small values of a type, as expressions: those that the code itself speaks of come first. */
final class Inputs {

    private static final int OBJECTS_MAX = 64;
    private static final int DEPTH_MAX = 2;

    private final Source source;
    private final Shapes shapes;
    private final List<String> numbers = new ArrayList<>();
    private final List<String> chars = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    /** @param literals of the changed method: whole numbers, 'c' and "text" */
    Inputs(Source source, Shapes shapes, List<String> literals) {
        this.source = source;
        this.shapes = shapes;
        for (String literal : literals) {
            (literal.startsWith("'") ? chars : literal.startsWith("\"") ? texts : numbers).add(literal);
        }
    }

    private static List<String> with(List<String> first, String... rest) {
        Set<String> all = new LinkedHashSet<>(first);
        all.addAll(List.of(rest));
        return new ArrayList<>(all);
    }

    private List<String> around() {
        Set<String> all = new LinkedHashSet<>();
        for (String number : numbers) {
            long value = Long.parseLong(number);
            all.add(number);
            all.add(String.valueOf(value + 1));
            all.add(String.valueOf(value - 1));
        }
        all.addAll(List.of("1", "0", "-1", "2", "3", "10"));
        return new ArrayList<>(all);
    }

    private static List<String> suffixed(List<String> numbers, String before, String after) {
        List<String> all = new ArrayList<>();
        for (String number : numbers) {
            all.add(before + number + after);
        }
        return all;
    }

    private List<String> texts() {
        List<String> all = with(List.of("\" a,b\\\"c\\nd \""), texts.toArray(new String[0]));
        all = with(all, "\"ab\"", "\"\"", "\"a\"", "\" \"", "\" a b \"", "\"a,b\\nc\"", "\"12\"",
                "\"\\\"a\\\"\"", "\"#a\"");
        for (String c : chars) {
            String inner = c.substring(1, c.length() - 1).replace("\"", "\\\"").replace("\\'", "'");
            all.add("\"" + inner + "\"");
            all.add("\"a" + inner + "\"");
            all.add("\"" + inner + "b\"");
        }
        return all;
    }

    List<String> of(TypeMirror type, int depth) {
        switch (type.getKind()) {
            case BOOLEAN:
                return List.of("true", "false");
            case CHAR:
                return with(chars, "'a'", "' '", "','", "'\"'", "'\\n'", "'0'", "'\\0'");
            case INT:
                return fits(around(), Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG:
                return suffixed(around(), "", "L");
            case SHORT:
                return suffixed(fits(around(), Short.MIN_VALUE, Short.MAX_VALUE), "(short) ", "");
            case BYTE:
                return suffixed(fits(around(), Byte.MIN_VALUE, Byte.MAX_VALUE), "(byte) ", "");
            case FLOAT:
                return List.of("1.5f", "0f", "-1f", "2f", "Float.NaN");
            case DOUBLE:
                return List.of("1.5", "0.0", "-1.0", "2.0", "Double.NaN");
            case ARRAY:
                return arrays((ArrayType) type, depth);
            case DECLARED:
                return declared((DeclaredType) type, depth);
            case TYPEVAR:
                return of(source.types.erasure(type), depth);
            default:
                return List.of();
        }
    }

    private static List<String> fits(List<String> numbers, long least, long most) {
        List<String> all = new ArrayList<>(numbers);
        all.removeIf(number -> Long.parseLong(number) < least || Long.parseLong(number) > most);
        return all;
    }

    private List<String> arrays(ArrayType type, int depth) {
        TypeMirror item = source.types.erasure(type.getComponentType());
        if (type.getComponentType().getKind() == TypeKind.ARRAY || depth >= DEPTH_MAX) {
            return List.of();
        }
        List<String> items = of(item, depth + 1);
        String front = "new " + spell(item) + "[] {";
        List<String> all = new ArrayList<>();
        if (items.size() > 1) {
            all.add(front + items.get(0) + ", " + items.get(1) + "}");
            all.add(front + items.get(1) + ", " + items.get(0) + ", " + items.get(items.size() - 1) + "}");
        }
        if (!items.isEmpty()) {
            all.add(front + items.get(0) + "}");
        }
        all.add(front + "}");
        return all;
    }

    String spell(TypeMirror type) {
        TypeElement element = shapes.element(type);
        return element == null ? type.toString() : source.spell(element.getQualifiedName().toString());
    }

    private String jdk(String name) {
        return source.spell(name);
    }

    private List<String> declared(DeclaredType type, int depth) {
        TypeElement element = (TypeElement) type.asElement();
        String name = element.getQualifiedName().toString();
        if (shapes.isBoxed(type)) {
            return of(source.types.unboxedType(type), depth);
        }
        switch (name) {
            case "java.lang.String":
            case "java.lang.CharSequence":
                return with(texts(), "null");
            case "java.lang.Object":
            case "java.lang.Comparable":
                return with(texts(), "1", "1.5", "true", "null");
            case "java.lang.Number":
                return List.of("1", "1.5", "0", "-1L");
            case "java.io.Reader":
            case "java.io.StringReader":
                return suffixed(texts(), "new " + jdk("java.io.StringReader") + "(", ")");
            case "java.io.BufferedReader":
                return suffixed(texts(), "new " + jdk(name) + "(new " + jdk("java.io.StringReader") + "(", "))");
            case "java.io.InputStream":
                return suffixed(texts(), "new " + jdk("java.io.ByteArrayInputStream") + "(", ".getBytes())");
            case "java.lang.Iterable":
            case "java.util.Collection":
            case "java.util.List":
                return List.of(jdk("java.util.Arrays") + ".asList(\"a\", \"b\")",
                        jdk("java.util.Collections") + ".emptyList()",
                        jdk("java.util.Arrays") + ".asList(1, 2, 3)");
            case "java.util.Set":
                return List.of("new java.util.TreeSet<>(java.util.Arrays.asList(\"a\", \"b\"))",
                        jdk("java.util.Collections") + ".emptySet()");
            case "java.util.Map":
                return List.of("new java.util.TreeMap<>(java.util.Collections.singletonMap(\"a\", \"b\"))",
                        "new java.util.TreeMap<>()");
            case "java.util.Locale":
                return List.of("java.util.Locale.ROOT", "java.util.Locale.ENGLISH");
            case "java.nio.charset.Charset":
                return List.of("java.nio.charset.StandardCharsets.UTF_8");
            default:
                return depth > DEPTH_MAX || !Shapes.isProject(element) ? List.of() : objects(element, depth);
        }
    }

    /** Ways to get an object: constants, factories, constructors, and what can be made from those. */
    private List<String> objects(TypeElement type, int depth) {
        Set<String> all = new LinkedHashSet<>();
        if (!shapes.isAccessibleType(type)) {
            return List.of();
        }
        String name = source.spell(type.getQualifiedName().toString());
        for (Element member : source.elements.getAllMembers(source.classElement())) {
            if (member.getKind() == ElementKind.FIELD && isOf(member.asType(), type)) {
                all.add(member.getSimpleName().toString());    // the test sets it up
            }
        }
        for (Element member : type.getEnclosedElements()) {
            if (shapes.isAccessible(member) && member.getModifiers().contains(Modifier.STATIC)
                    && member instanceof VariableElement && isOf(member.asType(), type)) {
                all.add(name + "." + member.getSimpleName());
            }
        }
        if (!type.getModifiers().contains(Modifier.ABSTRACT) && type.getKind() == ElementKind.CLASS) {
            for (ExecutableElement one : ElementFilter.constructorsIn(type.getEnclosedElements())) {
                addCalls("new " + name, one, depth, all);
            }
        }
        for (ExecutableElement one : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (one.getModifiers().contains(Modifier.STATIC) && isOf(one.getReturnType(), type)) {
                addCalls(name + "." + one.getSimpleName(), one, depth, all);
            }
        }
        if (depth == 0) {
            addVariants(type, all);
        }
        if (depth > 0) {
            all.add("null");
        }
        List<String> some = new ArrayList<>(all);
        return some.size() > OBJECTS_MAX ? some.subList(0, OBJECTS_MAX) : some;
    }

    private boolean isOf(TypeMirror type, TypeElement element) {
        return shapes.element(type) == element;
    }

    private void addCalls(String front, ExecutableElement method, int depth, Set<String> all) {
        if (!shapes.isAccessible(method) || !shapes.isSafe(method) || method.getParameters().size() > 6) {
            return;
        }
        List<List<String>> values = new ArrayList<>();
        for (VariableElement parameter : method.getParameters()) {
            values.add(of(parameter.asType(), depth + 1));
        }
        for (List<String> arguments : combine(values, depth == 0 ? 24 : 4)) {
            all.add(front + "(" + String.join(", ", arguments) + ")");
        }
    }

    /** x.withA(1), x.builder().setA(1).build(): for the first few objects, whatever can be set to another value. */
    private void addVariants(TypeElement type, Set<String> all) {
        List<String> bases = new ArrayList<>(all);
        List<String> added = new ArrayList<>();
        for (String base : bases.subList(0, Math.min(1, bases.size()))) {
            addFluent(base, type, type, "", added);
            for (ExecutableElement one : ElementFilter.methodsIn(type.getEnclosedElements())) {
                TypeElement builder = shapes.element(one.getReturnType());
                if (builder != null && builder != type && one.getParameters().isEmpty() && shapes.isAccessible(one)
                        && shapes.isSafe(one) && !one.getModifiers().contains(Modifier.STATIC) && Shapes.isProject(builder)) {
                    for (ExecutableElement end : ElementFilter.methodsIn(builder.getEnclosedElements())) {
                        if (end.getParameters().isEmpty() && isOf(end.getReturnType(), type) && shapes.isSafe(end)) {
                            addFluent(base + "." + one.getSimpleName() + "()", builder, builder,
                                    "." + end.getSimpleName() + "()", added);
                        }
                    }
                }
            }
        }
        int spread = Math.max(1, added.size() / OBJECTS_MAX);
        List<String> firsts = new ArrayList<>(all);
        all.clear();
        all.addAll(firsts.subList(0, Math.min(8, firsts.size())));
        for (int offset = 0; offset < spread; offset++) {
            for (int i = offset; i < added.size(); i += spread) {
                all.add(added.get(i));
            }
        }
    }

    private void addFluent(String base, TypeElement type, TypeElement result, String end, List<String> added) {
        for (ExecutableElement one : ElementFilter.methodsIn(type.getEnclosedElements())) {
            if (!isOf(one.getReturnType(), result) || one.getParameters().size() > 1 || !shapes.isAccessible(one)
                    || !shapes.isSafe(one)
                    || one.getModifiers().contains(Modifier.STATIC)
                    || source.elements.isDeprecated(one) && !end.isEmpty()) {
                continue;
            }
            List<List<String>> values = new ArrayList<>();
            for (VariableElement parameter : one.getParameters()) {
                values.add(of(parameter.asType(), DEPTH_MAX - 1));
            }
            for (List<String> arguments : combine(values, 3)) {
                added.add(base + "." + one.getSimpleName() + "(" + String.join(", ", arguments) + ")" + end);
            }
        }
    }

    /** At most `most` choices of one value each: the first of all, then one after the other changed, then mixtures. */
    static List<List<String>> combine(List<List<String>> values, int most) {
        Set<List<String>> all = new LinkedHashSet<>();
        List<String> first = new ArrayList<>();
        int longest = 1;
        for (List<String> choices : values) {
            if (choices.isEmpty()) {
                return List.of();
            }
            first.add(choices.get(0));
            longest = Math.max(longest, choices.size());
        }
        all.add(first);
        int single = values.size() < 2 ? most : most * 2 / 3;   // the rest for mixtures
        for (int i = 1; i < longest && all.size() < single; i++) {
            for (int at = 0; at < values.size() && all.size() < single; at++) {
                List<String> other = new ArrayList<>(first);
                other.set(at, values.get(at).get(i % values.get(at).size()));
                all.add(other);
            }
        }
        long random = 1;
        for (int tries = 0; tries < most * 4 && all.size() < most && values.size() > 1; tries++) {
            List<String> other = new ArrayList<>();
            for (List<String> choices : values) {
                random = random * 6364136223846793005L + 1442695040888963407L;
                other.add(choices.get((int) ((random >>> 33) % choices.size())));
            }
            all.add(other);
        }
        return new ArrayList<>(all);
    }
}
