import java.util.List;

class Sample {
    private final StringBuilder out = new StringBuilder("x");
    private Sample next;

    Sample() {
        super();
        reset(1, 2L, "a", 'b');
    }

    static long now() {
        return System.nanoTime();
    }

    private void reset(int a, long b, String c, char d) {
        out.setLength(0);
        next.next.reset(a, b, c, d);
    }

    @Override
    public String toString() {
        return super.toString();
    }

    boolean results(List<String> list, Object[] items) {
        int n = list.size();
        double d = Math.max(n, 2.5);
        char c = list.get(0).charAt(n);
        items.clone();
        new Sample().reset(n, (long) d, "b", c);
        return list.contains("x\n\"y\"");
    }

    void parts(int a) {
        print((a + 1) * 2, -a, a << 2 + 1, (a & 1) == 0, items()[a].length());
    }

    void print(Object... values) {
    }

    String[] items() {
        return new String[] {"a"};
    }
}
