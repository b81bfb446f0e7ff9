final class Sample {
    private int n;

    int integer() {
        return n;
    }

    long product(int qty, long price) {
        return qty * price;
    }

    float half(float x) {
        return x / 2;
    }

    double one() {
        return 1.5;
    }

    char letter(String s) {
        return s.charAt(0);
    }

    short small() {
        return 5;
    }

    byte smaller(byte[] bytes, int i) {
        return bytes[i];
    }

    Integer boxed(int n) {
        return n;
    }

    int zeroAlready() {
        return 0;
    }

    Integer boxedZeroAlready() {
        return 0;
    }

    int either(boolean c) {
        return c ? 0 : 1;
    }
}
