final class Sample {
    int checked(int n) {
        assert n > 0 : "n is " + n;
        return n;
    }
}
