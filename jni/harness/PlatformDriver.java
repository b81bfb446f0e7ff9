package varyharness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;

import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/**
 * Drives one engine of the JUnit Platform (1.3 and later) directly, without a
 * launcher. A unit is a leaf of what the engine discovers: a test, or a
 * container that registers its tests when it runs. Its id is the unique id.
 */
final class PlatformDriver implements Driver {
    private final TestEngine engine;
    private final UniqueId root;
    private final PlatformConfiguration configuration;
    private final Candidates candidates;
    private final DirectClasses direct = new DirectClasses(DirectRules.JUPITER, PlatformDriver::plainId);

    private PlatformDriver(TestEngine engine, PlatformConfiguration configuration, boolean tells) {
        this.engine = engine;
        this.root = UniqueId.forEngine(engine.getId());
        this.configuration = configuration;
        this.candidates = new Candidates(tells);
    }

    /** Adds a driver for every engine, except those whose tests another driver finds. */
    static void addAll(List<Driver> drivers, ClassLoader libraries, Set<String> covered) {
        PlatformConfiguration configuration = new PlatformConfiguration();
        for (TestEngine engine : engines(libraries)) {
            if (!covered.contains(engine.getId())) {
                drivers.add(new PlatformDriver(engine, configuration, drivers.isEmpty()));
            }
        }
    }

    /** An engine that cannot be loaded here does not keep the others away. */
    private static List<TestEngine> engines(ClassLoader libraries) {
        List<TestEngine> engines = new ArrayList<>();
        ServiceLoader<TestEngine> services = ServiceLoader.load(TestEngine.class, libraries);
        services.stream().forEach(provider -> {
            try {
                engines.add(provider.get());
            } catch (ServiceConfigurationError | LinkageError e) {
                // needs another platform version, or a library that is absent
            }
        });
        return engines;
    }

    @Override
    public String name() {
        return engine.getId();
    }

