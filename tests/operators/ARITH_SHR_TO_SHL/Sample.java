final class Sample {
    private int total;

    int ints(int a, int b) {
        return a >> b;
    }

    long longs(long a, int b) {
        return (a >> b) * 3;
    }

    void assigns(int b) {
        total >>= b;
    }
}
