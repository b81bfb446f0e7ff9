package varyharness;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;

/**
 * Makes the request that an engine executes. Every platform version wants
 * another set of arguments; they are recognised by their types, and the maker
 * that takes most of those known here is used:
 * 1.3 three, 1.12 and later an output directory, 1.13 and later a store, 6.0 a cancellation token.
 */
final class ExecutionRequests {
    private static final Executable MAKER = maker();

    private ExecutionRequests() {
    }

    static void execute(TestEngine engine, TestDescriptor root, EngineExecutionListener listener,
            PlatformRequest discovery) throws ReflectiveOperationException {
        List<AutoCloseable> resources = new ArrayList<>();
        resources.add(discovery.output());
        Class<?>[] types = MAKER.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = argument(types[i], root, listener, discovery, resources);
        }
        try {
            engine.execute(make(arguments));
        } finally {
            close(resources);
        }
    }

    private static ExecutionRequest make(Object[] arguments) throws ReflectiveOperationException {
        return (ExecutionRequest) (MAKER instanceof Method
                ? ((Method) MAKER).invoke(null, arguments)
                : ((Constructor<?>) MAKER).newInstance(arguments));
    }

    private static Executable maker() {
        List<Executable> makers = new ArrayList<>(List.of(ExecutionRequest.class.getConstructors()));
        for (Method method : ExecutionRequest.class.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) && method.getReturnType() == ExecutionRequest.class) {
                makers.add(method);
            }
        }
        Executable best = null;
        for (Executable maker : makers) {
            if (isKnown(maker) && (best == null || maker.getParameterCount() > best.getParameterCount())) {
                best = maker;
            }
        }
        if (best == null) {
            throw new LinkageError("this version of the JUnit Platform is not known: "
                    + ExecutionRequest.class.getProtectionDomain().getCodeSource());
        }
        return best;
    }

    private static boolean isKnown(Executable maker) {
        for (Class<?> type : maker.getParameterTypes()) {
            if (type != TestDescriptor.class && type != EngineExecutionListener.class
                    && type != ConfigurationParameters.class && !isOutput(type) && !isStore(type)
                    && !isCancellation(type)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOutput(Class<?> type) {
        return type.isInterface() && type.getSimpleName().startsWith("OutputDirectory");
    }

    private static boolean isStore(Class<?> type) {
        return type.getSimpleName().equals("NamespacedHierarchicalStore");
    }

    private static boolean isCancellation(Class<?> type) {
        return type.getSimpleName().equals("CancellationToken");
    }

    private static Object argument(Class<?> type, TestDescriptor root, EngineExecutionListener listener,
            PlatformRequest discovery, List<AutoCloseable> resources) throws ReflectiveOperationException {
        if (type == TestDescriptor.class) {
            return root;
        } else if (type == EngineExecutionListener.class) {
            return listener;
        } else if (type == ConfigurationParameters.class) {
            return discovery.getConfigurationParameters();
        } else if (isOutput(type)) {
            return discovery.output().as(type);
        } else if (isCancellation(type)) {
            return type.getMethod("create").invoke(null);
        }
        // Values may be kept for the launcher's session, for this request, or for less.
        Object session = store(type, null, resources);
        return store(type, session, resources);
    }

    private static Object store(Class<?> type, Object parent, List<AutoCloseable> resources)
            throws ReflectiveOperationException {
        Class<?> action = type.getConstructors()[0].getParameterCount() == 2
                ? type.getConstructors()[0].getParameterTypes()[1] : type.getConstructors()[1].getParameterTypes()[1];
        Object store = type.getConstructor(type, action).newInstance(parent, closing(action));
        resources.add((AutoCloseable) store);
        return store;
    }

    /** The last method's argument is the value that is to be closed with its store. */
    private static Object closing(Class<?> action) {
        return Proxy.newProxyInstance(action.getClassLoader(), new Class<?>[] {action}, (proxy, method, arguments) -> {
            if (method.getName().equals("close") && arguments[2] instanceof AutoCloseable) {
                ((AutoCloseable) arguments[2]).close();
            }
            return null;
        });
    }

    private static void close(List<AutoCloseable> resources) {
        for (int i = resources.size() - 1; i >= 0; i--) {
            try {
                resources.get(i).close();
            } catch (Exception e) {
                // nothing of a test depends on it any more
            }
        }
    }
}
