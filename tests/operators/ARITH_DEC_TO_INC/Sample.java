final class Sample {
    int loop(int n) {
        int sum = 0;
        for (int i = n; i > 0; i--)
            sum = 2 * sum;
        for (int k = n; k > 0; k -= 3)
            sum = 3 * sum;
        return sum;
    }

    int before(int[] values, int i) {
        return values[--i];
    }
}
