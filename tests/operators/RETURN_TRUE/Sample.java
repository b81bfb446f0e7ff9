final class Sample {
    private int n;

    boolean less(int a, int b) {
        return a < b;
    }

    boolean known() {
        return true;
    }

    boolean unknown() {
        return false;
    }

    boolean both(boolean a, Object o) {
        return a && o != null;
    }

    boolean either(boolean a, int b) {
        return !a || b == 3;
    }

    boolean mixed(boolean a, boolean b, int c) {
        return a && b || c >= n;
    }

    boolean chosen(boolean a, boolean b) {
        return a ? b : n == 1;
    }

    boolean not(boolean a) {
        return !a;
    }

    Boolean boxed() {
        return Boolean.TRUE;
    }

    Boolean boxes(String s) {
        return s.isEmpty();
    }

    int notBoolean() {
        return 1;
    }
}
