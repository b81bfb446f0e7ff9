package varyharness;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The containers of JUnit 3 and 4, and their units. A suite is taken apart: a
 * class that it runs just as the class would run by itself is a container of
 * its own, so that a test of it need not make the whole suite first. With the
 * suite stays only what is made, decorated or set up in it.
 *
 * @param <T> what the engine makes of a class, to be looked at
 */
abstract class Containers<T> {
    private final Set<String> asked;
    private final Driver.Finder finder;
    private final Map<String, Set<TestMethod>> found = new LinkedHashMap<>();

    private Class<?> madeOf;
    private T made;

    /** @param asked names of the classes that will be added */
    Containers(List<String> asked, Driver.Finder finder) {
        this.asked = new HashSet<>(asked);
        this.finder = finder;
    }

    abstract T make(Class<?> type) throws Throwable;

    /** What was made of the class last, if that is still there: a suite may be dear. Not to be run. */
    final T made(Class<?> type) throws Throwable {
        if (madeOf != type) {
            made = make(type);
            madeOf = type;
        }
        return made;
    }

    /** What would run for the class, in order and each as often as it would; empty for a class without tests. */
    abstract List<TestMethod> methods(Class<?> type) throws Throwable;

    /** The classes in a suite that run there as they would by themselves, each once; none for a class that is no suite. */
    abstract List<Class<?>> members(Class<?> type) throws Throwable;

    /** The ids of those among {@link #methods} that the build does not run by their tags. */
    Set<String> unwanted(Class<?> type) throws Throwable {
        return Collections.emptySet();
    }

    /** Why the class, or a part of it, cannot run, where one of {@link #methods} stands for that. */
    abstract Throwable whyBroken(Class<?> type) throws Throwable;

    /** Adds a class, and before it the members that were not asked for themselves. */
    final void add(Class<?> type) {
        if (found.putIfAbsent(type.getName(), Collections.emptySet()) != null) {
            return;
        }
        try {
            List<TestMethod> methods = methods(type);
            Map<TestMethod, Integer> elsewhere = new HashMap<>();
            for (Class<?> member : members(type)) {
                methods(member).forEach(method -> elsewhere.merge(method, 1, Integer::sum));
                if (!asked.contains(member.getName())) {
                    add(member);
                }
            }
            methods.removeIf(method -> elsewhere.merge(method, -1, Integer::sum) >= 0);
            found.remove(type.getName());
            found.put(type.getName(), units(type, methods));
        } catch (Driver.Stop e) {
            throw e;
        } catch (Throwable e) {
            finder.problem(type.getName(), e);
        }
    }

    private Set<TestMethod> units(Class<?> type, List<TestMethod> methods) throws Throwable {
        Set<TestMethod> units = new LinkedHashSet<>();
        methods.stream().filter(unit -> !unit.isBroken() && !unit.isWarning()).forEach(units::add);
        Set<String> unwanted = unwanted(type);
        units.removeIf(unit -> unwanted.contains(unit.id()));
        if (methods.stream().anyMatch(TestMethod::isBroken)) {
            finder.problem(type.getName(), whyBroken(type));
        }
        if (methods.stream().anyMatch(TestMethod::isWarning)) {
            JUnit3Run.tellWarning(type, units.isEmpty(), finder);
        }
        return units;
    }

    /** Tells the finder what there is. A test that its own class runs is not run again by suites. */
    final void tell() {
        Set<TestMethod> own = new HashSet<>();
        found.forEach((container, units) ->
                units.stream().filter(unit -> unit.type().equals(container)).forEach(own::add));
        found.forEach((container, units) -> {
            for (TestMethod unit : units) {
                if ((unit.type().equals(container) || !own.contains(unit))
                        && finder.names().want(List.of(unit.type()), unit.method())) {
                    finder.unit(container, unit.id(), unit.method());
                }
            }
        });
    }
}
