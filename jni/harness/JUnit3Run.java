package varyharness;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import junit.extensions.TestDecorator;
import junit.framework.AssertionFailedError;
import junit.framework.Test;
import junit.framework.TestListener;
import junit.framework.TestResult;

/** One run of JUnit 3 tests: turns its events into events of units. */
final class JUnit3Run implements TestListener {
    private final UnitEvents events;
    private final Set<String> wanted;
    private final Map<String, Integer> left = new HashMap<>();
    private final TestResult result = new TestResult();

    JUnit3Run(UnitEvents events, Set<String> wanted) {
        this.events = events;
        this.wanted = wanted;
    }

    /**
     * Tells why JUnit made a test that only fails in place of one it was asked for.
     *
     * @param alone there is nothing but that: a base class, or a part of another test, is meant so
     */
    static void tellWarning(Class<?> type, boolean alone, Driver.Finder finder) throws Throwable {
        if (alone && (type.isMemberClass() || !Candidates.soundsLikeTest(type.getName()))) {
            return;
        }
        TestResult result = new TestResult();
        result.addListener(new TestListener() {
            @Override
            public void addError(Test test, Throwable error) {
                finder.problem(type.getName(), error);
                result.stop();
            }

            @Override
            public void addFailure(Test test, AssertionFailedError failure) {
                addError(test, failure);
            }

            @Override
            public void startTest(Test test) {
            }

            @Override
            public void endTest(Test test) {
            }
        });
        JUnit3Tests.choose(JUnit3Tests.of(type), JUnit3Run::hasWarning).run(result);
    }

    private static boolean hasWarning(Test test) {
        return JUnit3Tests.methods(test).stream().anyMatch(TestMethod::isWarning);
    }

    void run(Test test) {
        boolean all = true;
        for (TestMethod part : JUnit3Tests.methods(test)) {
            if (wanted.contains(part.id())) {
                left.merge(part.id(), 1, Integer::sum);
            } else {
                all = false;
            }
        }
        if (left.isEmpty()) {
            return;
        }
        result.addListener(this);
        (all ? test : JUnit3Tests.choose(test, this::holds)).run(result);
    }

    private boolean holds(Test test) {
        return JUnit3Tests.methods(test).stream().anyMatch(part -> wanted.contains(part.id()));
    }

    @Override
    public void startTest(Test test) {
        String id = JUnit3Tests.method(test).id();
        if (wanted.contains(id)) {
            guard(() -> events.started(id));
        }
    }

    @Override
    public void addError(Test test, Throwable error) {
        String id = JUnit3Tests.method(test).id();
        if (wanted.contains(id)) {
            guard(() -> events.failed(id, error));
        } else if (test instanceof TestDecorator) {
            guard(() -> events.containerFailed(error)); // its set-up or tear-down
        }
    }

    @Override
    public void addFailure(Test test, AssertionFailedError failure) {
        addError(test, failure);
    }

    @Override
    public void endTest(Test test) {
        String id = JUnit3Tests.method(test).id();
        if (wanted.contains(id) && left.merge(id, -1, Integer::sum) == 0) {
            guard(() -> events.finished(id));
        }
    }

    private void guard(Runnable event) {
        try {
            event.run();
        } catch (Driver.Stop e) {
            result.stop(); // what decorates tests still tears down, no further test runs
            throw e;
        }
    }
}
