package varyharness;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that the JDK or a library has once for all runs, made by whichever run first
 * needs them: the common pool's, the one for delays of CompletableFuture, those of pools
 * in static fields, those of Kotlin's default dispatcher and of Scala's global context. Ended, they would be missed by
 * the next run; they lose what they have of this one.
 */
final class CommonThreads {

    /** Before JDK 25; only a thread of that name is looked at closer. */
    private static final String SCHEDULER_NAME = "CompletableFutureDelayScheduler";
    private static final String SCHEDULER_OWNER = "java.util.concurrent.CompletableFuture";

    /** Since JDK 25. */
    private static final String DELAYS = "java.util.concurrent.DelayScheduler";

    private static final String POOL = ThreadPoolExecutor.class.getName();

    /**
     * A thread of the scheduler behind Dispatchers.Default and Dispatchers.IO. It counts the threads
     * that it made and never misses one: were they ended, what is dispatched would wait for ever.
     * It goes on with them whatever a task ends with.
     */
    private static final String COROUTINES = "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker";

    /** Who makes the threads of ExecutionContext.global; that lies too deep in objects to be found from a static field. */
    private static final String SCALA = "scala.concurrent.impl.ExecutionContextImpl";

    private static final Method DELAYED_TASKS = delayedTasks();

    private static final Set<Object> KEPT = ConcurrentHashMap.newKeySet();

    private CommonThreads() {
    }

    private static Method delayedTasks() {
        try {
            return ForkJoinPool.class.getMethod("getDelayedTaskCount");
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    static boolean isOne(Thread thread) {
        if (thread instanceof ForkJoinWorkerThread) {
            return isShared(((ForkJoinWorkerThread) thread).getPool());
        }
        return doesDelays(thread) || runsCoroutines(thread) || scheduler(thread) != null;
    }

    /** Whether a library has the pool for all runs; what it does for this one may be ended, but not the pool. */
    static boolean keeps(long worker, Object pool) {
        if (pool instanceof ThreadPoolExecutor && !KEPT.contains(pool) && Native.isInStatic(worker, pool)) {
            KEPT.add(pool);
        }
        return KEPT.contains(pool) || (pool instanceof ForkJoinPool && isShared((ForkJoinPool) pool));
    }

    private static boolean isShared(ForkJoinPool pool) {
        return pool == ForkJoinPool.commonPool()
                || (pool != null && isLibrarys(pool.getFactory().getClass(), SCALA));
    }

    /** Of a library that all runs share; a project's own is like anything it does. */
    private static boolean isLibrarys(Class<?> type, String start) {
        return type.getName().startsWith(start) && !(type.getClassLoader() instanceof Loader);
    }

    /** Whether it is a thread of such a pool. */
    static boolean isKept(Thread thread) {
        return kept(thread) != null;
    }

    /** Whether a thread of such a pool waits for something to do, and there is nothing to be had. */
    static boolean isIdle(Thread thread) {
        ThreadPoolExecutor pool = kept(thread);
        return pool != null && !isDue(pool.getQueue().peek()) && thread.getState() != Thread.State.RUNNABLE
                && Arrays.stream(thread.getStackTrace()).anyMatch(
                        frame -> frame.getMethodName().equals("getTask") && frame.getClassName().equals(POOL));
    }

    private static boolean isDue(Runnable task) {
        return task != null && (!(task instanceof Delayed) || ((Delayed) task).getDelay(TimeUnit.NANOSECONDS) <= 0);
    }

    /** Whether it may be between two tasks, and a run's next one has yet to begin. */
    static boolean isBetweenTasks(Thread thread) {
        return runsCoroutines(thread) && thread.getState() == Thread.State.RUNNABLE;
    }

    private static boolean runsCoroutines(Thread thread) {
        return isLibrarys(thread.getClass(), COROUTINES);
    }

    private static ThreadPoolExecutor kept(Thread thread) {
        Object pool = KEPT.isEmpty() ? null : Native.pool(Native.task(thread));
        return pool != null && KEPT.contains(pool) ? (ThreadPoolExecutor) pool : null;
    }

    private static boolean doesDelays(Thread thread) {
        return thread.getClass().getName().equals(DELAYS) && Native.delays(ForkJoinPool.commonPool()) == thread;
    }

    /** The pool for delays, before JDK 25, if the thread is that pool's. */
    private static ThreadPoolExecutor scheduler(Thread thread) {
        if (!thread.getName().equals(SCHEDULER_NAME)) {
            return null;
        }
        Object pool = Native.pool(Native.task(thread));
        if (!(pool instanceof ThreadPoolExecutor)) {
            return null;
        }
        ThreadPoolExecutor found = (ThreadPoolExecutor) pool;
        return found.getThreadFactory().getClass().getName().startsWith(SCHEDULER_OWNER) ? found : null;
    }

    /**
     * Cuts the thread off from the run that has it from its maker, and drops what is still due.
     *
     * @param alone no other run has anything due
     * @return false where something is due that cannot be dropped
     */
    static boolean cutOff(Thread thread, boolean alone) {
        thread.setContextClassLoader(SystemLoader.ofNextRun());
        Native.forgetInherited(thread);
        ThreadPoolExecutor kept = kept(thread);
        if (kept != null) {
            return kept.getQueue().isEmpty();
        }
        ThreadPoolExecutor scheduler = alone ? scheduler(thread) : null;
        if (scheduler != null) {
            scheduler.getQueue().clear();
        }
        return !alone || !doesDelays(thread) || nothingIsDue();
    }

    private static boolean nothingIsDue() {
        try {
            return DELAYED_TASKS == null || (Long) DELAYED_TASKS.invoke(ForkJoinPool.commonPool()) == 0;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
