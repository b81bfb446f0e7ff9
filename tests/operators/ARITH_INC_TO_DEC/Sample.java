final class Sample {
    int loop(int n) {
        int sum = 0;
        for (int i = 0; i < n; i++)
            sum = 2 * sum;
        for (int k = 0; k < n; k += 3)
            sum = 3 * sum;
        return sum;
    }

    int wide(int n) {
        n += 1000;
        return n;
    }

    int leftOut(int n) {    // -(-128) does not fit where -128 does
        n += -128;
        return n;
    }
}
