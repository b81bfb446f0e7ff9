package varyharness;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;

/** Threads that outlive the run that started them. */
final class Threads {

    private static final long INTERRUPTED_MS = 5;
    private static final long STOPPED_MS = 20;
    private static final int TRIES = 15;

    private Threads() {
    }

    /**
     * Ends what a run left behind: asks by interrupt first, then stops.
     *
     * @return how many are still alive
     */
    static int end(long worker, Thread own, ClassLoader loader, ThreadGroup runs) {
        List<Thread> left = left(worker, own, loader, runs);
        if (left.isEmpty()) {
            return 0;
        }
        for (Thread thread : left) {
            shutDownPool(thread);
            thread.interrupt();
        }
        await(left, INTERRUPTED_MS);
        for (int i = 0; i < TRIES; i++) {
            left = left(worker, own, loader, runs);
            if (left.isEmpty()) {
                return 0;
            }
            for (Thread thread : left) {
                shutDownPool(thread);
                Native.stop(worker, thread, loader);
            }
            await(left, STOPPED_MS);
        }
        return left(worker, own, loader, runs).size();
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

    private static List<Thread> left(long worker, Thread own, ClassLoader loader, ThreadGroup runs) {
        ThreadGroup root = runs.getParent();
        Thread[] all = new Thread[64];
        int n = root.enumerate(all, true);
        while (n == all.length) {
            all = new Thread[n * 2];
            n = root.enumerate(all, true);
        }
        List<Thread> left = List.of();
        for (int i = 0; i < n; i++) {
            if (all[i] != own && all[i].isAlive() && belongs(worker, all[i], own, loader)) {
                if (left.isEmpty()) {
                    left = new ArrayList<>();
                }
                left.add(all[i]);
            }
        }
        return left;
    }

    private static boolean belongs(long worker, Thread thread, Thread own, ClassLoader loader) {
        if (thread instanceof ForkJoinWorkerThread
                && ((ForkJoinWorkerThread) thread).getPool() == ForkJoinPool.commonPool()) {
            return Native.runs(worker, thread, loader);	// shared by all runs
        }
        ThreadGroup group = thread.getThreadGroup();
        return own.getThreadGroup().parentOf(group) || thread.getContextClassLoader() == loader;
    }
}
