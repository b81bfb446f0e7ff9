final class Sample {
    float shortReal(float x) {
        return x * 2;
    }

    double real(double x) {
        return Math.sqrt(x);
    }

    double nan() {
        return Double.NaN;
    }

    double infinity() {
        return Double.POSITIVE_INFINITY;
    }

    long neither(long x) {
        return x;
    }
}
