import java.util.function.IntUnaryOperator;

final class Sample implements Comparable<Sample> {
    private int n;

    @Override
    public int compareTo(Sample other) {    // and the bridge compareTo(Object)
        return n - other.n;
    }

    IntUnaryOperator user() {               // a lambda's body is the user's
        return x -> x + n;
    }
}
