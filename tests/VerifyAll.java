import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lets the JVM's own verifier look at every class of a folder, without running any of it.
 *
 *   java -Xverify:all VerifyAll DIR...              each class in a loader of its own over the DIRs
 *   java -Xverify:all --patch-module java.base=DIR VerifyAll --module java.base DIR
 *                                                   each class of a module of the JDK, as patched
 *
 * Classes whose own dependencies are missing are counted as incomplete, not as failures. The exit
 * status is 1 if a class was refused, 3 if there was none to look at.
 */
public final class VerifyAll {
    private int verified, refused;
    private final List<String> incomplete = new ArrayList<>();

    private VerifyAll() { }

    public static void main(String[] args) throws IOException {
        VerifyAll all = new VerifyAll();
        if (args.length > 2 && args[0].equals("--module"))
            for (int i = 1; i + 1 < args.length; i += 2)
                all.module(args[i], Path.of(args[i + 1]));
        else
            all.folders(args);
        System.out.println(all.verified + " classes verified, " + all.refused + " refused, "
                + all.incomplete.size() + " incomplete");
        if (System.getenv("VERBOSE") != null)
            all.incomplete.forEach(System.out::println);
        System.exit(all.refused > 0 ? 1 : all.verified == 0 ? 3 : 0);
    }

    private void module(String name, Path dir) throws IOException {
        Optional<Module> module = ModuleLayer.boot().findModule(name);
        if (module.isEmpty()) {
            System.out.println("no module " + name);
            return;
        }
        for (String each : namesUnder(dir))
            link(each, module.get().getClassLoader());
    }

    private void folders(String[] dirs) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (String dir : dirs)
            paths.add(Path.of(dir));
        for (Path path : paths)
            for (String each : namesUnder(path))
                link(each, new Folders(paths));
    }

    private static List<String> namesUnder(Path dir) throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.walk(dir)) {
            files.map(file -> dir.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("module-info.class")
                            && !file.startsWith("META-INF"))
                    .sorted()
                    .forEach(file -> names.add(
                            file.substring(0, file.length() - 6).replace('/', '.')));
        }
        return names;
    }

    /** Fetching the fields of a class links it, and linking verifies; nothing is initialised. */
    private void link(String name, ClassLoader loader) {
        try {
            Class<?> type = Class.forName(name, false, loader);
            Array.newInstance(type, 0);
            type.getDeclaredFields();
            verified++;
        } catch (NoClassDefFoundError | ClassNotFoundException e) {
            incomplete.add(name + ": " + e);
        } catch (LinkageError e) {
            refused++;
            System.out.println(name + ": " + e);
        }
    }

    /** Child first. A loader for each class would verify the same; one for each keeps them apart. */
    private static final class Folders extends ClassLoader {
        private final List<Path> dirs;

        Folders(List<Path> dirs) {
            super(ClassLoader.getPlatformClassLoader());
            this.dirs = dirs;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                return known != null ? known : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            for (Path dir : dirs) {
                Path file = dir.resolve(name.replace('.', '/') + ".class");
                if (!Files.exists(file))
                    continue;
                try {
                    byte[] bytes = Files.readAllBytes(file);
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
            return super.loadClass(name, false);
        }
    }
}
