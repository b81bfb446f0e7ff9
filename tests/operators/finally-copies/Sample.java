final class Sample {
    private int open;

    int returns(boolean early, int n) {
        try {
            if (early)
                return 1;
            work();
        } catch (IllegalStateException e) {
            return 2;
        } finally {
            close(n + 1);
            if (n > 2)
                open--;
        }
        return 3;
    }

    void nested() {
        try {
            work();
        } finally {
            try {
                close(1);
            } finally {
                close(2);
            }
        }
    }

    void loops(int[] values) {
        for (int value : values) {
            try {
                if (value == 0)
                    continue;
                if (value == 1)
                    break;
                work();
            } finally {
                int local = value * 2;
                close(local);
            }
        }
    }

    void locked(Object lock) {
        synchronized (lock) {
            work();
        }
    }

    void twice() {
        close(1);
        close(1);
    }

    void work() {
        open = 1;
    }

    void close(int n) {
    }
}
