package faults;

/** The mutant: value() is 7. */
class Target {
    static final int FIRST = first();

    private static int first() {
        return 0;
    }

    static int value() {
        return 7;
    }

    static int other() {
        return 2;
    }

    static void after() {
    }
}
