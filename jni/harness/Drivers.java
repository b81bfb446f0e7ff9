package varyharness;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The drivers whose engines are on the class path. */
final class Drivers {
    private Drivers() {
    }

    /**
     * Finds the drivers, in the order in which they should be asked. No test
     * is found by two of them: JUnit 3, 4 and TestNG tests run through their own
     * runners, so the platform engines that only wrap those are left out.
     *
     * @param libraries loads the test engines; the classes under test are in loaders below it
     */
    static List<Driver> find(ClassLoader libraries) {
        boolean junit4 = present(libraries, "org.junit.runner.notification.RunListener");
        Set<String> covered = new HashSet<>();
        if (junit4) {
            covered.add("junit-vintage");
        }
        boolean testng = present(libraries, "org.testng.TestNG");
        if (testng) {
            covered.add("testng");
        }
        List<Driver> drivers = new ArrayList<>();
        if (present(libraries, "org.junit.platform.engine.TestEngine")) {
            add(drivers, () -> PlatformDriver.addAll(drivers, libraries, covered));
        }
        if (junit4) {
            add(drivers, () -> drivers.add(new JUnit4Driver(drivers.isEmpty())));
        }
        if (!junit4 && present(libraries, "junit.framework.TestSuite")) {
            add(drivers, () -> drivers.add(new JUnit3Driver(drivers.isEmpty())));
        }
        if (testng) {
            add(drivers, () -> drivers.add(new TestNGDriver(drivers.isEmpty())));
        }
        return drivers;
    }

    private static boolean present(ClassLoader libraries, String name) {
        try {
            Class.forName(name, false, libraries);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** A class of ours could not be defined if its engine is of a version that lacks something: no such driver then. */
    private static void add(List<Driver> drivers, Runnable adding) {
        int before = drivers.size();
        try {
            adding.run();
        } catch (LinkageError e) {
            drivers.subList(before, drivers.size()).clear();
        }
    }
}
