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
        final int points;

        Table(long address, ProtectionDomain[] domains, int points) {
            this.address = address;
            this.domains = domains;
            this.points = points;
        }
    }

    static {
        registerAsParallelCapable();
    }

    /** One byte a mutation point, or null without probes. */
    final byte[] hits;

    private final Table table;
    private final String mutated;
    private final byte[] mutant;
    private final byte[] reach;

    /**
     * @param mutated name of the class that comes from mutant, or ""
     * @param reach the class {@link Reach}: use the probed classes; null: the plain ones
     */
    Loader(Table table, String mutated, byte[] mutant, byte[] reach) {
        super(ClassLoader.getSystemClassLoader());
        this.table = table;
        this.mutated = mutated;
        this.mutant = mutant;
        this.reach = reach;
        this.hits = reach == null ? null : new byte[table.points];
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
        byte[] bytes = name.equals(mutated) ? mutant : Native.bytes(table.address, number, reach != null);
        return defineClass(name, bytes, 0, bytes.length, table.domains[Native.root(table.address, number)]);
    }

    private Class<?> defineReach(String name) {
        Class<?> own = defineClass(name, reach, 0, reach.length, Reach.class.getProtectionDomain());
        try {
            own.getField("hits").set(null, hits);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("varyharness.Reach", e);
        }
        return own;
    }
}
