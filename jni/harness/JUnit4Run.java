package varyharness;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
    private final RunNotifier notifier = new RunNotifier();

    JUnit4Run(UnitEvents events, Set<String> wanted) {
        this.events = events;
        this.wanted = wanted;
    }

    /** Why a runner cannot run: JUnit tells it only as a test's failure. */
    static Throwable firstFailure(Runner runner) {
        Throwable[] first = new Throwable[1];
        RunNotifier notifier = new RunNotifier();
        notifier.addListener(new RunListener() {
            @Override
            public void testStarted(Description description) {
                if (!JUnit4Unit.of(description).isBroken()) {
                    notifier.pleaseStop(); // a suite of which only a part is broken
                    throw new StoppedByUserException();
                }
            }

            @Override
            public void testFailure(Failure failure) {
                first[0] = first[0] == null ? failure.getException() : first[0];
            }
        });
        try {
            runner.run(notifier);
        } catch (StoppedByUserException e) {
            // as asked for
        }
        return first[0];
    }

    /** The runner is of no use afterwards: a filter stays in it. */
    void run(Class<?> type, Runner runner) throws Throwable {
        boolean all = true;
        for (Description leaf : JUnit4Unit.leaves(runner.getDescription())) {
            String id = JUnit4Unit.of(leaf).id();
            if (wanted.contains(id)) {
                left.merge(id, 1, Integer::sum);
            } else {
                all &= JUnit4Unit.of(leaf).isBroken();
            }
        }
        if (!all && left.isEmpty()) {
            return;
        }
        notifier.addListener(this);
        try {
            (all ? runner : choose(type, runner)).run(notifier);
        } catch (StoppedByUserException e) {
            events.proceed(); // else a test's own doing
        }
    }

    private Runner choose(Class<?> type, Runner runner) throws Throwable {
        if (JUnit3Suite.is(runner)) {
            return JUnit3Suite.choose(type, wanted);
        }
        new Filter() {
            @Override
            public boolean shouldRun(Description description) {
                for (Description leaf : JUnit4Unit.leaves(description)) {
                    JUnit4Unit unit = JUnit4Unit.of(leaf);
                    if (unit.isBroken() || wanted.contains(unit.id())) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public String describe() {
                return "units chosen by vary";
            }
        }.apply(runner); // does nothing to a runner that cannot choose
        return runner;
    }

    @Override
    public void testStarted(Description description) {
        stopIfAsked();
        String id = id(description);
        if (wanted.contains(id)) {
            guard(() -> events.started(id));
        }
    }

    @Override
    public void testFailure(Failure failure) {
        Description description = failure.getDescription();
        String id = id(description);
        if (wanted.contains(id)) {
            events.failed(id, failure.getException());
        } else if (!isOther(description)) {
            guard(() -> events.containerFailed(failure.getException()));
        }
    }

    @Override
    public void testAssumptionFailure(Failure failure) {
        events.aborted(id(failure.getDescription()));
    }

    @Override
    public void testIgnored(Description description) {
        stopIfAsked();
        for (Description leaf : JUnit4Unit.leaves(description)) {
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
            end(id);
        }
    }

    /** The last part of a unit ends it; a runner may start parts that it did not announce. */
    private void end(String id) {
        if (left.merge(id, -1, Integer::sum) == 0) {
            guard(() -> events.finished(id));
        }
    }

    /** A test that the runner would not leave out, and that is not ours to judge. */
    private static boolean isOther(Description description) {
        JUnit4Unit unit = JUnit4Unit.of(description);
        return !unit.isBroken() && !unit.method().isEmpty();
    }

    private static String id(Description description) {
        return JUnit4Unit.of(description).id();
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
