// since 16
record Sample(int x, String name) {
    Sample {
        if (x < 0)
            throw new IllegalArgumentException(name);
    }

    int twice() {
        return 2 * x();
    }
}
