package varyharness;

import java.util.ArrayList;
import java.util.List;
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
     * @param alone no other run is under way
     * @return how many are still alive, or another number but 0 where the JVM should not go on
     */
    int end(int job, ClassLoader loader, boolean alone) {
        ThreadGroup own = Thread.currentThread().getThreadGroup();
        hooks.remove(hook -> isOf(hook, own, loader));
        List<Thread> left = left(own, loader);
        int alive = left.isEmpty() ? 0 : end(job, own, loader, left);
        boolean goesOn = cutOff(own, loader, alone) & Native.endSockets(worker, job, !left.isEmpty());
        return alive > 0 || goesOn ? alive : 1;
    }

    private int end(int job, ThreadGroup own, ClassLoader loader, List<Thread> found) {
        Pools pools = new Pools(root);
        List<Thread> left = found;
        for (Thread thread : left) {
            pools.shutDown(thread);
            thread.interrupt();
        }
        await(left, INTERRUPTED_MS);
        left = left(own, loader);
        if (!left.isEmpty()) {
            Native.endSockets(worker, job, true);	// whoever waits in native code for them is woken
            stop(left, pools, loader, true);
            await(left, STOPPED_MS);
            left = persist(own, loader, pools);
        }
        return left.size() + pools.await(PERSIST_NS / 1_000_000);
    }

    /**
     * One that catches whatever it is stopped with goes on after a while; stopped
     * again before that, it is out of the handler too. So there is no pause but
     * for it to get that far.
     */
    private List<Thread> persist(ThreadGroup own, ClassLoader loader, Pools pools) {
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
    private void stop(List<Thread> threads, Pools pools, ClassLoader loader, boolean wakes) {
        for (Thread thread : threads) {
            pools.shutDown(thread);
            Native.stop(worker, thread, loader);
            if (wakes) {
                thread.interrupt();
            }
        }
    }

    /** @return false where this JVM cannot go on */
    private boolean cutOff(ThreadGroup own, ClassLoader loader, boolean alone) {
        boolean goesOn = true;
        for (Thread thread : threads()) {
            if (isOf(thread, own, loader) && CommonThreads.isOne(thread)) {
                goesOn &= CommonThreads.cutOff(thread, alone);
            }
        }
        return goesOn;
    }

    /** Waits until all have ended, or for so long. */
    private static void await(List<Thread> threads, long milliseconds) {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        for (Thread thread : threads) {
            await(thread, end);
        }
    }

    /** @param end of waiting, as System.nanoTime() tells it */
    static void await(Thread thread, long end) {
        long rest = (end - System.nanoTime() + 999_999) / 1_000_000;
        try {
            if (rest > 0) {
                thread.join(rest);
            }
        } catch (InterruptedException e) {
            // a test's, and meant for it
        }
    }

    /** All but the JVM's own, and this one. */
    private List<Thread> threads() {
        Thread[] all = new Thread[64];
        int n = root.enumerate(all, true);
        while (n == all.length) {
            all = new Thread[n * 2];
            n = root.enumerate(all, true);
        }
        List<Thread> threads = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            if (all[i] != Thread.currentThread() && all[i].isAlive()) {
                threads.add(all[i]);
            }
        }
        return threads;
    }

    private List<Thread> left(ThreadGroup own, ClassLoader loader) {
        List<Thread> left = threads();
        left.removeIf(thread -> !belongs(thread, own, loader));
        return left;
    }

    private boolean belongs(Thread thread, ThreadGroup own, ClassLoader loader) {
        return CommonThreads.isOne(thread) ? Native.runs(worker, thread, loader) : isOf(thread, own, loader);
    }

    private static boolean isOf(Thread thread, ThreadGroup own, ClassLoader loader) {
        return own.parentOf(thread.getThreadGroup()) || thread.getContextClassLoader() == loader;
    }
}
