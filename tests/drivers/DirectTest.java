package varyharness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tests without their engine against the same tests with it: the same events, and
 * the same methods in the same order. Of the cases those whose names begin with
 * Plain can do without, all others cannot.
 */
final class DirectTest {
    private static final Map<String, String> CASES = Map.of("junit-jupiter", "direct.Jupiter", "junit4", "direct.Vintage");

    private final Driver driver;
    private final Supplier<? extends ClassLoader> loaders;

    DirectTest(Driver driver, Supplier<? extends ClassLoader> loaders) {
        this.driver = driver;
        this.loaders = loaders;
    }

    void check() throws ClassNotFoundException {
        if (!CASES.containsKey(driver.name())) {
            return;
        }
        List<String> names = new ArrayList<>();
        for (Class<?> type : loaders.get().loadClass(CASES.get(driver.name())).getDeclaredClasses()) {
            names.add(type.getName());
        }
        Heard heard = new Heard(driver).discover(loaders.get(), names);
        DriversTest.expect(driver.name() + ": enough cases", heard.containers.size() > 15, "true");
        heard.containers.forEach((container, ids) -> {
            boolean isPlain = container.contains("$Plain");
            String what = driver.name() + ": " + container.substring(container.indexOf('$') + 1);
            DriversTest.expect(what + " does without its engine",
                    driver.direct(loaders.get(), container, ids) != null, String.valueOf(isPlain));
            if (isPlain) {
                compare(what, heard, container, ids);
            }
        });
    }

    private void compare(String what, Heard heard, String container, List<String> ids) {
        same(what, heard.endAtFailure(false), container, ids);
        same(what + ", to the first failure", heard.endAtFailure(true), container, ids);
        heard.endAtFailure(false);
        for (String id : ids) {
            same(what + ", alone " + heard.methods.get(id), heard, container, List.of(id));
        }
    }

    private void same(String what, Heard heard, String container, List<String> ids) {
        List<String> byEngine = logged(heard.run(fresh(), container, ids));
        List<String> directly = logged(heard.runDirectly(fresh(), container, ids));
        DriversTest.expect(what, directly, byEngine.toArray(new String[0]));
    }

    private ClassLoader fresh() {
        System.clearProperty("vary.drivers.log");
        return loaders.get();
    }

    private static List<String> logged(List<String> events) {
        List<String> all = new ArrayList<>(events);
        all.add(System.getProperty("vary.drivers.log", ""));
        return all;
    }
}
