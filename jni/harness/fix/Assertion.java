package varyharness;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Element;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Assertions in the words of the test's own framework. */
final class Assertion {

    private enum Framework {
        JUPITER("org.junit.jupiter.api.Assertions", "org.junit.jupiter.api.Test"),
        JUNIT4("org.junit.Assert", "org.junit.Test"),
        TESTNG("org.testng.Assert", "org.testng.annotations.Test"),
        JUNIT3("junit.framework.TestCase", null);

        final String assertions;
        final String test;

        Framework(String assertions, String test) {
            this.assertions = assertions;
            this.test = test;
        }
    }

    private static final String ASSERTJ = "org.assertj.core.api.Assertions";

    /** Imports that the last assertion needs and the file has not. */
    final List<String> imports = new ArrayList<>();

    private final Source source;
    private final Framework framework;
    private final boolean fluent;

    Assertion(Source source) {
        this.source = source;
        this.framework = find(source);
        this.fluent = (source.staticImports.contains(ASSERTJ + ".assertThat")
                || source.staticImports.contains(ASSERTJ + ".*"))
                && framework != null && !isImported(framework.assertions, "assertEquals");
    }

    boolean isKnown() {
        return framework != null;
    }

    /** Whether a test is one by its name. */
    boolean needsPrefix() {
        return framework == Framework.JUNIT3;
    }

    private static Framework find(Source source) {
        for (TreePath path : source.methods.values()) {
            for (AnnotationTree one : ((MethodTree) path.getLeaf()).getModifiers().getAnnotations()) {
                Element type = source.trees.getElement(new TreePath(new TreePath(path, one), one.getAnnotationType()));
                String name = type == null ? "" : type.toString();
                if (name.startsWith("org.junit.jupiter.")) {
                    return Framework.JUPITER;
                }
                if (name.equals("org.junit.Test")) {
                    return Framework.JUNIT4;
                }
                if (name.equals("org.testng.annotations.Test")) {
                    return Framework.TESTNG;
                }
            }
        }
        if (source.isKnown("junit.framework.TestCase") && source.types.isSubtype(source.classElement().asType(),
                source.elements.getTypeElement("junit.framework.TestCase").asType())) {
            return Framework.JUNIT3;
        }
        return source.isKnown(Framework.TESTNG.test) && source.text.contains("org.testng") ? Framework.TESTNG : null;
    }

    private boolean isImported(String owner, String name) {
        return source.staticImports.contains(owner + "." + name) || source.staticImports.contains(owner + ".*");
    }

    private String call(String name, String arguments) {
        if (framework == Framework.JUNIT3 || isImported(framework.assertions, name)) {
            return name + "(" + arguments + ")";
        }
        if (source.imports.contains(framework.assertions)) {
            return source.spell(framework.assertions) + "." + name + "(" + arguments + ")";
        }
        if (!source.words.contains(name) || !source.methods.containsKey(name)) {
            imports.add("import static " + framework.assertions + "." + name + ";");
            return name + "(" + arguments + ")";
        }
        return framework.assertions + "." + name + "(" + arguments + ")";
    }

    private String equal(String expected, String actual, String delta) {
        String pair = framework == Framework.TESTNG ? actual + ", " + expected : expected + ", " + actual;
        return call("assertEquals", pair + delta);
    }

    /**
     * That the expression has the value which Notes told.
     *
     * @return null where no assertion can say so
     */
    String of(String expression, TypeMirror type, char kind, String text) {
        imports.clear();
        switch (kind) {
            case 'v':
                return value(expression, type, text);
            case 't':
                return fluent ? fluent(text(expression, type), text) : equal(text, text(expression, type), "");
            case 'a':
                String items = source.spell("java.util.Arrays") + ".toString(" + cast(expression, type) + ")";
                return fluent ? fluent(items, text) : equal(text, items, "");
            case 'o':
                return fluent ? "assertThat(" + expression + ").isNotNull()" : call("assertNotNull", expression);
            case 'x':
                return thrown(expression, text);
            default:
                return null;
        }
    }

