package varyharness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/** Compiles Java sources in memory with the JDK's own compiler, which must be there. */
final class Compiler {

    private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();
    private final StringBuilder diagnostics = new StringBuilder();
    private boolean success;

    private Compiler() {
    }

    static Compiler compile(String classPath, String[] sources) throws IOException {
        Compiler result = new Compiler();
        result.run(ToolProvider.getSystemJavaCompiler(), classPath, sources);
        return result;
    }

    boolean success() {
        return success;
    }

    String diagnostics() {
        return diagnostics.toString();
    }

    String[] names() {
        return classes.keySet().toArray(new String[0]);
    }

    byte[] bytes(String name) {
        return classes.get(name).toByteArray();
    }

    private void run(JavaCompiler javac, String classPath, String[] sources) throws IOException {
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<Path> paths = new ArrayList<>();
        for (String source : sources) {
            paths.add(Path.of(source));
        }
        try (StandardJavaFileManager files = javac.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
            // An empty -sourcepath: javac must not look for sources along the class path.
            List<String> options = List.of("-g", "-parameters", "-proc:none", "-nowarn", "-implicit:none",
                    "-sourcepath", "", "-classpath", classPath);
            success = javac.getTask(null, output(files), said, options, null,
                    files.getJavaFileObjectsFromPaths(paths)).call();
        }
        for (Diagnostic<? extends JavaFileObject> one : said.getDiagnostics()) {
            if (one.getKind() == Diagnostic.Kind.ERROR) {
                describe(one);
            }
        }
    }

    private JavaFileManager output(StandardJavaFileManager files) {
        return new ForwardingJavaFileManager<JavaFileManager>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String name,
                    JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                        classes.put(name, bytes);
                        return bytes;
                    }
                };
            }
        };
    }

    private void describe(Diagnostic<? extends JavaFileObject> one) {
        if (diagnostics.length() > 0) {
            diagnostics.append('\n');
        }
        if (one.getSource() != null) {
            diagnostics.append(one.getSource().getName()).append(':').append(one.getLineNumber()).append(": ");
        }
        diagnostics.append(one.getMessage(Locale.ROOT));
    }
}
