import java.io.IOException;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets the JVM's own verifier look at mutants, those of the JDK's own classes too, without any of
 * them ever being used.
 *
 *   java -Xverify:all -javaagent:verify.jar=CLASSPATH ... VerifyMutants DIR
 *
 * DIR is what `vary list --emit DIR` wrote: DIR/ID/path/of/Class.class. Each mutant is offered to
 * redefineClasses() together with a definition that the JVM must refuse because it adds a method:
 * definitions are verified in order and take effect all or none. So an unsupported change says that
 * the mutant was verified, and any other complaint is about the mutant. CLASSPATH is where classes
 * come from that the JVM does not have itself.
 */
public final class VerifyMutants {
    private static Instrumentation instrumentation;
    private static ClassLoader loader;
    private int verified, refused, incomplete;
    private final ClassDefinition bad;

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
        try (var ids = Files.list(Path.of(args[0]))) {
            for (Path id : (Iterable<Path>) ids.sorted()::iterator)
                all.check(id);
        }
        System.out.println(all.verified + " mutants verified, " + all.refused + " refused, " + all.incomplete + " incomplete");
        System.exit(all.refused > 0 ? 1 : all.verified == 0 ? 3 : 0);
    }

    private void check(Path id) throws IOException {
        Path file;
        try (var files = Files.walk(id)) {
            file = files.filter(path -> path.toString().endsWith(".class")).findFirst().orElseThrow();
        }
        String name = id.relativize(file).toString();
        name = name.substring(0, name.length() - 6).replace('/', '.');
        try {
            Class<?> type = Class.forName(name, false, loader);
            type.getDeclaredFields();   // links it
            instrumentation.redefineClasses(new ClassDefinition(type, Files.readAllBytes(file)), bad);
            throw new IllegalStateException("a definition with a method too much was taken");
        } catch (UnsupportedOperationException asIntended) {
            verified++;
        } catch (NoClassDefFoundError | ClassNotFoundException | UnmodifiableClassException e) {
            incomplete++;
        } catch (LinkageError e) {
            refused++;
            System.out.println(id.getFileName() + " " + name + ": " + e);
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
