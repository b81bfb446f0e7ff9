package varyharness;

import java.io.File;
import java.io.FilePermission;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The worker's view of the harness: C calls these, one at a time, from one thread. */
final class Harness {

    /** Flags of a run, as in wire/wire.h. */
    private static final int PROBED = 1;
    private static final int TRACED = 4;
    private static final int TEXTS = 8;
    private static final int ALONE = 16;
    private static final int DIRECT = 32;

    private static final long SETTLED_NS = 2_000_000_000L;

    private final long worker;
    private final Loader.Own own;
    private final Shared shared;
    private final Map<String, Driver> drivers = new LinkedHashMap<>();
    private Loader.Table table;

    /**
     * @param reach the class file of {@link Reach}
     * @param trace that of {@link Trace}
     */
    Harness(long worker, byte[] reach, byte[] trace) {
        this.worker = worker;
        this.table = new Loader.Table(worker, 0, new ProtectionDomain[0], 0);
        this.own = new Loader.Own(reach, trace);
        this.shared = new Shared(worker);
        for (Driver driver : Drivers.find(SystemLoader.JVMS)) {
            drivers.put(driver.name(), driver);
        }
    }

    String[] drivers() {
        return drivers.keySet().toArray(new String[0]);
    }

    /** From now on loaders read this table, which is never freed. */
    void table(long address, String[] roots, int counters) throws MalformedURLException {
        ProtectionDomain[] domains = new ProtectionDomain[roots.length];
        for (int i = 0; i < roots.length; i++) {
            File root = new File(roots[i]);
            CodeSource source = new CodeSource(root.toURI().toURL(), (Certificate[]) null);
            domains[i] = new ProtectionDomain(source, permissions(root), null, null);
        }
        table = new Loader.Table(worker, address, domains, counters);
    }

    /** What the JVM's own loader allows the classes on its path, whatever a test's policy says. */
    private static Permissions permissions(File root) {
        Permissions permissions = new Permissions();
        String files = root.isDirectory() ? new File(root, "-").getPath() : root.getPath();
        permissions.add(new FilePermission(files, "read"));
        permissions.add(new RuntimePermission("exitVM"));
        return permissions;
    }

    /** See {@link TestTags} and {@link TestNames}; "" for none. */
    void discover(String[] classes, String groups, String excludedGroups, String included, String excluded) {
        WeakReference<Loader> lent = find(classes, groups, excludedGroups, included, excluded);
        if (lent != null) {
            SystemLoader.look(worker, lent);
        }
    }

    /** Returns its loader if any of its classes went out through the {@link SystemLoader}, else null. */
    private WeakReference<Loader> find(String[] classes, String groups, String excludedGroups, String included,
            String excluded) {
        TestTags tags = tags(groups, excludedGroups);
        TestNames names = new TestNames(included, excluded);
        Loader loader = new Loader(table, Collections.emptyMap(), own, false, false, false);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        shared.enter();
        SystemLoader.begin(loader);
        try {
            for (Driver driver : drivers.values()) {
                driver.discover(loader, Arrays.asList(classes), finder(driver.name(), loader, tags, names));
            }
        } finally {
            SystemLoader.end();
            shared.leave();
            thread.setContextClassLoader(before);
        }
        return loader.hasLent() ? new WeakReference<>(loader) : null;
    }

    /** Where they are nothing that can be understood, all tests are taken. */
    private TestTags tags(String groups, String excludedGroups) {
        try {
            return new TestTags(groups, excludedGroups);
        } catch (IllegalArgumentException e) {
            Native.problem(worker, "groups", e.getMessage());
            return TestTags.ALL;
        }
    }

    private Driver.Finder finder(String driver, Loader loader, TestTags tags, TestNames names) {
        return new Driver.Finder() {
            @Override
            public TestTags tags() {
                return tags;
            }

            @Override
            public TestNames names() {
                return names;
            }

            @Override
            public void unit(String container, String id, String method) {
                Native.unit(worker, driver, container, id, method);
            }

            @Override
            public void problem(String container, Throwable cause) {
                Native.problem(worker, container, Failure.text(cause, loader));
            }
        };
    }

    Run.Group group(String driver, String container, boolean whole, String[] ids, long[] budgets) {
        Driver found = drivers.get(driver);
        if (found == null) {
            throw new IllegalArgumentException("no driver " + driver);
        }
        return new Run.Group(found, container, whole, ids, budgets);
    }

    /** The thread of a new run, not started yet. */
    Thread run(int job, int flags, String[] names, byte[][] classes, Run.Group[] groups) {
        Map<String, byte[]> replaced = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            replaced.put(names[i], classes[i]);
        }
        Loader loader = new Loader(table, replaced, own, (flags & PROBED) != 0, (flags & TRACED) != 0,
                (flags & TEXTS) != 0);
        return new Run(worker, job, loader, groups, shared, (flags & ALONE) != 0, (flags & DIRECT) != 0).thread();
    }

    /** Waits until the threads of all runs are gone, and no longer than that is worth. */
    void settle() throws InterruptedException {
        long deadline = System.nanoTime() + SETTLED_NS;
        Thread[] threads = new Thread[shared.group.activeCount() + 8];
        int n = shared.group.enumerate(threads);
        for (int i = 0; i < n; i++) {
            threads[i].join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
    }

    /** Where C makes sure that no stop is pending for the current thread. */
    static void drain() {
    }
}
