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
    /** Where the machine is busy, time alone does not say that a thread had a chance to end. */
    private static final int PERSIST_ROUNDS = 1_000 * IN_A_ROW;

    /** A run that is over. */
    private static final class Ending {
        final ThreadGroup group;
        final ClassLoader loader;
        final boolean alone;

        Ending(ThreadGroup group, ClassLoader loader, boolean alone) {
            this.group = group;
            this.loader = loader;
            this.alone = alone;
        }

        /**
         * Whose code a thread that all runs share must not be in any more: where no other run is under
         * way, that of none (null). What an earlier run left to do may have begun after its end.
         */
        ClassLoader whose() {
            return alone ? null : loader;
        }

        boolean has(Thread thread) {
            return group.parentOf(thread.getThreadGroup()) || thread.getContextClassLoader() == loader;
        }

        /** ... or the JDK gave it the system class loader. */
        boolean had(Thread thread) {
            return has(thread) || thread.getContextClassLoader() instanceof SystemLoader;
        }
    }

    private final long worker;
    private final ThreadGroup root;
    private final ThreadGroup top;
    private final Hooks hooks = new Hooks();

    /** @param root the group of all threads but the JVM's own */
    Threads(long worker, ThreadGroup root) {
        this.worker = worker;
        this.root = root;
        this.top = root.getParent() != null ? root.getParent() : root;
    }

    /**
     * Ends what the run of the current thread left behind: asks by interrupt
     * first, then stops.
     *
     * @param alone no other run is under way
     * @return how many are still alive, or another number but 0 where the JVM should not go on
     */
    int end(int job, ClassLoader loader, boolean alone) {
        Ending run = new Ending(Thread.currentThread().getThreadGroup(), loader, alone);
        hooks.remove(run::has);
        List<Thread> left = left(run);
        int alive = left.isEmpty() ? 0 : end(job, run, left);
        SystemLoader.end();
        boolean goesOn = cutOff(run) & Native.endSockets(worker, job, !left.isEmpty());
        return alive > 0 || goesOn ? alive : 1;
    }

    private int end(int job, Ending run, List<Thread> found) {
        Pools pools = new Pools(worker, root);
        List<Thread> left = found;
        for (Thread thread : left) {
            pools.shutDown(thread);
            thread.interrupt();
        }
        await(left, INTERRUPTED_MS);
        left = left(run);
        if (!left.isEmpty()) {
            Native.endSockets(worker, job, true);	// whoever waits in native code for them is woken
            stop(left, pools, run, true);
            await(left, STOPPED_MS);
            left = persist(run, pools);
        }
        return left.size() + pools.await(PERSIST_NS / 1_000_000);
    }

    /**
     * One that catches whatever it is stopped with goes on after a while; stopped
     * again before that, it is out of the handler too. So there is no pause but
     * for it to get that far.
     */
    private List<Thread> persist(Ending run, Pools pools) {
        long begin = System.nanoTime();
        List<Thread> left = left(run);
        for (int i = 0; !left.isEmpty() && (i < PERSIST_ROUNDS || System.nanoTime() - begin < PERSIST_NS); i++) {
            stop(left, pools, run, i % IN_A_ROW == 0);
            if (i % IN_A_ROW == IN_A_ROW - 1) {
                LockSupport.parkNanos(AGAIN_NS);
            }
            left = left(run);
        }
        return left;
    }

    /**
     * One that all runs share is stopped in what it does for this run, or not at all. One of
     * a pool that goes on is stopped in its task; one that has yet to take it is waited for.
     *
     * @param wakes those that wait for a selector, which nothing else does; a handler that waits must not go on
     */
    private void stop(List<Thread> threads, Pools pools, Ending run, boolean wakes) {
        for (Thread thread : threads) {
            pools.shutDown(thread);
            boolean shared = CommonThreads.isOne(thread);
            if (!shared && CommonThreads.isKept(thread)) {
                Native.stopTask(worker, thread, run.loader);
            } else {
                Native.stop(worker, thread, shared ? run.whose() : run.loader, shared);
            }
            if (wakes) {
                thread.interrupt();
            }
        }
    }

    /** @return false where this JVM cannot go on */
    private boolean cutOff(Ending run) {
        boolean goesOn = true;
        for (Thread thread : threads()) {
            if (run.had(thread) && (CommonThreads.isOne(thread) || CommonThreads.isKept(thread))) {
                goesOn &= CommonThreads.cutOff(thread, run.alone);
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

    /** All but the JVM's own, and this one. In newer JDKs the common pool's are among the JVM's. */
    private List<Thread> threads() {
        Thread[] all = new Thread[64];
        int n = top.enumerate(all, true);
        while (n == all.length) {
            all = new Thread[n * 2];
            n = top.enumerate(all, true);
        }
        List<Thread> threads = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            if (all[i] != Thread.currentThread() && all[i].isAlive()
                    && (root.parentOf(all[i].getThreadGroup()) || CommonThreads.isOne(all[i]))) {
                threads.add(all[i]);
            }
        }
        return threads;
    }

    private List<Thread> left(Ending run) {
        List<Thread> left = threads();
        left.removeIf(thread -> !belongs(thread, run));
        return left;
    }

    private boolean belongs(Thread thread, Ending run) {
        if (CommonThreads.isOne(thread)) {
            return Native.runs(worker, thread, run.whose())
                    || (run.alone && CommonThreads.isBetweenTasks(thread));
        }
        if (CommonThreads.isKept(thread)) {
            return !CommonThreads.isIdle(thread)
                    && (run.alone || run.has(thread) || Native.runs(worker, thread, run.loader));
        }
        return run.has(thread);
    }
}
