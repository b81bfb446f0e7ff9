import java.util.List;

final class Sample {
    private boolean ready;
    private String name;
    private int n;

    void ifs(int a, boolean on, Object o, List<String> list) {
        if (a == 0)
            run();
        if (a != n)
            run();
        if (on)
            run();
        if (!ready)
            run();
        if (o == null)
            run();
        if (name != null)
            run();
        if (o == name)
            run();
        if (o instanceof String)
            run();
        if (!(o instanceof List))
            run();
        if (list.isEmpty())
            run();
        if (!list.contains(name))
            run();
        if (a > 1)
            run();
        else
            stop();
    }

    void and(int a, int b, boolean on) {
        if (a < b && on)
            run();
        if (a < b && on && !ready)
            run();
    }

    void or(int a, int b, boolean on) {
        if (a < b || on)
            run();
        if (a < b || on || !ready)
            run();
    }

    void mixed(int a, int b, boolean c, boolean d) {
        if (a == 1 && b == 2 || c && d)
            run();
        if ((a == 1 || b == 2) && (c || d))
            run();
        if (a == 1 && (b == 2 || c) && d)
            run();
    }

    void negated(int a, boolean c, boolean d) {
        if (!(a < 1))
            run();
        if (!(c && d))
            run();
        if (!(c || d))
            run();
    }

    void reals(double x, float y) {
        if (x < 1)
            run();
        if (y == 2)
            run();
        if (x != y)
            run();
    }

    void loops(int a, boolean on) {
        while (a < n)
            run();
        do
            run();
        while (a > n);
        do
            run();
        while (a > n && on);
        do
            run();
        while (a > n || on);
        for (int i = 0; i != n; i++)
            if (on)
                run();
        while (a < n) {
            run();
            if (on)
                stop();
        }
        for (;;) {
            if (a == 5)
                break;
            if (a == 6)
                continue;
            run();
        }
    }

    void values(int a, boolean on) {
        boolean x = a < 5;
        ready = on && x;
        n = on ? 1 : 2;
        name = x || a == 7 ? "x" : null;
    }

    void assigned(List<String> list) {
        while ((name = list.get(0)) != null)
            run();
    }

    void nothing(boolean on) {
        if (on) {
        }
    }

    void run() {
        n = 1;
    }

    void stop() {
        n = 2;
    }
}
