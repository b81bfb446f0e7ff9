package varyharness;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder for files that tests publish (platform 1.12 and later): made when first asked for, gone after the run. */
final class OutputDirectory implements InvocationHandler, AutoCloseable {
    private Path root;

    /** @param type OutputDirectoryProvider or its successor OutputDirectoryCreator */
    Object as(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
    }

    @Override
    public synchronized Object invoke(Object proxy, Method method, Object[] arguments) throws IOException {
        switch (method.getName()) {
        case "equals":
            return proxy == arguments[0];
        case "hashCode":
            return System.identityHashCode(proxy);
        case "toString":
            return "vary's output directory";
        default: // the root, or one below it for a descriptor
            if (root == null) {
                root = Files.createTempDirectory("vary-");
            }
            return arguments == null ? root : Files.createTempDirectory(root, "test-");
        }
    }

    @Override
    public void close() throws IOException {
        if (root == null) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(root)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
