package varyharness;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** The source of a test class: its text, its trees with their types, and where everything stands. */
final class Source {

    final String path;
    final String text;
    final String className;
    final Trees trees;
    final Types types;
    final Elements elements;
    final CompilationUnitTree unit;
    final Set<String> imports = new HashSet<>();
    final Set<String> staticImports = new HashSet<>();
    final Set<String> words = new HashSet<>();
    final Map<String, TreePath> methods = new LinkedHashMap<>();
    TreePath classPath;

    /** @param className with $ between a class and one nested in it */
    Source(Project project, String path, String className) throws IOException {
        this.path = path;
        this.className = className;
        this.text = read(path);
        JavacTask task = project.task(this.text, path);
        List<CompilationUnitTree> units = new ArrayList<>();
        task.parse().forEach(units::add);
        task.analyze();
        this.unit = units.get(0);
        this.trees = Trees.instance(task);
        this.types = task.getTypes();
        this.elements = task.getElements();
        for (ImportTree one : unit.getImports()) {
            (one.isStatic() ? staticImports : imports).add(one.getQualifiedIdentifier().toString());
        }
        for (String word : text.split("[^\\w$]+")) {
            words.add(word);
        }
        find();
    }

    private static String read(String path) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(path));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private void find() {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree tree, Void none) {
                Element element = trees.getElement(getCurrentPath());
                String name = element instanceof TypeElement
                        ? elements.getBinaryName((TypeElement) element).toString() : "";
                if (name.equals(className)) {
                    classPath = getCurrentPath();
                }
                if (name.equals(className) || name.startsWith(className + "$")) {    // tests may be nested in it
                    for (Tree member : tree.getMembers()) {
                        if (member instanceof MethodTree && ((MethodTree) member).getBody() != null) {
                            methods.putIfAbsent(((MethodTree) member).getName().toString(),
                                    new TreePath(getCurrentPath(), member));
                        }
                    }
                }
                return super.visitClass(tree, none);
            }
        }.scan(unit, null);
    }

    ClassTree classTree() {
        return (ClassTree) classPath.getLeaf();
    }

    TypeElement classElement() {
        return (TypeElement) trees.getElement(classPath);
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    int start(Tree tree) {
        return (int) trees.getSourcePositions().getStartPosition(unit, tree);
    }

    int end(Tree tree) {
        return (int) trees.getSourcePositions().getEndPosition(unit, tree);
    }

    String text(Tree tree) {
        return text.substring(start(tree), end(tree));
    }

    int line(int position) {
        return (int) unit.getLineMap().getLineNumber(position);
    }

    /** The white space that the line of the position begins with. */
    String indent(int position) {
        int from = text.lastIndexOf('\n', position - 1) + 1;
        int to = from;
        while (to < text.length() && (text.charAt(to) == ' ' || text.charAt(to) == '\t')) {
            to++;
        }
        return text.substring(from, to);
    }

    /** A name like this that the file does not use. */
    String unused(String name) {
        String free = name;
        for (int i = 2; words.contains(free) || javax.lang.model.SourceVersion.isKeyword(free); i++) {
            free = name + i;
        }
        return free;
    }

    /** How the file can spell a class: its simple name where that is enough. */
    String spell(String canonical) {
        int dot = canonical.lastIndexOf('.');
        if (dot < 0) {
            return canonical;
        }
        String owner = canonical.substring(0, dot);
        String simple = canonical.substring(dot + 1);
        if (imports.contains(canonical) || imports.contains(owner + ".*") || owner.equals(packageName())
                || owner.equals("java.lang") || owner.equals(className.replace('$', '.'))) {
            return simple;
        }
        TypeElement outer = elements.getTypeElement(owner);
        return outer != null && outer.getKind() != null ? spell(owner) + "." + simple : canonical;
    }

    boolean isKnown(String type) {
        return elements.getTypeElement(type) != null;
    }
}
