package varyharness;

import java.lang.reflect.Field;
import java.security.ProtectionDomain;
import java.util.Map;

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
        final long address;
        final ProtectionDomain[] domains;
        final int counters;

        Table(long address, ProtectionDomain[] domains, int counters) {
            this.address = address;
            this.domains = domains;
            this.counters = counters;
        }
    }

    private static final String REACH = "varyharness.Reach";

    static {
        registerAsParallelCapable();
    }

    /** One count each of the probes' counters, or null without probes. */
    final int[] hits;

    private final Table table;
    private final Map<String, byte[]> replaced;
    private final byte[] reach;
    private long budget = Long.MAX_VALUE;
    private Field left;

    /**
     * @param replaced classes whose bytes are not the table's, by name: the mutated one
     * @param reach the class file of {@link Reach}, which woven code needs
     * @param probed use the probed classes
     */
    Loader(Table table, Map<String, byte[]> replaced, byte[] reach, boolean probed) {
        super(ClassLoader.getSystemClassLoader());
        this.table = table;
        this.replaced = replaced;
        this.reach = reach;
        this.hits = probed ? new int[table.counters] : null;
    }

    boolean isProjectClass(String name) {
        return Native.find(table.address, name) >= 0;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        int number = Native.find(table.address, name);
        if (number < 0 && !name.equals(REACH) && !replaced.containsKey(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return name.equals(REACH) ? defineReach(name) : define(name, number);
        }
    }

    private Class<?> define(String name, int number) {
        byte[] own = replaced.get(name);
        byte[] bytes = own != null ? own : Native.bytes(table.address, number, hits != null);
        int root = number < 0 ? 0 : Native.root(table.address, number);
        return defineClass(name, bytes, 0, bytes.length, table.domains[root]);
    }

    private Class<?> defineReach(String name) {
        Class<?> own = defineClass(name, reach, 0, reach.length, Reach.class.getProtectionDomain());
        try {
            own.getField("hits").set(null, hits);
            own.getField("calls").set(null, hits == null ? null : new Calls(hits));
            Field field = own.getField("left");
            synchronized (this) {
                field.setLong(null, budget);
                left = field;
            }
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(REACH, e);
        }
        return own;
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
            return left != null && left.getLong(null) < 0;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(REACH, e);
        }
    }
}
