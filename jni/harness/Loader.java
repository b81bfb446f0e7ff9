package varyharness;

import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The isolated loader: classes of the project, main and test, come from the
 * worker's table before the parent is asked, some of them with other bytes. All else
 * (libraries, engines, the harness, resources) is the parent's, the JVM's own
 * loader, whose class path holds the project's roots too: so a resource is found
 * exactly where it would be without us.
 */
final class Loader extends ClassLoader {

    /** What is the same for every loader made from one table. */
    static final class Table {
        final long worker;
        final long address;
        final ProtectionDomain[] domains;
        final int counters;

        Table(long worker, long address, ProtectionDomain[] domains, int counters) {
            this.worker = worker;
            this.address = address;
            this.domains = domains;
            this.counters = counters;
        }
    }

    /** Whose class it is: see {@link #sideOf}. */
    static final int NOT_OURS = 0;
    static final int TEST = 1;
    static final int UNDER_TEST = 2;

    private static final String REACH = "varyharness.Reach";
    private static final String TRACE = "varyharness.Trace";

    /** What every loader has a copy of its own of: class files that woven code needs. */
    static final class Own {
        final byte[] reach;
        final byte[] trace;

        Own(byte[] reach, byte[] trace) {
            this.reach = reach;
            this.trace = trace;
        }
    }

    static {
        registerAsParallelCapable();
    }

    /** One count each of the probes' counters, or null without probes. */
    private final int[] hits;
    private final Calls calls;

    /** What records, or null in a run that is not traced. */
    final Tracer tracer;

    private final Table table;
    private final Map<String, byte[]> replaced;
    private final Own own;
    private final Map<Class<?>, Integer> sides = new ConcurrentHashMap<>();
    private long budget = Long.MAX_VALUE;
    private volatile boolean hasLent;
    private Field left;
    private Field isSpent;

    /**
     * @param replaced classes whose bytes are not the table's, by name: the mutated one
     * @param own the class files of {@link Reach} and {@link Trace}
     * @param probed use the probed classes
     * @param traced use the traced classes
     * @param texts and tell texts of what they record
     */
    Loader(Table table, Map<String, byte[]> replaced, Own own, boolean probed, boolean traced, boolean texts) {
        super(SystemLoader.JVMS);
        this.table = table;
        this.replaced = replaced;
        this.own = own;
        this.hits = probed ? new int[table.counters] : null;
        this.calls = probed ? new Calls(table.worker, hits) : null;
        this.tracer = traced ? new Tracer(this, texts) : null;
    }

    /** The counters, to be read and cleared; null without probes. */
    int[] hits() {
        if (calls != null) {
            calls.settle();
        }
        return hits;
    }

    /** Whoever has the fields of a class can read them in ways of which no woven code tells. */
    static void showsFields(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader instanceof Loader && ((Loader) loader).calls != null) {
            ((Loader) loader).calls.shows(type.getName());
        }
    }

    boolean isProjectClass(String name) {
        return Native.find(table.address, name) >= 0;
    }

    /** Whether the class is defined here, and not by the parent. */
    boolean has(String name) {
        return isProjectClass(name) || replaced.containsKey(name);
    }

    /** Loads one for whoever asks the system class loader. */
    Class<?> lend(String name) throws ClassNotFoundException {
        hasLent = true;
        return loadClass(name);
    }

    boolean hasLent() {
        return hasLent;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        int number = Native.find(table.address, name);
        if (number < 0 && !name.equals(REACH) && !name.equals(TRACE) && !replaced.containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            if (name.equals(REACH)) {
                return defineReach(name);
            }
            return name.equals(TRACE) ? defineTrace(name) : define(name, number);
        }
    }

    private Class<?> define(String name, int number) {
        byte[] other = replaced.get(name);
        byte[] bytes = other != null ? other : Native.bytes(table.address, number, hits != null, tracer != null);
        int root = number < 0 ? 0 : Native.root(table.address, number);
        return defineClass(name, bytes, 0, bytes.length, table.domains[root]);
    }

    private Class<?> defineReach(String name) {
        Class<?> copy = defineClass(name, own.reach, 0, own.reach.length, Reach.class.getProtectionDomain());
        try {
            copy.getField("hits").set(null, hits);
            copy.getField("calls").set(null, calls);
            Field field = copy.getField("left");
            synchronized (this) {
                field.setLong(null, budget);
                left = field;
                isSpent = copy.getField("isSpent");
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(REACH, e);
        }
        return copy;
    }

    private Class<?> defineTrace(String name) {
        Class<?> copy = defineClass(name, own.trace, 0, own.trace.length, Trace.class.getProtectionDomain());
        try {
            copy.getField("tracer").set(null, tracer);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(TRACE, e);
        }
        return copy;
    }

    /** In a traced run: whether the class is test code, code under test, or none of the project's. */
    int sideOf(Class<?> type) {
        return type.getClassLoader() != this ? NOT_OURS : sides.computeIfAbsent(type, this::findSide);
    }

    private int findSide(Class<?> type) {
        int number = Native.find(table.address, type.getName());
        return number < 0 ? NOT_OURS : Native.isTest(table.address, number) ? TEST : UNDER_TEST;
    }

    /**
     * From now on woven code may do so many entries and backward jumps; 0: as many as it likes.
     *
     * @return false if it has done too many before: it gets no more
     */
    synchronized boolean allow(long rounds) {
        if (isOverBudget()) {
            return false;
        }
        budget = rounds > 0 ? rounds : Long.MAX_VALUE;
        try {
            if (left != null) {
                left.setLong(null, budget);
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(REACH, e);
        }
        return true;
    }

    /** Whether more than the loop budget was wanted. */
    synchronized boolean isOverBudget() {
        try {
            return isSpent != null && isSpent.getBoolean(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(REACH, e);
        }
    }
}
