package varyharness;

/**
 * Which mutation points were reached. Each probed {@link Loader} defines a copy
 * of this class of its own, so runs side by side do not mix.
 */
public final class Reach {

    /** One byte a point: bytes, because threads may write neighbours without a lock. */
    public static byte[] hits;

    private Reach() {
    }

    public static void hit(int point) {
        hits[point] = 1;
    }
}
