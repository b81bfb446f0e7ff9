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

    double real(double n) {
        return n;
    }

    float shortReal(float n) {
        return n;
    }

    char none(char c) {
        return c;
    }

    boolean neither(boolean b) {
        return b;
    }

    int already() {
        return -1;
    }

    long alreadyLong() {
        return -1L;
    }
}
