import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles the sample of every folder: java CompileAll.java SAMPLES OUT RELEASE [javac option...]
 * puts SAMPLES/x/*.java into OUT/x. A sample that begins with "// since N" is left out before
 * release N.
 */
public final class CompileAll {
    public static void main(String[] args) throws IOException {
        Path samples = Path.of(args[0]), out = Path.of(args[1]);
        boolean good = true;
        List<Path> folders;
        try (Stream<Path> all = Files.list(samples)) {
            folders = all.filter(p -> Files.exists(p.resolve("Sample.java"))).sorted().collect(Collectors.toList());
        }
        for (Path folder : folders)
            if (since(folder) <= Integer.parseInt(args[2]))
                good &= compile(folder, out.resolve(folder.getFileName()), args);
        if (!good)
            System.exit(1);
    }

    private static int since(Path folder) throws IOException {
        String first = Files.readAllLines(folder.resolve("Sample.java")).get(0);
        return first.startsWith("// since ") ? Integer.parseInt(first.substring(9)) : 0;
    }

    private static boolean compile(Path folder, Path out, String[] args) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<String> options = new ArrayList<>(List.of("-nowarn", "-Xlint:-options", "-proc:none",
                "-d", Files.createDirectories(out).toString(), "--release", args[2]));
        options.addAll(Arrays.asList(args).subList(3, args.length));
        List<Path> sources;
        try (Stream<Path> all = Files.walk(folder)) {
            sources = all.filter(p -> p.toString().endsWith(".java")).sorted().collect(Collectors.toList());
        }
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
            return javac.getTask(null, files, null, options, null,
                    files.getJavaFileObjectsFromFiles(
                            sources.stream().map(Path::toFile).collect(Collectors.toList()))).call();
        }
    }
}
