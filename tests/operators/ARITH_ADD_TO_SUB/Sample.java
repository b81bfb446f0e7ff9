final class Sample {
    private int total;

    int ints(int a, int b) {
        return a + b;
    }

    long longs(long a, long b) {
        return (a + b) * 3;
    }

    double reals(double a, float b) {
        return a + b;
    }

    void assigns(int b) {
        total += b;
    }
}
