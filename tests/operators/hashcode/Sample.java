final class Sample {
    private int a, b;

    @Override
    public int hashCode() {
        return 31 * a + (b ^ b >>> 16);
    }

    int sum() {
        return a + b;
    }
}