    @Override
    public void discover(ClassLoader loader, List<String> classes, Finder finder) {
        configuration.read(loader);
        List<Class<?>> types = candidates.load(loader, classes, finder);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Set<String> known = new HashSet<>(classes);
            if (!discover(types, known, finder)) {
                discoverSingly(types, known, finder);
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** @return false if the engine gave up on one of the classes: nothing was found then */
    private boolean discover(List<Class<?>> types, Set<String> classes, Finder finder) {
        PlatformRequest request = request(types);
        Map<String, TestDescriptor> units;
        try {
            units = units(discover(request));
        } catch (Exception | LinkageError | AssertionError e) {
            if (types.size() == 1 && Candidates.soundsLikeTest(types.get(0).getName())) {
                finder.problem(types.get(0).getName(), e);
            }
            return false;
        }
        units.forEach((id, unit) -> {
            String container = container(unit);
            if (!foundByOther(id, container, classes) && isWanted(unit, finder)) {
                finder.unit(container, id, method(unit));
            }
        });
        request.problems().forEach((name, cause) -> {
            if (Candidates.soundsLikeTest(name)) {
                finder.problem(name, cause);
            }
        });
        return true;
    }

    private void discoverSingly(List<Class<?>> types, Set<String> classes, Finder finder) {
        try {
            discover(new PlatformRequest(Collections.emptyList(), configuration));
        } catch (Exception | LinkageError e) {
            finder.problem(name(), e); // not the fault of any class
            return;
        }
        for (Class<?> type : types) {
            discover(Collections.singletonList(type), classes, finder);
        }
    }

    private PlatformRequest request(List<Class<?>> types) {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (Class<?> type : types) {
            selectors.add(DiscoverySelectors.selectClass(type));
        }
        return new PlatformRequest(selectors, configuration);
    }

    private TestDescriptor discover(PlatformRequest request) {
        TestDescriptor found = engine.discover(request, root);
        found.accept(TestDescriptor::prune);
        return found;
    }

    /** A suite of engines holds other engines' tests; those of the test roots are found by their own driver. */
    private static boolean foundByOther(String id, String container, Set<String> classes) {
        return id.indexOf("/[engine:") >= 0 && classes.contains(container);
    }

    private static Map<String, TestDescriptor> units(TestDescriptor root) {
        Map<String, TestDescriptor> units = new LinkedHashMap<>();
        for (TestDescriptor child : root.getChildren()) {
            addUnits(child, units);
        }
        return units;
    }

    private static void addUnits(TestDescriptor descriptor, Map<String, TestDescriptor> units) {
        Set<? extends TestDescriptor> children = descriptor.getChildren();
        if (descriptor.isTest() || children.isEmpty() && descriptor.mayRegisterTests()) {
            units.put(descriptor.getUniqueId().toString(), descriptor);
            return;
        }
        for (TestDescriptor child : children) {
            addUnits(child, units);
        }
    }

    /** The outermost class around the unit within its engine, or the unit itself where there is no class. */
    private static String container(TestDescriptor unit) {
        String name = className(unit);
        for (TestDescriptor at = unit; at != null && !isEngine(at); at = at.getParent().orElse(null)) {
            Optional<TestSource> source = at.getSource();
            if (source.isPresent() && source.get() instanceof ClassSource) {
                name = ((ClassSource) source.get()).getClassName();
            }
        }
        return name;
    }

    private static boolean isEngine(TestDescriptor descriptor) {
        String id = descriptor.getUniqueId().toString();
        return id.startsWith("[engine:", id.lastIndexOf('/') + 1);
    }

    private static String className(TestDescriptor unit) {
        TestSource source = unit.getSource().orElse(null);
        return source instanceof MethodSource
                ? ((MethodSource) source).getClassName() : unit.getUniqueId().toString();
    }

    private static boolean isWanted(TestDescriptor unit, Finder finder) {
        return (finder.tags().isAll() || finder.tags().want(tags(unit)))
                && finder.names().want(types(unit), method(unit));
    }

    /** Of the unit and what is around it, as far as that are classes. */
    private static List<String> types(TestDescriptor unit) {
        List<String> types = new ArrayList<>();
        types.add(className(unit));
        for (TestDescriptor at = unit; at != null; at = at.getParent().orElse(null)) {
            TestSource source = at.getSource().orElse(null);
            if (source instanceof ClassSource) {
                types.add(((ClassSource) source).getClassName());
            }
        }
        return types;
    }

    /** Its own and inherited ones. */
    private static Set<String> tags(TestDescriptor unit) {
        Set<String> names = new HashSet<>();
        unit.getTags().forEach(tag -> names.add(tag.getName()));
        return names;
    }

    private static String method(TestDescriptor unit) {
        TestSource source = unit.getSource().orElse(null);
        return source instanceof MethodSource ? ((MethodSource) source).getMethodName() : "";
    }

    @Override
    public void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener) {
        configuration.read(loader);
        PlatformRun run = new PlatformRun(container, ids, listener);
        try {
            PlatformRequest request = new PlatformRequest(select(loader, container, ids, whole), configuration);
            TestDescriptor found = discover(request);
            run.expect(units(found).values());
            request.problems().values().forEach(run::broken);
            ExecutionRequests.execute(engine, found, run, request);
        } catch (Exception | Error e) {
            run.broken(e);
        }
        run.close();
    }

    @Override
    public Direct direct(ClassLoader loader, String container, List<String> ids) {
        if (!name().equals("junit-jupiter")) {
            return null;
        }
        configuration.read(loader);
        return configuration.isOfJupiter() ? null : direct.find(loader, container, ids);
    }

    /** Of a test that takes nothing, in a class that is in no other. */
    private static String plainId(String container, String method) {
        return UniqueId.forEngine("junit-jupiter").append("class", container).append("method", method + "()").toString();
    }

    private static List<DiscoverySelector> select(ClassLoader loader, String container, List<String> ids,
            boolean whole) {
        if (whole && !container.startsWith("[")) {
            try {
                Class<?> type = Class.forName(container, false, loader);
                return Collections.singletonList(DiscoverySelectors.selectClass(type));
            } catch (ClassNotFoundException e) {
                // a container that is no class: its units are chosen one by one
            }
        }
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String id : ids) {
            selectors.add(DiscoverySelectors.selectUniqueId(UniqueId.parse(id)));
        }
        return selectors;
    }
}
