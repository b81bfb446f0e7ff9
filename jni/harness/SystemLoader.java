package varyharness;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.util.Enumeration;

/**
 * What the run under way has for a system class loader. Tests, libraries and the JDK
 * expect the project's classes there: it is the parent of whatever loader names none,
 * and the context of the common pool's threads. The JVM's own would define each such
 * class once more, without the change: not the class that the tests know, and a copy
 * that shows no mutant.
 *
 * There is a new one for each run, though all do the same. The JVM keeps for a loader
 * what Class.forName() once found in it, without asking again; and a library, or the
 * JDK, keeps what it has from it (a charset, say) in a static field. Either would give the
 * mutant of one run to the next. So where classes of a run went out this way, and are
 * still held when it is over, the JVM is not used any more.
 */
final class SystemLoader extends ClassLoader {

    /** The JVM's own: for libraries and resources. */
    static final ClassLoader JVMS = ClassLoader.getSystemClassLoader();

    /** The JVM's compiler may hold a class for a while, a finalizer its object. */
    private static final long HELD_NS = 100_000_000L;

    private static volatile Loader run;
    private static SystemLoader next;
    private static boolean isSpoilt;

    static {
        registerAsParallelCapable();
    }

    private SystemLoader() {
        super("app", JVMS.getParent());
    }

    /** Null where this JDK has no place for one. */
    private static SystemLoader make() {
        SystemLoader made = new SystemLoader();
        return Native.shareServices(JVMS, made) ? made : null;
    }

    /** From now on there is one, for a run that has this JVM to itself. */
    static synchronized void begin(Loader loader) {
        next = next == null ? make() : next;
        if (next != null && Native.setSystemLoader(next)) {
            run = loader;
        }
    }

    /** From now on there is the JVM's own again. */
    static synchronized void end() {
        if (run != null) {
            run = null;
            Native.setSystemLoader(JVMS);
            next = make();
        }
    }

    /** For threads that go on to the next run. */
    static synchronized ClassLoader ofNextRun() {
        return next != null ? next : JVMS;
    }

    /** @param loader of a run that is over, whose classes went out; only this still knows it */
    static synchronized void look(long worker, WeakReference<Loader> loader) {
        long deadline = System.nanoTime() + HELD_NS;
        do {
            Native.collectGarbage(worker);
        } while (loader.get() != null && System.nanoTime() < deadline);
        isSpoilt |= loader.get() != null;
    }

    /** Whether the next run could meet classes of one that is over. */
    static synchronized boolean isSpoilt() {
        return isSpoilt;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Loader now = run;
        return now != null && now.has(name) ? now.lend(name) : JVMS.loadClass(name);
    }

    @Override
    public URL getResource(String name) {
        return JVMS.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return JVMS.getResources(name);
    }
}
