package kotlin.ranges;

/** As much of it as the sample needs. */
public class IntProgression {
    public int getLast() {
        return 0;
    }
}
