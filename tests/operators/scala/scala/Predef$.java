package scala;

/** As much of it as the sample needs. */
public class Predef$ {
    public static final Predef$ MODULE$ = new Predef$();

    public int intWrapper(int n) {
        return n;
    }

    public Object[] genericWrapArray(Object[] values) {
        return values;
    }

    public void require(boolean holds) {
    }
}