    private static String text(String expression, TypeMirror type) {
        return type != null && type.getKind() == TypeKind.TYPEVAR ? "String.valueOf(" + expression + ")"
                : expression + ".toString()";
    }

    private static String cast(String expression, TypeMirror type) {
        return type != null && type.getKind() == TypeKind.ARRAY ? expression : "(Object[]) " + expression;
    }

    private static String fluent(String actual, String expected) {
        return "assertThat(" + actual + ").isEqualTo(" + expected + ")";
    }

    private String value(String expression, TypeMirror type, String text) {
        boolean primitive = type != null && type.getKind().isPrimitive();
        String unboxed = unboxed(type);
        String expected = spelt(text);
        if (fluent) {
            return text.equals("null") ? "assertThat(" + expression + ").isNull()" : fluent(expression, expected);
        }
        if (text.equals("null")) {
            return call("assertNull", expression);
        }
        if (text.equals("true") || text.equals("false")) {
            return call(text.equals("true") ? "assertTrue" : "assertFalse",
                    primitive || unboxed != null ? expression : "(Boolean) " + expression);
        }
        if (primitive) {
            return equal(narrow(expected, type.getKind()), expression,
                    type.getKind() == TypeKind.DOUBLE || type.getKind() == TypeKind.FLOAT ? ", 0" : "");
        }
        if (unboxed != null) {
            boolean real = unboxed.equals("double") || unboxed.equals("float");
            return equal(unboxed.equals("byte") || unboxed.equals("short") ? "(" + unboxed + ") " + expected : expected,
                    "(" + unboxed + ") " + expression, real ? ", 0" : "");
        }
        return equal(text.startsWith("\"") || text.indexOf('.') > 0 && Character.isLetter(text.charAt(0)) ? expected
                : "(Object) " + expected, expression, "");
    }

    private static String narrow(String text, TypeKind kind) {
        return kind == TypeKind.BYTE ? "(byte) " + text : kind == TypeKind.SHORT ? "(short) " + text : text;
    }

    private String unboxed(TypeMirror type) {
        try {
            return type == null || type.getKind() != TypeKind.DECLARED ? null
                    : source.types.unboxedType(type).toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A constant of an enum as the file would spell it. */
    private String spelt(String text) {
        int dot = text.lastIndexOf('.');
        if (dot < 0 || text.startsWith("\"") || !Character.isJavaIdentifierStart(text.charAt(0))) {
            return text;
        }
        return source.spell(text.substring(0, dot)) + text.substring(dot);
    }

    /** @param text the class and, after a tab, the message where there is one */
    private String thrown(String expression, String text) {
        int tab = text.indexOf('\t');
        String type = tab < 0 ? text : text.substring(0, tab);
        String spelt = source.spell(type);
        if (tab >= 0 && !fluent && framework != Framework.JUNIT3 && framework != Framework.TESTNG
                && (framework != Framework.JUNIT4 || source.isKnown("org.junit.function.ThrowingRunnable"))) {
            String caught = call("assertThrows", spelt + ".class, () -> " + expression);
            return equal(text.substring(tab + 1), caught + ".getMessage()", "");
        }
        if (fluent) {
            return ASSERTJ + ".assertThatThrownBy(() -> " + expression + ").isInstanceOf(" + spelt + ".class)";
        }
        if (framework == Framework.JUNIT3 || framework == Framework.JUNIT4
                && !source.isKnown("org.junit.function.ThrowingRunnable")) {
            return null;
        }
        return call("assertThrows", spelt + ".class, () -> " + expression);
    }

    /** A test method around statements. */
    String test(String name, List<String> statements, String indent) {
        StringBuilder method = new StringBuilder();
        if (framework.test != null) {
            method.append(indent).append("@").append(source.spell(framework.test)).append('\n');
        }
        method.append(indent).append(framework == Framework.JUPITER ? "" : "public ").append("void ").append(name)
                .append("() throws Exception {\n");
        for (String one : statements) {
            method.append(indent).append(indent.isEmpty() ? "    " : indent).append(one).append('\n');
        }
        return method.append(indent).append("}\n").toString();
    }
}
