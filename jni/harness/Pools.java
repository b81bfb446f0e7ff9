package varyharness;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * Pools that a run left behind, found by their threads. A pool replaces a thread
 * of its that dies, or catches what ends it: it has to be told.
 */
final class Pools {

    private static final int WRAPPED_MAX = 4;

    private final long worker;
    private final ThreadGroup root;
    private final Map<Object, Thread> told = new IdentityHashMap<>();

    /** @param root the group of threads that belong to no run */
    Pools(long worker, ThreadGroup root) {
        this.worker = worker;
        this.root = root;
    }

    void shutDown(Thread thread) {
        Object pool = of(thread);
        if (pool == null || told.containsKey(pool)) {
            return;
        }
        told.put(pool, null);
        if (CommonThreads.keeps(worker, pool)) {
            return;
        }
        if (pool instanceof ExecutorService) {
            try {
                ((ExecutorService) pool).shutdownNow();
            } catch (RuntimeException | Error e) {
                // one that refuses: its threads are stopped one by one
            }
        } else {
            told.put(pool, stopping(pool));
        }
    }

    /** Waits for those that end in threads of their own, and no longer; returns how many have not. */
    int await(long milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        int left = 0;
        for (Thread thread : told.values()) {
            if (thread != null) {
                Threads.await(thread, end);
                left += thread.isAlive() ? 1 : 0;
            }
        }
        return left;
    }

    private static Object of(Thread thread) {
        if (thread instanceof ForkJoinWorkerThread) {
            return ((ForkJoinWorkerThread) thread).getPool();
        }
        return behind(Native.task(thread), WRAPPED_MAX);
    }

    /** The executor that a task works for: of the JDK, around it, or wrapped in it as libraries do. */
    private static Object behind(Object task, int depth) {
        Object pool = Native.pool(task);
        if (pool != null || task == null || depth == 0) {
            return pool;
        }
        for (Class<?> type = task.getClass(); type != null && type.getClassLoader() != null; type = type.getSuperclass()) {
            for (Field field : fields(type)) {
                Object value = value(field, task);
                Object found = value instanceof Executor ? value
                        : value instanceof Runnable && !(value instanceof Thread) ? behind(value, depth - 1) : null;
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Those of the project's own tasks hold whatever they like; what is around them is theirs. */
    private static Field[] fields(Class<?> type) {
        try {
            return type.getClassLoader() instanceof Loader
                    ? new Field[] {type.getDeclaredField("this$0")} : type.getDeclaredFields();
        } catch (ReflectiveOperationException | LinkageError e) {
            return new Field[0];
        }
    }

    private static Object value(Field field, Object of) {
        try {
            return Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive() || !field.trySetAccessible()
                    ? null : field.get(of);
        } catch (ReflectiveOperationException | LinkageError e) {
            return null;
        }
    }

    /** Servers' pools are no ExecutorService. Their stop() may wait for threads that are ended meanwhile. */
    private Thread stopping(Object pool) {
        Thread thread = new Thread(root, () -> {
            try {
                pool.getClass().getMethod("stop").invoke(pool);
            } catch (ReflectiveOperationException | LinkageError e) {
                // none to be called: its threads are stopped one by one
            }
        });
        thread.setContextClassLoader(SystemLoader.JVMS);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
