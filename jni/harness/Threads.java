package varyharness;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.locks.LockSupport;

/** Threads, and servers, that outlive the run that started them. */
final class Threads {

    private static final long INTERRUPTED_MS = 2;
    private static final long STOPPED_MS = 2;
    private static final int IN_A_ROW = 8;
    private static final long AGAIN_NS = 50_000;
    private static final long PERSIST_NS = 300_000_000;

    private final long worker;
    private final ThreadGroup root;
    private final Hooks hooks = new Hooks();

    /** @param root the group of all threads but the JVM's own */
    Threads(long worker, ThreadGroup root) {
        this.worker = worker;
        this.root = root;
    }

    /**
     * Ends what the run of the current thread left behind: asks by interrupt
     * first, then stops.
     *
     * @return how many are still alive, or another number but 0 where the JVM should not go on
     */
    int end(int job, ClassLoader loader) {
        ThreadGroup own = Thread.currentThread().getThreadGroup();
        hooks.remove(hook -> isOf(hook, own, loader));
        Map<Object, Thread> pools = new IdentityHashMap<>();
        int left = left(own, loader).isEmpty() ? 0 : end(job, own, loader, pools);
        boolean goesOn = Native.endSockets(worker, job);
        return left > 0 || goesOn ? left : 1;
    }

    private int end(int job, ThreadGroup own, ClassLoader loader, Map<Object, Thread> pools) {
        List<Thread> left = left(own, loader);
        for (Thread thread : left) {
            shutDownPool(thread, pools);
            thread.interrupt();
        }
        await(left, INTERRUPTED_MS);
        left = left(own, loader);
        if (!left.isEmpty()) {
            Native.endSockets(worker, job);	// whoever waits in native code for them is woken
            stop(left, pools, loader, true);
            await(left, STOPPED_MS);
            left = persist(own, loader, pools);
        }
        await(pools.values(), PERSIST_NS / 1_000_000);
        pools.values().removeIf(thread -> !thread.isAlive());
        return left.size() + pools.size();
    }

    /**
     * One that catches whatever it is stopped with goes on after a while; stopped
     * again before that, it is out of the handler too. So there is no pause but
     * for it to get that far.
     */
    private List<Thread> persist(ThreadGroup own, ClassLoader loader, Map<Object, Thread> pools) {
        long begin = System.nanoTime();
        List<Thread> left = left(own, loader);
        for (int i = 0; !left.isEmpty() && System.nanoTime() - begin < PERSIST_NS; i++) {
            stop(left, pools, loader, i % IN_A_ROW == 0);
            if (i % IN_A_ROW == IN_A_ROW - 1) {
                LockSupport.parkNanos(AGAIN_NS);
            }
            left = left(own, loader);
        }
        return left;
    }

    /** @param wakes those that wait for a selector, which nothing else does; a handler that waits must not go on */
    private void stop(List<Thread> threads, Map<Object, Thread> pools, ClassLoader loader, boolean wakes) {
        for (Thread thread : threads) {
            shutDownPool(thread, pools);
            Native.stop(worker, thread, loader);
            if (wakes) {
                thread.interrupt();
            }
        }
    }

    /**
     * A pool replaces a thread of its that dies, or catches what ends it: it has to be told.
     *
     * @param pools those that were told, and the thread in which each ends
     */
    private void shutDownPool(Thread thread, Map<Object, Thread> pools) {
        Object task = Native.task(thread);
        Object pool = Native.pool(task) != null ? Native.pool(task) : outer(task);
        if (pool instanceof ExecutorService) {
            ((ExecutorService) pool).shutdownNow();
        } else if (pool instanceof Executor && !pools.containsKey(pool)) {
            pools.put(pool, stopping(pool));
        }
    }

    /** The object around the one that a thread runs; null where there is none or it is the JDK's. */
    private static Object outer(Object task) {
        try {
            Field outer = task == null ? null : task.getClass().getDeclaredField("this$0");
            return outer != null && outer.trySetAccessible() ? outer.get(task) : null;
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
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits until all have ended, or for so long. */
    private static void await(Collection<Thread> threads, long milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        for (Thread thread : threads) {
            long rest = (end - System.nanoTime() + 999_999) / 1_000_000;
            try {
                if (rest > 0) {
                    thread.join(rest);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<Thread> left(ThreadGroup own, ClassLoader loader) {
        Thread[] all = new Thread[64];
        int n = root.enumerate(all, true);
        while (n == all.length) {
            all = new Thread[n * 2];
            n = root.enumerate(all, true);
        }
        List<Thread> left = List.of();
        for (int i = 0; i < n; i++) {
            if (all[i] != Thread.currentThread() && all[i].isAlive() && belongs(all[i], own, loader)) {
                if (left.isEmpty()) {
                    left = new ArrayList<>();
                }
                left.add(all[i]);
            }
        }
        return left;
    }

    private boolean belongs(Thread thread, ThreadGroup own, ClassLoader loader) {
        if (thread instanceof ForkJoinWorkerThread
                && ((ForkJoinWorkerThread) thread).getPool() == ForkJoinPool.commonPool()) {
            return Native.runs(worker, thread, loader);	// shared by all runs
        }
        return isOf(thread, own, loader);
    }

    private static boolean isOf(Thread thread, ThreadGroup own, ClassLoader loader) {
        return own.parentOf(thread.getThreadGroup()) || thread.getContextClassLoader() == loader;
    }
}
