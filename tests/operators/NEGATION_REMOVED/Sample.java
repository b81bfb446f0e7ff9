final class Sample {
    private long balance;

    int ints(int x) {
        return -x;
    }

    double reals(double a, float b) {
        return -(a + -b);
    }

    void update() {
        balance = -balance;
    }
}
