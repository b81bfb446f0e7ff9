final class Sample {
    int integer(int n) {
        return n;
    }

    long longInteger(long n) {
        return n;
    }

    short small(short n) {
        return n;
    }

    byte smaller(byte n) {
        return n;
    }

    char letter(char c) {
        return c;
    }

    double neither(double d) {
        return d;
    }

    int alreadyLargest() {
        return Integer.MAX_VALUE;
    }

    int alreadySmallest() {
        return Integer.MIN_VALUE;
    }
}
