package varyharness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Shutdown hooks that tests register. They never run here, and each would hold
 * on to the loader of its run.
 */
final class Hooks {

    private final Map<?, ?> all = Native.shutdownHooks();
    private final Object lock = lock();

    /** The JDK guards its hooks by their class. */
    private static Object lock() {
        try {
            return Class.forName("java.lang.ApplicationShutdownHooks");
        } catch (ClassNotFoundException e) {
            return new Object();
        }
    }

    void remove(Predicate<Thread> belongs) {
        if (all == null) {
            return;	// a JDK that keeps them elsewhere
        }
        synchronized (lock) {
            List<Object> removed = new ArrayList<>(0);
            for (Object hook : all.keySet()) {
                if (belongs.test((Thread) hook)) {
                    removed.add(hook);
                }
            }
            removed.forEach(all::remove);
        }
    }
}
