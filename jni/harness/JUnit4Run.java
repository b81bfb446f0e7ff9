package varyharness;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.junit.runner.Description;
import org.junit.runner.Runner;
import org.junit.runner.manipulation.Filter;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;
import org.junit.runner.notification.RunNotifier;
import org.junit.runner.notification.StoppedByUserException;

/** One run of a JUnit 4 runner: chooses the tests and turns its events into events of units. */
final class JUnit4Run extends RunListener {
    private final UnitEvents events;
    private final Set<String> wanted;
    private final Map<String, Integer> left = new HashMap<>();
    private final Set<String> others = new HashSet<>(); // tests that a runner may not leave out, not ours to judge
    private final Set<String> openEnded = new HashSet<>(); // units of which nobody knows how many parts there are
    private String open; // one of these, under way
    private boolean passes; // the test under way, so far: JUnit tells only what went wrong in it
    private final RunNotifier notifier = new RunNotifier();

    JUnit4Run(UnitEvents events, Set<String> wanted) {
        this.events = events;
        this.wanted = wanted;
    }

    /** Why a class, or a part of a suite, cannot run: JUnit tells it only as a test's failure. */
    static Throwable firstFailure(Runner runner) throws Throwable {
        Throwable[] first = {null};
        RunNotifier notifier = new RunNotifier();
        notifier.addListener(new RunListener() {
            @Override
            public void testFailure(Failure failure) {
                first[0] = first[0] == null ? failure.getException() : first[0];
            }
        });
        only(TestMethod::isBroken).apply(runner);
        runner.run(notifier);
        return first[0] != null ? first[0] : new AssertionError("JUnit cannot run it");
    }

    static Filter only(Predicate<TestMethod> wanted) {
        return new Filter() {
            @Override
            public boolean shouldRun(Description description) {
                return JUnit4Leaves.methods(description).stream().anyMatch(wanted);
            }

            @Override
            public String describe() {
                return "units chosen by vary";
            }
        };
    }

    void run(Class<?> type, JUnit4Tests tests) throws Throwable {
        boolean all = true;
        for (TestMethod part : tests.methods()) {
            if (wanted.contains(part.id())) {
                left.merge(part.id(), 1, Integer::sum);
            } else {
                all &= part.isBroken();
                if (!part.isBroken()) {
                    others.add(part.id());
                }
            }
        }
        if (!all && left.isEmpty()) {
            return;
        }
        SpockFeatures.all(type).forEach(feature -> openEnded.add(feature.id()));
        notifier.addListener(this);
        try {
            (all ? tests.all() : tests.choose(wanted)).run(notifier);
        } catch (StoppedByUserException e) {
            events.proceed(); // else a test's own doing
        }
    }

    @Override
    public void testStarted(Description description) {
        stopIfAsked();
        String id = id(description);
        passes = true;
        if (open != null && !id.equals(open)) {
            String before = open;
            open = null;
            guard(() -> events.finished(before));
        }
        if (wanted.contains(id)) {
            open = openEnded.contains(id) ? id : null;
            guard(() -> events.started(id));
        }
    }

    @Override
    public void testFailure(Failure failure) {
        String id = id(failure.getDescription());
        passes = false;
        if (wanted.contains(id)) {
            guard(() -> events.failed(id, failure.getException()));
        } else if (!others.contains(id)) {
            guard(() -> events.containerFailed(failure.getException()));
        }
    }

    @Override
    public void testAssumptionFailure(Failure failure) {
        passes = false;
        events.aborted(id(failure.getDescription()));
    }

    @Override
    public void testIgnored(Description description) {
        stopIfAsked();
        for (Description leaf : JUnit4Leaves.all(description)) {
            String id = id(leaf);
            if (wanted.contains(id)) {
                guard(() -> events.started(id));
                events.aborted(id);
                end(id);
            }
        }
    }

    @Override
    public void testFinished(Description description) {
        String id = id(description);
        if (wanted.contains(id)) {
            if (passes) {
                events.passed(id);
            }
            end(id);
        }
    }

    /** The last part of a unit ends it; of an open-ended one the next unit does, or the run's end. */
    private void end(String id) {
        if (!id.equals(open) && left.merge(id, -1, Integer::sum) == 0) {
            guard(() -> events.finished(id));
        }
    }

    private static String id(Description description) {
        return JUnit4Leaves.method(description).id();
    }

    private void stopIfAsked() {
        if (events.isStopped()) {
            notifier.pleaseStop();
            events.proceed();
        }
    }

    private void guard(Runnable event) {
        try {
            event.run();
        } catch (Driver.Stop e) {
            notifier.pleaseStop(); // class-level tear-down still runs, no further test does
            throw e;
        }
    }
}
