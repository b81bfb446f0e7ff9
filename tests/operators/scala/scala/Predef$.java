package scala;

/** As much of it as the sample needs. */
public class Predef$ {
    public static final Predef$ MODULE$ = new Predef$();

    public int intWrapper(int n) {
        return n;
    }

    public void require(boolean holds) {
    }
}
