package varyharness;

import java.util.List;

/**
 * One way of finding and running tests: JUnit Platform, JUnit 4 and 3, TestNG.
 *
 * A *unit* is what can be chosen and judged on its own: a test method with all
 * its invocations (parameterised, repeated, dynamic). Its id is a text that the
 * same driver understands again in another class loader and another process.
 * A *container* is the test class that a unit runs in.
 *
 * Drivers keep no Class object and no test instance after a call returns: the
 * loader must be collectable. A driver is used by several threads at once.
 */
interface Driver {

    /** Receives what a discovery finds, in the order in which a whole run would execute it. */
    interface Finder {
        /** @param method the method's simple name, for people; "" where there is none */
        void unit(String container, String id, String method);

        /** Tests that these leave out are not told. */
        default TestTags tags() {
            return TestTags.ALL;
        }

        /** Nor those that have none of these names. */
        default TestNames names() {
            return TestNames.ALL;
        }

        /** A class that looks like a test but cannot be one here, and why. */
        void problem(String container, Throwable cause);
    }

    /** Receives what happens in a run. Any method may throw {@link Stop}, which must end the run early. */
    interface Listener {
        /** Whether a unit's first failing invocation ends the run: what comes after it need not run. */
        boolean endsAtFailure();

        void started(String id);

        /**
         * A unit came to its end.
         *
         * @param failure null: passed; else the first failure of any of its invocations
         * @param skipped disabled, or an assumption did not hold; failure is null
         */
        void finished(String id, Throwable failure, boolean skipped);

        /** The class around the units failed: static or class-level set-up or tear-down, instantiation, discovery. */
        void containerFailed(String container, Throwable failure);
    }

    /** Thrown by the harness through a driver and the engine below it to end a run: after a first failure, or on a deadline. */
    final class Stop extends Error {
        public Stop() {
            super("stopped by vary", null, false, false);
        }
    }

    /** Short name that ends up in reports: "junit-jupiter", "junit4", "testng". */
    String name();

    /** Finds the units of the given classes, which are loaded (never initialised where that can be avoided) by loader. */
    void discover(ClassLoader loader, List<String> classes, Finder finder);

    /**
     * Runs units of one container in the engine's own order; every unit of
     * {@code ids} gets one started/finished pair unless containerFailed or Stop
     * came before. The thread's context loader is already {@code loader}.
     *
     * @param whole the ids are all units of the container: it may be run as it is, without a filter
     */
    void run(ClassLoader loader, String container, List<String> ids, boolean whole, Listener listener);

    /**
     * The same units, to be run without the engine.
     *
     * @return null where that must run them
     */
    default Direct direct(ClassLoader loader, String container, List<String> ids) {
        return null;
    }
}
