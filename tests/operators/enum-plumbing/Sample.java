enum Sample {
    SMALL(1), LARGE(two());

    private final int size;

    Sample(int size) {
        this.size = size;
    }

    static int two() {
        return 1 + count();
    }

    static int count() {
        return values().length;
    }

    int size() {
        return size;
    }
}
