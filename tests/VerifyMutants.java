import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the JVM's own verifier look at mutants, those of the JDK's own classes too, without any of
 * them ever being used.
 *
 *   java -Xverify:all -javaagent:verify.jar=CLASSPATH ... VerifyMutants DIR...
 *
 * DIR is what `vary list --emit DIR` wrote: DIR/ID/path/of/Class.class. Each mutant is offered to
 * redefineClasses() together with a definition that the JVM must refuse because it adds a method:
 * definitions are verified in order and take effect all or none. So an unsupported change says that
 * the mutant was verified, and any other complaint is about the mutant. CLASSPATH is where classes
 * come from that the JVM does not have itself. Mutants of a class that cannot be linked as it was
 * compiled, because classes are missing or it is refused itself, are counted as incomplete. Prints
 * a line for each DIR.
 */
public final class VerifyMutants {
    private static Instrumentation instrumentation;
    private static ClassLoader loader;
    private final Map<String, Optional<Class<?>>> originals = new HashMap<>();
    private final ClassDefinition bad;
    private int verified, refused, incomplete;

    private VerifyMutants(byte[] more) {
        bad = new ClassDefinition(Less.class, more);
    }

    public static void premain(String classpath, Instrumentation given) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : classpath == null ? new String[0] : classpath.split(":"))
            urls.add(Path.of(entry).toUri().toURL());
        instrumentation = given;
        loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    public static void main(String[] args) throws IOException {
        // More, under the name of Less, has a method too much.
        String more = new String(VerifyMutants.class.getResourceAsStream("VerifyMutants$More.class").readAllBytes(), "ISO-8859-1");
        VerifyMutants all = new VerifyMutants(more.replace("VerifyMutants$More", "VerifyMutants$Less").getBytes("ISO-8859-1"));
        boolean good = true;
        for (String dir : args)
            good &= all.checkAll(Path.of(dir));
        System.exit(good ? 0 : 1);
    }

    private boolean checkAll(Path dir) throws IOException {
        verified = refused = incomplete = 0;
        try (var files = Files.walk(dir)) {
            for (Path file : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class")).sorted()::iterator)
                check(dir.relativize(file), file);
        }
        System.out.println(dir.getFileName() + ": " + verified + " verified, " + refused + " refused, " + incomplete + " incomplete");
        return refused == 0;
    }

    private void check(Path relative, Path file) throws IOException {
        String name = relative.subpath(1, relative.getNameCount()).toString();
        name = name.substring(0, name.length() - 6).replace('/', '.');
        Optional<Class<?>> original = originals.computeIfAbsent(name, VerifyMutants::link);
        if (original.isEmpty()) {
            incomplete++;
            return;
        }
        try {
            instrumentation.redefineClasses(new ClassDefinition(original.get(), Files.readAllBytes(file)), bad);
            throw new IllegalStateException("a definition with a method too much was taken");
        } catch (UnsupportedOperationException asIntended) {
            verified++;
        } catch (NoClassDefFoundError | ClassNotFoundException | UnmodifiableClassException e) {
            incomplete++;
        } catch (LinkageError e) {
            refused++;
            System.out.println(relative.getName(0) + " " + name + ": " + e);
        }
    }

    private static Optional<Class<?>> link(String name) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            type.getDeclaredFields();
            return Optional.of(type);
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static class Less {
        void one() { }
    }

    private static class More {
        void one() { }

        void two() { }
    }
}
