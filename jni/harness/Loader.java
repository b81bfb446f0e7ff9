package varyharness;

import java.security.ProtectionDomain;

/**
 * The isolated loader: classes of the project, main and test, come from the
 * worker's table before the parent is asked, with one of them mutated. All else
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

    static {
        registerAsParallelCapable();
    }

    /** One count each of the probes' counters, or null without probes. */
    final int[] hits;

    private final Table table;
    private final String mutated;
    private final byte[] mutant;
    private final byte[] reach;
    private final long budget;
    private Class<?> ownReach;

    /**
     * @param mutated name of the class that comes from mutant, or ""
     * @param reach the class {@link Reach}, where woven code needs it; else null
     * @param probed use the probed classes
     * @param budget loop budget of the mutated method
     */
    Loader(Table table, String mutated, byte[] mutant, byte[] reach, boolean probed, long budget) {
        super(ClassLoader.getSystemClassLoader());
        this.table = table;
        this.mutated = mutated;
        this.mutant = mutant;
        this.reach = reach;
        this.budget = budget;
        this.hits = probed ? new int[table.counters] : null;
    }

    boolean isProjectClass(String name) {
        return Native.find(table.address, name) >= 0;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        int number = Native.find(table.address, name);
        if (number < 0 && !(reach != null && name.equals("varyharness.Reach"))) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return number < 0 ? defineReach(name) : define(name, number);
        }
    }

    private Class<?> define(String name, int number) {
        byte[] bytes = name.equals(mutated) ? mutant : Native.bytes(table.address, number, hits != null);
        return defineClass(name, bytes, 0, bytes.length, table.domains[Native.root(table.address, number)]);
    }

    private Class<?> defineReach(String name) {
        Class<?> own = defineClass(name, reach, 0, reach.length, Reach.class.getProtectionDomain());
        try {
            own.getField("hits").set(null, hits);
            own.getField("left").setLong(null, budget);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("varyharness.Reach", e);
        }
        ownReach = own;
        return own;
    }

    /** Whether the mutated method wanted more than its loop budget. */
    boolean isOverBudget() {
        Class<?> own;
        synchronized (getClassLoadingLock("varyharness.Reach")) {
            own = ownReach;
        }
        try {
            return own != null && budget > 0 && own.getField("left").getLong(null) < 0;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("varyharness.Reach", e);
        }
    }
}
