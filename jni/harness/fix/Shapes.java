package varyharness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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

/** What can be asked of a value by its type, without changing it, as far as names tell. */
final class Shapes {

    static final class Question {
        final String text;
        final TypeMirror type;
        final int rank;

        Question(String text, TypeMirror type, int rank) {
            this.text = text;
            this.type = type;
            this.rank = rank;
        }
    }

    private static final Map<TypeKind, String> LETTERS = Map.of(TypeKind.BOOLEAN, "Z", TypeKind.BYTE, "B",
            TypeKind.CHAR, "C", TypeKind.SHORT, "S", TypeKind.INT, "I", TypeKind.LONG, "J", TypeKind.FLOAT, "F",
            TypeKind.DOUBLE, "D", TypeKind.VOID, "V");
    private static final int QUESTIONS_MAX = 60;
    private static final Set<String> NEVER = Set.of("getClass", "hashCode", "clone", "toArray", "iterator",
            "spliterator", "isAlive", "getNext", "hasNext", "asIterator", "toFile", "getBytes");
    private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.",
            "org.junit.", "junit.", "org.hamcrest.", "org.assertj.", "org.testng.", "org.mockito.", "org.easymock.",
            "com.google.common.truth.", "kotlin.", "groovy.", "scala.", "org.opentest4j.", "varyharness.");

    /** Methods that must not be called with made-up inputs: CLASS#METHOD and descriptor. */
    final Set<String> unsafe = new HashSet<>();

    private final Source source;
    private final List<String> words;

    /** @param words string literals to ask with */
    Shapes(Source source, List<String> words) {
        this.source = source;
        this.words = words;
    }

    static boolean isProject(TypeElement type) {
        String name = type.getQualifiedName().toString();
        for (String prefix : FRAMEWORKS) {
            if (name.startsWith(prefix)) {
                return false;
            }
        }
        return true;
    }

    TypeElement element(TypeMirror type) {
        return type != null && type.getKind() == TypeKind.DECLARED ? (TypeElement) ((DeclaredType) type).asElement()
                : null;
    }

    boolean isBoxed(TypeMirror type) {
        try {
            return type != null && type.getKind() == TypeKind.DECLARED && source.types.unboxedType(type) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Values that Java can spell. */
    boolean isSimple(TypeMirror type) {
        TypeElement element = element(type);
        return type != null && type.getKind().isPrimitive() || element != null
                && (element.getKind() == ElementKind.ENUM || isBoxed(type)
                || element.getQualifiedName().contentEquals("java.lang.String"));
    }

    private boolean isOf(TypeMirror type, String name) {
        TypeElement wanted = source.elements.getTypeElement(name);
        return wanted != null && type.getKind() == TypeKind.DECLARED
                && source.types.isAssignable(source.types.erasure(type), source.types.erasure(wanted.asType()));
    }

    /** Whether Notes can tell it although it is not simple. */
    boolean isTold(TypeMirror type) {
        TypeElement element = element(type);
        if (type instanceof ArrayType) {
            return true;
        }
        if (element == null) {
            return type.getKind() == TypeKind.TYPEVAR;
        }
        String name = element.getQualifiedName().toString();
        return isOf(type, "java.util.Collection") || isOf(type, "java.util.Map") || isOf(type, "java.util.Optional")
                || isOf(type, "java.lang.CharSequence") || isOf(type, "java.lang.Number")
                || name.startsWith("java.time.") || name.equals("java.lang.Object")
                || name.equals("java.lang.Comparable") || name.equals("java.util.Locale");
    }

    boolean isAccessible(Element member) {
        return member.getModifiers().contains(Modifier.PUBLIC) || !member.getModifiers().contains(Modifier.PRIVATE)
                && source.elements.getPackageOf(member).getQualifiedName().contentEquals(source.packageName());
    }

    boolean isAccessibleType(TypeElement type) {
        for (Element at = type; at instanceof TypeElement; at = at.getEnclosingElement()) {
            if (!isAccessible(at)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGetter(ExecutableElement method, TypeElement owner) {
        String name = method.getSimpleName().toString();
        return !NEVER.contains(name) && (name.matches("(get|is|has|to|as|count|contains|find|index|current|peek|stream)([A-Z].*)?")
                || name.matches("size|length|name|ordinal|value|values|keys|key|first|last|message|text|id|count.*")
                || owner.getKind().name().equals("RECORD") || hasField(owner, name));
    }

    /** A method that is called as a field is tells it, most likely. */
    private static boolean hasField(TypeElement owner, String name) {
        for (Element field : ElementFilter.fieldsIn(owner.getEnclosedElements())) {
            if (field.getSimpleName().contentEquals(name)) {
                return true;
            }
        }
        return false;
    }

    /** What to ask of `text`, a value of the type, beginning with itself. */
    List<Question> of(String text, TypeMirror type, int rank) {
        List<Question> all = new ArrayList<>();
        ask(text, type, rank, 0, all);
        return all;
    }

    private void ask(String text, TypeMirror type, int rank, int depth, List<Question> all) {
        TypeElement element = element(type);
        if (type == null || all.size() > QUESTIONS_MAX) {
            return;
        }
        if (isThrowable(type)) {
            all.add(new Question(text + ".getMessage()", string(), rank + 1));
        }
        if (isSimple(type)) {
            all.add(new Question(text, type, rank));
        } else if (isTold(type)) {
            all.add(new Question(text, type, rank + 2));
        } else if (element == null) {
            return;
        } else if (isOf(type, "java.util.stream.BaseStream")) {
            all.add(new Question(source.spell("java.util.Arrays") + ".toString(" + text + ".toArray())", string(),
                    rank + 4));
        } else if (isOf(type, "java.io.StringWriter") || isOf(type, "java.io.ByteArrayOutputStream")
                || isOf(type, "java.nio.CharBuffer") || isOf(type, "java.util.StringJoiner")) {
            all.add(new Question(text + ".toString()", string(), rank + 1));
        } else if (isProject(element) && isAccessibleType(element)) {
            all.add(new Question(text, type, rank + 3));    // at least whether it is null
            askMembers(text, (DeclaredType) type, element, rank, depth, all);
        }
    }

    boolean isThrowable(TypeMirror type) {
        return type != null && isOf(type, "java.lang.Throwable");
    }

    TypeMirror string() {
        return source.elements.getTypeElement("java.lang.String").asType();
    }

    private void askMembers(String text, DeclaredType type, TypeElement element, int rank, int depth,
            List<Question> all) {
        List<Question> later = new ArrayList<>();
        for (Element member : source.elements.getAllMembers(element)) {
            if (!isAccessible(member) || member.getModifiers().contains(Modifier.STATIC)
                    || !isProject((TypeElement) member.getEnclosingElement())) {
                continue;
            }
            TypeMirror told = source.types.asMemberOf(type, member);
            if (member.getKind() == ElementKind.FIELD && isSimple(told)) {
                all.add(new Question(text + "." + member.getSimpleName(), told, rank + 1));
            } else if (member.getKind() == ElementKind.METHOD) {
                askMethod(text, (ExecutableElement) member, element, rank + 1, depth, all, later);
            }
        }
        all.addAll(later);
    }

    private void askMethod(String text, ExecutableElement method, TypeElement owner, int rank, int depth,
            List<Question> all, List<Question> later) {
        String name = method.getSimpleName().toString();
        TypeMirror result = method.getReturnType();
        if (!isGetter(method, owner) || result.getKind() == TypeKind.VOID || !isSafe(method)) {
            return;
        }
        if (method.getParameters().isEmpty()) {
            String call = text + "." + name + "()";
            int own = name.equals("toString") ? rank + 5 : rank;
            if (isSimple(result) || isTold(result) || depth == 0) {
                ask(call, result, own + depth * 2, depth + 1, all);
            }
        } else if (method.getParameters().size() == 1 && (isSimple(result) || isTold(result)) && depth == 0) {
            TypeMirror parameter = method.getParameters().get(0).asType();
            if (parameter.getKind() == TypeKind.INT) {
                later.add(new Question(text + "." + name + "(0)", result, rank + 2));
                later.add(new Question(text + "." + name + "(1)", result, rank + 3));
            } else if (parameter.toString().equals("java.lang.String")) {
                for (String word : words) {
                    later.add(new Question(text + "." + name + "(" + word + ")", result, rank + 3));
                }
            }
        }
    }

    /** Methods of the type that can be called from the test, its own and inherited ones of the project. */
    List<ExecutableElement> methods(TypeElement type, String name) {
        List<ExecutableElement> found = new ArrayList<>();
        Iterable<ExecutableElement> all = name.equals("<init>")
                ? ElementFilter.constructorsIn(type.getEnclosedElements())
                : ElementFilter.methodsIn(type.getEnclosedElements());
        for (ExecutableElement one : all) {
            if (one.getSimpleName().contentEquals(name) && isAccessible(one) && isSafe(one)) {
                found.add(one);
            }
        }
        return found;
    }

    boolean isSafe(ExecutableElement method) {
        if (unsafe.isEmpty()) {
            return true;
        }
        StringBuilder name = new StringBuilder(source.elements.getBinaryName((TypeElement) method.getEnclosingElement()));
        name.append('#').append(method.getSimpleName()).append('(');
        for (VariableElement parameter : method.getParameters()) {
            describe(parameter.asType(), name);
        }
        describe(method.getReturnType(), name.append(')'));
        return !unsafe.contains(name.toString());
    }

    private void describe(TypeMirror type, StringBuilder descriptor) {
        TypeMirror erased = type.getKind() == TypeKind.VOID ? type : source.types.erasure(type);
        if (erased instanceof ArrayType) {
            describe(((ArrayType) erased).getComponentType(), descriptor.append('['));
        } else if (erased.getKind() == TypeKind.DECLARED) {
            String name = source.elements.getBinaryName((TypeElement) ((DeclaredType) erased).asElement()).toString();
            descriptor.append('L').append(name.replace('.', '/')).append(';');
        } else {
            descriptor.append(LETTERS.getOrDefault(erased.getKind(), "?"));
        }
    }
}
