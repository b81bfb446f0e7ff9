package faults;

/** What is mutated, and probed: see the folders beside this one. */
class Target {
    static final int FIRST = first();

    private static int first() {
        return 0;
    }

    static int value() {
        return 1;
    }

    static int other() {
        return 2;
    }

    static void after() {
    }
}
