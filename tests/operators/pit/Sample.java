import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

class Sample extends SampleBase {
    static int made = start(4);

    @interface NotNull {
    }

    @interface DoNotMutate {
    }

    @Override
    void reset(int to) {
        super.reset(to + 1);
        size();
    }

    int size() {
        return 3;
    }

    private static int start(int at) {
        return at - 1;
    }

    long wide(long a, int by) {
        return -(a >>> by ^ a % 3);
    }

    char letter(char c) {
        return c;
    }

    boolean both(boolean a, boolean b) {
        return a && b;
    }

    Boolean wrapped(Boolean b) {
        return b;
    }

    Integer number(Integer n) {
        return n;
    }

    Byte small(Byte n) {
        return n;
    }

    String text(String s) {
        return s;
    }

    CharSequence letters(CharSequence s) {
        return s;
    }

    @NotNull
    Object always(Object o) {
        return o;
    }

    int[] array(int[] a) {
        return a;
    }

    List<String> list(List<String> a) {
        return a;
    }

    Set<String> set(Set<String> a) {
        return a;
    }

    Map<String, String> map(Map<String, String> a) {
        return a;
    }

    Collection<String> collection(Collection<String> a) {
        return a;
    }

    Iterator<String> iterator(Iterator<String> a) {
        return a;
    }

    OptionalInt maybe(OptionalInt a) {
        return a;
    }

    Stream<String> stream(Stream<String> a) {
        return a;
    }

    @DoNotMutate
    int left(int n) {
        Runnable later = () -> reset(n + 1);
        later.run();
        return n;
    }

    void locked(Lock lock, int n) {
        lock.lock();
        try {
            reset(n);
        } finally {
            lock.unlock();
        }
    }

    void twice(Lock a, Lock b, boolean any) {
        try {
            reset(1);
        } finally {
            if (any) { a.unlock(); b.unlock(); }
        }
    }

    int each(List<Integer> list, int[] numbers) {
        int sum = 0;
        for (int n : list) {
            sum += n;
        }
        for (int n : numbers) {
            sum += n;
        }
        assert sum >= 0 : "below";
        return sum;
    }

    int named(String name) {
        switch (name) {
        case "one":
            return 1;
        case "two":
            return 2;
        default:
            return name.length() + 1;
        }
    }

    void close(AutoCloseable resource) throws Exception {
        try (AutoCloseable it = resource) {
            reset(5);
        }
    }

    enum SampleKind {
        FEW(1), MANY(2 * made);

        final int n;

        SampleKind(int n) {
            this.n = n + 1;
        }

        int twice() {
            return n * 2;
        }
    }
}

class SampleBase {
    void reset(int to) {
    }
}
