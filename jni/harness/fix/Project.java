package varyharness;

import com.sun.source.util.JavacTask;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What a test class is compiled against, and the compiler that does it, in memory. */
final class Project {

    /** What woven copies of tests call, for the compiler only: the harness's own class is there at run time. */
    private static final String NOTES = "package varyharness; public final class Notes {"
            + " public static boolean note(int p, boolean v) { return v; }"
            + " public static byte note(int p, byte v) { return v; }"
            + " public static short note(int p, short v) { return v; }"
            + " public static char note(int p, char v) { return v; }"
            + " public static int note(int p, int v) { return v; }"
            + " public static long note(int p, long v) { return v; }"
            + " public static float note(int p, float v) { return v; }"
            + " public static double note(int p, double v) { return v; }"
            + " public static <T> T note(int p, T v) { return v; }"
            + " public static void stir() { }"
            + " public static void call(int p, int n) { }"
            + " public static void thrown(int p, Throwable t) { } }";

    final Map<String, byte[]> classes = new LinkedHashMap<>();
    final List<Diagnostic<? extends JavaFileObject>> errors = new ArrayList<>();

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files;
    private final List<String> others = new ArrayList<>();
    private final List<String> options;
    private DiagnosticCollector<JavaFileObject> said;
    private Text edited;

    /** @param others sources that have no class files on the path */
    Project(String classPath, List<String> others) {
        this.others.addAll(others);
        files = javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        options = List.of("-g", "-parameters", "-proc:none", "-nowarn", "-implicit:none", "-sourcepath", "",
                "-Xmaxerrs", "1000", "-classpath", classPath);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(URI uri, String text) {
            super(uri, Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    JavacTask task(String text, String path) {
        List<JavaFileObject> units = new ArrayList<>();
        List<File> rest = new ArrayList<>();
        edited = new Text(new File(path).toURI(), text);
        units.add(edited);
        units.add(new Text(URI.create("mem:///varyharness/Notes.java"), NOTES));
        for (String other : others) {
            if (!new File(other).equals(new File(path))) {
                rest.add(new File(other));
            }
        }
        files.getJavaFileObjectsFromFiles(rest).forEach(units::add);
        said = new DiagnosticCollector<>();
        return (JavacTask) javac.getTask(null, output(), said, options, null, units);
    }

    /** Fills classes, or errors. */
    boolean compile(String text, String path) {
        classes.clear();
        errors.clear();
        boolean success = task(text, path).call();
        for (Diagnostic<? extends JavaFileObject> one : said.getDiagnostics()) {
            if (one.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(one);
            }
        }
        return success;
    }

    /** The first error, in one line. */
    String error() {
        if (errors.isEmpty()) {
            return "";
        }
        Diagnostic<? extends JavaFileObject> first = errors.get(0);
        String place = first.getSource() == null ? ""
                : new File(first.getSource().getName()).getName() + ":" + first.getLineNumber() + ": ";
        return place + first.getMessage(Locale.ROOT).split("\n")[0];
    }

    boolean isOfEdited(Diagnostic<? extends JavaFileObject> one) {
        return one.getSource() != null && one.getSource().toUri().equals(edited.toUri());
    }

    private JavaFileManager output() {
        return new ForwardingJavaFileManager<JavaFileManager>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String name,
                    JavaFileObject.Kind kind, FileObject sibling) throws IOException {
                boolean wanted = sibling == null || sibling.toUri().equals(edited.toUri());
                return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return new ByteArrayOutputStream() {
                            @Override
                            public void close() {
                                if (wanted) {
                                    classes.put(name, toByteArray());
                                }
                            }
                        };
                    }
                };
            }
        };
    }
}
