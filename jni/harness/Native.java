package varyharness;

import java.net.ProxySelector;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/**
 * What the harness asks of the worker's C. The worker registers these before
 * anything else of the harness runs; {@code worker} and {@code table} are its
 * addresses, a job is named by its number because it may be gone by the time a
 * thread that a test left behind reports something.
 */
final class Native {

    private Native() {
    }

    /** Number of the class in the table, or -1. */
    static native int find(long table, String name);

    /** The class's bytes; woven with what is wanted, where there is such a version. */
    static native byte[] bytes(long table, int number, boolean probed, boolean traced);

    /** Whether it is test code: known once there are traced versions. */
    static native boolean isTest(long table, int number);

    static native int root(long table, int number);

    static native void unit(long worker, String driver, String container, String id, String method);

    static native void problem(long worker, String container, String why);

    /** Runs {@link Run#execute} on the current thread and reports how it ended. */
    static native void work(long worker, int job, Run run);

    /** Whether the run ends with the first failure. */
    static native boolean endsAtFailure(long worker, int job);

    /** @return whether the run has to end now */
    static native boolean started(long worker, int job, int unit, int[] hits);

    /** @return whether the run has to end now */
    static native boolean finished(long worker, int job, int unit, int result, String failure, int[] hits);

    /** @return whether the run has to end now */
    static native boolean containerFailed(long worker, int job, int group, String failure);

    /** Takes the trace of a unit, before it is finished; see {@link Tracer#end}. */
    static native void trace(long worker, int job, int unit, byte[] trace);

    /** Takes what was counted after the last unit. */
    static native void lastPoints(long worker, int job, int[] hits);

    /** The loop budget is used up. */
    static native void overBudget(long worker, int job);

    /** A failure of the job was, or was caused by, an OutOfMemoryError. */
    static native void outOfMemory(long worker, int job);

    /**
     * Makes the thread, which a run in the loader left behind, throw {@link Driver.Stop} wherever it is.
     *
     * @param loader null: of any run
     * @param onlyInside not where nothing it does is the run's
     */
    static native void stop(long worker, Thread thread, ClassLoader loader, boolean onlyInside);

    /** The same for the thread of a pool that goes on: not while the pool gives it its next task. */
    static native void stopTask(long worker, Thread thread, ClassLoader loader);

    /**
     * Frees the ports that the job has bound, or that any server listens at, and ends their connections.
     *
     * @param leftThreads worth a look even if the job was not seen to bind one
     * @return whether this JVM can go on: it may have to keep a descriptor for each
     */
    static native boolean endSockets(long worker, int job, boolean leftThreads);

    /** The JDK's own map of shutdown hooks, or null. */
    static native Map<?, ?> shutdownHooks();

    /** Gives FileDescriptor.in, out and err their numbers again, which a test made them forget by closing them. */
    static native void reopenStreams();

    /** Whether anybody has initialised one of the classes of {@link Defaults}. */
    static native boolean isInitialised(long worker, int number);

    /** Whether the class is, by whomever. */
    static native boolean isInitialised(long worker, Class<?> type);

    /** Security providers as the JVM is configured. */
    static native void putBackProviders(long worker);

    /** One like that which the JVM starts with, or null. */
    static native ProxySelector newProxySelector();

    /** What the thread was made to run, where it can be known. */
    static native Object task(Thread thread);

    /** The pool that a ThreadPoolExecutor's worker works for; null for anything else. */
    static native Object pool(Object task);

    /** Whether a library that all runs share has the object, something of java.util.concurrent, in a static field. */
    static native boolean isInStatic(long worker, Object object);

    /** The thread that does a pool's delays, since JDK 25; null where there is none. */
    static native Thread delays(ForkJoinPool pool);

    /** Takes from a thread what it inherited from the one that made it, and its own locals. */
    static native void forgetInherited(Thread thread);

    /** Whether an agent is there that may have changed classes since they were loaded. */
    static native boolean isInstrumented();

    /** Whether {@link Loader#showsFields} is called. */
    static native boolean tellsFields();

    /** Makes the loader the one that ClassLoader.getSystemClassLoader() gives; false where this JDK keeps it elsewhere. */
    static native boolean setSystemLoader(ClassLoader loader);

    /** Lets ServiceLoader find in the second what the JDK's modules provide in the first; false where that cannot be. */
    static native boolean shareServices(ClassLoader from, ClassLoader to);

    static native void collectGarbage(long worker);

    /** An instance made by the constructor without parameters. Throws what that throws. */
    static native Object make(Class<?> type) throws Throwable;

    /** Calls a method without parameters or result; throws what it throws. @param on null: it is static */
    static native void call(Class<?> type, Object on, String method) throws Throwable;

    /** Whether code of the loader (null: of any run's) is on the thread's stack. */
    static native boolean runs(long worker, Thread thread, ClassLoader loader);
}
