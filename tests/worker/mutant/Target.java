package faults;

/** The mutant: value() is 7. Its loops are woven as under a budget. */
class Target {
    static final int FIRST = first();

    private static int first() {
        return 0;
    }

    private static void go() {
        for (int i = 0; i < 10; i++) {
            varyharness.Reach.spend();
        }
    }

    static int value() {
        go();
        return 7;
    }

    static int other() {
        go();
        return 2;
    }

    static void after() {
    }
}
