import java.util.Comparator;
import java.util.function.Supplier;

final class Sample {
    private static final int SIZE = measure(3) + 1;
    static final Supplier<String> LATER = () -> later();
    static final Comparator<String> ORDER = (a, b) -> a.length() - b.length();
    static final Runnable RAW = () -> raw(2);

    private static int measure(int n) {
        return helper(n) * 2;
    }

    private static int helper(int n) {
        return n + open(n);
    }

    static int open(int n) {
        return n - SIZE;
    }

    private static String later() {
        return "later".trim();
    }

    private static void raw(int n) {
        open(n + 1);
    }
}
