import java.util.ArrayList;
import java.util.List;

final class Sample<T> {
    private final List<String> names = new ArrayList<>();

    String name(int i) {
        return names.get(i);
    }

    String greeting(String name, int n) {
        return "Hello " + name + ", " + n + " new";
    }

    int[] array(int n) {
        return new int[n];
    }

    String[][] grid(int n) {
        return new String[n][2];
    }

    Object self() {
        return this;
    }

    Runnable lambda() {
        return () -> names.clear();
    }

    Runnable reference() {
        return names::clear;
    }

    String nullAlready() {
        return null;
    }

    String either(boolean c) {
        return c ? null : "";
    }

    String formatted(int a, String b) {
        return String.format("%d %s", a, b);
    }

    T cast(Object o) {
        return (T) o;
    }

    Class<?> type() {
        return Sample.class;
    }

    void nothing() {
    }
}
