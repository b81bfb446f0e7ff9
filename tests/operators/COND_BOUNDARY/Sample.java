final class Sample {
    private int x;

    int ifs(int a, long b, double c, float d) {
        if (a < 10)
            return 1;
        if (a <= x)
            return 2;
        if (b > 7)
            return 3;
        if (b >= a)
            return 4;
        if (c < d)
            return 5;
        if (c >= 0.5)
            return 6;
        if (x > 0)
            return 7;
        return 0;
    }

    void loops(int n, char c) {
        int i = 0;
        while (i < n)
            i = next(i);
        do
            i = next(i);
        while (i > -n);
        for (int k = n; k >= 0; k = next(k))
            if (c <= 'z')
                next(k);
    }

    int next(int i) {
        return x;
    }
}
