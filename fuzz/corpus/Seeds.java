// What the class files in class_parse/, class_relocate/, class_weave/ and class_oracle/ were compiled from:
//   javac -g --release 8, --release 11 and 17, -g:none; tools other than javac made none of them.
// Those whose names start with "old" have their version set to 48, so that types come by data flow.

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;
import java.util.List;
import java.util.function.IntSupplier;

class Jumps {
    static int sum(int[] numbers, long limit) {
        int total = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0 || total > limit)
                continue;
            total += numbers[i] % 3 == 0 ? numbers[i] : -numbers[i];
        }
        return total;
    }

    static String choose(Object o, boolean b) {
        String s = b ? "yes" : null;
        while (o != null && s != null) {
            if (o instanceof String)
                return (String) o;
            o = s == o ? null : s;
        }
        return s;
    }
}

class Switches {
    static int table(int x) {
        switch (x) {
        case -1: return 1;
        case 0: x++;
        case 1: return x;
        case 3: break;
        default: x = 200;
        }
        return x * 2;
    }

    static int lookup(long x) {
        switch ((int) x) {
        case -1000000: return 1;
        case 0: return 2;
        case 99999: return 3;
        }
        return 0;
    }

    static int text(String s) {
        switch (s) {
        case "one": return 1;
        case "two": return 2;
        default: return 0;
        }
    }
}

class Handlers {
    static int parse(String s) {
        int result = 0;
        try {
            result = Integer.parseInt(s);
        } catch (NumberFormatException | NullPointerException e) {
            return -1;
        } finally {
            System.out.println(result);
        }
        synchronized (s) {
            return result;
        }
    }
}

class News {
    private final Object object;

    News(boolean b, int n) {
        this(b ? new StringBuilder(n > 3 ? "a" : "b") : new Object());
    }

    News(Object object) {
        this.object = object;
    }

    static Object arrays(int n) {
        int[][][] deep = new int[n][2][];
        String[] names = { "a", n > 1 ? "b" : "c" };
        deep[0][1] = new int[] { 1, 2 };
        double[] d = new double[n];
        d[0] += 1.5;
        return names.length > 1 ? deep : new Object[0][];
    }
}

class Constants {
    static final long LONG = 1L << 40;
    static final String STRING = "\u202e\n\0text";

    static double mix(int a, float b, long c, double d) {
        return a * 2.5 + b / 3f - (c >>> 3) + (a ^ 77777) + (d > 1e10 ? 1 : Double.NaN);
    }

    static Class<?> type() {
        return int[][].class;
    }
}

class Lambdas {
    int field;

    IntSupplier add(int n) {
        return () -> field + n;
    }

    static <T extends Comparable<T>> T max(List<? extends T> list) {
        T best = null;
        for (T each : list)
            if (best == null || each.compareTo(best) > 0)
                best = each;
        return best;
    }
}

class Annotated {
    @Target(ElementType.TYPE_USE)
    @interface Mark { int[] value() default { 1, 2 }; }

    @Deprecated
    static int use(Object o) {
        @Mark String s = (@Mark String) o;
        try {
            if (o instanceof @Mark String)
                s = new @Mark String(s);
            return s.length();
        } catch (@Mark(3) RuntimeException e) {
            return 0;
        }
    }
}

interface Face {
    int a();

    default int b() {
        return a() + 1;
    }
}

enum Kind { A, B { @Override int n() { return 2; } }; int n() { return 1; } }
