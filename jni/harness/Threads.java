package varyharness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** Threads that outlive the run that started them. */
final class Threads {

    private static final long INTERRUPTED_MS = 2;
    private static final long STOPPED_MS = 20;
    private static final int TRIES = 15;

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
     * @return how many are still alive
     */
    int end(ClassLoader loader) {
        ThreadGroup own = Thread.currentThread().getThreadGroup();
        hooks.remove(hook -> isOf(hook, own, loader));
        List<Thread> left = left(own, loader);
        if (left.isEmpty()) {
            return 0;
        }
        for (Thread thread : left) {
            shutDownPool(thread);
            thread.interrupt();
        }
        await(left, INTERRUPTED_MS);
        for (int i = 0; i < TRIES; i++) {
            left = left(own, loader);
            if (left.isEmpty()) {
                return 0;
            }
            for (Thread thread : left) {
                shutDownPool(thread);
                Native.stop(worker, thread, loader);
            }
            await(left, STOPPED_MS);
        }
        return left(own, loader).size();
    }

    /** A pool replaces a thread of its that dies: it has to be told. */
    private static void shutDownPool(Thread thread) {
        Object pool = Native.pool(Native.task(thread));
        if (pool instanceof ExecutorService) {
            ((ExecutorService) pool).shutdownNow();
        }
    }

    /** Waits until all have ended, or for so long. */
    private static void await(List<Thread> threads, long milliseconds) {
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
