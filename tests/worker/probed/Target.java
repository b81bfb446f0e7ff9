package faults;

/** As the engine weaves probes in. */
class Target {
    static final int FIRST = first();

    private static int first() {
        varyharness.Reach.hit(0);
        return 0;
    }

    static int value() {
        varyharness.Reach.hit(1);
        return 1;
    }

    static int other() {
        varyharness.Reach.hit(2);
        return 2;
    }

    static void after() {
        varyharness.Reach.hit(3);
    }
}
