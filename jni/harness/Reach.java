package varyharness;

/**
 * What woven code counts: each probed or budgeted {@link Loader} defines a copy of
 * this class of its own, so runs side by side do not mix. No locks: a count that
 * threads spoil for each other is as good.
 */
public final class Reach {

    /** One count a mutation point reached, and a mutated method's entries and backward jumps. */
    public static int[] hits;

    /** How many more entries and backward jumps the mutated method may do. */
    public static long left;

    private Reach() {
    }

    public static void hit(int counter) {
        hits[counter]++;
    }

    /** At each entry and before each backward jump of the mutated method. */
    public static void spend() {
        if (--left < 0) {
            throw new Driver.Stop();
        }
    }
}
