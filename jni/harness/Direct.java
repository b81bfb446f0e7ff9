package varyharness;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tests of one class, run without their engine.
 *
 * An engine looks through the annotations of the whole class before it runs one
 * test of it, in every new loader: that takes as long as most tests. Where nothing
 * of it is in play but an instance for each test, and what runs before and after it
 * ({@link DirectRules}), the same is done here. What an engine does is the
 * truth: the first run of a class is always its own, and so is the reference.
 *
 * All by name: a driver keeps no Class.
 */
final class Direct {

    /** How methods are called: both throw what the code called throws, as it is. */
    interface Caller {
        Object make(Class<?> type) throws Throwable;

        /** @param on null: the method is static */
        void call(Class<?> type, Object on, String method) throws Throwable;
    }

    /** A method around tests, and the class that declares it. */
    static final class Around {
        final String type;
        final String method;

        Around(String type, String method) {
            this.type = type;
            this.method = method;
        }
    }

    static final class Test {
        final String method;
        final String expected; // class of what it must throw, or null

        Test(String method, String expected) {
            this.method = method;
            this.expected = expected;
        }
    }

    /** What runs around tests, in order. */
    static final class Frame {
        final List<Around> beforeAll;
        final List<Around> before;
        final List<Around> after;
        final List<Around> afterAll;

        Frame(List<Around> beforeAll, List<Around> before, List<Around> after, List<Around> afterAll) {
            this.beforeAll = beforeAll;
            this.before = before;
            this.after = after;
            this.afterAll = afterAll;
        }
    }

    private final String container;
    private final Frame frame;
    private final Map<String, Test> tests; // by id
    private final Set<String> assumptions; // classes of what says that a test does not apply

    Direct(String container, Frame frame, Map<String, Test> tests, Set<String> assumptions) {
        this.container = container;
        this.frame = frame;
        this.tests = tests;
        this.assumptions = assumptions;
    }

    boolean knows(List<String> ids) {
        return tests.keySet().containsAll(ids);
    }

    /** As {@link Driver#run}, in the order of the ids. */
    void run(ClassLoader loader, List<String> ids, Driver.Listener listener, Caller caller) {
        UnitEvents events = new UnitEvents(container, ids, listener);
        try {
            Class<?> type = Class.forName(container, false, loader);
            new Running(loader, type, events, caller).run(ids);
        } catch (Throwable e) {
            events.containerFailed(e);
        }
        events.close();
    }

    private final class Running {
        private final ClassLoader loader;
        private final Class<?> type;
        private final UnitEvents events;
        private final Caller caller;

        Running(ClassLoader loader, Class<?> type, UnitEvents events, Caller caller) {
            this.loader = loader;
            this.type = type;
            this.events = events;
            this.caller = caller;
        }

        void run(List<String> ids) throws Throwable {
            Throwable failure = before(frame.beforeAll, null);
            try {
                for (int i = 0; i < ids.size() && failure == null; i++) {
                    unit(ids.get(i));
                }
            } finally { // a run that is stopped tears down, too
                failure = after(frame.afterAll, null, failure);
            }
            if (failure != null && !isAssumption(failure)) {
                throw failure;
            }
        }

        private void unit(String id) {
            events.started(id);
            Throwable failure = test(tests.get(id));
            if (failure != null && isAssumption(failure)) {
                events.aborted(id);
            } else if (failure != null) {
                events.failed(id, failure);
            }
            events.finished(id);
        }

        /** @return its failure, or null */
        private Throwable test(Test test) {
            Object on;
            try {
                on = caller.make(type);
            } catch (Throwable e) {
                return e;
            }
            Throwable failure = before(frame.before, on);
            if (failure == null) {
                failure = body(test, on);
            }
            return after(frame.after, on, failure);
        }

        private Throwable body(Test test, Object on) {
            Throwable thrown = null;
            try {
                caller.call(type, on, test.method);
            } catch (Throwable e) {
                thrown = e;
            }
            return test.expected == null ? thrown : surprise(test.expected, thrown);
        }

        private Throwable surprise(String expected, Throwable thrown) {
            if (thrown == null) {
                return new AssertionError("Expected exception: " + expected);
            }
            if (thrown instanceof Driver.Stop) {
                return thrown;
            }
            try {
                if (Class.forName(expected, false, loader).isInstance(thrown)) {
                    return null;
                }
            } catch (ClassNotFoundException | LinkageError e) {
                return e;
            }
            return isAssumption(thrown) ? thrown : new Exception("Unexpected exception, expected<" + expected
                    + "> but was<" + thrown.getClass().getName() + ">", thrown);
        }

        /** Until one fails. */
        private Throwable before(List<Around> methods, Object on) {
            for (Around method : methods) {
                Throwable failure = call(method, on);
                if (failure != null) {
                    return failure;
                }
            }
            return null;
        }

        /** All of them, whatever fails. */
        private Throwable after(List<Around> methods, Object on, Throwable before) {
            Throwable failure = before;
            for (Around method : methods) {
                Throwable next = call(method, on);
                if (failure == null || next != null && isAssumption(failure) && !isAssumption(next)) {
                    failure = next;
                }
            }
            return failure;
        }

        private Throwable call(Around method, Object on) {
            try {
                caller.call(Class.forName(method.type, false, loader), on, method.method);
                return null;
            } catch (Throwable e) {
                return e;
            }
        }
    }

    private boolean isAssumption(Throwable failure) {
        for (Class<?> at = failure.getClass(); at != Object.class; at = at.getSuperclass()) {
            if (assumptions.contains(at.getName())) {
                return true;
            }
        }
        return false;
    }
}
